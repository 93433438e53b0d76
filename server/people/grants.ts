/** What a sign-in allows without a network: a signed text, bound to one device and one person, with an end. */
import { createHash } from 'node:crypto'
import type { Receipt } from '../../shared/api/sync.ts'
import { GrantBody } from '../../shared/api/lockers.ts'
import { MOST_OFFLINE_DAYS } from '../../shared/api/lockers.ts'
import { DAY, type Instant, instant } from '../../shared/time.ts'
import type { Log } from '../log/log.ts'
import { isSigned, type ReceiptKey } from '../log/receipts.ts'
import { type Account, type Accounts, isLive } from './accounts.ts'
import type { TrustPolicies } from './trustPolicy.ts'

export type Grants = ReturnType<typeof openGrants>

/** Grants of an open log. Nothing of them is stored: an account that ended, another password or a revoked device end them. */
export function openGrants(log: Log, key: ReceiptKey, accounts: Accounts, policy: TrustPolicies) {
  const { now } = log.sources
  return {
    /**
     * A grant from now on. It ends after the district's days, with the account, and at the latest three weeks after the password was given
     * (`since`): coming back with a PIN makes it longer only until then.
     */
    give(
      account: Account,
      device: string,
      { since = instant(now()), factor = false }: { readonly since?: Instant | undefined; readonly factor?: boolean | undefined },
    ): { readonly grant: Receipt; readonly until: Instant } {
      const until = instant(
        Math.min(now() + policy.read().offlineDays * DAY, since + MOST_OFFLINE_DAYS * DAY, account.until ?? Number.MAX_SAFE_INTEGER),
      )
      const body = JSON.stringify({
        kind: 'recoup-grant',
        account: account.id,
        staff: account.staff,
        device,
        since,
        at: instant(now()),
        until,
        word: wordOf(account),
        factor,
      } satisfies GrantBody)
      return { grant: { body, signature: key.signText(body) }, until }
    },
    /** The account a grant is for, when it is ours, for this device, not over, and nothing has happened to the account since. */
    accountOf(
      grant: Receipt,
      device: string,
    ): { readonly account: Account; readonly since: Instant; readonly factor: boolean } | undefined {
      if (!isSigned(grant.body, grant.signature, key.publicKey)) return undefined
      const body = GrantBody.safeParse(parsed(grant.body)).data
      if (!body || body.device !== device || body.until <= now()) return undefined
      const account = accounts.byId(body.account)
      if (!account || account.staff !== body.staff || !isLive(account, now()) || wordOf(account) !== body.word) return undefined
      return { account, since: body.since, factor: body.factor }
    },
  }
}

const wordOf = ({ id, password }: Account): string =>
  createHash('sha256')
    .update(`${id} ${password ?? ''}`)
    .digest('base64url')
    .slice(0, 16)

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
