/** Parity: both sides prove that they came to the same totals, student by student. (S10) */
import { byCodeUnits } from '../rules/codeUnits.ts'
import type { SchoolDate } from '../time.ts'
import { canonical, hashText } from './chain.ts'

/** The fields of a student's totals that are proved: all of them. */
export interface ProvedTotals {
  readonly minimumDayMinutes: number
  readonly earnedDays: number
  readonly pendingDays: number
  readonly eligibleAbsences: number
  readonly claimableDays: number
  readonly bankedDays: number
  readonly beyondCapDays: number
  readonly remainingDays: number
  readonly hours: number
  readonly minutes: number
  readonly heldBy: string
  readonly days: readonly {
    readonly earnedOn: SchoolDate
    readonly path: string
    readonly recovers: SchoolDate | null
    readonly school: string | null
  }[]
  readonly flags: readonly string[]
}

/** A student's totals in 16 hexadecimal digits: 64 bits tell apart every mistake, if not every forgery. The order of flags does not matter. */
export function totalsDigest(totals: ProvedTotals): string {
  const figures = [
    totals.minimumDayMinutes,
    totals.earnedDays,
    totals.pendingDays,
    totals.eligibleAbsences,
    totals.claimableDays,
    totals.bankedDays,
    totals.beyondCapDays,
    totals.remainingDays,
    totals.hours,
    totals.minutes,
    totals.heldBy,
    totals.days.map((day) => [day.earnedOn, day.path, day.recovers, day.school]),
    [...totals.flags].sort(),
  ]
  return hashText(canonical(figures)).slice(0, 16)
}

/** One digest over those of all students, in the order of their ids by code units. */
export function proofOf(students: ReadonlyMap<string, string>): string {
  const lines = [...students].sort(([a], [b]) => byCodeUnits(a, b))
  return hashText(canonical(lines))
}
