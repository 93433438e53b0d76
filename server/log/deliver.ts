/** What a scope is told after a cursor: records and events in sequence, a page at a time, each page of one moment. (S6) */
import { createHash } from 'node:crypto'
import type { RecordKind, RegistryRecord, Staff, Student } from '../../shared/registry.ts'
import type { Log } from './log.ts'
import { openSectionScopes, sectionKey } from './sectionScopes.ts'
import { memberOf, openOwnRun, type Told, toldOf } from './told.ts'
import { withholdNotesOn, withholdWords } from './withhold.ts'

/** The sites somebody may see: `'all'`, or those named; of a site somebody may see parts of, the feeds of its sections. */
export type Scope = 'all' | readonly string[]

/** A scope's name in a cursor: it changes when the sites do, and the device then starts over. */
export function scopeName(scope: Scope): string {
  if (scope === 'all') return 'all'
  return createHash('sha256')
    .update(JSON.stringify([...scope].sort()))
    .digest('hex')
    .slice(0, 16)
}

export interface Page {
  readonly seq: number
  readonly head: number
  readonly more: boolean
  readonly records: RegistryRecord[]
  readonly events: Told
  /** What is to go from the devices of the scope, before the rest of the page is stored. (S7) */
  readonly forget: { readonly students: string[]; readonly sessions: string[] }
}
export type Deliver = (scope: Scope, after: number, limit: number) => Page

/** Sequences after one, up to another. */
interface Span {
  readonly after: number
  readonly until: number
}

interface Row {
  readonly at: number
  readonly kind: string
  readonly id: string
  readonly seq: number
  readonly ended: number
  /** Where an event was recorded. */
  readonly site: string | null
  /** Null when there is no such record (yet): a walk-in is spoken of before anybody is known. */
  readonly body: string | null
}

/** Delivery from an open log. `limit` is about how many entries a page holds; entries of one sequence are never parted. */
export function openDeliver(log: Log): Deliver {
  const { db } = log
  const ownRun = openOwnRun(db)
  const everything = db.prepare<Span & { limit: number }, Row>(
    `SELECT seq AS at, 'event' AS kind, id, seq, 0 AS ended, site, body FROM event WHERE seq > @after AND seq <= @until
     UNION ALL
     SELECT r.seq AS at, r.kind, r.id, r.seq, r.ended, NULL AS site, v.body FROM record r JOIN record_version v ON v.seq = r.seq
     WHERE r.seq > @after AND r.seq <= @until
     ORDER BY at LIMIT @limit`,
  )
  // A question for each site and each of the two, so that every one is answered in the order of an index and ends at the page's end.
  const own = db.prepare<Span & { site: string; limit: number }, { id: string; seq: number; body: string }>(
    'SELECT id, seq, body FROM event WHERE site = @site AND seq > @after AND seq <= @until ORDER BY seq LIMIT @limit',
  )
  const fed = db.prepare<Span & { site: string; limit: number }, Row>(
    `SELECT t.at, t.kind, t.id, coalesce(e.seq, v.seq) AS seq, coalesce(r.ended, 0) AS ended, e.site, coalesce(e.body, v.body) AS body
     FROM (SELECT seq AS at, kind, id FROM feed WHERE site = @site AND seq > @after AND seq <= @until ORDER BY seq LIMIT @limit) t
     LEFT JOIN event e ON t.kind = 'event' AND e.id = t.id
     LEFT JOIN record r ON r.kind = t.kind AND r.id = t.id
     LEFT JOIN record_version v ON v.seq = r.seq
     ORDER BY t.at`,
  )
  const scopes = openSectionScopes(db)
  const isStudent = db.prepare("SELECT 1 FROM record WHERE kind = 'student' AND id = ?")
  const holds = db.prepare(
    `SELECT 1 FROM session WHERE id = ? AND site IN (SELECT value FROM json_each(?))
     UNION ALL SELECT 1 FROM session_site WHERE session = ? AND site IN (SELECT value FROM json_each(?)) LIMIT 1`,
  )
  const knows = db.prepare('SELECT 1 FROM student_site WHERE student = ? AND site IN (SELECT value FROM json_each(?))')

  /** A student of another site is delivered for the ratio, without a name; of staff of another site only the standing is told. */
  function withhold(kind: string, body: unknown, sites: string): unknown {
    if (kind === 'student') {
      const student = body as Student
      return knows.get(student.id, sites) ? student : { ...student, first: '', last: '', localId: '', ssid: null, iepMinutes: null }
    }
    if (kind === 'staff') {
      const staff = body as Staff
      const here = JSON.parse(sites) as string[]
      return staff.sites.some((site) => here.includes(site)) ? staff : { ...staff, email: '' }
    }
    return body
  }

  const isOwnSection = (event: unknown, here: readonly unknown[]): boolean =>
    typeof event === 'object' &&
    event !== null &&
    'session' in event &&
    scopes.named(String(event.session)).some((section) => here.includes(sectionKey(section)))

  /** An event of another school's session comes without the words that are that school's own; a note on somebody who left, without its words. */
  function told(event: unknown, sites: string): unknown {
    const here = JSON.parse(sites) as unknown[]
    const isKnown = (student: unknown): boolean => knows.get(student, sites) !== undefined
    return withholdWords(
      withholdNotesOn(event, (student) => isStudent.get(student) !== undefined && !isKnown(student)),
      (site) => here.includes(site) || isOwnSection(event, here),
      isKnown,
    )
  }

  /** The first `limit` entries after one sequence, up to another; without a limit all of them. */
  function read(scope: Scope, after: number, limit: number, until = Number.MAX_SAFE_INTEGER): Row[] {
    if (scope === 'all') return everything.all({ after, until, limit })
    const rows = scope.flatMap((site): Row[] => [
      ...own.all({ site, after, until, limit }).map(({ id, seq, body }) => ({ at: seq, kind: 'event', id, seq, ended: 0, site, body })),
      ...fed.all({ site, after, until, limit }),
    ])
    rows.sort((a, b) => a.at - b.at || order(a.kind, b.kind) || order(a.id, b.id))
    const once = rows.filter(
      (row, i) => i === 0 || row.at !== rows[i - 1]?.at || row.kind !== rows[i - 1]?.kind || row.id !== rows[i - 1]?.id,
    )
    return limit < 0 ? once : once.slice(0, limit)
  }

  /** What may be told word for word need not be read: an event of the scope's own, unless it is a note, which may be on somebody who left. */
  function tellEvent({ seq, site, body: text }: Row & { body: string }, scope: Scope, sites: string): string {
    const isPlain = scope === 'all' || (site !== null && scope.includes(site) && !text.includes('"type":"StudentNoted"'))
    return memberOf(seq, isPlain ? text : JSON.stringify(told(JSON.parse(text), sites)))
  }

  return (scope, after, limit) => {
    const head = log.head()
    const [site, another] = scope
    const own = scope !== 'all' && site !== undefined && another === undefined ? ownRun(site, after, limit) : undefined
    if (own) return { ...own, seq: own.more ? own.seq : head, head, records: [], forget: { students: [], sessions: [] } }
    // One more than a page tells whether there is more; a sequence cut at the page's end waits for the next page.
    let rows = read(scope, after, limit + 1)
    const more = rows.length > limit
    if (more) rows = wholeSequences(rows, limit) ?? read(scope, after, -1, rows[0]?.at)
    const sites = scope === 'all' ? '[]' : JSON.stringify(scope)
    const records: RegistryRecord[] = []
    const events: string[] = []
    const forget: Page['forget'] = { students: [], sessions: [] }
    for (const row of rows) {
      // Who came back meanwhile, or is known at another of the sites, is not forgotten.
      if (row.kind === 'forgetStudent' && !knows.get(row.id, sites)) forget.students.push(row.id)
      if (row.kind === 'forgetSession' && !holds.get(row.id, sites, row.id, sites)) forget.sessions.push(row.id)
      const { body: text } = row
      if (text === null) continue
      if (row.kind === 'event') {
        events.push(tellEvent({ ...row, body: text }, scope, sites))
        continue
      }
      const body: unknown = JSON.parse(text)
      records.push(recordOf(row, scope === 'all' ? body : withhold(row.kind, body, sites)))
    }
    return { seq: more ? (rows.at(-1)?.at ?? after) : head, head, more, records, events: toldOf(events), forget }
  }
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

// The body was validated when the registry took it; `kind` and `body` were written together. The sequence is that of the telling:
// a student who was delivered without a name and enrolls here comes again, newer than before.
const recordOf = (row: Row, body: unknown): RegistryRecord =>
  ({ kind: row.kind as RecordKind, id: row.id, seq: row.at, ended: row.ended === 1, body }) as RegistryRecord

/** The first `limit` rows, less a sequence that would be cut; undefined when that leaves none. */
function wholeSequences(rows: readonly Row[], limit: number): Row[] | undefined {
  const cut = rows[limit]?.at
  const page = rows.slice(0, limit).filter((row) => row.at !== cut)
  return page.length > 0 ? page : undefined
}
