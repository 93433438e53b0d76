/** A locker in which something was changed by another hand: what was pulled goes and comes again; what was recorded is sent as it was sealed. */
import type { LogDb } from '../log/db.ts'
import { nameOfParcel } from '../../shared/relay/pieces.ts'
import { forgetBroken, forgetPulled } from '../sync/forget.ts'
import { toBase64 } from '../sync/base64.ts'
import { SealBroken } from './cipher.ts'
import type { Stores } from './stores.ts'
import { withStore } from './stores.ts'

/** False when not even who it belongs to can be read: its person signs in again. */
export async function repair(stores: Stores, { name, seal }: LogDb): Promise<boolean> {
  return withStore(stores, name, async (db) => {
    const isWhole = <T>(table: string, row: T): boolean => {
      try {
        seal?.open(table, row)
        return true
      } catch (error) {
        if (error instanceof SealBroken) return false
        throw error
      }
    }
    await forgetPulled(db)
    for (const row of await db.events.toArray()) {
      if (isWhole('events', row)) continue
      // The district compares what it is given with what it has: the same again is known, anything else is set aside.
      const { parcel } = row
      if (!parcel) continue
      await db.parcels.put({ id: nameOfParcel(parcel), at: stores.now(), state: 'waiting', bytes: toBase64(parcel) })
      await forgetBroken(db, row)
    }
    return isWhole('meta', await db.meta.get('account'))
  })
}
