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
