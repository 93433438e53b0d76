import { readFact, writeFact } from '../log/db.ts'
import type { LogDb } from '../log/db.ts'
import { forgetMoved, isMoved } from '../log/moved.ts'
import { emptyWhatMoved } from './moveIn.ts'
import type { Stores } from './stores.ts'
import { isThere, OPEN_STORE, withStore } from './stores.ts'

/** What the browser is, whoever holds it: without it a sign-in would make another device of it. */
const OF_THE_DEVICE = ['device', 'receiptKeys', 'deviceKey', 'relay', 'recordsAs', 'persisted', 'clock'] as const

/**
 * Before somebody signs in with a password on a tablet that opened locked: the open store can be written in, also when somebody's was moved into a
 * locker, and knows what the lockers know of the device.
 */
export async function seedOpenStore(stores: Stores): Promise<void> {
  if (await isThere(stores, OPEN_STORE)) await withStore(stores, OPEN_STORE, (left) => writeInAgain(stores, left))
  const newest = (await stores.lockers.all()).toSorted((a, b) => b.usedAt - a.usedAt)[0]
  if (!newest) return
  await withStore(stores, newest.id, (from) =>
    withStore(stores, OPEN_STORE, async (to) => {
      for (const fact of OF_THE_DEVICE) {
        const value = await readFact(from, fact)
        if (value !== undefined) await writeFact(to, fact, value)
      }
    }),
  )
}

/** What the power left readable in it, though it is in somebody's locker, goes before anybody else has it. */
async function writeInAgain(stores: Stores, left: LogDb): Promise<void> {
  if (!(await isMoved(left))) return
  for (const { id } of await stores.lockers.all()) await withStore(stores, id, (locker) => emptyWhatMoved(left, locker))
  await forgetMoved(left)
}
