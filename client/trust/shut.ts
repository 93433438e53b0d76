/** Whether this tablet opens locked: read before anything else is, from a note outside the database. */
import { keepNote, readNote } from '../notes.ts'

const LOCKED_FLAG = 'recoup-locked'

export const isShut = (): boolean => typeof readNote(LOCKED_FLAG) === 'string'

/** Notes that this tablet opens locked from now on, or no longer. Without notes the app finds out a moment later, from the database. */
export const setShut = (isLocked: boolean): void => void keepNote(LOCKED_FLAG, isLocked ? '1' : null)
