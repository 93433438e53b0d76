/**
 * What this device held, noted outside its database. When the note is there and the database is empty, the browser emptied it: that is
 * said, with what is safe in the district and what may be lost. Counts and times only, never a name.
 */
import { keepNote, readNote } from '../notes.ts'

/** What was held when it was noted. */
export interface Marker {
  /** Events with a receipt, and without one. */
  readonly confirmed: number
  readonly unsent: number
  /** When it was noted, by this device's clock. */
  readonly at: number
  /** When this browser's storage was first noted: what is of an earlier day has outlived a night. */
  readonly since: number
  /** The database was found empty beside this note, and nobody has read that yet. */
  readonly emptied?: true
}

const KEY = 'recoup-held'

/** The note, or undefined: also where the browser keeps none. */
export function readMarker(): Marker | undefined {
  try {
    const held: unknown = JSON.parse(readNote(KEY) ?? 'null')
    if (typeof held !== 'object' || held === null) return undefined
    const { confirmed, unsent, at, since, emptied } = held as Partial<Marker>
    if (typeof confirmed !== 'number' || typeof unsent !== 'number' || typeof at !== 'number') return undefined
    return { confirmed, unsent, at, since: typeof since === 'number' ? since : at, ...(emptied === true && { emptied }) }
  } catch {
    return undefined
  }
}

/** A browser that keeps no notes can still record; only an emptied database would go unnoticed. */
export const writeMarker = (marker: Marker): void => void keepNote(KEY, JSON.stringify(marker))
export const forgetMarker = (): void => void keepNote(KEY, null)

/** Whether a database that knows no device, beside a note that there was one with something in it, was emptied by the browser. */
export const wasEmptied = (knowsDevice: boolean, marker: Marker | undefined): marker is Marker =>
  !knowsDevice && marker !== undefined && marker.confirmed + marker.unsent > 0

/** Writes down that the browser emptied the database, if it did: asked before anybody signs in on it anew. */
export function noticeEmptied(knowsDevice: boolean): void {
  const marker = readMarker()
  if (wasEmptied(knowsDevice, marker)) writeMarker({ ...marker, emptied: true })
}
