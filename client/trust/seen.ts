/** Who has opened a locker since this window was opened: their names may stand on the lock screen. Gone with the window. */
const KEY = 'recoup-seen'
const PLACE = 'recoup-place'
const CLOSED = 'recoup-closed'

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

/** Why somebody's locker was closed, said once, on the lock screen: another hand changed something in it, or the browser is another device. */
export type WhyClosed = 'changed' | 'otherDevice'
export const noteClosed = (why: WhyClosed): void => quietly(() => sessionStorage.setItem(CLOSED, why), undefined)
export const takeWhyClosed = (): WhyClosed | undefined =>
  quietly(() => {
    const why = sessionStorage.getItem(CLOSED)
    sessionStorage.removeItem(CLOSED)
    return why === 'changed' || why === 'otherDevice' ? why : undefined
  }, undefined)
