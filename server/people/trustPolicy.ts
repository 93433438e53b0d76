/** What the district asks of its people and devices beyond a password. A new district begins with the second factor on, the sample without. */
import { OFFLINE_DAYS } from '../../shared/api/lockers.ts'
import type { ChangeTrust, TrustPolicy } from '../../shared/api/trust.ts'
import type { Log } from '../log/log.ts'

export interface TrustPolicies {
  read(): TrustPolicy
  /** What is not named stays as it is. */
  set(policy: ChangeTrust): void
}

interface Row {
  readonly second_factor: number
  readonly enrol_by_code: number
  readonly pin_needed: number
  readonly offline_days: number
}

/** The policy of an open log. */
export function openTrustPolicy({ db, write }: Log): TrustPolicies {
  const read = db.prepare<[], Row>('SELECT second_factor, enrol_by_code, pin_needed, offline_days FROM trust_policy')
  const set = db.prepare('UPDATE trust_policy SET second_factor = ?, enrol_by_code = ?, pin_needed = ?, offline_days = ?')
  const held = (): TrustPolicy => {
    const row = read.get()
    return {
      secondFactor: row?.second_factor === 1,
      enrolByCode: row?.enrol_by_code === 1,
      pinNeeded: row?.pin_needed === 1,
      offlineDays: row?.offline_days ?? OFFLINE_DAYS,
    }
  }
  return {
    read: held,
    set: (policy) =>
      write(() => {
        const was = held()
        const { secondFactor = was.secondFactor, enrolByCode = was.enrolByCode } = policy
        const { pinNeeded = was.pinNeeded, offlineDays = was.offlineDays } = policy
        set.run(secondFactor ? 1 : 0, enrolByCode ? 1 : 0, pinNeeded ? 1 : 0, offlineDays)
      }),
  }
}
