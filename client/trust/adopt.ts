/**
 * Lockers that stand in no list: the list was lost, by a browser that cleared one database and not another, and what waits in them was not. Nobody
 * opens them any more, since what opened them was in the list; what waits in them is sent as it was sealed. (S9)
 */
import type { StaffId } from '../../shared/ids.ts'
import { as } from '../../shared/ids.ts'
import { baseOf } from '../../shared/sync/deviceNames.ts'
import { instant } from '../../shared/time.ts'
import type { LogDb } from '../log/db.ts'
import { readFact } from '../log/db.ts'
import { parcelsHeld } from '../sync/relay/takeIn.ts'
import type { Locker } from './lockers.ts'
import { openStores, unlessMoving } from './oneOpen.ts'
import { shred } from './shred.ts'
import type { Stores } from './stores.ts'
import { isThere, OPEN_STORE, withStore } from './stores.ts'
import { NO_TRIES } from './tries.ts'

/** A locker's database is named by the app's name and an id. */
const NAME = new RegExp(`^${OPEN_STORE}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

/**
 * Gives each database that is a locker's and in no list a closed entry there, and takes away what could be read in it; gives how many. One that
 * somebody has open (`isOpen`), or of which all is in the open store since it was left half made, stays as it is. A browser that does not name its
 * databases finds none: there they stay until it does.
 */
export async function adoptLost(stores: Stores, isOpen: (name: string) => boolean = () => false): Promise<number> {
  const { factory, lockers } = stores
  if (typeof factory.databases !== 'function') return 0
  const listed = new Set((await lockers.all()).map(({ id }) => id))
  const names = (await factory.databases()).flatMap(({ name }) => name ?? [])
  let adopted = 0
  for (const name of names) {
    if (!NAME.test(name) || listed.has(name) || isOpen(name)) continue
    // One that cannot be opened holds up no other.
    const locker = await entryFor(stores, name).catch(() => undefined)
    // Asked of the list itself once more: what stands there opens for its person.
    if (!locker || !(await lockers.add(locker))) continue
    await shred(stores, locker)
    adopted++
  }
  return adopted
}

/** The same when the app begins, unless somebody is setting a PIN at this moment; a failure ends nothing, the next start looks again. */
export async function adoptAtStart(stores: Stores): Promise<void> {
  try {
    await unlessMoving(async () => {
      const open = await openStores()
      await adoptLost(stores, (name) => open.has(name))
    })
  } catch {
    // What waits in them is where it was.
  }
}

/** What the list can know of it: not whose it was, which is sealed. */
async function entryFor(stores: Stores, id: string): Promise<Locker | undefined> {
  const there = await withStore(stores, id, hasOwn)
  if (!there) return undefined
  if (!there.carries && (await isInOpenStore(stores, there.ids))) return undefined
  const device = there.device
  const nobody = as<StaffId>('')
  return { id, person: nobody, device, who: '', isPhrase: false, place: '', wrap: null, tries: NO_TRIES, usedAt: instant(0) }
}

async function hasOwn(db: LogDb) {
  const ids = await db.events.orderBy('id').keys()
  const carries = (await parcelsHeld(db)) > 0
  const recorded = (await readFact(db, 'device')) ?? (await db.events.toCollection().first())?.device
  return recorded === undefined || (ids.length === 0 && !carries)
    ? undefined
    : { ids, carries, device: as<Locker['device']>(baseOf(recorded)) }
}

async function isInOpenStore(stores: Stores, ids: readonly unknown[]): Promise<boolean> {
  if (!(await isThere(stores, OPEN_STORE))) return false
  const held = await withStore(stores, OPEN_STORE, async (db) => new Set<unknown>(await db.events.orderBy('id').keys()))
  return ids.every((id) => held.has(id))
}
