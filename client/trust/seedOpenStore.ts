import { readFact, writeFact } from '../log/db.ts'
import type { Stores } from './stores.ts'
import { OPEN_STORE, withStore } from './stores.ts'

/** What the browser is, whoever holds it: without it a sign-in would make another device of it. */
const OF_THE_DEVICE = ['device', 'receiptKeys', 'deviceKey', 'relay', 'recordsAs', 'persisted', 'clock'] as const

/** Before somebody signs in with a password on a tablet with lockers: the open store knows what the lockers know of the device. */
export async function seedOpenStore(stores: Stores): Promise<void> {
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
