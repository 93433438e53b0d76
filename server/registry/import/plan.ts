import { isDeepStrictEqual } from 'node:util'
import type { ImportReport } from '../../../shared/api/registry.ts'
import type { RecordKind, RecordOf } from '../../../shared/registry.ts'
import type { SchoolDate } from '../../../shared/time.ts'
import type { RegistryChange, RegistryStore, SourceRecord } from '../store.ts'

/** A record as it is, or as the import wants it. */
export interface Held<Body> {
  readonly ended: boolean
  readonly body: Body
}

/** What kinds of record are called in an import's counts. Kinds that are not named here are the importer's own and not counted. */
const COUNTED: Readonly<Record<string, string>> = {
  district: 'district',
  site: 'sites',
  staff: 'staff',
  student: 'students',
  enrollment: 'schoolEnrollments',
  absence: 'absences',
  class: 'classes',
  classEnrollment: 'enrollments',
  course: 'courses',
  term: 'academicSessions',
  code: 'codes',
}

export type Outcome = 'added' | 'changed' | 'unchanged' | 'ended'

/** What an import would change: wishes laid over the registry, compared with it at the end. Nothing is written here. */
export interface Plan {
  readonly today: SchoolDate
  get<K extends RecordKind>(kind: K, id: string): Held<RecordOf[K]> | undefined
  list<K extends RecordKind>(kind: K): ReadonlyMap<string, Held<RecordOf[K]>>
  put<K extends RecordKind>(kind: K, id: string, body: RecordOf[K], ended?: boolean): void
  sources<Body>(kind: string): ReadonlyMap<string, Held<Body>>
  putSource(kind: string, id: string, body: unknown, ended?: boolean): void
  /** Counts what is part of a record, such as one year of a site's calendar. */
  tally(name: string, outcome: Outcome): void
  /** Says something the person who imports should know. */
  note(sentence: string): void
  finish(): Wishes
}

/** What is to be written, and what it amounts to. */
export interface Wishes {
  readonly changes: readonly RegistryChange[]
  readonly sources: readonly SourceRecord[]
  readonly counts: Pick<ImportReport, Outcome>
  readonly notes: readonly string[]
}

interface Layer {
  readonly held: ReadonlyMap<string, Held<unknown>>
  readonly wanted: Map<string, Held<unknown>>
  /** Held and wanted together. */
  readonly seen: Map<string, Held<unknown>>
}

/** A plan over the registry as it is now. Each kind is read once, when it is first asked for. */
export function openPlan(store: RegistryStore, today: SchoolDate): Plan {
  const records = new Map<RecordKind, Layer>()
  const sources = new Map<string, Layer>()
  const counts: Record<Outcome, Record<string, number>> = { added: {}, changed: {}, unchanged: {}, ended: {} }
  const notes: string[] = []
  const recordsOf = (kind: RecordKind): Layer => layerOf(records, kind, () => store.list(kind))
  const sourcesOf = (kind: string): Layer => layerOf(sources, kind, () => store.sources(kind))
  const tally = (name: string, outcome: Outcome): void => {
    counts[outcome][name] = (counts[outcome][name] ?? 0) + 1
  }
  return {
    today,
    // A layer of a kind holds only bodies of that kind: `put` is the only way in, and it is typed.
    get: <K extends RecordKind>(kind: K, id: string) => recordsOf(kind).seen.get(id) as Held<RecordOf[K]> | undefined,
    list: <K extends RecordKind>(kind: K) => recordsOf(kind).seen as ReadonlyMap<string, Held<RecordOf[K]>>,
    put: (kind, id, body, ended = false) => want(recordsOf(kind), id, { ended, body }),
    sources: <Body>(kind: string) => sourcesOf(kind).seen as ReadonlyMap<string, Held<Body>>,
    putSource: (kind, id, body, ended = false) => want(sourcesOf(kind), id, { ended, body }),
    tally,
    note: (sentence) => void notes.push(sentence),
    finish() {
      const changes: RegistryChange[] = []
      const kept: SourceRecord[] = []
      for (const [kind, layer] of records)
        judge(kind, layer, tally, (id, wanted) => changes.push({ kind, id, ...wanted } as RegistryChange))
      for (const [kind, layer] of sources) judge(kind, layer, tally, (id, wanted) => kept.push({ kind, id, ...wanted }))
      return { changes, sources: kept, counts, notes }
    },
  }
}

/** Counts every wish of a kind, and hands on those that change something. */
function judge(kind: string, { held, wanted }: Layer, tally: Plan['tally'], write: (id: string, wanted: Held<unknown>) => void): void {
  const name = COUNTED[kind]
  for (const [id, wish] of wanted) {
    const outcome = outcomeOf(kind, held.get(id), wish)
    if (outcome === undefined) continue
    if (name !== undefined) tally(name, outcome)
    if (outcome !== 'unchanged') write(id, wish)
  }
}

function layerOf<Kind>(layers: Map<Kind, Layer>, kind: Kind, read: () => readonly (Held<unknown> & { readonly id: string })[]): Layer {
  let layer = layers.get(kind)
  if (!layer) {
    const held = new Map(read().map(({ id, ended, body }) => [id, { ended, body }]))
    layer = { held, wanted: new Map(), seen: new Map(held) }
    layers.set(kind, layer)
  }
  return layer
}

function want(layer: Layer, id: string, wanted: Held<unknown>): void {
  const held = layer.held.get(id)
  // Most of a file is as it was: what is held serves for both, and the copy can go.
  const kept = held && held.ended === wanted.ended && isDeepStrictEqual(held.body, wanted.body) ? held : wanted
  layer.wanted.set(id, kept)
  layer.seen.set(id, kept)
}

/** What writing `wanted` over `held` is. Undefined when nothing came to be: a record that ends before it was ever known. */
function outcomeOf(kind: string, held: Held<unknown> | undefined, wanted: Held<unknown>): Outcome | undefined {
  if (!held) return wanted.ended ? undefined : 'added'
  if (held === wanted) return 'unchanged'
  if (!held.ended && (wanted.ended || ends(kind, held.body, wanted.body))) return 'ended'
  return 'changed'
}

/** What was counts for past days, so nothing is taken away: an enrollment ends by its date, a person of the staff by being at no site. */
function ends(kind: string, held: unknown, wanted: unknown): boolean {
  if (kind === 'enrollment') return isEnrolled(held) && !isEnrolled(wanted)
  return kind === 'staff' && isPlaced(held) && !isPlaced(wanted)
}

const isEnrolled = (body: unknown): boolean => typeof body === 'object' && body !== null && 'until' in body && body.until === null
const isPlaced = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'sites' in body && Array.isArray(body.sites) && body.sites.length > 0
