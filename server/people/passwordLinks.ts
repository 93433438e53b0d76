/** The way back from a lost password: a one-time link by which somebody who has an account sets another. */
import { as } from '../../shared/ids.ts'
import { DAY, instant } from '../../shared/time.ts'
import type { Context } from '../context.ts'
import type { Account } from './accounts.ts'
import { INVITE_DAYS, type Invite } from './invites.ts'
import { hashToken } from './token.ts'

/**
 * Makes the link, and ends one made before. Until it is used the password before holds; a second factor stays what it is. Undefined for somebody
 * who is disabled or has left: no link lets them in. Who made it, `by`, could have used it: for thirty days the two are not two people who agree.
 */
export function makePasswordLink({ accounts, log }: Pick<Context, 'accounts' | 'log'>, account: Account, by?: string): Invite | undefined {
  const me = account.state === 'disabled' ? undefined : accounts.me(account)
  if (!me) return undefined
  const token = log.sources.random(32).toString('base64url')
  const expires = instant(log.sources.now() + INVITE_DAYS * DAY)
  log.write(() => {
    log.db.prepare('DELETE FROM invite WHERE account = ? AND used_at IS NULL').run(account.id)
    log.db.prepare('INSERT INTO invite (token_hash, account, expires_at) VALUES (?, ?, ?)').run(hashToken(token), account.id, expires)
    accounts.change(account, {}, by)
  })
  return { staff: as(account.staff), name: me.name, username: account.username, path: `/invite/${token}`, expires }
}
