/** What was shown in a web session of who one is: a second factor, and lately that one is still there. */
import type { Me } from '../../shared/api/people.ts'
import { MINUTE } from '../../shared/time.ts'
import type { Log } from '../log/log.ts'
import { openElsewhere } from './elsewhere.ts'
import { hashToken } from './token.ts'

/** How long a proof of who one is lets one take records away in bulk. */
const STEP_UP_MOST = 5 * MINUTE

/** @param bind makes a device a person's, within a transaction */
export function openShown(log: Log, bind: (staff: string, device: string) => void) {
  const { db, sources } = log
  const providerFactor = db.prepare<[string], number>('SELECT provider_factor FROM web_session WHERE token_hash = ?').pluck()
  const prove = db.prepare('UPDATE web_session SET proved = 1 WHERE token_hash = ?')
  const hasProved = db.prepare<[string], number>('SELECT proved OR provider_factor FROM web_session WHERE token_hash = ?').pluck()
  const putStepUp = db.prepare('UPDATE web_session SET stepped_up_at = ? WHERE token_hash = ?')
  const steppedUpAt = db.prepare<[string], number | null>('SELECT stepped_up_at FROM web_session WHERE token_hash = ?').pluck()
  const endElsewhere = openElsewhere(log)

  /** The person has shown who it is again, or just now for the first time. */
  function stepUp(token: string | undefined): void {
    if (token !== undefined) putStepUp.run(sources.now(), hashToken(token))
  }

  return {
    stepUp,
    /** Whether that was less than five minutes ago. */
    isSteppedUp(token: string | undefined): boolean {
      const at = token === undefined ? undefined : steppedUpAt.get(hashToken(token))
      return typeof at === 'number' && sources.now() - at < STEP_UP_MOST
    },
    /** Whether the district's provider vouched for a second factor at this sign-in. */
    hasProviderFactor: (token: string | undefined): boolean => token !== undefined && providerFactor.get(hashToken(token)) === 1,
    /** Whether the second factor was shown in this session: ours, or the one that the provider vouched for. */
    hasProved: (token: string | undefined): boolean => token !== undefined && hasProved.get(hashToken(token)) === 1,
    /** The second factor was set up in this session: whatever the person has elsewhere was opened without it, and ends. */
    proveHere({ account, staff }: Pick<Me, 'account' | 'staff'>, token: string | undefined, device: { readonly id: string } | null): void {
      log.write(() => {
        if (token !== undefined) prove.run(hashToken(token))
        endElsewhere({ id: account, staff }, { session: token, device: device?.id })
        if (device) bind(staff, device.id)
      })
      stepUp(token)
    },
  }
}
