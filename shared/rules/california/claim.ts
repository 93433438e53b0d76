import type { SchoolDate } from '../../time.ts'
import type { AbsenceFacts } from '../facts.ts'
import type { EarnedDay } from './earnedDays.ts'

/** Why no further day is claimed; `none`: nothing holds it. */
export const HELD_BY = ['time', 'absences', 'yearlyMost', 'none'] as const
export type HeldBy = (typeof HELD_BY)[number]

export interface ClaimedDay extends EarnedDay {
  /** The date of the absence it recovers; null while it waits for one, or is over the yearly most. */
  readonly recovers: SchoolDate | null
  /** Where that absence occurred. */
  readonly school: string | null
}

export interface Claim {
  readonly claimableDays: number
  readonly bankedDays: number
  readonly beyondCapDays: number
  readonly remainingDays: number
  readonly heldBy: HeldBy
  readonly days: readonly ClaimedDay[]
}

/** What may be claimed of the days earned: days in the order earned recover absences in date order, one each.
 *  @cite EC 46211 yearly most, EC 46211(d)(3), CALPADS STAS0740E1, Aeries school of absence, CDE fiscal year
 *  @reading A day may recover an absence of a later date; a claim as of a date uses only what happened by that date. Of equal
 *  limits the first of yearly most, absences, time is named. */
export function claim(earned: readonly EarnedDay[], eligible: readonly AbsenceFacts[], most: number): Claim {
  const claimableDays = Math.min(earned.length, most, eligible.length)
  const within = Math.min(earned.length, most)
  return {
    claimableDays,
    bankedDays: within - claimableDays,
    beyondCapDays: earned.length - within,
    remainingDays: Math.min(most, eligible.length) - claimableDays,
    heldBy: heldBy(earned.length, eligible.length, most),
    days: earned.map((day, i) => {
      const absence = i < claimableDays ? eligible[i] : undefined
      return { earnedOn: day.earnedOn, path: day.path, recovers: absence?.on ?? null, school: absence?.site ?? null }
    }),
  }
}

function heldBy(earned: number, eligible: number, most: number): HeldBy {
  if (earned === 0 && eligible === 0) return 'none'
  const least = Math.min(most, eligible, earned)
  if (least === most) return 'yearlyMost'
  return least === eligible ? 'absences' : 'time'
}
