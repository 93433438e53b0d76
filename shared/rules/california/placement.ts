import { fiscalYearOf, type SchoolDate } from '../../time.ts'
import type { EntryFacts, Placement } from '../facts.ts'

const covers = (placement: Placement, on: SchoolDate): boolean => placement.from <= on && (placement.until === null || on < placement.until)

const isBetweenSchoolYears = (placement: Placement, on: SchoolDate): boolean =>
  placement.school.years.length > 0 && !placement.school.years.some((year) => year.first <= on && on <= year.last)

/** The school and grade that speak for a student on a date.
 *  @cite Reading: grade
 *  @reading Between school years the enrollment that begins next in the same fiscal year speaks: a July session is taken in
 *  the coming grade. Where no enrollment covers the date, the next one of that fiscal year, else the last before, else the first. */
export function placementOn(entry: EntryFacts, on: SchoolDate): Placement {
  const { placements } = entry
  if (placements.length === 1) return placements[0]
  const year = fiscalYearOf(on)
  const covering = placements.findLast((placement) => covers(placement, on))
  const next = placements.find((placement) => placement.from > on && fiscalYearOf(placement.from) === year)
  if (covering && !(next && isBetweenSchoolYears(covering, on))) return covering
  return next ?? placements.findLast((placement) => placement.from <= on) ?? placements[0]
}
