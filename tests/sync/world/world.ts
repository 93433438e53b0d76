/** A world of its own: one district, its server, its tablets, a network that cannot be trusted, and one source of chance for all of it. */
import type { LogDb } from '../../../client/log/db.ts'
import { deviceReport } from '../../../client/sync/deviceReport.ts'
import { readReply } from '../../../client/sync/http.ts'
import type { RoundDeps } from '../../../client/sync/round.ts'
import { round } from '../../../client/sync/round.ts'
import { sendSealed } from '../../../client/trust/sendSealed.ts'
import { shredAll } from '../../../client/trust/shred.ts'
import { DEVICE_COOKIE, SESSION_COOKIE } from '../../../server/plugins/guard.ts'
import type { Context } from '../../../server/context.ts'
import type { Scope } from '../../../server/log/deliver.ts'
import { sectionKey } from '../../../server/log/sectionScopes.ts'
import { signInRecord } from '../../../server/log/signedIn.ts'
import type { SignedIn } from '../../../shared/api/people.ts'
import { Done, OLDEST_PROTOCOL, PROTOCOL } from '../../../shared/api.ts'
import { NOTHING_HELD } from '../../../shared/api/people.ts'
import type { RelayReply } from '../../../shared/api/relay.ts'
import { as } from '../../../shared/ids.ts'
import { DAY, instant } from '../../../shared/time.ts'
import { random, type Random } from '../../support/random.ts'
import { oneIn } from './chance.ts'
import { type Device, hear, type Locks, openDevice, openTab, type Tab } from './device.ts'
import { BEGINNING, USERS } from './district.ts'
import { idle, turn } from './disk.ts'
import { begin, type Fault, forged, inBetween, type Letter, rest, type Send, type Task } from './post.ts'
import { openServer, type Parts, type SimServer } from './server.ts'
import { Broken, knownAt, openWitness, type Witness } from './witness.ts'

/** Places where a bug can be planted: each stands around the real part, or in its place. */
export interface Planted {
  readonly server?: Parts
  readonly keepsEpoch?: boolean
  readonly db?: (db: LogDb) => void
  readonly disk?: (row: object) => object
  readonly tab?: (tab: Tab) => void
  readonly send?: (send: Send, tab: Tab) => Send
  readonly onSignOut?: (db: LogDb) => Promise<unknown>
  /** What a tablet finds on its disk after a tab died. */
  readonly onKill?: (db: LogDb) => Promise<unknown>
  /** What an update of the app does with what it finds. */
  readonly onUpdate?: (db: LogDb) => Promise<unknown>
  /** What a tablet does with what it handed over to be carried. */
  readonly onHandOver?: (db: LogDb) => Promise<unknown>
  /** What a tablet of lockers does with each of them when it locks, without anybody's PIN. */
  readonly onLock?: (locker: LogDb) => Promise<unknown>
}
/** A bug with its name. Made anew for each history: some of them count. */
export interface Bug {
  readonly name: string
  readonly plant: () => Planted
}

export interface World {
  readonly chance: Random
  readonly clock: { now: number }
  /** About how many entries a page of a pull holds: a small page parts what belongs to different moments. */
  readonly page: number
  /** Whether the office limits roles to sections in this history. */
  readonly isLimiting: boolean
  /** Whether people set PINs on their tablets in this history. */
  readonly isLocking: boolean
  readonly server: SimServer
  readonly devices: Device[]
  readonly tasks: Task[]
  /** Requests that the network still holds after the one who asked gave up. */
  readonly strays: Letter[]
  readonly witness: Witness
  readonly planted: Planted
  readonly trace: string[]
}

/** Most histories are of few tablets, and most pages large: what goes wrong among eight is found among three, in a third of the time. */
const HOW_MANY = [2, 2, 2, 3, 3, 3, 4, 4, 6, 8]
/** So many histories have one that asks the whole app, with all that makes HTTP of it, and whose backups are read from end to end. */
const WHOLE_EVERY = 20
/** Histories in which roles are limited to sections have seeds of their own, from here on: those below stay what they were. */
export const LIMITING_FROM = 1_000_000_000
/** So have those in which people set PINs. */
export const LOCKING_FROM = 2_000_000_000
const PAGES = [5, 20, 20, 50, 1_000, 1_000]

export async function openWorld(seed: number, planted: Planted): Promise<World> {
  const chance = random(seed)
  const clock = { now: BEGINNING }
  const server = await openServer(
    random(seed + 1_000_003),
    () => clock.now,
    planted.server ?? ((context) => context),
    planted.keepsEpoch ?? false,
    seed % WHOLE_EVERY === 0,
  )
  const names = USERS.map((user) => user.name)
  const devices = Array.from({ length: chance.pick(HOW_MANY) }, (_, i) => {
    const first = chance.pick(names)
    // Half of the tablets are shared by people who may see the same.
    const others = names.filter((name) => name !== first && (oneIn(chance, 2) || isColleague(first, name)))
    const users = [first, chance.pick(others.length > 0 ? others : names)]
    return openDevice(`tablet ${i + 1}`, users, !oneIn(chance, 4), random(seed * 31 + i), () => clock.now)
  })
  const page = chance.pick(PAGES)
  const isLocking = seed >= LOCKING_FROM
  const isLimiting = seed >= LIMITING_FROM && !isLocking
  const world: World = {
    chance,
    clock,
    page,
    isLimiting,
    isLocking,
    server,
    devices,
    tasks: [],
    strays: [],
    witness: openWitness(),
    planted,
    trace: [],
  }
  for (const device of devices) {
    // One in five is not updated yet.
    if (oneIn(chance, 5)) device.protocol = OLDEST_PROTOCOL
    await signIn(world, await newTab(world, device), device.users[0] ?? '')
    await hear(device)
  }
  return world
}

const isColleague = (a: string, b: string): boolean => String(sitesOf(a)) === String(sitesOf(b))
const sitesOf = (name: string) => USERS.find((user) => user.name === name)?.sites

export const say = (world: World, words: string): void => void world.trace.push(words)

export async function newTab(world: World, device: Device): Promise<Tab> {
  // An app that is up to date gives its key when somebody signs in; of signing out the simulator tells the server itself, or does not.
  const tell: Send = async (schema, method, path, body) =>
    path === '/api/device/key' && device.protocol === PROTOCOL ? through(world, tab)(schema, method, path, body) : { kind: 'offline' }
  const tab: Tab = await openTab(device, world.planted.db ?? (() => undefined), tell)
  world.planted.tab?.(tab)
  return tab
}

/** Signs in as the app does, without the password: that is not what is in question here. */
export async function signIn(world: World, tab: Tab, username: string): Promise<void> {
  const { accounts, sessions, receiptKey, log } = world.server.served
  const { cookies } = tab.device
  const account = accounts.byName(username)
  const me = account && accounts.me(account)
  if (!account || !me) throw new Error(`there is no ${username}`)
  if (account.state !== 'active' || sessions.device(cookies.get(DEVICE_COOKIE))?.revokedAt) return
  const was = (await tab.session.heldDevice()) ?? NOTHING_HELD
  const held = sessions.recognize(cookies.get(DEVICE_COOKIE), was, tab.device.name, account.staff)
  cookies.set(DEVICE_COOKIE, held.token)
  cookies.set(SESSION_COOKIE, sessions.open(account, held.device))
  const reply: SignedIn = {
    me,
    device: { id: as(held.device.id), name: held.device.name },
    receiptKey: receiptKey.publicKey,
    epoch: log.epoch,
    district: 'Test Unified',
    sample: false,
    offlineUntil: instant(world.clock.now + 14 * DAY),
    signInRecord: signInRecord(receiptKey, held.device.id, account.staff, world.clock.now),
    ...(tab.device.locks && { pinNeeded: true }),
  }
  await tab.session.signedIn(reply)
  tab.device.person = me.staff
  await idle()
}

/** Begins a round in a tab; undefined when it, or another tab of its device, is at it already. */
export async function beginSync(world: World, tab: Tab): Promise<Task | undefined> {
  const { device, store, db, hints } = tab
  if (world.tasks.some((task) => task.tab === tab)) return undefined
  // With Web Locks one tab syncs; the other looks at what that brought.
  if (device.hasLocks && world.tasks.some((task) => task.tab.device === device && task.what === 'sync')) {
    await store.catchUp()
    return undefined
  }
  const task = await begin(tab, 'sync', async (send) => {
    const deps: RoundDeps = {
      db,
      store,
      hints,
      send: world.planted.send?.(send, tab) ?? send,
      breathe: turn,
      report: () => deviceReport({ store, parity: tab.parity, storage: async () => ({ persisted: true, free: null }), version: 'world' }),
      onProgress: () => undefined,
      onParity: (parity) => void (tab.parity = parity),
    }
    const { locks } = device
    if (locks) {
      const said = await round({ ...deps, onRevoked: () => withdrawn(locks) }).catch((error: unknown) => `offline: ${String(error)}`)
      if (said === 'online') await sendSealed(locks.stores, deps.send, db)
      return said
    }
    return round(deps).catch((error: unknown) => `offline: ${String(error)}`)
  })
  keep(world, task)
  return task
}

async function withdrawn(locks: Locks): Promise<void> {
  await shredAll(locks.stores)
  locks.mustLock = true
}

export async function beginSignOut(world: World, tab: Tab): Promise<Task> {
  const task = await begin(tab, 'sign out', async (send) => {
    await send(Done, 'POST', '/api/sign-out')
    // Signing out asks the server first and then, whatever it says, forgets here.
    await tab.session.signOut()
    tab.device.person = null
    await world.planted.onSignOut?.(tab.db)
    return 'signed out'
  })
  keep(world, task)
  return task
}

function keep(world: World, task: Task): void {
  if (task.finished) say(world, `  ${task.tab.name} ${task.what}: ${task.said}`)
  else world.tasks.push(task)
}

/** Worked out anew when the log has moved on. */
const lastKnown = new WeakMap<World, { readonly at: string; readonly known: ReturnType<typeof knownAt> }>()
function known(world: World, { log, store }: Context): ReturnType<typeof knownAt> {
  const at = `${log.epoch} ${log.head()}`
  const last = lastKnown.get(world)
  if (last?.at === at) return last.known
  const now = { at, known: knownAt(store) }
  lastKnown.set(world, now)
  return now.known
}

/** What somebody may be told, as the account itself says it: whoever is limited to sections is told of no whole school. */
function mayRead({ accounts }: Context, staff: string): Scope | undefined {
  const scope = accounts.scopeOf(staff)
  const kept = accounts.byStaff(staff)?.sections
  return typeof kept === 'string' && scope !== undefined ? (JSON.parse(kept) as string[]).map(sectionKey) : scope
}

/** Takes a request to the server and lets the witness see what comes of it. */
async function ask(world: World, { tab, method, path, body, person }: Letter) {
  const spoken = typeof body === 'object' && body !== null && 'protocol' in body ? { ...body, protocol: tab.device.protocol } : body
  const asked = path.endsWith('/pull') ? { ...(spoken as object), limit: world.page } : spoken
  // Where a backup was put back and nobody ended the server before it, one in three still reaches that one.
  const at = world.server.old && oneIn(world.chance, 3) ? world.server.old : world.server
  const answer = await at.ask(tab.device.cookies, method, path, asked)
  if (answer.status === 500) throw new Broken('I11', `the server failed at ${path}: ${answer.text}`)
  if (path.endsWith('/push')) {
    const { events } = body as { events: readonly unknown[] }
    const became = world.witness.sawPush(events, answer)
    if (events.length > 0) say(world, `  server: ${became}`)
  } else if (path.endsWith('/pull')) {
    // Of a tablet with lockers the one who asked: whoever opens another is not the server's person of it before coming back.
    const reader = tab.device.locks ? person : (tab.device.person ?? person)
    world.witness.sawPull(reader === null ? undefined : mayRead(at.context, reader), answer, known(world, at.context))
  } else if (/\/(relay|sealed)$/.test(path) && answer.status === 200) {
    world.witness.sawReceipts((JSON.parse(answer.text) as RelayReply).receipts)
  } else if (path.endsWith('/sign-out')) tab.device.cookies.delete(SESSION_COOKIE)
  return answer
}

/** Asks in a tab's name and gets the answer at once, unless it is lost on the way there or back. */
export const through =
  (world: World, tab: Tab, lost: () => 'there' | 'back' | undefined = () => undefined): Send =>
  async (schema, method, path, body) => {
    const fate = lost()
    if (fate === 'there') return { kind: 'offline' }
    const sent: unknown = body === undefined ? undefined : JSON.parse(JSON.stringify(body))
    const answer = await ask(world, { tab, method, path, body: sent, person: tab.device.person, answer: null, hand: () => undefined })
    return fate === 'back' ? { kind: 'offline' } : readReply(schema, answer.status, answer.header, answer.text)
  }

/** A request meets its fate: it is answered by the server or by somebody else, or by nobody. The answer is not yet back. */
export async function carry(world: World, letter: Letter, fault: Fault): Promise<void> {
  const other = inBetween(fault)
  if (other) letter.answer = other
  else if (fault === 'forged' && letter.path.endsWith('/push')) letter.answer = forged(letter)
  else if (fault === 'request lost' || fault === 'late again') letter.answer = 'nothing'
  else letter.answer = await ask(world, letter)
  if (fault === 'late again') world.strays.push(letter)
  if (fault === 'twice') letter.answer = await ask(world, letter)
  if (fault === 'reply lost') letter.answer = 'nothing'
}

/** An answer arrives; the task goes on to its next request or its end. */
export async function handOver(world: World, task: Task): Promise<void> {
  task.letter?.hand()
  await rest(task)
  if (!task.finished) return
  world.tasks.splice(world.tasks.indexOf(task), 1)
  // A revoked tablet was told to forget who is signed in.
  if (task.said === 'signedOut' && (await task.tab.db.meta.get('account')) === undefined) task.tab.device.person = null
  say(world, `  ${task.tab.name} ${task.what}: ${task.said}`)
}

/** A request that the network had kept reaches the server after all; nobody waits for the answer. */
export async function arriveLate(world: World, letter: Letter): Promise<void> {
  world.strays.splice(world.strays.indexOf(letter), 1)
  await ask(world, letter)
}
