import type { DeviceReport } from '../../shared/api/sync.ts'
import { reserveSpent } from '../log/reserve.ts'
import { readMarker } from './marker.ts'

/** What the browser promises about our storage. Every question may be unknown to it: then the answer is null, and said so. */
export interface StorageState {
  readonly persisted: boolean | null
  /** Bytes. */
  readonly free: number | null
}

/** Asks the browser to keep our storage when space is short; null where it cannot be asked. */
export async function askToPersist(): Promise<boolean | null> {
  try {
    return (await navigator.storage?.persist?.()) ?? null
  } catch {
    return null
  }
}

export async function readStorage(): Promise<StorageState> {
  try {
    const [persisted, estimate] = await Promise.all([navigator.storage?.persisted?.(), navigator.storage?.estimate?.()])
    const free = estimate?.quota !== undefined && estimate.usage !== undefined ? Math.floor(estimate.quota - estimate.usage) : null
    return { persisted: persisted ?? null, free }
  } catch {
    return { persisted: null, free: null }
  }
}

/** Below this a browser window most likely keeps everything in memory and forgets it when it is closed. */
const TEMPORARY = 300 * 1024 * 1024

export type StorageKind = NonNullable<DeviceReport['storage']>

/** How the storage stands, the worst first: what was lost, what is nearly full, what the browser does not promise. */
export function storageKind({ persisted, free }: StorageState): StorageKind {
  if (readMarker()?.emptied) return 'emptied'
  if (reserveSpent.get()) return 'reserve'
  if (persisted === false && free !== null && free < TEMPORARY) return 'temporary'
  if (persisted === null) return 'unknown'
  return persisted ? 'kept' : 'asked'
}

/** Longer than a school day and its evening: a browser that erases everything when somebody signs out has done so by then. */
const A_NIGHT = 16 * 3_600_000

/**
 * Whether the storage may be one of those that shared devices erase at sign-out: the browser promises nothing, and it has not been seen to
 * outlive a night yet.
 */
export function mayBeErased(state: StorageState, now: number): boolean {
  const since = readMarker()?.since
  return state.persisted !== true && (since === undefined || now - since < A_NIGHT)
}
