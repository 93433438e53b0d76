/** Whether two accounts are two people: one stolen sign-in could have made, or taken over, every account that it invited or changed. */
import { DAY } from '../../shared/time.ts'
import type { Log } from '../log/log.ts'

/** For how long an account counts as its maker's, too. */
export const MADE_DAYS = 30

export interface Independence {
  /** Whether somebody could stand behind both: one of the two, or a third person, invited or changed the others within thirty days. */
  isOne(a: string, b: string): boolean
}

/** Asks of people by staff id. Whoever was invited by somebody who was invited is followed back all the way. */
export function openIndependence({ db, sources }: Pick<Log, 'db' | 'sources'>): Independence {
  const makersOf = db
    .prepare<[string, number], string>(
      `WITH RECURSIVE maker (staff) AS (
         SELECT ? UNION
         SELECT s.by FROM maker m JOIN account a ON a.staff = m.staff JOIN standing s ON s.account = a.id WHERE s.by IS NOT NULL AND s.at > ?)
       SELECT staff FROM maker`,
    )
    .pluck()
  return {
    isOne(a, b) {
      const since = sources.now() - MADE_DAYS * DAY
      const behind = new Set(makersOf.all(a, since))
      return makersOf.all(b, since).some((staff) => behind.has(staff))
    },
  }
}
