import { RelayKeys } from '../../../shared/api/relay.ts'
import { SignInBody } from '../../../shared/api/signIns.ts'
import type { Receipt } from '../../../shared/api/sync.ts'
import type { DeviceId } from '../../../shared/ids.ts'
import type { LogDb } from '../../log/db.ts'
import { readFact, writeFact } from '../../log/db.ts'
import { signedBody } from '../../trust/deviceKey.ts'
import type { api } from '../http.ts'
import { addSignIns } from '../signIns.ts'

/** Asks for the keys of handing over while there is a network, so that they are here when there is none. Asked anew once in a while: true when they are here. */
export async function pinRelayKeys(db: LogDb, send: typeof api): Promise<boolean> {
  const device = await readFact(db, 'device')
  if (!device) return false
  const wanted = await signedBody(db, device, { kind: 'recoup-relay-keys', device })
  const reply = await send(RelayKeys, 'POST', '/api/sync/relay-keys', wanted)
  if (reply.kind !== 'ok') return false
  const { serverKey, deviceKey, pinNeeded, signInRecord } = reply.value
  await writeFact(db, 'relay', { device, serverKey, deviceKey })
  if (signInRecord) await keepRecord(db, device, signInRecord)
  if (pinNeeded) await askForPin(db)
  return true
}

/** A sign-in brings its record, but where it came before a second factor was set up, or in an app of before. */
async function keepRecord(db: LogDb, device: DeviceId, record: Receipt): Promise<void> {
  const said = SignInBody.safeParse(JSON.parse(record.body))
  if (said.success && said.data.device === device) await addSignIns(db, [{ device, staff: said.data.staff, record }])
}

/** The district has come to ask for PINs: this person is asked when the app is opened next, and not in the middle of a session. */
async function askForPin(db: LogDb): Promise<void> {
  await db.transaction('rw', db.meta, async () => {
    const account = await readFact(db, 'account')
    if (account && !account.pinNeeded) await writeFact(db, 'account', { ...account, pinNeeded: true })
  })
}
