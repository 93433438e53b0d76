/** A tablet that goes from hand to hand, each with a PIN, before the real server; and what is recorded on it. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { onTestFinished } from 'vitest'
import { v7 } from 'uuid'
import { recordCheckIn, recordStart } from '../../client/log/commands.ts'
import { planOf } from '../../client/screens/teacher/sessions.ts'
import { pinRelayKeys } from '../../client/sync/relay/relayKeys.ts'
import type { OpenLocker } from '../../client/trust/locker.ts'
import { makeLocker, unlock } from '../../client/trust/locker.ts'
import type { Locker } from '../../client/trust/lockers.ts'
import { openLockers } from '../../client/trust/lockers.ts'
import type { Stores } from '../../client/trust/stores.ts'
import { OPEN_STORE, storeNamed } from '../../client/trust/stores.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { instant } from '../../shared/time.ts'
import { SECTION, smallDistrict, student } from '../server/smallDistrict.ts'
import type { Browser, TestServer } from '../server/testServer.ts'
import { NOW } from '../server/testServer.ts'
import type { RealTablet, Send } from './realTablet.ts'
import { openRealTablet, through } from './realTablet.ts'

const PIN = '702948'
/** As fast as it may be: how slow it is on a tablet is chosen there. */
const KDF = { memory: 19_456, passes: 2 }

export interface SharedTablet {
  readonly server: TestServer
  readonly stores: Stores
  readonly browser: Browser
  readonly network: Send
  readonly clock: { now: number }
  /** Signs somebody in on the tablet, who then sets a PIN. */
  enter(username: string): Promise<Locker>
  open(locker: Locker): Promise<OpenLocker>
  /** The app over an open locker. */
  use(opened: OpenLocker, how?: Send): Promise<RealTablet>
}

/** A shared tablet, with nobody's locker yet. */
export async function sharedTablet(): Promise<SharedTablet> {
  const server = await smallDistrict()
  const factory = new IDBFactory()
  const clock = { now: NOW }
  const stores: Stores = { factory, keyRange: IDBKeyRange, lockers: openLockers(factory), now: () => instant(clock.now), newId: v7 }
  const browser = server.browser()
  const network = through(browser)
  return {
    ...{ server, stores, browser, network, clock },
    async enter(username) {
      const db = storeNamed(stores, OPEN_STORE)
      const tablet = await openRealTablet(server, OPEN_STORE, db, network)
      const account = await tablet.signIn(username)
      if (!(await pinRelayKeys(db, network))) throw new Error('there are no keys')
      tablet.store.stop()
      const made = await makeLocker(stores, db, { account, pin: PIN, isPhrase: false, place: account.district, kdf: KDF })
      if (!made) throw new Error('nobody is signed in')
      return made
    },
    async open(locker) {
      const unlocked = await unlock(stores, locker, PIN)
      if (unlocked.kind !== 'open') throw new Error(unlocked.kind)
      onTestFinished(() => unlocked.opened.db.close())
      return unlocked.opened
    },
    use: ({ db }, how = network) => openRealTablet(server, db.name, db, how),
  }
}

/** A session and two check-ins: three entries. */
export async function recordThree(tablet: RealTablet): Promise<void> {
  const list = tablet.store.ledger.section(SECTION)
  if (!list) throw new Error('the section was not pulled')
  const { session } = recordStart(tablet.store, v7, planOf(list, '2026-11-22' as SchoolDate, 'America/Los_Angeles'))
  const held = tablet.store.ledger.session(session)
  if (!held) throw new Error('the session was not recorded')
  await recordCheckIn(tablet.store, held, [student('ana'), student('ben')]).done
}

/** Whoever had the tablet goes: nothing of theirs is open any more. */
export function leave({ store, db }: Pick<RealTablet, 'store' | 'db'>): void {
  store.stop()
  db.close()
}
