/** What the district asks of its people and devices beyond a password: off until somebody turns it on. */
import type { TrustPolicy } from '../../shared/api/trust.ts'
import type { Log } from '../log/log.ts'

export interface TrustPolicies {
  read(): TrustPolicy
  set(policy: TrustPolicy): void
}

interface Row {
  readonly second_factor: number
  readonly enrol_by_code: number
}

/** The policy of an open log. */
export function openTrustPolicy({ db, write }: Log): TrustPolicies {
  const read = db.prepare<[], Row>('SELECT second_factor, enrol_by_code FROM trust_policy')
  const set = db.prepare('UPDATE trust_policy SET second_factor = ?, enrol_by_code = ?')
  return {
    read() {
      const row = read.get()
      return { secondFactor: row?.second_factor === 1, enrolByCode: row?.enrol_by_code === 1 }
    },
    set: ({ secondFactor, enrolByCode }) => write(() => void set.run(secondFactor ? 1 : 0, enrolByCode ? 1 : 0)),
  }
}
