/** The students and sessions behind one figure. */
import type { BehindQuery, BehindReply } from '../../shared/api/totals.ts'
import type { Scope } from '../log/deliver.ts'
import type { Db } from '../log/openDatabase.ts'

const MOST = 1_000
/** Which column of a session, and of a day, a part is. */
const OF_SESSION = { site: 's.site', month: 's.month', section: 's.section', teacher: 's.staff', span: 'p.span' } as const
const OF_DAY = { site: 'd.site', month: 'd.month', section: 'd.section', teacher: 'd.staff', span: 'd.span' } as const

/** @param first of the fiscal year: what was before it stands behind no figure of it */
export function behind(db: Db, scope: Scope, query: BehindQuery, first: string, nameOf: (staff: string) => string): BehindReply {
  const asked = {
    ...{ first, site: query.site ?? null, key: query.part === undefined ? null : (query.key ?? ''), limit: MOST + 1 },
    scope: scope === 'all' ? null : JSON.stringify(scope),
  }
  const isDays = query.figure !== 'students' && query.figure !== 'sessions'
  if (query.figure === 'sessions') {
    const of = query.part ? OF_SESSION[query.part] : "''"
    const rows = db
      .prepare(
        `SELECT DISTINCT s.*, coalesce((SELECT site_name FROM student WHERE site = s.site LIMIT 1), '') AS site_name
         FROM session s JOIN visit v ON v.session = s.id JOIN student p ON p.id = v.student
         WHERE s.school_date >= @first AND (@key IS NULL OR ${of} = @key) AND (@site IS NULL OR s.site = @site)
           AND (@scope IS NULL OR s.site IN (SELECT value FROM json_each(@scope)))
         ORDER BY s.school_date DESC, s.starts DESC LIMIT @limit`,
      )
      .all(asked) as SessionLine[]
    return { students: [], sessions: rows.slice(0, MOST).map((row) => sessionOf(row, nameOf)), more: rows.length > MOST }
  }
  const rows = (isDays ? daysBy(db, query, asked) : visitsBy(db, query, asked)) as StudentLine[]
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

const visitsBy = (db: Db, { part }: BehindQuery, asked: object): unknown[] =>
  db
    .prepare(
      `SELECT p.id, p.last, p.first, p.grade, p.site_name, count(*) AS sessions, sum(v.minutes) AS minutes,
         (SELECT count(*) FROM day d WHERE d.student = p.id) AS days
       FROM session s JOIN visit v ON v.session = s.id JOIN student p ON p.id = v.student
       WHERE s.school_date >= @first AND (@key IS NULL OR ${part ? OF_SESSION[part] : "''"} = @key) AND (@site IS NULL OR s.site = @site)
         AND (@scope IS NULL OR s.site IN (SELECT value FROM json_each(@scope)))
       GROUP BY p.id ORDER BY p.last, p.first, p.id LIMIT @limit`,
    )
    .all(asked)

const daysBy = (db: Db, { part, figure }: BehindQuery, asked: object): unknown[] =>
  db
    .prepare(
      `SELECT p.id, p.last, p.first, p.grade, p.site_name, p.came AS sessions, 0 AS minutes, count(*) AS days
       FROM day d JOIN student p ON p.id = d.student
       WHERE d.earned_on >= @first AND (@key IS NULL OR ${part ? OF_DAY[part] : "''"} = @key) AND (@site IS NULL OR d.site = @site)
         AND (@figure = 'earned' OR d.status = @figure) AND (@scope IS NULL OR d.site IN (SELECT value FROM json_each(@scope)))
       GROUP BY p.id ORDER BY p.last, p.first, p.id LIMIT @limit`,
    )
    .all({ ...asked, figure })

function sessionOf(row: SessionLine, nameOf: (staff: string) => string): BehindReply['sessions'][number] {
  const { id, title, school_date, site, site_name, section, staff, students, minutes, certified } = row
  return {
    ...{ session: id as never, title, on: school_date as never, site: site as never, siteName: site_name },
    ...{ section: (section || null) as never, staff: (staff || null) as never, staffName: staff === '' ? '' : nameOf(staff) },
    ...{ students, minutes, certified: certified === 1 },
  }
}
