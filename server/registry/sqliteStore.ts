/** The registry over SQLite: each record written takes the LEA's next sequence in the same commit, and its sites are told. */
import type { RecordKind, RegistryRecord } from '../../shared/registry.ts'
import { canonical } from '../../shared/sync/chain.ts'
import { openFeed } from '../log/feed.ts'
import type { Log } from '../log/log.ts'
import { openServerChain } from '../log/serverChain.ts'
import { type RegistryChange, RegistryMoved, type RegistryStore } from './store.ts'

interface Row {
  readonly kind: RecordKind
  readonly id: string
  readonly seq: number
  readonly ended: number
  readonly body: string
}

// The columns come from `record_version`, which only `apply` below writes, from typed records.
const recordOf = <K extends RecordKind>(row: Row): Extract<RegistryRecord, { kind: K }> =>
  ({ kind: row.kind, id: row.id, seq: row.seq, ended: row.ended === 1, body: JSON.parse(row.body) }) as Extract<RegistryRecord, { kind: K }>

/** Columns that delivery looks records up by. */
function keysOf(change: RegistryChange): { site: string | null; student: string | null; ssid: string | null } {
  switch (change.kind) {
    case 'student':
      return { site: null, student: change.id, ssid: change.body.ssid }
    case 'enrollment':
    case 'absence':
      return { site: change.body.site, student: change.body.student, ssid: null }
    case 'section':
      return { site: change.body.site, student: null, ssid: null }
    case 'site':
      return { site: change.id, student: null, ssid: null }
    case 'district':
    case 'policy':
    case 'staff':
      return { site: null, student: null, ssid: null }
  }
}

/** The registry of an open log. */
export function sqliteStore(log: Log): RegistryStore {
  const { db } = log
  const feed = openFeed(db)
  const chain = openServerChain(db)
  const one = db.prepare('SELECT v.* FROM record r JOIN record_version v ON v.seq = r.seq WHERE r.kind = ? AND r.id = ?')
  const all = db.prepare('SELECT v.* FROM record r JOIN record_version v ON v.seq = r.seq WHERE r.kind = ? ORDER BY r.id')
  const putVersion = db.prepare('INSERT INTO record_version (seq, kind, id, ended, at, body) VALUES (?, ?, ?, ?, ?, ?)')
  const putRecord = db.prepare(
    `INSERT INTO record (kind, id, seq, ended, site, student, ssid) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (kind, id) DO UPDATE SET seq = excluded.seq, ended = excluded.ended, site = excluded.site,
       student = excluded.student, ssid = excluded.ssid`,
  )
  const sourcesOf = db.prepare('SELECT kind, id, ended, body FROM source WHERE kind = ? ORDER BY id')
  const putSource = db.prepare(
    'INSERT INTO source (kind, id, ended, body) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET ended = excluded.ended, body = excluded.body',
  )

  const newest = db.prepare<[], number | null>('SELECT max(seq) FROM record_version').pluck()
  const head = (): number => newest.get() ?? 0

  function writeRecord(change: RegistryChange, next: () => number): boolean {
    const body = canonical(change.body)
    const held = one.get(change.kind, change.id) as Row | undefined
    if (held && held.body === body && (held.ended === 1) === change.ended) return false
    const seq = next()
    const { site, student, ssid } = keysOf(change)
    const at = log.sources.now()
    putVersion.run(seq, change.kind, change.id, change.ended ? 1 : 0, at, body)
    chain.addRecord(seq, at, { kind: change.kind, id: change.id, ended: change.ended, body })
    putRecord.run(change.kind, change.id, seq, change.ended ? 1 : 0, site, student, ssid)
    feed.recordWritten(change.kind, change.id, seq)
    return true
  }

  return {
    get<K extends RecordKind>(kind: K, id: string) {
      const row = one.get(kind, id) as Row | undefined
      return row && recordOf<K>(row)
    },
    list: <K extends RecordKind>(kind: K) => (all.all(kind) as Row[]).map((row) => recordOf<K>(row)),
    sources: (kind) =>
      (sourcesOf.all(kind) as { kind: string; id: string; ended: number; body: string }[]).map((row) => ({
        kind: row.kind,
        id: row.id,
        ended: row.ended === 1,
        body: JSON.parse(row.body),
      })),
    head,
    apply(changes, sources = [], from) {
      let written = 0
      let seq = log.head()
      log.write((next) => {
        if (from !== undefined && head() !== from) throw new RegistryMoved()
        for (const change of changes) {
          if (writeRecord(change, () => (seq = next()))) written += 1
        }
        for (const source of sources) putSource.run(source.kind, source.id, source.ended ? 1 : 0, canonical(source.body))
      })
      return { seq, written }
    },
  }
}
