import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { readFact } from '../../client/log/db.ts'
import { signedBody } from '../../client/trust/deviceKey.ts'
import type { DevicesReply } from '../../shared/api/desk.ts'
import { as, type DeviceId } from '../../shared/ids.ts'
import { smallDistrict } from '../server/smallDistrict.ts'
import { signedIn } from '../server/testServer.ts'
import { openRealTablet, through } from './realTablet.ts'
import { REPORT } from '../support/report.ts'

test('a tablet makes its key at the first sign-in and signs every push; nobody who copied its credential can', async () => {
  const server = await smallDistrict()
  const tablet = await openRealTablet(server)
  const browser = server.browser()
  tablet.network = through(browser)
  const { device } = await tablet.signIn('rivera')
  const held = await readFact(tablet.db, 'deviceKey')
  expect(held).toMatchObject({ device: device.id, record: { signature: expect.stringMatching(/=$/) as string } })
  expect(held?.key.extractable).toBe(false)
  await tablet.sync.now()
  expect(tablet.sync.state().network).toBe('online')
  // It signs as the device it was made for, and as no other.
  expect(await signedBody(tablet.db, device.id, { n: 1 })).toEqual({ n: 1, signature: expect.any(String) as string })
  expect(await signedBody(tablet.db, as<DeviceId>('another'), { n: 1 })).toEqual({ n: 1 })
  const copied = await browser.ask('POST', '/api/sync/push', { protocol: 1, events: [], report: REPORT })
  expect(copied.json()).toMatchObject({ code: 'unsigned' })
})

test('[S9] a tablet that was revoked sends what it holds, then has nothing readable left, and asks for a sign-in', async () => {
  const server = await smallDistrict()
  const tablet = await openRealTablet(server)
  const { device } = await tablet.signIn('rivera')
  expect(await tablet.db.records.count()).toBeGreaterThan(5)
  const { browser: lund } = await signedIn(server, 'lund')
  expect((await lund.ask('POST', `/api/devices/${device.id}/revoke`)).status).toBe(200)
  await tablet.sync.now()
  expect(await tablet.db.records.count()).toBe(0)
  expect(await readFact(tablet.db, 'account')).toBeUndefined()
  const rows = (await lund.ask('GET', '/api/devices')).json<DevicesReply>().devices
  expect(rows.find((row) => row.id === device.id)?.revokedAt).toEqual(expect.any(Number))
})
