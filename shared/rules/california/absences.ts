import { fiscalYear, fiscalYearOf, type SchoolDate } from '../../time.ts'
import { byCodeUnits } from '../codeUnits.ts'
import type { AbsenceFacts, AbsenceKind } from '../facts.ts'
import type { SourceKey } from '../law.ts'

/** Which full-day absences may be recovered, and on whose word. */
export const ABSENCE_READINGS: Readonly<Record<AbsenceKind, { readonly eligible: boolean; readonly cite: SourceKey }>> = {
  excused: { eligible: true, cite: 'EC 46211 yearly most' },
  unexcused: { eligible: true, cite: 'EC 46211 yearly most' },
  suspension: { eligible: false, cite: 'CDE FAQ absences' },
  immunization: { eligible: false, cite: 'CDE FAQ absences' },
  partialDay: { eligible: false, cite: 'EC 46010.3' },
  closure: { eligible: false, cite: 'CDE J-13A' },
  independentStudyNoWork: { eligible: false, cite: 'Reading: absences' },
  homeHospital: { eligible: false, cite: 'Reading: absences' },
  otherLea: { eligible: false, cite: 'Reading: absences' },
  madeUp: { eligible: false, cite: 'Reading: absences' },
}

/** The absences of the fiscal year of a date, up to that date, that may be recovered, oldest first.
 *  @cite EC 46211 yearly most, EC 46010.3, CDE FAQ absences, CDE J-13A, CDE fiscal year
 *  @reading A date is one absence, however many schools report it; a date that any of them reports as something that cannot be
 *  recovered (a part of a day, a day already made up) is none. */
export function eligibleAbsences(absences: readonly AbsenceFacts[], asOf: SchoolDate): readonly AbsenceFacts[] {
  const { first } = fiscalYear(fiscalYearOf(asOf))
  const inYear = absences.filter((absence) => absence.on >= first && absence.on <= asOf).sort((a, b) => byCodeUnits(a.on, b.on))
  const eligible: AbsenceFacts[] = []
  for (let i = 0; i < inYear.length; ) {
    const absence = inYear[i] as AbsenceFacts
    let isEligible = true
    for (; inYear[i]?.on === absence.on; i++) if (!ABSENCE_READINGS[(inYear[i] as AbsenceFacts).kind].eligible) isEligible = false
    if (isEligible) eligible.push(absence)
  }
  return eligible
}
