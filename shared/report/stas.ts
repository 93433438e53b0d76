/** Attendance Recovery Days (STAS 13.24): one row for each student, school (by its state code) and year, with the days behind it. */
import { byCodeUnits } from '../rules/codeUnits.ts'
import type { Ledger } from '../attendance/ledger.ts'
import { as, type SiteId, type StudentId } from '../ids.ts'
import type { Site } from '../registry.ts'
import { eligibleAbsences } from '../rules/california/absences.ts'
import { fiscalYearOf, type SchoolDate } from '../time.ts'
import { entryAt, groupBy, type Recovered, type RecoveredDay, recoveredStudents } from './recovered.ts'
import type { StasCheck } from './stasLayout.ts'

/** Why a row cannot be sent as it is. */
export type StasProblem =
  | Extract<StasCheck, 'STAS0739' | 'STAS0740E1' | 'daysAgainstAbsences' | 'STAS0651'>
  | 'noSsid'
  | 'noSchoolCode'
  | 'noLea'

export interface StasRow {
  readonly student: StudentId
  readonly localId: string
  /** 13.07; null where the district knows none: such a row cannot be sent. */
  readonly ssid: string | null
  readonly last: string
  readonly first: string
  /** The first of the sites, by id, that are this school to the state, and the names of all of them where something was recovered. */
  readonly site: SiteId
  readonly siteName: string
  /** 13.04 and 13.05, of the school where the absences occurred; null where they are not known. */
  readonly lea: string | null
  readonly school: string | null
  /** 13.06, `2026-2027`. */
  readonly year: string
  /** 13.24. */
  readonly days: number
  /** Absences at that school in that year that may be recovered. */
  readonly absences: number
  readonly recovered: readonly RecoveredDay[]
  readonly problems: readonly StasProblem[]
}

export const academicYear = (on: SchoolDate): string => `${fiscalYearOf(on)}-${fiscalYearOf(on) + 1}`

/** The rows of the fiscal year of a date, up to it, by student and then school.
 *  @cite Aeries school of absence, CALPADS STAS0739, CALPADS STAS0740E1, CALPADS recovery and absences
 *  @reading A row for each school where the student recovered something; no row where nothing was recovered. */
export function stasRows(ledger: Ledger, asOf: SchoolDate): readonly StasRow[] {
  return recoveredStudents(ledger, asOf).flatMap((recovered) => stasRowsOf(ledger, recovered, asOf))
}

/** The rows of one student. Sites that share a state code are one school: CALPADS takes one record for each student, school and year. */
export function stasRowsOf(ledger: Ledger, recovered: Recovered, asOf: SchoolDate): readonly StasRow[] {
  const schoolOf = (site: SiteId): string => ledger.site(site)?.cds?.school ?? `site ${site}`
  const bySchool = [...groupBy(recovered.days, (day) => schoolOf(day.site))].map(([school, days]) => {
    const sites = [...new Set(days.map((day) => day.site))].sort(byCodeUnits)
    return { school, sites, days }
  })
  return bySchool
    .sort((a, b) => byCodeUnits(a.sites[0] ?? '', b.sites[0] ?? ''))
    .map(({ school, sites, days }) =>
      stasRow(ledger, recovered, { sites, isHere: (site) => schoolOf(as<SiteId>(site)) === school }, days, asOf),
    )
}

interface School {
  readonly sites: readonly SiteId[]
  readonly isHere: (site: string) => boolean
}

function stasRow(
  ledger: Ledger,
  recovered: Recovered,
  { sites, isHere }: School,
  days: readonly RecoveredDay[],
  asOf: SchoolDate,
): StasRow {
  const [id = days[0]?.site as SiteId] = sites
  const { student } = entryAt(recovered, id)
  const site = ledger.site(id)
  const absences = recovered.entries.flatMap((entry) => entry.absences)
  const row = {
    student: student.id,
    localId: student.localId,
    ssid: student.ssid,
    last: student.last,
    first: student.first,
    site: id,
    siteName: sites.map((each) => ledger.site(each)?.name ?? each).join(', '),
    lea: leaOf(site, ledger.district()?.lea ?? null),
    school: site?.cds?.school ?? null,
    year: academicYear(asOf),
    days: days.length,
    absences: eligibleAbsences(absences, asOf).filter((absence) => isHere(absence.site)).length,
    recovered: days,
  }
  return { ...row, problems: problemsOf(row, recovered.days.length) }
}

/** 13.04. A charter school whose record names another district than the one that reports here reports for itself, under its own school code.
 *  @reading A charter whose record names the district that reports here is reported with it, under the district's code. */
function leaOf(site: Site | undefined, district: string | null): string | null {
  const cds = site?.cds
  if (site?.type === 'charter' && cds && cds.district !== district) return cds.school
  return district ?? cds?.district ?? null
}

function problemsOf(row: Omit<StasRow, 'problems'>, atAllSchools: number): readonly StasProblem[] {
  const problems: StasProblem[] = []
  if (!Number.isInteger(row.days) || row.days < 0 || row.days > 10) problems.push('STAS0739')
  if (atAllSchools > 10) problems.push('STAS0740E1')
  if (row.days > row.absences) problems.push('daysAgainstAbsences')
  if (row.school === '0000001' || row.school === '0000002') problems.push('STAS0651')
  if (row.ssid === null) problems.push('noSsid')
  if (row.school === null) problems.push('noSchoolCode')
  if (row.lea === null) problems.push('noLea')
  return problems
}
