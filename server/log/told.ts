/** Events as a scope is told them: JSON that goes out as it lies in the log, read only by who wants to know what it says. (S6) */
import type { Db } from './openDatabase.ts'

export interface ToldEvent {
  readonly seq: number
  readonly event: unknown
}
export interface Told {
  /** A JSON array of `{ seq, event }`, in UTF-8. */
  readonly json: Buffer
  /** The same, read. */
  read(): readonly ToldEvent[]
}

/** What a JSON array tells. */
export const toldIn = (json: Buffer): Told => ({ json, read: () => JSON.parse(json.toString()) as ToldEvent[] })

/** An event of which only the text is known, as a member of the array. */
export const memberOf = (seq: number, text: string): string => `{"seq":${seq},"event":${text}}`

/** The array of its members. */
export const toldOf = (members: readonly string[]): Told => toldIn(Buffer.from(`[${members.join(',')}]`))

const NOTE = '"type":"StudentNoted"'

/** A run of a school's own events. */
export interface Run {
  /** The sequence of the last one. */
  readonly seq: number
  readonly more: boolean
  readonly events: Told
}

/**
 * A page of nothing but a school's own events, written by SQLite in one go: what most of a first pull is made of. Undefined where something else
 * that the school is told comes before the page is full, and where a note is among them, since notes may be told in other words.
 */
export function openOwnRun(db: Db): (site: string, after: number, limit: number) => Run | undefined {
  const firstFed = db.prepare<[string, number], number | null>('SELECT min(seq) FROM feed WHERE site = ? AND seq > ?').pluck()
  const newest = db.prepare<[string], number | null>('SELECT max(seq) FROM event WHERE site = ?').pluck()
  const run = db.prepare<{ site: string; after: number; until: number; limit: number }, { n: number; last: number; json: Buffer }>(
    `SELECT count(*) AS n, max(seq) AS last, CAST('[' || group_concat(concat('{"seq":', seq, ',"event":', body), '},') || '}]' AS BLOB) AS json
     FROM (SELECT seq, body FROM event WHERE site = @site AND seq > @after AND seq < @until ORDER BY seq LIMIT @limit)`,
  )
  return (site, after, limit) => {
    const fed = firstFed.get(site, after) ?? undefined
    const page = run.get({ site, after, until: fed ?? Number.MAX_SAFE_INTEGER, limit })
    if (page === undefined || page.n === 0 || page.json.includes(NOTE) || (fed !== undefined && page.n < limit)) return undefined
    return { seq: page.last, more: fed !== undefined || page.last < (newest.get(site) ?? 0), events: toldIn(page.json) }
  }
}
