/** Parcels: what one device carries for another to where there is a network. (S14) */
import { SealedPush, SealedReply } from '../../shared/api/lockers.ts'
import { RelayKeys, RelayKeysRequest, RelayReply, type RelayRefusal, RelayRequest } from '../../shared/api/relay.ts'
import type { Context } from '../context.ts'
import { signInRecord } from '../log/signedIn.ts'
import type { App } from '../plugins/app.ts'
import { deviceOf } from '../plugins/guard.ts'
import { Refused } from '../plugins/refuse.ts'
import { checkSignature } from '../plugins/signed.ts'

/** What is said of a parcel that is not taken. Nothing is lost by it: what was in it is still on the device that made it. */
const SENTENCES: Readonly<Record<RelayRefusal, string>> = {
  notAParcel: 'This is not a parcel of Recoup. Ask for it again on the device that holds the entries.',
  otherDistrict: 'This parcel is sealed for another district, and only its server can open it.',
  altered: 'This parcel was changed or damaged on its way, so nothing of it was taken. Make it again on the device that holds the entries.',
  unknownDevice: 'The device that made this parcel is not enrolled here. Sign in on it once: it then sends everything itself.',
  tooLarge: 'This parcel holds more than is taken at once. Make it again on the device that holds the entries.',
}

export function relayRoutes(app: App, { log, receiptKey, relay, relayKeys, takeSealed, trustPolicy }: Context): void {
  const keysOf = (device: string): RelayKeys => ({
    serverKey: relayKeys.publicKey.toString('base64'),
    deviceKey: relayKeys.deviceKey(device).toString('base64'),
    pinNeeded: trustPolicy.read().pinNeeded,
  })

  /** What this device needs to hand over what it holds when there is no network; signed for where the device has a key, as a push is. */
  const wanted = { body: RelayKeysRequest, response: { 200: RelayKeys } }
  app.post('/api/sync/relay-keys', { config: { may: 'device' }, preValidation: checkSignature, schema: wanted }, (request) => {
    const { id, staff } = deviceOf(request)
    if (request.body.device !== id) throw new Refused(401, 'signIn', 'This browser has become another device since. Sign in on it again.')
    // Who is still held back, for want of a second factor, is in, and the device is not theirs yet.
    const person = request.me?.staff
    return {
      ...keysOf(id),
      ...(person !== undefined && person === staff && { signInRecord: signInRecord(receiptKey, id, person, log.sources.now()) }),
    }
  })

  /** The same for an app of before, which signs no question; only where the device has no key. */
  app.get('/api/sync/relay-keys', { config: { may: 'device' }, schema: { response: { 200: RelayKeys } } }, (request) => {
    const { id, key } = deviceOf(request)
    if (key !== null) throw new Refused(403, 'unsigned', 'This device signs what it asks for. Update Recoup on it.')
    return keysOf(id)
  })

  /** Takes what a locked tablet holds, event by event sealed; sending the same ones again changes nothing. (S2, S3, S9) */
  const sealed = { body: SealedPush, response: { 200: SealedReply } }
  app.post('/api/sync/sealed', { config: { may: 'device' }, schema: sealed }, (request) => ({
    ...takeSealed(request.body.parcels.map((parcel) => Buffer.from(parcel, 'base64'))),
    serverTime: log.sources.now(),
    revoked: deviceOf(request).revokedAt !== null,
    epoch: log.epoch,
  }))

  /** Takes a parcel as if its own device had sent it; bringing it again changes nothing. (S2, S3) */
  app.post('/api/sync/relay', { config: { may: 'device' }, schema: { body: RelayRequest, response: { 200: RelayReply } } }, (request) => {
    const taken = relay(Buffer.from(request.body.parcel, 'base64'), deviceOf(request).id)
    if ('refused' in taken) throw new Refused(taken.refused === 'tooLarge' ? 413 : 422, taken.refused, SENTENCES[taken.refused])
    return { ...taken, receipts: [...taken.receipts], serverTime: log.sources.now() }
  })
}
