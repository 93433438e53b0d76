/** Whether this tablet opens locked: read before anything else is, from a note outside the database. */
export const LOCKED_FLAG = 'recoup-locked'

export function isShut(): boolean {
  try {
    return localStorage.getItem(LOCKED_FLAG) !== null
  } catch {
    return false
  }
}
