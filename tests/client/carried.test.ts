// What waits in lockers and what is carried for others: it goes by a signed receipt or by a person's word, and by nothing else.
import 'fake-indexeddb/auto'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { v7 } from 'uuid'
import { recordCheckIn } from '../../client/log/commands.ts'
import { makeParcel } from '../../client/sync/relay/handOver.ts'
import { isDueAgain } from '../../client/sync/relay/offerAgain.ts'
import { pinRelayKeys } from '../../client/sync/relay/relayKeys.ts'
import { sendParcels, takeIn } from '../../client/sync/relay/takeIn.ts'
import { lookIntoLockers, sendSealed, waitingInLockers } from '../../client/trust/sendSealed.ts'
import { shred } from '../../client/trust/shred.ts'
import { isThere, withStore } from '../../client/trust/stores.ts'
import { backup } from '../../server/log/backup.ts'
import { as, type StudentId } from '../../shared/ids.ts'
import { DAY, HOUR, instant } from '../../shared/time.ts'
import { smallDistrict } from '../server/smallDistrict.ts'
import type { Browser, TestServer } from '../server/testServer.ts'
import { newFolder, NOW, restored } from '../server/testServer.ts'
import { REPORT } from '../support/report.ts'
import type { RealTablet, Send } from './realTablet.ts'
import { offline, openRealTablet, through } from './realTablet.ts'
import { leave, recordSome, sharedTablet } from './sharedTablet.ts'

const inLog = ({ context }: Pick<TestServer, 'context'>): unknown => context.log.db.prepare('SELECT count(*) FROM event').pluck().get()

async function madeBy(tablet: RealTablet): Promise<Uint8Array> {
  const made = await makeParcel({ db: tablet.db, now: () => instant(NOW), report: async () => REPORT }, 'unsent')
  if (made.kind !== 'parcel') throw new Error(made.kind)
  return made.bytes
}

/** A parcel of three entries, of a tablet that is without a network from then on. */
async function parcelFrom(server: TestServer, username = 'rivera'): Promise<Uint8Array> {
  const tablet = await openRealTablet(server)
  await tablet.signIn(username)
  await pinRelayKeys(tablet.db, tablet.network)
  tablet.network = offline
  await recordSome(tablet)
  return madeBy(tablet)
}

async function kept(carrier: Pick<RealTablet, 'db'>, bytes: Uint8Array): Promise<string> {
  const taken = await takeIn(carrier.db, bytes, instant(NOW))
  if (taken.kind !== 'kept') throw new Error(taken.why)
  return taken.id
}

async function copyOf({ context, folder }: TestServer): Promise<string> {
  const copy = join(newFolder(), 'copy')
  await backup(context.log.db, folder, copy, instant(NOW))
  return copy
}

/** The district put back from a copy without `keys/`, as it is when somebody copies the database file alone. */
async function withoutKeys(server: TestServer, copy: string, browser: Browser): Promise<Send> {
  const bare = join(newFolder(), 'bare')
  cpSync(copy, bare, { recursive: true })
  rmSync(join(bare, 'keys'), { recursive: true })
  return through((await restored(server, bare)).browser(browser.cookies))
}

test('[S4] A server that was put back without its keys takes nothing out of an outbox: all of it arrives when the keys are back', async () => {
  const shared = await sharedTablet()
  const locker = await shared.enter('rivera')
  const tablet = await shared.use(await shared.open(locker), offline)
  await recordSome(tablet)
  leave(tablet)
  const copy = await copyOf(shared.server)
  const bare = await withoutKeys(shared.server, copy, shared.browser)
  await sendSealed(shared.stores, bare)
  expect(await lookIntoLockers(shared.stores)).toEqual({ waiting: 3, unopened: 3, carried: 0 })
  const right = await restored(shared.server, copy)
  const network = through(right.browser(shared.browser.cookies))
  // Not with every minute: what was refused a moment ago would be refused again.
  await sendSealed(shared.stores, network)
  expect(await waitingInLockers(shared.stores)).toBe(3)
  shared.clock.now += HOUR
  expect(await sendSealed(shared.stores, network)).toEqual({ kind: 'done', revoked: false })
  expect([inLog(right), await lookIntoLockers(shared.stores)]).toEqual([3, { waiting: 0, unopened: 0, carried: 0 }])
})

test('[S4] What the district cannot open is pushed as usual when its person opens the locker', async () => {
  const shared = await sharedTablet()
  const locker = await shared.enter('rivera')
  const tablet = await shared.use(await shared.open(locker), offline)
  await recordSome(tablet)
  leave(tablet)
  const { epoch } = shared.server.context.log
  const nobodySigned = { receipts: [], refused: [0, 1, 2], serverTime: NOW, revoked: false, epoch }
  await sendSealed(shared.stores, (() => Promise.resolve({ kind: 'ok', value: nobodySigned })) as unknown as Send)
  expect(await waitingInLockers(shared.stores)).toBe(3)
  const again = await shared.use(await shared.open(locker))
  await again.sync.now()
  expect([inLog(shared.server), again.store.outbox.rows()]).toEqual([3, []])
})

test('[S9] What the app of before set aside without a receipt waits again, and is sent', async () => {
  const shared = await sharedTablet()
  const locker = await shared.enter('rivera')
  const tablet = await shared.use(await shared.open(locker), offline)
  await recordSome(tablet)
  leave(tablet)
  await withStore(shared.stores, locker.id, (db) =>
    db.events.orderBy('outbox').modify((row: { outbox?: number; attention?: string }) => {
      delete row.outbox
      row.attention = 'malformed'
    }),
  )
  await sendSealed(shared.stores, shared.network)
  expect(inLog(shared.server)).toBe(3)
})

test('[S14] A parcel that was taken in by somebody with a PIN is brought while the tablet is locked', async () => {
  const shared = await sharedTablet()
  const locker = await shared.enter('marsh')
  const carrier = await shared.use(await shared.open(locker), offline)
  await kept(carrier, await parcelFrom(shared.server))
  leave(carrier)
  expect((await lookIntoLockers(shared.stores)).carried).toBe(1)
  await sendSealed(shared.stores, shared.network)
  expect([inLog(shared.server), (await lookIntoLockers(shared.stores)).carried]).toEqual([3, 0])
})

test('[S14] A locker whose person has signed out is not deleted while it carries a parcel for another device', async () => {
  const shared = await sharedTablet()
  const locker = await shared.enter('marsh')
  const carrier = await shared.use(await shared.open(locker), offline)
  await kept(carrier, await parcelFrom(shared.server))
  leave(carrier)
  await shred(shared.stores, locker)
  const next = await shared.enter('rivera')
  const other = await shared.use(await shared.open(next))
  shared.clock.now += 60 * DAY
  const lost: Send = (schema, method, path, body) =>
    path === '/api/sync/relay' ? offline(schema, method, path, body) : shared.network(schema, method, path, body)
  await sendSealed(shared.stores, lost, other.db)
  expect(await isThere(shared.stores, locker.id)).toBe(true)
  await sendSealed(shared.stores, shared.network, other.db)
  expect([inLog(shared.server), await isThere(shared.stores, locker.id)]).toEqual([3, false])
})

test('[S14] A refusal that nobody signed throws no parcel away: it is offered again, rarely, and taken when the district can', async () => {
  const server = await smallDistrict()
  const carrier = await openRealTablet(server)
  const browser = server.browser()
  carrier.network = through(browser)
  await carrier.signIn('marsh')
  await carrier.sync.now()
  const copy = await copyOf(server)
  // Of a device that the copy does not know yet.
  const id = await kept(carrier, await parcelFrom(server))
  const { network } = carrier
  carrier.network = through((await restored(server, copy)).browser(browser.cookies))
  expect(await sendParcels(carrier.db, carrier.network, instant(NOW))).toBe(1)
  expect(await carrier.db.parcels.get(id)).toMatchObject({ state: 'refused', why: 'unknownDevice', bytes: expect.any(String) as string })
  expect(await sendParcels(carrier.db, network, instant(NOW + HOUR - 1))).toBe(0)
  expect(await sendParcels(carrier.db, network, instant(NOW + HOUR))).toBe(1)
  expect([await carrier.db.parcels.get(id), inLog(server)]).toMatchObject([{ state: 'taken' }, 3])
})

test('[S4] A parcel leaves its carrier by receipts that the district signed, and by nothing else', async () => {
  const server = await smallDistrict()
  const carrier = await openRealTablet(server)
  await carrier.signIn('marsh')
  await carrier.sync.now()
  const id = await kept(carrier, await parcelFrom(server))
  const reply = { device: 'x', deviceName: 'x', accepted: 3, duplicate: 0, quarantined: 0, serverTime: NOW }
  const signed = { body: '{}', signature: server.context.receiptKey.signText('{}') }
  for (const receipts of [[], [{ body: '{}', signature: '' }], [signed, { ...signed, body: '[]' }]]) {
    const nobodySigned = (() => Promise.resolve({ kind: 'ok', value: { ...reply, receipts } })) as unknown as Send
    expect(await sendParcels(carrier.db, nobodySigned, instant(NOW))).toBe(0)
    expect(await carrier.db.parcels.get(id)).toMatchObject({ state: 'waiting' })
  }
})

test('[S14] What a device carries is brought also after its person has signed out', async () => {
  const server = await smallDistrict()
  const carrier = await openRealTablet(server)
  await carrier.signIn('marsh')
  await carrier.sync.now()
  const { network } = carrier
  carrier.network = offline
  const id = await kept(carrier, await parcelFrom(server))
  await carrier.session.signOut()
  carrier.network = network
  await carrier.sync.now()
  expect([await carrier.db.parcels.get(id), inLog(server)]).toMatchObject([{ state: 'taken' }, 3])
})

test('[S14] A parcel over which the server stumbles holds up none of those after it; a server that asks to wait is asked no more', async () => {
  const server = await smallDistrict()
  const carrier = await openRealTablet(server)
  await carrier.signIn('marsh')
  await carrier.sync.now()
  for (let n = 0; n < 2; n++) await kept(carrier, await parcelFrom(server))
  let asked = 0
  const firstly = (status: number): Send => {
    asked = 0
    return (schema, method, path, body) =>
      asked++ === 0
        ? Promise.resolve({ kind: 'refused', status, code: 'failed', message: '' })
        : carrier.network(schema, method, path, body)
  }
  const states = async () => (await carrier.db.parcels.toArray()).map(({ state }) => state).toSorted()
  expect([await sendParcels(carrier.db, firstly(503), instant(NOW)), asked, await states()]).toEqual([0, 1, ['waiting', 'waiting']])
  expect([await sendParcels(carrier.db, firstly(500), instant(NOW)), asked, await states()]).toEqual([1, 2, ['taken', 'waiting']])
})

test('[S14] What was refused is due again after an hour, and at once where the clock was put back', () => {
  const due = (triedAt: number | undefined, now: number) => isDueAgain(triedAt === undefined ? undefined : instant(triedAt), instant(now))
  expect([due(undefined, NOW), due(NOW, NOW), due(NOW, NOW + HOUR - 1), due(NOW, NOW + HOUR), due(NOW, NOW - 1)]).toEqual([
    true,
    false,
    false,
    true,
    true,
  ])
})

test('[S14] A parcel that is too large holds up none of those after it', async () => {
  const server = await smallDistrict()
  const carrier = await openRealTablet(server)
  await carrier.signIn('marsh')
  await carrier.sync.now()
  const small = await kept(carrier, await parcelFrom(server))
  const large = '!large'
  await carrier.db.parcels.put({ id: large, at: instant(NOW), state: 'waiting', bytes: 'A'.repeat(1_100_000) })
  expect(await sendParcels(carrier.db, carrier.network, instant(NOW))).toBe(2)
  expect(await carrier.db.parcels.get(large)).toMatchObject({ state: 'refused', why: 'tooLarge', bytes: expect.any(String) as string })
  expect(await carrier.db.parcels.get(small)).toMatchObject({ state: 'taken' })
})

test('[S14] Where a browser compresses nothing a tablet makes parcels that one request holds, the oldest entries first', async () => {
  vi.stubGlobal('CompressionStream', undefined)
  onTestFinished(() => void vi.unstubAllGlobals())
  const server = await smallDistrict()
  const tablet = await openRealTablet(server)
  await tablet.signIn('rivera')
  await pinRelayKeys(tablet.db, tablet.network)
  tablet.network = offline
  await recordSome(tablet)
  const [held] = [...tablet.store.ledger.sessions()]
  if (!held) throw new Error('there is no session')
  for (let i = 0; i < 4; i++)
    await recordCheckIn(
      tablet.store,
      held,
      Array.from({ length: 500 }, () => as<StudentId>(v7())),
    ).done
  const carrier = await openRealTablet(server)
  await carrier.signIn('marsh')
  await carrier.sync.now()
  await kept(carrier, await madeBy(tablet))
  expect(await sendParcels(carrier.db, carrier.network, instant(NOW))).toBe(1)
  const [row] = await carrier.db.parcels.toArray()
  if (row?.state !== 'taken') throw new Error(`the parcel is ${row?.state}`)
  const { accepted, quarantined } = row.reply
  expect(accepted + quarantined).toBeGreaterThan(500)
  const oldest = (await tablet.db.events.orderBy('outbox').limit(3).toArray()).map(({ id }) => id)
  for (const id of oldest) expect(server.context.log.db.prepare('SELECT count(*) FROM event WHERE id = ?').pluck().get(id)).toBe(1)
  tablet.store.outbox.clear()
}, 60_000)
