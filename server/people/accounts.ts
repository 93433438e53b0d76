/** Accounts: who may sign in, in which role. A person of the staff has at most one. */
import { type ChangeAccount, mayGive, type Me, type Role } from '../../shared/api/people.ts'
import { as, type SectionId, type SiteId, type StaffId } from '../../shared/ids.ts'
import { DAY, instant } from '../../shared/time.ts'
import type { Scope } from '../log/deliver.ts'
import type { Log } from '../log/log.ts'
import { isDistrictWide } from '../log/standing.ts'
import type { RegistryStore } from '../registry/store.ts'
import { type Here, openElsewhere } from './elsewhere.ts'
import { INVITE_DAYS, type Invite, type Inviting } from './invites.ts'
import { hashPassword } from './passwords.ts'
import { openLimits, reachOf } from './reach.ts'
import { hashToken } from './token.ts'
import { freeUsername } from './usernames.ts'

export interface Account {
  readonly id: string
  readonly username: string
  readonly staff: string
  readonly role: Role
  readonly state: 'invited' | 'active' | 'disabled'
  readonly password: string | null
  /** When the account's time ends, for those who come for a while; null for everybody else. */
  readonly until: number | null
  /** The sections that a teacher or substitute is limited to, as JSON; null for whole schools. */
  readonly sections: string | null
}
/** Days for which a role is given that nobody has for good. */
export const ROLE_DAYS: Readonly<Partial<Record<Role, number>>> = { substitute: 30, auditor: 90 }

export type Accounts = ReturnType<typeof openAccounts>

/** The accounts of an open log. Usernames are compared without case. */
export function openAccounts(log: Log, store: RegistryStore) {
  const { db, sources } = log
  const limits = openLimits(log, store)
  const endElsewhere = openElsewhere(log)
  const isTaken = (username: string): boolean => byName.get(username) !== undefined
  const byId = db.prepare<[string], Account>('SELECT * FROM account WHERE id = ?')
  const byName = db.prepare<[string], Account>('SELECT * FROM account WHERE username = ?')
  const byStaff = db.prepare<[string], Account>('SELECT * FROM account WHERE staff = ?')
  const all = db.prepare<[], Account>('SELECT * FROM account ORDER BY username')
  const put = db.prepare('INSERT INTO account (id, username, staff, role, state, password, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)')
  const setState = db.prepare('UPDATE account SET state = ? WHERE id = ?')
  const setRole = db.prepare('UPDATE account SET role = ? WHERE id = ?')
  const activate = db.prepare("UPDATE account SET role = ?, state = 'active' WHERE id = ?")
  const setPassword = db.prepare("UPDATE account SET password = ?, state = 'active' WHERE id = ?")
  const setUntil = db.prepare('UPDATE account SET until = ? WHERE id = ?')
  const putStanding = db.prepare(
    'INSERT INTO standing (account, role, state, until, sections, at, by) SELECT id, role, state, until, sections, ?, ? FROM account WHERE id = ?',
  )
  const unlink = db.prepare('DELETE FROM sso_identity WHERE account = ?')
  const putInvite = db.prepare('INSERT INTO invite (token_hash, account, expires_at) VALUES (?, ?, ?)')
  const dropInvites = db.prepare('DELETE FROM invite WHERE account = ? AND used_at IS NULL')
  const openInvite = db.prepare<[string, number], { account: string }>(
    'SELECT account FROM invite WHERE token_hash = ? AND used_at IS NULL AND expires_at > ?',
  )
  const useInvite = db.prepare('UPDATE invite SET used_at = ? WHERE token_hash = ? AND used_at IS NULL')

  /** Writes down what an account may from now on, and who of the staff decided that. Within the transaction that changed it. */
  const noteStanding = (account: string, by: string | null = null): void => void putStanding.run(sources.now(), by, account)

  /** The end of a role's time: the one asked for, within the most there is for it; none for a role that is given for good. */
  function endOf(role: Role, wanted: number | null | undefined): number | null {
    const days = ROLE_DAYS[role]
    if (days === undefined) return wanted ?? null
    const most = sources.now() + days * DAY
    return Math.min(wanted ?? most, most)
  }

  function me(account: Account): Me | undefined {
    const staff = store.get('staff', account.staff)
    if (!staff || staff.ended) return undefined
    const districtWide = isDistrictWide(account.role)
    const sites = districtWide ? store.list('site').flatMap(({ id, ended }) => (ended ? [] : [as<SiteId>(id)])) : staff.body.sites
    const who = { account: account.id, staff: as<StaffId>(account.staff), name: staff.body.name, role: account.role }
    return { ...who, sites, districtWide, ...limits.of(account.sections, sites) }
  }

  return {
    byId: (id: string) => byId.get(id),
    byName: (username: string) => byName.get(username.trim().toLowerCase()),
    byStaff: (staff: string) => byStaff.get(staff),
    all: () => all.all(),
    me,
    /** The sections that a person of the staff is limited to now; null for whole schools. */
    sectionsOf(staff: string): SectionId[] | null {
      const account = byStaff.get(staff)
      return (account && me(account)?.sections) ?? null
    },
    /** The sites, or feeds of sections, whose attendance a person of the staff may see; undefined when the account is gone or disabled. */
    scopeOf(staff: string): Scope | undefined {
      const account = byStaff.get(staff)
      if (!account || !isLive(account, sources.now())) return undefined
      const person = me(account)
      return person && reachOf(person)
    },
    /** Makes an account that can sign in at once. The caller has checked that username and staff are free. */
    async create(staff: string, username: string, role: Role, password: string): Promise<void> {
      const hash = await hashPassword(password, sources.random)
      log.write(() => {
        const account = sources.newId()
        put.run(account, username.trim().toLowerCase(), staff, role, 'active', hash, sources.now())
        setUntil.run(endOf(role, null), account)
        noteStanding(account)
      })
    },
    /** One-time links, each good for seven days; a new one ends the one before. */
    invite(
      staffIds: readonly string[],
      role: Role,
      { by, sections, until, wanted }: Inviting = {},
    ): { invites: Invite[]; skipped: { staff: StaffId; reason: 'hasAccount' | 'unknown' }[] } {
      const invites: Invite[] = []
      const skipped: { staff: StaffId; reason: 'hasAccount' | 'unknown' }[] = []
      log.write(() => {
        for (const id of new Set(staffIds)) {
          const staff = store.get('staff', id)
          const held = byStaff.get(id)
          if (!staff || staff.ended || (held && (held.state !== 'invited' || (by && !mayGive(by.role, held.role))))) {
            skipped.push({ staff: as(id), reason: held ? 'hasAccount' : 'unknown' })
            continue
          }
          const account = held?.id ?? sources.newId()
          const username = held?.username ?? wanted?.trim().toLowerCase() ?? freeUsername(staff.body, isTaken)
          if (held) setRole.run(role, account)
          else put.run(account, username, id, role, 'invited', null, sources.now())
          setUntil.run(endOf(role, until), account)
          limits.set(account, role, sections)
          noteStanding(account, by?.staff)
          dropInvites.run(account)
          const token = sources.random(32).toString('base64url')
          const expires = instant(sources.now() + INVITE_DAYS * DAY)
          putInvite.run(hashToken(token), account, expires)
          invites.push({ staff: as(id), name: staff.body.name, username, path: `/invite/${token}`, expires })
        }
      })
      return { invites, skipped }
    },
    /** The account an unused link was made for. */
    invited(token: string): Account | undefined {
      const row = openInvite.get(hashToken(token), sources.now())
      const account = row && byId.get(row.account)
      return account?.state === 'disabled' ? undefined : account
    },
    /** Uses a link up and sets the password; who is signed in with the one before is so no more. False when somebody else just used it. */
    async accept(token: string, account: Account, password: string): Promise<boolean> {
      const hash = await hashPassword(password, sources.random)
      return log.write(() => {
        if (useInvite.run(sources.now(), hashToken(token)).changes === 0) return false
        setPassword.run(hash, account.id)
        endElsewhere(account)
        noteStanding(account.id)
        return true
      })
    },
    /** An account for whom the district's provider names: it can sign in there, and has no password here. Takes up one that was invited. */
    provide(staff: string, role: Role): Account | undefined {
      return log.write(() => {
        const held = byStaff.get(staff)
        const person = store.get('staff', staff)
        if (!person || person.ended) return undefined
        const account = held?.id ?? sources.newId()
        if (held) activate.run(role, account)
        else put.run(account, freeUsername(person.body, isTaken), staff, role, 'active', null, sources.now())
        if (!held || held.until === null || held.role !== role) setUntil.run(endOf(role, null), account)
        limits.set(account, role, undefined)
        noteStanding(account)
        return byId.get(account)
      })
    },
    /** Sets another password and ends what the person has elsewhere. */
    async setPassword(account: Account, password: string, here?: Here): Promise<void> {
      const hash = await hashPassword(password, sources.random)
      log.write(() => {
        setPassword.run(hash, account.id)
        endElsewhere(account, here)
      })
    },
    /** Disabling ends what the person has anywhere; what its devices still hold can be pushed all the same. (S9) */
    change(account: Account, change: ChangeAccount, by?: string): void {
      log.write(() => {
        const role = change.role ?? account.role
        if (change.role !== undefined) setRole.run(change.role, account.id)
        if (change.role !== undefined || change.until !== undefined) setUntil.run(endOf(role, change.until), account.id)
        limits.set(account.id, role, change.sections)
        if (change.state !== undefined)
          setState.run(change.state === 'active' && account.password === null ? 'invited' : change.state, account.id)
        // Another role begins with another sign-in: so its devices learn of it. What they hold they send all the same. (S9)
        if (change.state === 'disabled' || role !== account.role) endElsewhere(account)
        // Opened again, it may be somebody's whom the district's provider made anew.
        if (change.state === 'disabled') unlink.run(account.id)
        // A link to a new password was made by somebody who may for the role before.
        if (account.state !== 'invited' && role !== account.role) dropInvites.run(account.id)
        noteStanding(account.id, by)
      })
    },
  }
}

/** Whether an account may be used: active, and its time has not ended. */
export const isLive = ({ state, until }: Pick<Account, 'state' | 'until'>, now: number): boolean =>
  state === 'active' && (until === null || now < until)
