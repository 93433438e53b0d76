/** The students and sessions behind one figure. */
import type { BehindQuery, BehindReply } from '../../shared/api/totals.ts'
import type { Scope } from '../log/deliver.ts'
import type { Db } from '../log/openDatabase.ts'

const MOST = 1_000
/** Which column of a session, and of a day, a part is. */
const OF_SESSION = { site: 's.site', month: 's.month', section: 's.section', teacher: 's.staff', span: 'p.span' } as const
const OF_DAY = { site: 'd.site', month: 'd.month', section: 'd.section', teacher: 'd.staff', span: 'd.span' } as const

/** Only what is asked for is a condition, so that an index answers it. */
const where = (query: BehindQuery, scope: Scope, site: string, date: string, of: string | undefined): string =>
  [
    `${date} >= @first`,
    query.site !== undefined && `${site} = @site`,
    of !== undefined && `${of} = @key`,
    scope !== 'all' && `${site} IN (SELECT value FROM json_each(@scope))`,
  ]
    .filter(Boolean)
    .join(' AND ')

/** @param first of the fiscal year: what was before it stands behind no figure of it */
export function behind(
  db: Db,
  scope: Scope,
  query: BehindQuery,
  first: string,
  nameOf: (staff: string) => string,
): Omit<BehindReply, 'names'> {
  const asked = {
    ...{ first, site: query.site ?? null, key: query.key ?? '', limit: MOST + 1, figure: query.figure },
    scope: scope === 'all' ? null : JSON.stringify(scope),
  }
  if (query.figure === 'sessions') {
    const isSpan = query.part === 'span'
    const of = query.part && !isSpan ? OF_SESSION[query.part] : undefined
    const rows = db
      .prepare(
        `SELECT s.*, coalesce((SELECT site_name FROM student WHERE site = s.site LIMIT 1), '') AS site_name FROM session s
         WHERE ${where(query, scope, 's.site', 's.school_date', of)}
           AND EXISTS (SELECT 1 FROM visit v JOIN student p ON p.id = v.student WHERE v.session = s.id ${isSpan ? 'AND p.span = @key' : ''})
         ORDER BY s.school_date DESC, s.starts DESC LIMIT @limit`,
      )
      .all(asked) as SessionLine[]
    return { students: [], sessions: rows.slice(0, MOST).map((row) => sessionOf(row, nameOf)), more: rows.length > MOST }
  }
  const rows = (query.figure === 'students' ? visitsBy(db, query, scope, asked) : daysBy(db, query, scope, asked)) as StudentLine[]
  return {
    students: rows.slice(0, MOST).map(({ id, last, first: given, grade, site_name, sessions, minutes, days }) => ({
      student: id as never,
      name: `${last}, ${given}`,
      grade: grade as never,
      siteName: site_name,
      ...{ sessions, minutes, days },
    })),
    sessions: [],
    more: rows.length > MOST,
  }
}

interface StudentLine {
  readonly id: string
  readonly last: string
  readonly first: string
  readonly grade: string | null
  readonly site_name: string
  readonly sessions: number
  readonly minutes: number
  readonly days: number
}
interface SessionLine {
  readonly id: string
  readonly title: string
  readonly school_date: string
  readonly site: string
  readonly site_name: string
  readonly section: string
  readonly staff: string
  readonly students: number
  readonly minutes: number
  readonly certified: number
}

const visitsBy = (db: Db, query: BehindQuery, scope: Scope, asked: object): unknown[] =>
  db
    .prepare(
      `SELECT p.id, p.last, p.first, p.grade, p.site_name, count(*) AS sessions, sum(v.minutes) AS minutes,
         (SELECT count(*) FROM day d WHERE d.student = p.id) AS days
       FROM session s JOIN visit v ON v.session = s.id JOIN student p ON p.id = v.student
       WHERE ${where(query, scope, 's.site', 's.school_date', query.part && OF_SESSION[query.part])}
       GROUP BY p.id ORDER BY p.last, p.first, p.id LIMIT @limit`,
    )
    .all(asked)

const daysBy = (db: Db, query: BehindQuery, scope: Scope, asked: object): unknown[] =>
  db
    .prepare(
      `SELECT p.id, p.last, p.first, p.grade, p.site_name, p.came AS sessions, 0 AS minutes, count(*) AS days
       FROM day d JOIN student p ON p.id = d.student
       WHERE ${where(query, scope, 'd.site', 'd.earned_on', query.part && OF_DAY[query.part])} AND (@figure = 'earned' OR d.status = @figure)
       GROUP BY p.id ORDER BY p.last, p.first, p.id LIMIT @limit`,
    )
    .all(asked)

function sessionOf(row: SessionLine, nameOf: (staff: string) => string): BehindReply['sessions'][number] {
  const { id, title, school_date, site, site_name, section, staff, students, minutes, certified } = row
  return {
    ...{ session: id as never, title, on: school_date as never, site: site as never, siteName: site_name },
    ...{ section: (section || null) as never, staff: (staff || null) as never, staffName: staff === '' ? '' : nameOf(staff) },
    ...{ students, minutes, certified: certified === 1 },
  }
}
