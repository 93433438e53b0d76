/** A tablet: a store of its own, one or two tabs of the real client over it, a clock that may be wrong, and the people who share it. */
import './machine.ts'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import type { AttendanceStore } from '../../../client/log/attendanceStore.ts'
import { openAttendanceStore } from '../../../client/log/attendanceStore.ts'
import { LogDb } from '../../../client/log/db.ts'
import type { Hint, Hints } from '../../../client/log/hints.ts'
import type { Parity } from '../../../client/log/rows.ts'
import type { Written } from '../../../client/log/storeTypes.ts'
import type { Sync } from '../../../client/sync/syncLoop.ts'
import { NOTHING_YET } from '../../../client/sync/syncState.ts'
import { unlock } from '../../../client/trust/locker.ts'
import type { Locker } from '../../../client/trust/lockers.ts'
import { openSession } from '../../../client/trust/session.ts'
import type { SessionKeeper } from '../../../client/trust/session.ts'
import type { Stores } from '../../../client/trust/stores.ts'
import { PROTOCOL } from '../../../shared/api.ts'
import type { EventId } from '../../../shared/ids.ts'
import { instant } from '../../../shared/time.ts'
import type { Random } from '../../support/random.ts'
import { idMaker } from './chance.ts'
import { idle, turn } from './disk.ts'
import type { Send } from './post.ts'

export interface Tab {
  readonly name: string
  readonly device: Device
  readonly db: LogDb
  readonly store: AttendanceStore
  readonly hints: Hints
  readonly session: SessionKeeper
  /** What was written and not yet looked at. */
  readonly writing: { readonly events: readonly EventId[]; readonly done: Promise<Written> }[]
  parity: Parity | null
}

export interface Device {
  readonly name: string
  indexedDb: IDBFactory
  /** Of sync, that its app speaks: the newest, or the one before until it is updated. */
  protocol: number
  readonly cookies: Map<string, string>
  users: readonly string[]
  /** Whether the browser has Web Locks: then one tab syncs at a time. */
  readonly hasLocks: boolean
  /** This device's clock less the world's. */
  skew: number
  tabs: Tab[]
  opened: number
  /** Who signed in on it last and has not signed out. */
  person: string | null
  readonly now: () => number
  readonly newId: () => string
  /** What tabs told each other and nobody heard yet. */
  readonly unheard: { readonly by: (hint: Hint) => void; readonly hint: Hint }[]
  readonly listeners: Set<(hint: Hint) => void>
  /** Of a tablet whose people have PINs. */
  locks?: Locks
}

export interface Locks {
  readonly stores: Stores
  /** The locker that is open; none on a locked tablet, or while somebody signs in with a password. */
  open: Locker | undefined
  /** The district wants nothing readable here any more. */
  mustLock: boolean
}

/** Everybody's. */
export const PIN = '702948'

async function storeOf({ indexedDb, locks }: Device): Promise<LogDb> {
  if (!locks?.open) return new LogDb('recoup', { indexedDB: indexedDb, IDBKeyRange })
  const unlocked = await unlock(locks.stores, locks.open, PIN)
  if (unlocked.kind !== 'open') throw new Error(`the locker does not open: ${unlocked.kind}`)
  return unlocked.opened.db
}

export function openDevice(name: string, users: readonly string[], hasLocks: boolean, ids: Random, now: () => number): Device {
  const device: Device = {
    name,
    indexedDb: new IDBFactory(),
    protocol: PROTOCOL,
    cookies: new Map(),
    users,
    hasLocks,
    skew: 0,
    tabs: [],
    opened: 0,
    person: null,
    now: () => Math.max(0, now() + device.skew),
    newId: idMaker(ids, () => device.now()),
    unheard: [],
    listeners: new Set(),
  }
  return device
}

function hintsOf(device: Device): Hints {
  const own = new Set<(hint: Hint) => void>()
  return {
    post: (hint) => {
      for (const by of device.listeners) if (!own.has(by)) device.unheard.push({ by, hint })
    },
    listen: (listener) => {
      device.listeners.add(listener)
      own.add(listener)
      return () => {
        device.listeners.delete(listener)
        own.delete(listener)
      }
    },
  }
}

/** The simulator syncs; what signing in would set off is not wanted. */
const NO_SYNC: Sync = { state: () => NOTHING_YET, parity: () => null, now: async () => undefined, listen: () => () => undefined }

/** Opens the app once more over what the device holds. `tell` is asked where signing in and out ask the server. */
export async function openTab(device: Device, prepare: (db: LogDb) => void, tell: Send): Promise<Tab> {
  const db = await storeOf(device)
  prepare(db)
  const hints = hintsOf(device)
  const store = openAttendanceStore({ db, hints, now: () => instant(device.now()), newId: device.newId, breathe: turn })
  const writing: Tab['writing'] = []
  const { write } = store
  store.write = (drafts) => {
    const given = write(drafts)
    writing.push(given)
    return given
  }
  const session = openSession({ db, store, sync: NO_SYNC, hints, send: tell, askToPersist: async () => true })
  const tab: Tab = { name: `${device.name}.${++device.opened}`, device, db, store, hints, session, writing, parity: null }
  await (await store.start(null)).rest
  await idle()
  device.tabs.push(tab)
  return tab
}

/** The tab is gone, with whatever it had in memory. What it had given to the disk is finished there. */
export async function killTab(tab: Tab, onKill?: (db: LogDb) => Promise<unknown>): Promise<void> {
  tab.store.stop()
  tab.device.tabs = tab.device.tabs.filter((each) => each !== tab)
  await idle()
  await onKill?.(tab.db)
  tab.db.close()
}

/** Lets the tabs of a device hear what they told each other. */
export async function hear(device: Device): Promise<void> {
  for (let said = device.unheard.shift(); said; said = device.unheard.shift()) {
    if (device.listeners.has(said.by)) said.by(said.hint)
    await idle()
  }
}
