/** What a sign-in allows without a network: a signed text, bound to one device and one person, with an end. */
import { createHash } from 'node:crypto'
import type { Receipt } from '../../shared/api/sync.ts'
import { GrantBody } from '../../shared/api/lockers.ts'
import { MOST_OFFLINE_DAYS } from '../../shared/api/lockers.ts'
import { DAY, type Instant, instant } from '../../shared/time.ts'
import type { Log } from '../log/log.ts'
import { parsed } from '../log/parsed.ts'
import { isSigned, type ReceiptKey } from '../log/receipts.ts'
import { type Account, type Accounts, isLive } from './accounts.ts'
import { openGrantEnds } from './elsewhere.ts'
import type { TrustPolicies } from './trustPolicy.ts'

export interface Given {
  /** When the password was given, if not just now. */
  readonly since?: Instant | undefined
  /** Whether the district's own sign-in vouched for a second factor. */
  readonly factor?: boolean | undefined
  /** Whether ours was shown. */
  readonly proved?: boolean
}

export type Grants = ReturnType<typeof openGrants>

/** Grants of an open log. None is stored: an account that ended, another password, a revoked device, or ending everything elsewhere end them. */
export function openGrants(log: Log, key: ReceiptKey, accounts: Accounts, policy: TrustPolicies) {
  const { now } = log.sources
  const isEnded = openGrantEnds(log)
  return {
    /**
     * A grant from now on. It ends after the district's days, with the account, and at the latest three weeks after the password was given
     * (`since`): coming back with a PIN makes it longer only until then.
     */
    give(
      account: Account,
      device: string,
      { since = instant(now()), factor = false, proved = false }: Given,
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
        proved,
      } satisfies GrantBody)
      return { grant: { body, signature: key.signText(body) }, until }
    },
    /** The account a grant is for, when it is ours, for this device, not over, and nothing has happened to the account since. */
    accountOf(grant: Receipt, device: string): (Required<Given> & { readonly account: Account; readonly since: Instant }) | undefined {
      if (!isSigned(grant.body, grant.signature, key.publicKey)) return undefined
      const body = GrantBody.safeParse(parsed(grant.body)).data
      if (!body || body.device !== device || body.until <= now()) return undefined
      const account = accounts.byId(body.account)
      if (!account || account.staff !== body.staff || !isLive(account, now()) || wordOf(account) !== body.word) return undefined
      if (isEnded(account.id, device, body.at)) return undefined
      return { account, since: body.since, factor: body.factor, proved: body.proved === true }
    },
  }
}

const wordOf = ({ id, password }: Account): string =>
  createHash('sha256')
    .update(`${id} ${password ?? ''}`)
    .digest('base64url')
    .slice(0, 16)
