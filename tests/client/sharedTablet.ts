/** A tablet that several people share by PINs: its stores, the server, and what they do with it. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, onTestFinished } from 'vitest'
import { v7 } from 'uuid'
import { recordCheckIn, recordStart, recordWalkIn } from '../../client/log/commands.ts'
import { forgetMoved } from '../../client/log/moved.ts'
import { planOf } from '../../client/screens/teacher/sessions.ts'
import { pinRelayKeys } from '../../client/sync/relay/relayKeys.ts'
import type { OpenLocker } from '../../client/trust/locker.ts'
import { makeLocker, unlock } from '../../client/trust/locker.ts'
import type { Locker } from '../../client/trust/lockers.ts'
import { openLockers } from '../../client/trust/lockers.ts'
import type { Stores } from '../../client/trust/stores.ts'
import { isThere, OPEN_STORE, storeNamed, withStore } from '../../client/trust/stores.ts'
import type { SessionState } from '../../shared/attendance/fold.ts'
import type { SignedIn } from '../../shared/api/people.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { instant } from '../../shared/time.ts'
import { SECTION, smallDistrict, student } from '../server/smallDistrict.ts'
import type { Browser, TestServer } from '../server/testServer.ts'
import { NOW } from '../server/testServer.ts'
import type { RealTablet, Send } from './realTablet.ts'
import { openRealTablet, through } from './realTablet.ts'

export const ana = student('ana')
export const ben = student('ben')
export const PIN = '702948'
/** As fast as it may be: how slow it is on a tablet is chosen there. */
export const KDF = { memory: 19_456, passes: 2 }

export interface Shared {
  readonly server: TestServer
  readonly stores: Stores
  readonly browser: Browser
  readonly network: Send
  readonly clock: { now: number }
  /** Signs somebody in on the tablet, without a PIN. */
  signIn(username: string): Promise<{ readonly tablet: RealTablet; readonly account: SignedIn }>
  /** Signs somebody in on the tablet, who then sets a PIN. */
  enter(username: string, pin?: string): Promise<Locker>
  open(locker: Locker, pin?: string): Promise<OpenLocker>
  /** The app over an open locker. */
  use(opened: OpenLocker, how?: Send): Promise<RealTablet>
}

export async function sharedTablet(): Promise<Shared> {
  const server = await smallDistrict()
  const factory = new IDBFactory()
  const clock = { now: NOW }
  const stores: Stores = { factory, keyRange: IDBKeyRange, lockers: openLockers(factory), now: () => instant(clock.now), newId: v7 }
  const browser = server.browser()
  const network = through(browser)
  const shared: Shared = {
    server,
    stores,
    browser,
    network,
    clock,
    async signIn(username) {
      // As the lock screen does.
      if (await isThere(stores, OPEN_STORE)) await withStore(stores, OPEN_STORE, forgetMoved)
      const db = storeNamed(stores, OPEN_STORE)
      const tablet = await openRealTablet(server, OPEN_STORE, db, network)
      const account = await tablet.signIn(username)
      expect(await pinRelayKeys(db, network)).toBe(true)
      return { tablet, account }
    },
    async enter(username, pin = PIN) {
      const { tablet, account } = await shared.signIn(username)
      const { db } = tablet
      tablet.store.stop()
      const made = await makeLocker(stores, db, { account, pin, isPhrase: false, place: account.district, kdf: KDF })
      if (!made) throw new Error('nobody is signed in')
      return made
    },
    async open(locker, pin = PIN) {
      const unlocked = await unlock(stores, locker, pin)
      if (unlocked.kind !== 'open') throw new Error(unlocked.kind)
      onTestFinished(() => unlocked.opened.db.close())
      return unlocked.opened
    },
    use: ({ db }, how = network) => openRealTablet(server, db.name, db, how),
  }
  return shared
}

/** Starts a session; gives it as the ledger has it. */
export function startOne({ store }: Pick<RealTablet, 'store'>): SessionState {
  const list = store.ledger.section(SECTION)
  if (!list) throw new Error('the section was not pulled')
  const { session } = recordStart(store, v7, planOf(list, '2026-11-22' as SchoolDate, 'America/Los_Angeles'))
  const held = store.ledger.session(session)
  if (!held) throw new Error('the session was not recorded')
  return held
}

/** A session with two students in it and, where a name is given, a walk-in. */
export async function recordSome(tablet: RealTablet, name?: string): Promise<void> {
  const held = startOne(tablet)
  expect((await recordCheckIn(tablet.store, held, [ana, ben]).done).kind).toBe('saved')
  if (name) expect((await recordWalkIn(tablet.store, v7, held, name).done).kind).toBe('saved')
}

/** Whoever had the tablet goes: nothing of theirs is open any more. */
export function leave({ store, db }: Pick<RealTablet, 'store' | 'db'>): void {
  store.stop()
  db.close()
}
