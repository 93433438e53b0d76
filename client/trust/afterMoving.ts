/** Opening the app over a store that is moved into a locker, in another tab or by one that was cut off. (S9) */
import { forgetMoved } from '../log/moved.ts'
import { browserStores } from './browserStores.ts'
import { movingOver } from './oneOpen.ts'
import { setShut } from './shut.ts'
import type { Stores } from './stores.ts'
import { OPEN_STORE, withStore } from './stores.ts'

/** What became of it: there is a locker, and the tablet opens locked; or there is none, and the store is written in as before. */
export async function settleMoved(stores: Stores): Promise<void> {
  if ((await stores.lockers.all()).length > 0) setShut(true)
  else await withStore(stores, OPEN_STORE, forgetMoved)
}

/** Waits until nobody moves it any more; then the page begins anew. */
export async function beginAfterMoving(by: Parameters<typeof browserStores>[0]): Promise<never> {
  await movingOver()
  await settleMoved(browserStores(by))
  location.reload()
  return new Promise<never>(() => undefined)
}
