/** The merged roster a page at a time, filtered and sorted where the totals are kept. */
import { ROSTER_PAGE, type RosterLine, type RosterQuery, type RosterSort } from '../../shared/api/totals.ts'
import type { Scope } from '../log/deliver.ts'
import type { Db } from '../log/openDatabase.ts'
import { folded } from './writer.ts'

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

/** Every filter that is not asked for lets everybody through. */
const WHERE = `WHERE (@scope IS NULL OR site IN (SELECT value FROM json_each(@scope)))
  AND (@site IS NULL OR site = @site) AND (@grade IS NULL OR grade = @grade)
  AND (@show IS NULL OR (@show = 'attention' AND needs = 1) OR (@show = 'started' AND took_part = 1) OR instr(' ' || attention || ' ', ' ' || @show || ' ') > 0)
  AND instr(find, @w0) > 0 AND instr(find, @w1) > 0 AND instr(find, @w2) > 0 AND instr(find, @w3) > 0`

const list = (text: string): string[] => (text === '' ? [] : text.split(' '))

/** @param scope the sites of who asks */
export function rosterPage(db: Db, scope: Scope, query: RosterQuery) {
  const [w0 = '', w1 = '', w2 = '', w3 = ''] = folded(query.find ?? '')
    .split(/\s+/)
    .filter(Boolean)
  const asked = {
    ...{ w0, w1, w2, w3, site: query.site ?? null, grade: query.grade ?? null, show: query.show ?? null },
    scope: scope === 'all' ? null : JSON.stringify(scope),
  }
  const by = COLUMN[query.sort ?? 'student']
  const way = query.descending ? 'DESC' : 'ASC'
  const limit = ROSTER_PAGE * Number(query.pages ?? '1')
  const rows = db
    .prepare(`SELECT * FROM student ${WHERE} ORDER BY ${by} IS NULL, ${by} ${way}, last, first, local_id, id LIMIT @limit`)
    .all({ ...asked, limit }) as Line[]
  const sums = db
    .prepare(
      `SELECT count(*) AS shown, sum(absences) AS absences, sum(earned) AS earned, sum(pending) AS pending, sum(claimable) AS claimable,
        sum(banked) AS banked, sum(beyond) AS beyond, sum(remaining) AS "left" FROM student ${WHERE}`,
    )
    .get(asked) as Sums
  const whole = db
    .prepare(
      'SELECT count(*) AS "of", sum(took_part) AS took, sum(needs) AS needs FROM student WHERE @scope IS NULL OR site IN (SELECT value FROM json_each(@scope))',
    )
    .get({ scope: asked.scope }) as { of: number; took: number | null; needs: number | null }
  const sites = db
    .prepare(
      'SELECT DISTINCT site AS id, site_name AS name FROM student WHERE site IS NOT NULL AND (@scope IS NULL OR site IN (SELECT value FROM json_each(@scope))) ORDER BY site_name',
    )
    .all({ scope: asked.scope }) as { id: never; name: string }[]
  const { shown, absences, earned, pending, claimable, banked, beyond, left } = sums
  return {
    ...{ of: whole.of, took: whole.took ?? 0, needs: whole.needs ?? 0, shown, sites },
    sums: {
      absences: absences ?? 0,
      earned: earned ?? 0,
      pending: pending ?? 0,
      claimable: claimable ?? 0,
      banked: banked ?? 0,
      beyond: beyond ?? 0,
      left: left ?? 0,
    },
    rows: rows.map(lineOf),
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
