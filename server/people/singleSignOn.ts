/** Sign-ins at the district's provider: what is under way, and which account the person it names has here. */
import { MINUTE } from '../../shared/time.ts'
import type { Role } from '../../shared/api/people.ts'
import type { Log } from '../log/log.ts'
import type { RegistryStore } from '../registry/store.ts'
import { type Account, type Accounts, isLive } from './accounts.ts'
import type { Asked, Named } from './provider.ts'
import { hashToken } from './token.ts'

const GOOD_FOR = 10 * MINUTE

/** Why somebody whom the provider named is not let in. */
export type NotOurs = 'unknown' | 'noRole' | 'otherPerson' | 'closed'
/** A sign-in that came back in the browser that began it. */
export interface Request {
  readonly asked: Asked
  /** Set when it came back before and something more was asked for. */
  readonly proved: { readonly account: string; readonly factor: boolean } | undefined
}
interface Row {
  readonly nonce: string
  readonly verifier: string
  readonly fresh: number
  readonly answer_hash: string | null
  readonly account: string | null
  readonly factor: number | null
}

export type SingleSignOn = ReturnType<typeof openSingleSignOn>

/** Single sign-on over an open log. `roles` gives the role of a group, the first that fits. */
export function openSingleSignOn(
  { db, sources, write }: Log,
  store: RegistryStore,
  accounts: Accounts,
  issuer: string,
  roles: readonly (readonly [group: string, role: Role])[],
) {
  const put = db.prepare('INSERT INTO sso_request (state_hash, browser_hash, nonce, verifier, fresh, expires_at) VALUES (?, ?, ?, ?, ?, ?)')
  const dropOld = db.prepare('DELETE FROM sso_request WHERE expires_at < ?')
  const one = db.prepare<[string, string, number], Row>(
    `SELECT nonce, verifier, fresh, answer_hash, account, factor FROM sso_request
     WHERE state_hash = ? AND browser_hash = ? AND expires_at > ? AND used_at IS NULL`,
  )
  const claim = db.prepare('UPDATE sso_request SET answer_hash = ? WHERE state_hash = ? AND answer_hash IS NULL')
  const prove = db.prepare('UPDATE sso_request SET account = ?, factor = ? WHERE state_hash = ?')
  const use = db.prepare('UPDATE sso_request SET used_at = ? WHERE state_hash = ? AND used_at IS NULL')
  const linked = db.prepare<[string, string], { account: string; by_group: number }>(
    'SELECT account, by_group FROM sso_identity WHERE issuer = ? AND subject = ?',
  )
  const isTaken = db.prepare<[string, string], number>('SELECT 1 FROM sso_identity WHERE issuer = ? AND account = ?').pluck()
  const link = db.prepare('INSERT INTO sso_identity (issuer, subject, account, by_group, linked_at) VALUES (?, ?, ?, ?, ?)')
  const noteGroup = db.prepare('UPDATE sso_identity SET by_group = 1 WHERE issuer = ? AND subject = ?')

  /** The one person of the staff with this address. */
  function staffWith(email: string | undefined): string | undefined {
    if (email === undefined || email === '') return undefined
    const found = store.list('staff').filter(({ body, ended }) => !ended && body.email.trim().toLowerCase() === email)
    return found.length === 1 ? found[0]?.id : undefined
  }

  function known(named: Named): Account | NotOurs {
    const role = roles.find(([group]) => named.groups.includes(group))?.[1]
    const held = linked.get(issuer, named.subject)
    if (held) {
      const account = accounts.byId(held.account)
      if (!account) return 'unknown'
      if (role === undefined && held.by_group === 1) return 'noRole'
      if (role !== undefined) noteGroup.run(issuer, named.subject)
      return enter(account, role)
    }
    const staff = staffWith(named.email)
    if (staff === undefined) return 'unknown'
    const account = accounts.byStaff(staff)
    if (account && isTaken.get(issuer, account.id) === 1) return 'otherPerson'
    if (!account && role === undefined) return 'noRole'
    const entered = account ? enter(account, role) : (accounts.provide(staff, role ?? 'teacher') ?? 'closed')
    if (typeof entered !== 'string') link.run(issuer, named.subject, entered.id, account && role === undefined ? 0 : 1, sources.now())
    return entered
  }

  /** An account that was closed here stays closed; one that was only invited is taken up; the role is that of the group, if there is one. */
  function enter(account: Account, role: Role | undefined): Account | NotOurs {
    if (account.state === 'disabled' || !accounts.me(account)) return 'closed'
    if (role !== undefined && role !== account.role) accounts.change(account, { role })
    const entered = account.state === 'invited' ? accounts.provide(account.staff, role ?? account.role) : accounts.byId(account.id)
    return entered && isLive(entered, sources.now()) ? entered : 'closed'
  }

  return {
    /** Begins a sign-in in a browser that is given `browser` to keep. */
    begin(fresh: boolean): Asked & { readonly browser: string } {
      const secret = (): string => sources.random(32).toString('base64url')
      const asked = { state: secret(), nonce: secret(), verifier: secret(), fresh, browser: secret() }
      write(() => {
        dropOld.run(sources.now())
        const { state, browser, nonce, verifier } = asked
        put.run(hashToken(state), hashToken(browser), nonce, verifier, fresh ? 1 : 0, sources.now() + GOOD_FOR)
      })
      return asked
    },
    /** The sign-in this answer belongs to, claimed for it: each is good for one answer, in the browser that began it. */
    take(state: string, browser: string, answer: string): Request | undefined {
      return write(() => {
        const row = one.get(hashToken(state), hashToken(browser), sources.now())
        if (!row) return undefined
        const asked = { state, nonce: row.nonce, verifier: row.verifier, fresh: row.fresh === 1 }
        if (row.answer_hash === null) {
          claim.run(hashToken(answer), hashToken(state))
          return { asked, proved: undefined }
        }
        if (row.answer_hash !== hashToken(answer) || row.account === null) return undefined
        return { asked, proved: { account: row.account, factor: row.factor === 1 } }
      })
    },
    /** The account of whom the provider named, kept with the sign-in while more is asked for. */
    enter: (state: string, named: Named): Account | NotOurs =>
      write(() => {
        const account = known(named)
        if (typeof account !== 'string') prove.run(account.id, named.factor ? 1 : 0, hashToken(state))
        return account
      }),
    /** Uses a sign-in up; false when that was done before. */
    use: (state: string): boolean => write(() => use.run(sources.now(), hashToken(state)).changes === 1),
  }
}
