import type { Instant } from '../../shared/time.ts'
import { openLockers } from './lockers.ts'
import type { Stores } from './stores.ts'

/** The stores of this browser. */
export const browserStores = (by: { readonly now: () => Instant; readonly newId: () => string }): Stores => ({
  factory: indexedDB,
  keyRange: IDBKeyRange,
  lockers: openLockers(indexedDB),
  ...by,
})
