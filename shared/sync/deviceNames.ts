/** Names under which one device records: its own, and those it took after it had met a copy of itself. */

/** Whether a device is called like one that a server enrolled: by a UUID, as `newId` makes them. Names after a copy are never enrolled. */
export const isDeviceName = (name: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name)

/** Whether an event that names `named` as its device was recorded on `device`. */
export const isNameOf = (named: string, device: string): boolean => named === device || named.startsWith(`${device}.`)

/** The device that records under a name. */
export const baseOf = (named: string): string => named.split('.')[0] ?? named

/** How much of a hash tells two copies apart. */
const LETTERS = 8

/** The name a device takes when the entry with this hash turned out to be one of two under its number. */
export const nameAfter = (device: string, hash: string): string => `${device}.${hash.slice(0, LETTERS)}`
