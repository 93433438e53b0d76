/** The databases of this browser: the open one that everybody shares without a PIN, and the lockers. */
import type { DeviceId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/time.ts'
import type { RowSeal } from '../log/db.ts'
import { LogDb } from '../log/db.ts'
import { isNameOf } from '../../shared/sync/deviceNames.ts'
import { readHead, readHeads, writeHead } from '../log/record.ts'
import type { Head } from '../log/rows.ts'
import type { Lockers } from './lockers.ts'

/** The store of who has no PIN; its name is the app's, from `opening.ts`, which cannot be read here: it begins to open the app. */
export const OPEN_STORE = 'recoup'

export interface Stores {
  readonly factory: IDBFactory
  readonly keyRange: typeof IDBKeyRange
  readonly lockers: Lockers
  readonly now: () => Instant
  readonly newId: () => string
}

/** A store by name. A locker without its seal is what anybody can see of it. */
export const storeNamed = ({ factory, keyRange }: Stores, name: string, seal?: RowSeal): LogDb =>
  new LogDb(name, { indexedDB: factory, IDBKeyRange: keyRange }, seal)

/** Does something with a store that nobody else has open here, and closes it. */
export async function withStore<T>(stores: Stores, name: string, work: (db: LogDb) => Promise<T>): Promise<T> {
  const db = storeNamed(stores, name)
  try {
    return await work(db)
  } finally {
    db.close()
  }
}

/** Whether there is a store of this name; asking makes none. */
export async function isThere({ factory }: Stores, name: string): Promise<boolean> {
  return (await factory.databases()).some((each) => each.name === name)
}

/**
 * One device has one chain, whoever holds it. Who comes next goes on from where the one before ended: the furthest end of all stores is
 * noted in this one, before anything is recorded in it. Nobody else may be recording then. `beside`: names whose chain in the open store is not
 * that of the lockers, and ends with it.
 */
export async function takeUpChain(stores: Stores, db: LogDb, device: DeviceId, beside: ReadonlySet<string> = new Set()): Promise<void> {
  const names = (await stores.lockers.all()).map(({ id }) => id)
  if (await isThere(stores, OPEN_STORE)) names.push(OPEN_STORE)
  const furthest = new Map<string, Head>()
  for (const name of names) {
    if (name === db.name) continue
    for (const [chain, head] of await withStore(stores, name, readHeads)) {
      if (name === OPEN_STORE && beside.has(chain)) continue
      if (isNameOf(chain, device) && head.deviceSeq > (furthest.get(chain)?.deviceSeq ?? 0)) furthest.set(chain, head)
    }
  }
  for (const [chain, head] of furthest) if (head.deviceSeq > (await readHead(db, chain)).deviceSeq) await writeHead(db, chain, head)
}
