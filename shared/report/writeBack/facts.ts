/** What there is to write back of a student: dates with hours, recovered absences, figures of each reporting period. */
import type { Ledger, StudentView } from '../../attendance/ledger.ts'
import type { SiteId } from '../../ids.ts'
import { cutOff, PERIODS, type SchoolMonths } from '../../rules/california/periods.ts'
import { fiscalYear, fiscalYearOf, type SchoolDate } from '../../time.ts'
import type { RowFor, Source } from './layouts.ts'

/** One row's worth of facts, still without a system's way of writing them. */
export interface Fact {
  readonly rowFor: RowFor
  readonly site: SiteId
  readonly last: string
  readonly first: string
  readonly values: Readonly<Partial<Record<Source, string | number | null>>>
}

/** PowerSchool's names of the periods, by the way they are reported. */
const PERIOD_NAMES = { 'P-1': 'P1', 'P-2': 'P2', Annual: 'EOY' } as const

/** PowerSchool counts its years from this one: 36 is 2026-2027. */
export const POWERSCHOOL_YEARS = 1990

/** The facts of one student for the fiscal year of a date, up to it; none for an entry that another speaks for. */
export function factsOf(ledger: Ledger, view: StudentView, asOf: SchoolDate, months: readonly SchoolMonths[] = []): readonly Fact[] {
  const { student, sameStudent } = view
  if (sameStudent[0] !== student.id || !sameStudent.some((id) => ledger.sessionsOf(id).length > 0)) return []
  const entries = sameStudent.map((id) => ledger.student(id)).filter((entry) => entry !== undefined)
  const at = (site: SiteId): StudentView => entries.find(({ enrollments }) => enrollments.some((each) => each.site === site)) ?? view
  const base = (site: SiteId) => {
    const own = at(site).student
    return { site, last: own.last, first: own.first, values: { localId: own.localId, ssid: own.ssid, school: site } }
  }
  const { days, accruing } = ledger.explain(student.id, asOf)
  const recovered = days.filter((day) => day.recovers !== null && day.school !== null)
  const usedOn = new Set<string>(recovered.map((day) => day.earnedOn))

  const dates = new Map<string, { site: SiteId; on: SchoolDate; minutes: number }>()
  for (const { session, on, minutes } of [...days.flatMap((day) => day.made), ...accruing]) {
    const site = ledger.session(session as never)?.site ?? view.enrollments[0]?.site
    if (!site) continue
    const key = `${site} ${on}`
    dates.set(key, { site, on, minutes: (dates.get(key)?.minutes ?? 0) + minutes })
  }
  const ofDates = [...dates.values()].map(({ site, on, minutes }): Fact => {
    const { values, ...who } = base(site)
    // A day is used on one row only, also when it was completed at two schools on one date.
    const days = usedOn.delete(on) ? 1 : 0
    return { ...who, rowFor: 'date', values: { ...values, sessionDate: on, hours: Math.floor(minutes / 60), days } }
  })
  const ofDays = recovered.map((day): Fact => {
    const { values, ...who } = base(day.school as SiteId)
    const note = `Attendance recovery ${day.earnedOn}`
    const more = { absenceDate: day.recovers, earnedDate: day.earnedOn, minutes: day.minimumMinutes, days: 1, note }
    return { ...who, rowFor: 'day', values: { ...values, ...more } }
  })
  return [...ofDates, ...ofDays, ...periodsOf(ledger, view, at, asOf, months)]
}

/** Minutes and days of each period that has begun to count, at each school where something was recovered; else where the student is. */
function periodsOf(
  ledger: Ledger,
  { student, enrollments }: StudentView,
  at: (site: SiteId) => StudentView,
  asOf: SchoolDate,
  months: readonly SchoolMonths[],
): Fact[] {
  const year = fiscalYearOf(asOf)
  const facts: Fact[] = []
  let before = fiscalYear(year).first as string
  for (const name of PERIODS) {
    if (before > asOf) break
    const last = cutOff(name, year, months)
    const upTo = last < asOf ? last : asOf
    before = last
    const { days } = ledger.explain(student.id, upTo)
    const sites = new Map<SiteId, { minutes: number; days: number }>()
    for (const day of days) {
      if (day.recovers === null || day.school === null) continue
      const site = day.school as SiteId
      const sum = sites.get(site) ?? { minutes: 0, days: 0 }
      sites.set(site, { minutes: sum.minutes + day.minimumMinutes, days: sum.days + 1 })
    }
    const home = ledger.enrollmentOn(student.id, upTo)?.site ?? enrollments.at(-1)?.site
    if (sites.size === 0 && home) sites.set(home, { minutes: 0, days: 0 })
    for (const [site, sum] of sites) {
      const own = at(site).student
      const who = { localId: own.localId, ssid: own.ssid, school: site, year: year - POWERSCHOOL_YEARS, period: PERIOD_NAMES[name] }
      facts.push({ rowFor: 'period', site, last: own.last, first: own.first, values: { ...who, ...sum } })
    }
  }
  return facts
}
