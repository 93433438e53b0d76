/** Devices as a coordinator looks after them, and what a device says of itself. */
import * as z from 'zod/mini'
import { Done } from '../../shared/api.ts'
import type { DeviceRow } from '../../shared/api/desk.ts'
import { ChangeDevice, DeviceKey, DeviceRecord, EnrolCode } from '../../shared/api/trust.ts'
import type { Context } from '../context.ts'
import type { App } from '../plugins/app.ts'
import { COORDINATORS, deviceOf, personOf } from '../plugins/guard.ts'
import { notFound, Refused } from '../plugins/refuse.ts'
import { scopeOf } from './reports.ts'

const OfDevice = z.object({ device: z.string().check(z.minLength(1), z.maxLength(64)) })

export function deviceRoutes(app: App, { devices, overview }: Context): void {
  /** A device of the schools this person sees. */
  function own(device: string, me: ReturnType<typeof personOf>): DeviceRow {
    const row = overview.devices(scopeOf(me, undefined)).find(({ id }) => id === device)
    if (!row) throw notFound()
    return row
  }

  app.post('/api/devices/codes', { config: { may: COORDINATORS }, schema: { response: { 200: EnrolCode } } }, (request) =>
    devices.newCode(personOf(request).staff),
  )

  app.patch(
    '/api/devices/:device',
    { config: { may: COORDINATORS }, schema: { params: OfDevice, body: ChangeDevice, response: { 200: Done } } },
    (request) => {
      devices.rename(own(request.params.device, personOf(request)).id, request.body.name)
      return { ok: true as const }
    },
  )

  /** What it holds is still taken, and waits for a person; what can be read on it goes at its next contact. */
  app.post(
    '/api/devices/:device/revoke',
    { config: { may: COORDINATORS }, schema: { params: OfDevice, response: { 200: Done } } },
    (request) => {
      const { id, site } = own(request.params.device, personOf(request))
      if (!devices.revoke(id, site)) throw new Refused(409, 'revoked', 'It was revoked before.')
      return { ok: true as const }
    },
  )

  /** A device gives the key it will sign with, once; from then on nothing unsigned is taken for its own. */
  app.post('/api/device/key', { config: { may: 'device' }, schema: { body: DeviceKey, response: { 200: DeviceRecord } } }, (request) => {
    const record = devices.takeKey(deviceOf(request).id, request.body.publicKey, request.me !== null)
    if (!record) throw new Refused(409, 'hasKey', 'This device has a key already, or this is none.')
    return record
  })
}
