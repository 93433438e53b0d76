import type { LogDb } from '../log/db.ts'
import { readFact, writeFact } from '../log/db.ts'
import type { Stores } from './stores.ts'
import { withStore } from './stores.ts'

/**
 * One device has one key, whoever holds it. A sign-in may have made another one, and once the server has it, it takes nothing that is signed with the
 * one before: every locker of the same device goes on with the key of `from`.
 */
export async function shareKey(stores: Stores, from: LogDb): Promise<void> {
  const key = await readFact(from, 'deviceKey')
  // Of a key that the server did not confirm nobody knows whether it is the one it asks for.
  if (!key?.record) return
  for (const { id, device } of await stores.lockers.all())
    if (device === key.device && id !== from.name) await withStore(stores, id, (db) => writeFact(db, 'deviceKey', key))
}
