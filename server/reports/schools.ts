/** The district, a school at a time: what each school is told, folded, and how long that says the same. */
import type { Ledger, StudentView } from '../../shared/attendance/ledger.ts'
import { as, type SiteId } from '../../shared/ids.ts'
import { addDays, fiscalYear, fiscalYearOf, type SchoolDate, schoolDateOf } from '../../shared/time.ts'
import type { Deliver } from '../log/deliver.ts'
import type { Log } from '../log/log.ts'
import { openNewest } from '../log/newest.ts'
import { openStudentLedger } from '../log/studentLedger.ts'
import { type Ledgers, openLedgers } from './ledgers.ts'

/** So many schools' ledgers stay in memory: those that were looked at last are those where something happens. */
const MOST_LEDGERS = 4
/** The students who are enrolled at no school (any more). */
export const NOWHERE = '' as SiteId

export interface Schools {
  /** Every school that is told something; `NOWHERE` last when there is anybody. */
  ids(): readonly SiteId[]
  /** The sequence up to which a school's figures must reach. */
  newest(site: SiteId): number
  /** What a school is told, folded, as of the newest sequence. Call within a read transaction. */
  ledger(site: SiteId): Ledger
  /** The same in a ledger of its own. */
  anew(site: SiteId): Ledger
  /** The first date after one on which the same facts would give another answer. */
  goodUntil(ledger: Ledger, asOf: SchoolDate): SchoolDate
}

export function openSchools(log: Log, deliver: Deliver): Schools {
  const held = new Map<SiteId, { readonly ledgers: Ledgers }>()
  const studentLedger = openStudentLedger(log)
  const newest = openNewest(log.db)
  const sites = log.db
    .prepare<[], string>(
      "SELECT id FROM record WHERE kind = 'site' UNION SELECT site FROM student_site WHERE site NOT LIKE 'section:%' ORDER BY 1",
    )
    .pluck()
  const nowhere = log.db
    .prepare<[], string>(
      `SELECT id FROM record s WHERE kind = 'student' AND ended = 0
         AND NOT EXISTS (SELECT 1 FROM record e WHERE e.student = s.id AND e.kind = 'enrollment' AND e.ended = 0) ORDER BY id`,
    )
    .pluck()
  const policies = log.db.prepare<[], string>("SELECT id FROM record WHERE kind = 'policy'").pluck()
  let lost: { readonly seq: number; readonly students: readonly string[] } | undefined

  function nobodys(): readonly string[] {
    const seq = log.head()
    if (lost?.seq !== seq) lost = { seq, students: nowhere.all() }
    return lost.students
  }

  function told(site: SiteId): Ledger {
    const own = held.get(site) ?? { ledgers: openLedgers(log, deliver) }
    held.delete(site)
    held.set(site, own)
    if (held.size > MOST_LEDGERS) held.delete(held.keys().next().value ?? site)
    return own.ledgers.of([site])
  }

  return {
    ids: () => [...sites.all().map((id) => as<SiteId>(id)), ...(nobodys().length > 0 ? [NOWHERE] : [])],
    newest: (site) => (site === NOWHERE ? log.head() : newest(site)),
    ledger: (site) => (site === NOWHERE ? studentLedger({ students: nobodys() }) : told(site)),
    anew: (site) => (site === NOWHERE ? studentLedger({ students: nobodys() }) : openLedgers(log, deliver).of([site])),
    goodUntil: (ledger, asOf) => goodUntil(ledger, asOf, policies.all() as SchoolDate[]),
  }
}

/** Whether a student's person is counted in a school's part: at the school of the first of its entries that has one. */
export function isHome(ledger: Ledger, view: StudentView, site: SiteId, asOf: SchoolDate): boolean {
  for (const id of view.sameStudent) {
    const enrollments = ledger.student(id)?.enrollments ?? []
    if (enrollments.length > 0) return (ledger.enrollmentOn(id, asOf) ?? enrollments.at(-1))?.site === site
  }
  return site === NOWHERE
}

/** Dates in records and marks beyond which a judgement may be another one. Law changes with the fiscal year, and that ends it in any case. */
function goodUntil(ledger: Ledger, asOf: SchoolDate, policies: readonly SchoolDate[]): SchoolDate {
  const tomorrow = addDays(asOf, 1)
  let until = addDays(fiscalYear(fiscalYearOf(asOf)).last, 1)
  const meet = (date: SchoolDate | null): void => {
    if (date !== null && date > asOf && date < until) until = date
  }
  policies.forEach(meet)
  for (const { years } of ledger.sites())
    for (const { first, last } of years) {
      meet(first)
      meet(addDays(last, 1))
    }
  for (const { site, on, window, endedAt } of ledger.sessions()) {
    meet(on)
    if (on > asOf) continue
    // A session that runs over midnight gives the next day its part; one that was not ended is taken for held when its day is over.
    const last = schoolDateOf(window.until, ledger.site(site)?.zone ?? 'UTC')
    if (last > asOf || (on === asOf && endedAt === null)) meet(tomorrow)
  }
  for (const { student, enrollments, absences } of ledger.students()) {
    for (const { from, until: end } of enrollments) {
      meet(from)
      meet(end)
    }
    for (const { on } of absences) meet(on)
    for (const { from, until: end } of student.independentStudy) {
      meet(from)
      meet(end)
      meet(addDays(end, 1))
    }
  }
  return until
}
