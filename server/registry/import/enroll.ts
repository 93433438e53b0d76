import type { SiteId, StudentId } from '../../../shared/ids.ts'
import type { Enrollment, Grade } from '../../../shared/registry.ts'
import type { SchoolDate } from '../../../shared/time.ts'
import { fiscalYear, fiscalYearOf } from '../../../shared/time.ts'
import { stableId } from './ids.ts'
import type { Plan } from './plan.ts'

/** Who is where, and in which grade, as a file says it. */
export type Roll = Map<StudentId, Map<SiteId, Grade>>

/** What a file's roll is good for. */
export interface RollScope {
  /** Sites whose whole roll the file gives: who is enrolled there and not on it has left. */
  readonly covers: ReadonlySet<SiteId>
  /** Whether an entry names all sites of its student, so that one not named, of whatever school, was left. */
  readonly tellsAll: boolean
  /** Students the file speaks of, also in rows that could not be used: they are not taken for missing. */
  readonly named: ReadonlySet<StudentId>
  /** The first day of the school year at a site. */
  readonly yearBegins: (site: SiteId) => SchoolDate
}

/**
 * Brings enrollments in line with a roll. Files give no dates of transfer: one is seen on the day it is imported, and dates from that
 * day. What was true before stays: an enrollment is closed, and another begins. A student without
 * an open one has left; the student's record stays as it is, because past days are counted by it.
 */
export function enroll(plan: Plan, roll: Roll, scope: RollScope): void {
  const { open, past } = enrollmentsOf(plan)
  for (const [student, sites] of roll) {
    const held = open.get(student) ?? []
    const leaving = held.filter((one) => !sites.has(one.site) && (scope.tellsAll || scope.covers.has(one.site)))
    for (const [site, grade] of sites) {
      const here = held.find((one) => one.site === site)
      if (here) stay(plan, here, grade, scope.yearBegins(site))
      else join(plan, { student, site, grade, begins: scope.yearBegins(site), leaving, past: past.get(student) ?? [] })
    }
    for (const one of leaving)
      close(plan, one, [...sites.keys()].map(scope.yearBegins).find((begins) => isNewYear(begins, one)) ?? plan.today)
  }
  for (const [student, held] of open) {
    if (roll.has(student) || scope.named.has(student)) continue
    const missing = held.filter((one) => scope.covers.has(one.site))
    for (const one of missing) close(plan, one, plan.today)
    if (missing.length > 0 && missing.length === held.length) plan.tally('students', 'ended')
  }
}

/** Closes every open enrollment of some students, as of today. */
export function withdraw(plan: Plan, students: ReadonlySet<StudentId>): void {
  const { open } = enrollmentsOf(plan)
  for (const student of students) {
    const held = open.get(student) ?? []
    for (const one of held) close(plan, one, plan.today)
    if (held.length > 0) plan.tally('students', 'ended')
  }
}

function enrollmentsOf(plan: Plan): { open: Map<StudentId, Enrollment[]>; past: Map<StudentId, Enrollment[]> } {
  const open = new Map<StudentId, Enrollment[]>()
  const past = new Map<StudentId, Enrollment[]>()
  for (const { ended, body } of plan.list('enrollment').values()) {
    if (ended) continue
    const kept = body.until === null ? open : past
    const held = kept.get(body.student)
    if (held) held.push(body)
    else kept.set(body.student, [body])
  }
  return { open, past }
}

const isNewYear = (begins: SchoolDate, held: Enrollment): boolean => fiscalYearOf(begins) > fiscalYearOf(held.from)

function stay(plan: Plan, held: Enrollment, grade: Grade, begins: SchoolDate): void {
  if (held.grade === grade) plan.put('enrollment', held.id, held)
  else if (isNewYear(begins, held)) {
    close(plan, held, begins)
    begin(plan, held.student, held.site, grade, begins)
  } else plan.put('enrollment', held.id, { ...held, grade })
}

interface Joining {
  readonly student: StudentId
  readonly site: SiteId
  readonly grade: Grade
  readonly begins: SchoolDate
  readonly leaving: readonly Enrollment[]
  readonly past: readonly Enrollment[]
}

/** A student who comes from another school, or back, is here from today; everybody else since the year began. */
function join(plan: Plan, { student, site, grade, begins, leaving, past }: Joining): void {
  const mistaken = past.find((one) => one.site === site && one.grade === grade && (one.until ?? '') >= plan.today)
  if (mistaken) return plan.put('enrollment', mistaken.id, { ...mistaken, until: null })
  const comes = leaving.some((one) => !isNewYear(begins, one)) || past.some((one) => (one.until ?? '') > begins)
  begin(plan, student, site, grade, comes && plan.today > begins ? plan.today : begins)
}

function begin(plan: Plan, student: StudentId, site: SiteId, grade: Grade, from: SchoolDate): void {
  const id = stableId('enr', `${student}-${site}-${from}`)
  plan.put('enrollment', id, { id, student, site, grade, from, until: null })
}

/** Closes an enrollment on a day. One that had not begun by then never was. */
function close(plan: Plan, held: Enrollment, until: SchoolDate): void {
  if (until <= held.from) plan.put('enrollment', held.id, held, true)
  else plan.put('enrollment', held.id, { ...held, until })
}

/** The first day of the school year that holds today, at a site: from its calendar, else 1 July. */
export function yearBeginsAt(plan: Plan, site: SiteId): SchoolDate {
  const year = fiscalYearOf(plan.today)
  return plan.get('site', site)?.body.years.find(({ first }) => fiscalYearOf(first) === year)?.first ?? fiscalYear(year).first
}
