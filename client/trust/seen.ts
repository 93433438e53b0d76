/** Who has opened a locker since this window was opened: their names may stand on the lock screen. Gone with the window. */
const KEY = 'recoup-seen'
const PLACE = 'recoup-place'
const CHANGED = 'recoup-changed'

type Seen = Readonly<Record<string, string>>

function quietly<T>(work: () => T, otherwise: T): T {
  try {
    return work()
  } catch {
    return otherwise
  }
}

/** Names of teachers, by locker. */
export const seenNames = (): Seen =>
  quietly(() => {
    const held: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '{}')
    return typeof held === 'object' && held !== null ? (held as Seen) : {}
  }, {})

/** Somebody opened a locker, or has just got one. */
export function noteSeen(id: string, name: string): void {
  quietly(() => sessionStorage.setItem(KEY, JSON.stringify({ ...seenNames(), [id]: name })), undefined)
}

/** Whose page the address is: somebody else begins at their own first page. */
export function isOwnPlace(id: string): boolean {
  return quietly(() => {
    const before = sessionStorage.getItem(PLACE)
    sessionStorage.setItem(PLACE, id)
    return before === id
  }, false)
}

/** Something in a locker was changed by another hand: said once, on the lock screen. */
export const noteChanged = (): void => quietly(() => sessionStorage.setItem(CHANGED, '1'), undefined)
export const wasChanged = (): boolean =>
  quietly(() => {
    const changed = sessionStorage.getItem(CHANGED) !== null
    sessionStorage.removeItem(CHANGED)
    return changed
  }, false)
