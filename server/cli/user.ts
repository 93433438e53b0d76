/** `recoup user`: accounts from the command line, for the first person and for when nobody can sign in. */
import { ROLES, type Role } from '../../shared/api/people.ts'
import { as, type StaffId } from '../../shared/ids.ts'
import type { Config } from '../config.ts'
import type { Context } from '../context.ts'
import type { Account } from '../people/accounts.ts'
import type { Invite } from '../people/invites.ts'
import { makePasswordLink } from '../people/passwordLinks.ts'
import { type Io, Stop } from './io.ts'

export interface NewUser {
  readonly name: string
  readonly role: string
  readonly staff?: string
  readonly site?: readonly string[]
  /** Whether time under this person counts; as the role has it when not said. */
  readonly certificated?: boolean
}

/** The titles of those whose supervision counts, as a list of the staff gives them. */
const TITLES: Readonly<Partial<Record<Role, string>>> = { teacher: 'Teacher', substitute: 'Substitute' }

/** Makes a person (or takes one of the staff list) and prints the one-time link by which they choose a password. */
export function addUser({ accounts, config, log, store }: Context, username: string, user: NewUser, io: Io): void {
  const role = ROLES.find((one): one is Role => one === user.role)
  if (!role) throw new Stop(`--role ${user.role}: choose one of ${ROLES.join(', ')}.`)
  if (accounts.byName(username)) throw new Stop(`There is already an account ${username}.`)
  if (user.staff !== undefined && !store.get('staff', user.staff))
    throw new Stop(`--staff ${user.staff}: nobody on the staff list has this id.`)
  if (user.staff !== undefined && user.certificated !== undefined)
    throw new Stop('--certificated is for somebody new. Of a person of the staff list, "People" says whether time under them counts.')
  const sites = (user.site ?? []).map((wanted) => {
    const site = store.list('site').find(({ body }) => body.id === wanted || body.code === wanted)
    if (!site) throw new Stop(`--site ${wanted}: there is no such school.`)
    return site.body.id
  })
  const id = as<StaffId>(user.staff ?? log.sources.newId())
  if (user.staff === undefined) {
    const title = TITLES[role] ?? ''
    const certificated = user.certificated ?? title !== ''
    store.apply([{ kind: 'staff', id, ended: false, body: { id, name: user.name, email: '', sites, title, certificated, employee: true } }])
    if (title !== '') io.stderr.write(`Time under this person ${certificated ? 'counts' : 'counts for nobody'}: "People" changes it.\n`)
  }
  const invite = accounts.invite([id], role, { wanted: username }).invites[0]
  if (!invite) throw new Stop('This person already has an account.')
  printLink(config, invite, io)
}

function printLink({ host, port, url }: Config, { path, username }: Invite, io: Io): void {
  io.stdout.write(`${username}\t${url ?? `http://${host}:${port}`}${path}\n`)
  io.stderr.write('Open the link within seven days to choose a password. It works once.\n')
}

function accountOf({ accounts }: Context, username: string): Account {
  const account = accounts.byName(username)
  if (!account) throw new Stop(`There is no account ${username}. "recoup user list" shows those there are.`)
  return account
}

/** Prints a link by which somebody who has lost a password sets another. */
export function newPassword(context: Context, username: string, io: Io): void {
  const account = accountOf(context, username)
  const link = makePasswordLink(context, account)
  if (!link) throw new Stop(`${username} is disabled or has left: no link lets this person in.`)
  context.signIns.note(account.id, undefined, 'linkMade')
  printLink(context.config, link, io)
}

/** One line an account: username, role, state, name. */
export function listUsers({ accounts, store }: Context, io: Io): void {
  for (const account of accounts.all()) {
    io.stdout.write(`${account.username}\t${account.role}\t${account.state}\t${store.get('staff', account.staff)?.body.name ?? ''}\n`)
  }
}

/** Ends an account's sessions and keeps it from signing in. What its devices hold can still be sent. */
export function disableUser(context: Context, username: string, io: Io): void {
  context.accounts.change(accountOf(context, username), { state: 'disabled' })
  io.stdout.write(`${username} can no longer sign in.\n`)
}

/** For the last person of the office who lost telephone and paper: another second factor is set up at the next sign-in. */
export function forgetFactor(context: Context, username: string, io: Io): void {
  context.secondFactor.drop(accountOf(context, username).id)
  io.stdout.write(`${username} sets up another second factor at the next sign-in, where the district asks for one.\n`)
}

/** Prints the newest sign-ins, those that failed too. */
export function listSignIns({ signIns }: Context, most: number, io: Io): void {
  for (const { at, username, device, outcome } of signIns.newest(most))
    io.stdout.write(`${new Date(at).toISOString()}\t${username || '?'}\t${outcome}\t${device ?? ''}\n`)
}

/** Prints what was refused lately to people who were signed in. */
export function listRefusals({ refusals }: Context, most: number, io: Io): void {
  for (const { at, username, device, route, code } of refusals.newest(most))
    io.stdout.write(`${new Date(at).toISOString()}\t${username || '?'}\t${code}\t${route}\t${device ?? ''}\n`)
}
