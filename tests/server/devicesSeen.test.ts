/** Whose devices a coordinator sees: those of the own school, also when nobody is signed in on them any more. */
import { expect, test } from 'vitest'
import type { DeviceRow, DevicesReply } from '../../shared/api/desk.ts'
import { OAK, smallDistrict } from './smallDistrict.ts'
import { type Browser, PASSWORD, signedIn, type TestServer } from './testServer.ts'

const seenBy = async (browser: Browser): Promise<readonly DeviceRow[]> =>
  (await browser.ask('GET', '/api/devices')).json<DevicesReply>().devices

/** A district whose second school has a coordinator, too, and a device of a teacher of the first on which nothing was ever recorded. */
async function emptyTablet() {
  const server = await smallDistrict()
  await server.context.accounts.create('idle', 'idle', 'coordinator', PASSWORD)
  const tablet = await signedIn(server, 'rivera')
  const marsh = (await signedIn(server, 'marsh')).browser
  const idle = (await signedIn(server, 'idle')).browser
  const find = async (browser: Browser) => (await seenBy(browser)).find(({ id }) => id === tablet.reply.device.id)
  return { server, tablet, marsh, idle, find, revoke: () => marsh.ask('POST', `/api/devices/${tablet.reply.device.id}/revoke`) }
}

const moved = ({ context }: TestServer, sites: readonly (typeof OAK)[]): void => {
  const record = context.store.get('staff', 'rivera')
  if (record) context.store.apply([{ kind: 'staff', id: 'rivera', ended: false, body: { ...record.body, sites: [...sites] } }])
}

test('a device that was revoked before it ever recorded is still on its coordinator’s list, as revoked and with when', async () => {
  const { server, marsh, find, revoke } = await emptyTablet()
  server.wait(60_000)
  expect((await revoke()).status).toBe(200)
  expect(await find(marsh)).toMatchObject({ site: 'elm', lastPerson: 'rivera of the staff', revokedAt: server.context.log.sources.now() })
  // It can be named, and to revoke it again says that it was.
  expect((await revoke()).status).toBe(409)
})

test('a device from which somebody signed out before it ever recorded is still on the list, and can be revoked', async () => {
  const { tablet, marsh, find, revoke } = await emptyTablet()
  await tablet.browser.ask('POST', '/api/sign-out')
  expect(await find(marsh)).toMatchObject({ site: 'elm', lastPerson: 'rivera of the staff', revokedAt: null })
  expect((await revoke()).status).toBe(200)
})

test('no coordinator of another school is shown it, before it was revoked and after', async () => {
  const { server, tablet, idle, find, revoke } = await emptyTablet()
  expect(await find(idle)).toBeUndefined()
  await revoke()
  expect(await find(idle)).toBeUndefined()
  for (const [method, path] of [
    ['PATCH', ''],
    ['POST', '/revoke'],
  ] as const)
    expect((await idle.ask(method, `/api/devices/${tablet.reply.device.id}${path}`, { name: 'Mine' })).status).toBe(404)
  expect((await seenBy((await signedIn(server, 'lund')).browser)).map(({ id }) => id)).toContain(tablet.reply.device.id)
})

test('a revoked device stays with the school that sent it away, wherever its person goes', async () => {
  const { server, marsh, idle, find, revoke } = await emptyTablet()
  await revoke()
  moved(server, [OAK])
  expect([(await find(marsh))?.site, await find(idle)]).toEqual(['elm', undefined])
  moved(server, [])
  expect((await find(marsh))?.revokedAt).toEqual(expect.any(Number))
})

test('a device on which somebody of another school signed in since is that person’s, as before', async () => {
  const { server, tablet, marsh, idle, find } = await emptyTablet()
  await tablet.browser.ask('POST', '/api/sign-out')
  server.wait(60_000)
  expect((await tablet.browser.signIn('osei')).status).toBe(200)
  await tablet.browser.ask('POST', '/api/sign-out')
  expect([await find(marsh), (await find(idle))?.lastPerson]).toEqual([undefined, 'osei of the staff'])
})
