import { readFact } from '../log/db.ts'
import type { SyncDeps } from './syncLoop.ts'

/**
 * What goes by the way while there is a network: keys for the day without one, and what this device carries for others. What it gives says
 * whether all of that was brought; `onBrought` is called where something was, since a page may now tell of it. (S14)
 */
export function openBesides(
  { db, store, send, alsoSend }: Pick<SyncDeps, 'db' | 'store' | 'send' | 'alsoSend'>,
  onBrought: () => void,
): (isSignedIn: boolean) => Promise<boolean> {
  let pinnedFor: string | undefined
  return async (isSignedIn) => {
    await alsoSend?.()
    const device = await readFact(db, 'device')
    if (isSignedIn && pinnedFor !== device && (await (await import('./relay/relayKeys.ts')).pinRelayKeys(db, send))) pinnedFor = device
    if ((await db.parcels.where('state').anyOf('waiting', 'refused').count()) === 0) return true
    const { sendParcels } = await import('./relay/takeIn.ts')
    if ((await sendParcels(db, send, store.now())) > 0) onBrought()
    return (await db.parcels.where('state').equals('waiting').count()) === 0
  }
}
