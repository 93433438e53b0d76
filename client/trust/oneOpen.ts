/**
 * One store at a time is open in a browser, in however many tabs: the device has one chain, and two who recorded at once would both be its
 * next. Who opens one has the tabs of another lock themselves, and waits until they have.
 */
const CHANNEL = 'recoup-open'
const LOCK = 'recoup-open '
/** Held while a store is moved into a locker: whoever wants to open another waits for that, too. */
const MOVING = `${LOCK}(moving)`
const PATIENCE = 5_000

let letGoOfOwn: (() => void) | undefined

/** Has all tabs lock that have another store open, `name` being the one that may; false when one of them does not. */
export async function othersLocked(name: string): Promise<boolean> {
  const channel = new BroadcastChannel(CHANNEL)
  try {
    for (let waited = 0; waited < PATIENCE; waited += 100) {
      const { held = [] } = await navigator.locks.query()
      if (!held.some((lock) => lock.name?.startsWith(LOCK) && lock.name !== LOCK + name)) return true
      channel.postMessage(name)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    return false
  } finally {
    channel.close()
  }
}

/** The same for every other tab, also those that have the same store open as this one: it is about to go. */
export function allOthersLocked(): Promise<boolean> {
  letGoOfOwn?.()
  return othersLocked('')
}

/** Says that this tab has a store open, until the tab is gone; `give` is called when somebody opens another. */
export function holdOpen(name: string, give: () => void): void {
  if (typeof BroadcastChannel === 'undefined' || !('locks' in navigator)) return
  const channel = new BroadcastChannel(CHANNEL)
  channel.addEventListener('message', ({ data }: MessageEvent<string>) => {
    if (data !== name) give()
  })
  const held = new Promise<void>((resolve) => {
    letGoOfOwn = () => {
      channel.close()
      resolve()
    }
  })
  navigator.locks.request(LOCK + name, { mode: 'shared' }, () => held).catch(() => undefined)
}

/**
 * Moves the store that this tab has open; no other tab opens one before it is done. Those that were opened meanwhile then lock themselves:
 * what they show is in a locker.
 */
export const whileMoving = <T>(move: () => Promise<T>): Promise<T> =>
  navigator.locks.request(MOVING, async () => {
    const moved = await move()
    const channel = new BroadcastChannel(CHANNEL)
    channel.postMessage('')
    channel.close()
    return moved
  })

/** Resolves when no tab moves a store any more. */
export const movingOver = (): Promise<void> => navigator.locks.request(MOVING, { mode: 'shared' }, () => undefined)

/** Does something while no tab moves a store; undefined, and nothing is done, where one does. */
export const unlessMoving = <T>(work: () => Promise<T>): Promise<T | undefined> =>
  navigator.locks.request(MOVING, { mode: 'shared', ifAvailable: true }, (lock) => (lock ? work() : undefined))

/** The names of the stores that some tab has open. */
export async function openStores(): Promise<ReadonlySet<string>> {
  const { held = [] } = await navigator.locks.query()
  return new Set(held.flatMap(({ name }) => (name?.startsWith(LOCK) ? [name.slice(LOCK.length)] : [])))
}
