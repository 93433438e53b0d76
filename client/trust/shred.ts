/** Taking away what can be read in a locker. What is unsent is never part of what is taken away. (S9) */
import { forgetFact } from '../log/db.ts'
import type { EventRow } from '../log/rows.ts'
import { forgetPulled } from '../sync/forget.ts'
import type { Locker } from './lockers.ts'
import { withoutPasskey } from './lockers.ts'
import type { Stores } from './stores.ts'
import { withStore } from './stores.ts'

/**
 * Takes away what opens it, and everything that could be read with it. Own events stay as the district alone can open them; one that was never
 * sealed for the district stays under the key that has gone.
 */
export async function shred(stores: Stores, locker: Locker): Promise<void> {
  await stores.lockers.put({ ...withoutPasskey(locker), wrap: null })
  await withStore(stores, locker.id, async (db) => {
    await forgetPulled(db)
    await forgetFact(db, 'account')
    await db.events.toCollection().modify((row: EventRow & { sealed?: Uint8Array }) => {
      if (row.parcel || row.outbox === undefined) delete row.sealed
    })
  })
}

/** The same for everybody on this device: the district revoked it. */
export async function shredAll(stores: Stores): Promise<void> {
  for (const locker of await stores.lockers.all()) if (locker.wrap) await shred(stores, locker)
}
