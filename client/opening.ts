/**
 * Part of the composition root, and its first import: asks the store for the first screen before the rest of the app has been read,
 * so that the disk and the processor work at the same time.
 */
import { instant } from '../shared/time.ts'
import { readFirst } from './log/firstRead.ts'
import { isShut } from './trust/shut.ts'

export const STORE = 'recoup'

/** The session in the address, if one is. */
export const sessionInAddress: string | null = /^\/session\/([^/]+)/.exec(location.pathname)?.[1] ?? null

/** Undefined on a tablet that opens locked: there is nothing to read before a PIN has been given, or a sign-in come back from the provider. */
export const opening =
  isShut() && !location.pathname.startsWith('/sso/return') ? undefined : readFirst(indexedDB, STORE, sessionInAddress, instant(Date.now()))
// Whoever waits for it deals with its failure; until somebody does, it is nobody's.
opening?.catch(() => undefined)
