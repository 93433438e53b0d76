/** The merged roster a page at a time, filtered and sorted where the totals are kept. */
import { ROSTER_PAGE, type RosterLine, type RosterQuery, type RosterSort } from '../../shared/api/totals.ts'
import type { Scope } from '../log/deliver.ts'
import type { Db } from '../log/openDatabase.ts'
import { wordsOf } from '../../shared/finding.ts'
import { readAt } from '../../shared/report/stillIn.ts'
import type { Instant } from '../../shared/time.ts'

const COLUMN: Readonly<Record<RosterSort, string>> = {
  student: 'find',
  number: 'local_id',
  grade: 'grade_order',
  site: 'site_name',
  absences: 'absences',
  hours: 'hours',
  earned: 'earned',
  pending: 'pending',
  claimable: 'claimable',
  banked: 'banked',
  beyond: 'beyond',
  left: 'remaining',
  came: 'CAST(came AS REAL) / nullif(planned, 0)',
  lastCame: 'last_came',
}

interface Line {
  readonly id: string
  readonly last: string
  readonly first: string
  readonly local_id: string
  readonly ssid: string | null
  readonly grade: string | null
  readonly site: string | null
  readonly site_name: string
  readonly absences: number
  readonly hours: number
  readonly minutes: number
  readonly minimum: number
  readonly earned: number
  readonly pending: number
  readonly claimable: number
  readonly banked: number
  readonly beyond: number
  readonly remaining: number
  readonly held_by: string
  readonly flags: string
  readonly attention: string
  readonly planned: number
  readonly came: number
  readonly last_came: string | null
  readonly still_until: Instant | null
}

interface Sums {
  readonly shown: number
  readonly absences: number | null
  readonly earned: number | null
  readonly pending: number | null
  readonly claimable: number | null
  readonly banked: number | null
  readonly beyond: number | null
  readonly left: number | null
}

/** Only what is asked for is a condition: every line of a large district is held to it. */
const whereOf = (scope: Scope, query: RosterQuery, words: readonly string[]): string =>
  [
    'true',
    scope !== 'all' && 'site IN (SELECT value FROM json_each(@scope))',
    query.site !== undefined && 'site = @site',
    query.grade !== undefined && 'grade = @grade',
    query.show === 'attention' && '(needs = 1 OR (needs = 2 AND still_until <= @now))',
    query.show === 'started' && 'took_part = 1',
    query.show !== undefined &&
      query.show !== 'attention' &&
      query.show !== 'started' &&
      "instr(' ' || attention || ' ', ' ' || @show || ' ') > 0",
    ...words.map((_, i) => `instr(find, @w${i}) > 0`),
  ]
    .filter(Boolean)
    .join(' AND ')

/** Columns in which nothing is missing: they need no place for it. */
const MAY_MISS: readonly RosterSort[] = ['grade', 'came', 'lastCame']

const list = (text: string): string[] => (text === '' ? [] : text.split(' '))

interface Whole {
  readonly of: number
  readonly took: number
  readonly needs: number
  readonly sites: readonly { readonly id: string; readonly name: string }[]
}

/** What is the same under every filter, by scope, and under every order, by filter; of one state of the totals. */
let kept: { readonly of: string; readonly byScope: Map<string, Whole>; readonly byFilter: Map<string, Sums> } = keptOf('')
/** Filters somebody went through; the oldest goes first. */
const MOST_FILTERS = 200

function keptOf(state: string) {
  return { of: state, byScope: new Map<string, Whole>(), byFilter: new Map<string, Sums>() }
}

function sumsOf(db: Db, where: string, asked: object, now: Instant): Sums {
  const filter = `${where} ${JSON.stringify(asked)}`
  const known = kept.byFilter.get(filter)
  if (known) return known
  const sums = db
    .prepare(
      `SELECT count(*) AS shown, sum(absences) AS absences, sum(earned) AS earned, sum(pending) AS pending, sum(claimable) AS claimable,
        sum(banked) AS banked, sum(beyond) AS beyond, sum(remaining) AS "left" FROM student WHERE ${where}`,
    )
    .get({ ...asked, now }) as Sums
  if (kept.byFilter.size >= MOST_FILTERS) kept.byFilter.delete(kept.byFilter.keys().next().value ?? '')
  kept.byFilter.set(filter, sums)
  return sums
}

function wholeOf(db: Db, scope: string | null, now: Instant): Whole {
  const known = kept.byScope.get(scope ?? '')
  if (known) return known
  const inScope = '@scope IS NULL OR site IN (SELECT value FROM json_each(@scope))'
  const counts = db
    .prepare(
      `SELECT count(*) AS "of", sum(took_part) AS took, sum(needs = 1 OR (needs = 2 AND still_until <= @now)) AS needs FROM student WHERE ${inScope}`,
    )
    .get({ scope, now }) as { of: number; took: number | null; needs: number | null }
  const sites = db
    .prepare(`SELECT DISTINCT site AS id, site_name AS name FROM student WHERE site IS NOT NULL AND (${inScope}) ORDER BY site_name`)
    .all({ scope }) as { id: string; name: string }[]
  const made = { of: counts.of, took: counts.took ?? 0, needs: counts.needs ?? 0, sites }
  kept.byScope.set(scope ?? '', made)
  return made
}

/** What a query asks of the table of students: which lines, and the values the condition names. */
function askedOf(scope: Scope, query: RosterQuery) {
  const words = wordsOf(query.find ?? '').slice(0, 4)
  const scopeText = scope === 'all' ? null : JSON.stringify(scope)
  const asked = {
    ...Object.fromEntries(words.map((word, i) => [`w${i}`, word])),
    ...{ site: query.site ?? null, grade: query.grade ?? null, show: query.show ?? null, scope: scopeText },
  }
  return { where: whereOf(scope, query, words), asked, scopeText }
}

/** The lines a query shows, in its order. @param scope the sites of who asks */
export function rosterLines(db: Db, scope: Scope, query: RosterQuery, now: Instant): RosterLine[] {
  const { where, asked } = askedOf(scope, query)
  const sort = query.sort ?? 'student'
  const by = COLUMN[sort]
  const order = `${MAY_MISS.includes(sort) ? `${by} IS NULL, ` : ''}${by} ${query.descending ? 'DESC' : 'ASC'}, last, first, local_id, id`
  const limit = ROSTER_PAGE * Number(query.pages ?? '1')
  // Which lines, first: what is sorted is a few columns of every line, and what is read whole is a page of them.
  const rows = db
    .prepare(
      `SELECT * FROM student WHERE rowid IN (SELECT rowid FROM student WHERE ${where} ORDER BY ${order} LIMIT @limit) ORDER BY ${order}`,
    )
    .all({ ...asked, now, limit }) as Line[]
  return rows.map((line) => readAt(lineOf(line), line.still_until, now))
}

/** @param scope the sites of who asks
 *  @param state names the totals' state: what is the same under every filter is kept for it, until a session is over */
export function rosterPage(db: Db, scope: Scope, query: RosterQuery, state: string, now: Instant) {
  const { where, asked, scopeText } = askedOf(scope, query)
  const over = db.prepare('SELECT count(*) FROM student WHERE still_until <= ?').pluck().get(now) as number
  if (kept.of !== `${state} ${over}`) kept = keptOf(`${state} ${over}`)
  const sums = sumsOf(db, where, asked, now)
  const { sites, ...whole } = wholeOf(db, scopeText, now)
  const { shown, absences, earned, pending, claimable, banked, beyond, left } = sums
  return {
    ...{ ...whole, shown, sites: sites as { id: never; name: string }[] },
    sums: {
      absences: absences ?? 0,
      earned: earned ?? 0,
      pending: pending ?? 0,
      claimable: claimable ?? 0,
      banked: banked ?? 0,
      beyond: beyond ?? 0,
      left: left ?? 0,
    },
    rows: rosterLines(db, scope, query, now),
  }
}

// The columns come from the writer alone, from rows that are typed there.
const lineOf = (line: Line): RosterLine =>
  ({
    student: line.id,
    last: line.last,
    first: line.first,
    localId: line.local_id,
    ssid: line.ssid,
    grade: line.grade,
    site: line.site,
    siteName: line.site_name,
    eligibleAbsences: line.absences,
    hours: line.hours,
    minutes: line.minutes,
    minimumDayMinutes: line.minimum,
    earnedDays: line.earned,
    pendingDays: line.pending,
    claimableDays: line.claimable,
    bankedDays: line.banked,
    beyondCapDays: line.beyond,
    remainingDays: line.remaining,
    heldBy: line.held_by,
    flags: list(line.flags),
    attention: list(line.attention),
    planned: line.planned,
    came: line.came,
    lastCame: line.last_came,
  }) as RosterLine
