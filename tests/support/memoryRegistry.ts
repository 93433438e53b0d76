import { RECORD_SCHEMAS } from '../../shared/registry.ts'
import type { RegistryRecord } from '../../shared/registry.ts'
import { canonical } from '../../shared/sync/chain.ts'
import { RegistryMoved, type RegistryStore, type SourceRecord } from '../../server/registry/store.ts'

/**
 * The registry in memory, for tests that are about files and not about SQL. It holds every record to its schema, as a device would.
 * `writes` is how many times `apply` was called.
 */
export function memoryRegistry(): RegistryStore & { readonly writes: () => number } {
  const records = new Map<string, RegistryRecord>()
  const sources = new Map<string, SourceRecord>()
  let seq = 0
  let writes = 0
  const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1)
  return {
    writes: () => writes,
    get: <K extends RegistryRecord['kind']>(kind: K, id: string) =>
      records.get(`${kind} ${id}`) as Extract<RegistryRecord, { kind: K }> | undefined,
    list: <K extends RegistryRecord['kind']>(kind: K) =>
      ([...records.values()].filter((record) => record.kind === kind) as Extract<RegistryRecord, { kind: K }>[]).sort(byId),
    sources: (kind) => [...sources.values()].filter((source) => source.kind === kind).sort(byId),
    head: () => seq,
    apply(changes, kept = [], from = seq) {
      if (from !== seq) throw new RegistryMoved()
      writes += 1
      let written = 0
      for (const change of changes) {
        const body = RECORD_SCHEMAS[change.kind].parse(change.body)
        if (change.id.length > 200 || !/^[\w-]+$/.test(change.id)) throw new Error(`${change.id} is no id`)
        const held = records.get(`${change.kind} ${change.id}`)
        if (held && held.ended === change.ended && canonical(held.body) === canonical(body)) continue
        seq += 1
        written += 1
        records.set(`${change.kind} ${change.id}`, JSON.parse(JSON.stringify({ ...change, seq })) as RegistryRecord)
      }
      for (const source of kept) sources.set(`${source.kind} ${source.id}`, JSON.parse(JSON.stringify(source)) as SourceRecord)
      return { seq, written }
    },
  }
}
