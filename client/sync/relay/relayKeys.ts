import { RelayKeys } from '../../../shared/api/relay.ts'
import type { LogDb } from '../../log/db.ts'
import { readFact, writeFact } from '../../log/db.ts'
import { signedBody } from '../../trust/deviceKey.ts'
import type { api } from '../http.ts'

/** Asks for the keys of handing over while there is a network, so that they are here when there is none. Asked anew once in a while: true when they are here. */
export async function pinRelayKeys(db: LogDb, send: typeof api): Promise<boolean> {
  const device = await readFact(db, 'device')
  if (!device) return false
  const wanted = await signedBody(db, device, { kind: 'recoup-relay-keys', device })
  const reply = await send(RelayKeys, 'POST', '/api/sync/relay-keys', wanted)
  if (reply.kind !== 'ok') return false
  const { serverKey, deviceKey, pinNeeded } = reply.value
  await writeFact(db, 'relay', { device, serverKey, deviceKey })
  if (pinNeeded) await askForPin(db)
  return true
}

/** The district has come to ask for PINs: this person is asked when the app is opened next, and not in the middle of a session. */
async function askForPin(db: LogDb): Promise<void> {
  await db.transaction('rw', db.meta, async () => {
    const account = await readFact(db, 'account')
    if (account && !account.pinNeeded) await writeFact(db, 'account', { ...account, pinNeeded: true })
  })
}
