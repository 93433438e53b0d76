// What a tablet without a network hands to another: sealed, carried, taken once, and the receipts that find their way back.
import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { decodeQR } from 'qr/decode.js'
import { expect, onTestFinished, test, vi } from 'vitest'
import { v7 } from 'uuid'
import { recordCheckIn, recordStart } from '../../client/log/commands.ts'
import { readFact, writeFact } from '../../client/log/db.ts'
import { planOf } from '../../client/screens/teacher/sessions.ts'
import { modulesOf, pathOf } from '../../client/sync/relay/codes.ts'
import { makeParcel } from '../../client/sync/relay/handOver.ts'
import { pinRelayKeys } from '../../client/sync/relay/relayKeys.ts'
import { keepReturned, receiptsFile } from '../../client/sync/relay/returned.ts'
import { seal } from '../../client/sync/relay/seal.ts'
import { sendParcels, takeIn } from '../../client/sync/relay/takeIn.ts'
import type { ParcelRow } from '../../client/log/rows.ts'
import { contentOf } from '../../server/log/parcelContent.ts'
import { as, type DeviceId, type EventId } from '../../shared/ids.ts'
import { MOST_TEXT_BYTES } from '../../shared/relay/parcel.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { instant } from '../../shared/time.ts'
import { fromBase45, toBase45 } from '../../shared/relay/base45.ts'
import type { Collected } from '../../shared/relay/pieces.ts'
import { addPiece, piecesOf } from '../../shared/relay/pieces.ts'
import { SECTION, smallDistrict, student } from '../server/smallDistrict.ts'
import type { TestServer } from '../server/testServer.ts'
import type { RealTablet } from './realTablet.ts'
import { offline, openRealTablet } from './realTablet.ts'
import { REPORT } from '../support/report.ts'

const ana = student('ana')
const ben = student('ben')

/** A tablet that holds a session and two check-ins and has no network; and another that has one. */
async function cutOff(): Promise<{ server: TestServer; tablet: RealTablet; carrier: RealTablet; network: RealTablet['network'] }> {
  const server = await smallDistrict()
  const tablet = await openRealTablet(server)
  await tablet.signIn('rivera')
  const carrier = await openRealTablet(server)
  await carrier.signIn('marsh')
  for (const each of [tablet, carrier]) expect(await pinRelayKeys(each.db, each.network)).toBe(true)
  const { network } = tablet
  tablet.network = offline
  const list = tablet.store.ledger.section(SECTION)
  if (!list) throw new Error('the section was not pulled')
  const { session } = recordStart(tablet.store, v7, planOf(list, '2026-11-22' as SchoolDate, 'America/Los_Angeles'))
  const held = tablet.store.ledger.session(session)
  if (held) await recordCheckIn(tablet.store, held, [ana, ben]).done
  return { server, tablet, carrier, network }
}

async function parcelOf(tablet: RealTablet, what: 'unsent' | 'all' = 'unsent'): Promise<Uint8Array> {
  const made = await makeParcel({ db: tablet.db, now: () => instant(tablet.clock.now), report: async () => REPORT }, what)
  if (made.kind !== 'parcel') throw new Error(made.kind)
  return made.bytes
}

const carry = async (carrier: RealTablet, bytes: Uint8Array): Promise<ParcelRow | undefined> => {
  const kept = await takeIn(carrier.db, bytes, instant(carrier.clock.now))
  if (kept.kind !== 'kept') throw new Error(kept.why)
  await sendParcels(carrier.db, carrier.network, instant(carrier.clock.now))
  return carrier.db.parcels.get(kept.id)
}
const inLog = (server: TestServer): unknown => server.context.log.db.prepare('SELECT count(*) FROM event').pluck().get()

test('[S14] What a tablet without a network hands over is in the log before that tablet meets a network; then it hears that all is known', async () => {
  const { server, tablet, carrier, network } = await cutOff()
  const row = await carry(carrier, await parcelOf(tablet))
  expect(row).toMatchObject({
    state: 'taken',
    reply: { device: tablet.store.account?.device.id, accepted: 3, duplicate: 0, quarantined: 0 },
  })
  expect(inLog(server)).toBe(3)
  expect(tablet.store.outbox.rows()).toHaveLength(3)
  tablet.network = network
  await tablet.sync.now()
  expect(tablet.store.outbox.rows()).toEqual([])
  expect(inLog(server)).toBe(3)
})

test('[S14] A parcel can be read by nobody who carries it', async () => {
  const { tablet } = await cutOff()
  const text = Buffer.from(await parcelOf(tablet, 'all')).toString('latin1')
  for (const word of ['ana', 'StudentCheckedIn', tablet.store.account?.device.id ?? '', 'Library']) expect(text).not.toContain(word)
})

test('[S14] The same parcel twice, by two carriers, and then the tablet itself: every entry is in the log once', async () => {
  const { server, tablet, carrier, network } = await cutOff()
  const bytes = await parcelOf(tablet)
  const second = await openRealTablet(server)
  await second.signIn('lund')
  await pinRelayKeys(second.db, second.network)
  await carry(carrier, bytes)
  expect(await carry(second, bytes)).toMatchObject({ state: 'taken', reply: { accepted: 0, duplicate: 3 } })
  // Taken once, it is not brought again by the same carrier.
  expect(await takeIn(carrier.db, bytes, instant(1))).toMatchObject({ kind: 'kept' })
  expect(await sendParcels(carrier.db, carrier.network, instant(carrier.clock.now))).toBe(0)
  tablet.network = network
  await tablet.sync.now()
  expect([inLog(server), tablet.store.outbox.rows().length]).toEqual([3, 0])
})

test('[S14] The receipts that come back confirm on the first tablet, without a network; a file changed on the way confirms nothing', async () => {
  const { tablet, carrier } = await cutOff()
  const row = await carry(carrier, await parcelOf(tablet))
  if (row?.state !== 'taken') throw new Error('the parcel was not taken')
  const [receipt] = row.reply.receipts
  if (!receipt) throw new Error('there is no receipt')
  const now = instant(tablet.clock.now)
  const forged = await receiptsFile([{ ...receipt, body: receipt.body.replace('"seq":', '"seq":1') }])
  expect(await keepReturned(tablet.db, forged, now)).toEqual({ kind: 'unproven' })
  expect(await keepReturned(carrier.db, await receiptsFile([receipt]), now)).toEqual({ kind: 'nothingOfOurs' })
  expect(await keepReturned(tablet.db, await parcelOf(tablet), now)).toEqual({ kind: 'notReceipts' })
  expect(tablet.store.outbox.rows()).toHaveLength(3)
  const back = await keepReturned(tablet.db, await receiptsFile([receipt]), now)
  if (back.kind !== 'settled') throw new Error(back.kind)
  await tablet.store.settled(back.ids)
  expect(tablet.store.outbox.rows()).toEqual([])
  expect((await tablet.db.events.toArray()).every((each) => each.receipt !== undefined && each.seq !== undefined)).toBe(true)
  // A second time there is nothing left to settle.
  expect(await keepReturned(tablet.db, await receiptsFile([receipt]), now)).toEqual({ kind: 'settled', ids: [] })
})

test('[S14] A parcel that cannot be brought now waits on the carrier, and is brought when there is a network', async () => {
  const { server, tablet, carrier } = await cutOff()
  const network = carrier.network
  carrier.network = offline
  expect(await carry(carrier, await parcelOf(tablet))).toMatchObject({ state: 'waiting' })
  carrier.network = network
  await carrier.sync.now()
  expect((await carrier.db.parcels.toArray()).map((row) => row.state)).toEqual(['taken'])
  expect(inLog(server)).toBe(3)
})

test('[S14] What a tablet brings for another of its school is on its own screen with the same round', async () => {
  const { tablet, carrier } = await cutOff()
  await takeIn(carrier.db, await parcelOf(tablet), instant(carrier.clock.now))
  const { network } = carrier
  let pages = 0
  carrier.network = (schema, method, path, body) => {
    if (path.endsWith('/pull')) pages++
    return network(schema, method, path, body)
  }
  await carrier.sync.now()
  const [session] = carrier.store.ledger.sessions()
  expect([...(session?.students.keys() ?? [])]).toEqual([ana, ben])
  expect(pages).toBe(2)
  // Where nothing was brought no second page is asked for.
  await carrier.sync.now()
  expect(pages).toBe(3)
})

test('[S14] A parcel that a busy server did not take is brought again within seconds, not with the next minute', async () => {
  const { tablet, carrier } = await cutOff()
  const { network } = carrier
  carrier.network = (schema, method, path, body) =>
    path === '/api/sync/relay'
      ? Promise.resolve({ kind: 'refused', status: 503, code: 'busy', message: 'Busy.' })
      : network(schema, method, path, body)
  await takeIn(carrier.db, await parcelOf(tablet), instant(carrier.clock.now))
  vi.stubGlobal('document', { visibilityState: 'visible' })
  const timers = vi.spyOn(globalThis, 'setTimeout')
  onTestFinished(() => {
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })
  await carrier.sync.now()
  const next = () => Math.max(...timers.mock.calls.map(([, ms]) => ms ?? 0))
  expect(next()).toBe(4_000)
  carrier.network = network
  await carrier.sync.now()
  expect(next()).toBe(60_000)
  expect(await carrier.db.parcels.toArray()).toMatchObject([{ state: 'taken' }])
})

test('[S14] Signed in a moment ago and without the keys yet, a carrier fetches them and takes the parcel in', async () => {
  const { server, tablet } = await cutOff()
  const carrier = await openRealTablet(server)
  await carrier.signIn('lund')
  await carrier.db.meta.delete('relay')
  const late = await openRealTablet(server, carrier.db.name)
  late.network = carrier.network
  const bytes = await parcelOf(tablet)
  late.network = offline
  expect(await takeIn(late.db, bytes, instant(1), () => late.sync.now())).toEqual({ kind: 'refused', why: 'noKeys' })
  late.network = carrier.network
  expect(await takeIn(late.db, bytes, instant(1), () => late.sync.now())).toMatchObject({ kind: 'kept' })
})

test('[S14] One byte changed, wherever, and nothing of the parcel is taken', async () => {
  const { server, tablet, carrier } = await cutOff()
  const bytes = await parcelOf(tablet)
  for (const at of [0, 7, 20, 60, 85, 100, bytes.length - 1]) {
    const changed = Uint8Array.from(bytes, (byte, i) => (i === at ? byte ^ 1 : byte))
    const reply = await carrier.network({ safeParse: () => ({}) } as never, 'POST', '/api/sync/relay', {
      parcel: Buffer.from(changed).toString('base64'),
    })
    expect(reply).toMatchObject({ kind: 'refused', status: 422 })
  }
  expect(inLog(server)).toBe(0)
})

test('[S14] What is foreign is refused with the reason, before anything is sent', async () => {
  const { tablet, carrier } = await cutOff()
  const kept = async (bytes: Uint8Array) => takeIn(carrier.db, bytes, instant(1))
  expect(await kept(new TextEncoder().encode('a letter to the parents'))).toEqual({ kind: 'refused', why: 'notAParcel' })
  expect(await kept(await receiptsFile([]))).toEqual({ kind: 'refused', why: 'receipts' })
  const other = await cutOff()
  expect(await kept(await parcelOf(other.tablet))).toEqual({ kind: 'refused', why: 'otherDistrict' })
  expect(await carrier.db.parcels.count()).toBe(0)
  expect(await tablet.db.parcels.count()).toBe(0)
})

test('[S14] Nobody speaks in the name of another device: a parcel is marked with a key that only its own device has', async () => {
  const { server, tablet, carrier } = await cutOff()
  const own = await readFact(carrier.db, 'relay')
  if (!own) throw new Error('there are no keys')
  const events = (await tablet.db.events.toArray()).map((row) => row.event)
  const body = JSON.stringify({ device: tablet.store.account?.device.id, made: 1, events, report: REPORT })
  expect(await carry(carrier, await seal(body, own))).toMatchObject({ state: 'refused', why: 'altered' })
  expect(inLog(server)).toBe(0)
})

test('[S14] A device that the server does not know is asked to sign in; its parcel is refused and its entries stay', async () => {
  const { server, tablet, carrier } = await cutOff()
  const bytes = await parcelOf(tablet)
  server.context.log.db.prepare('DELETE FROM web_session WHERE device = ?').run(tablet.store.account?.device.id)
  server.context.log.db.prepare('DELETE FROM device WHERE id = ?').run(tablet.store.account?.device.id)
  expect(await carry(carrier, bytes)).toMatchObject({ state: 'refused', why: 'unknownDevice' })
  expect(tablet.store.outbox.rows()).toHaveLength(3)
})

test('[S14] A bad entry in a parcel is set aside, and its neighbours are taken', async () => {
  const { server, tablet, carrier } = await cutOff()
  const row = (await tablet.db.events.toArray())[2]
  await tablet.db.events.update(row?.row ?? 0, { event: { ...row?.event, site: 'oak' } as never })
  expect(await carry(carrier, await parcelOf(tablet))).toMatchObject({ reply: { accepted: 2, quarantined: 1 } })
  expect(server.context.overview.quarantine('all')).toMatchObject([{ reason: 'outsideSite', device: tablet.store.account?.device.id }])
})

test('[S14] A file holds also what was confirmed and is in no verified backup yet; the codes hold what is unsent', async () => {
  const { tablet, network } = await cutOff()
  const make = (what: 'unsent' | 'all') => makeParcel({ db: tablet.db, now: () => instant(1), report: async () => REPORT }, what)
  tablet.network = network
  await tablet.sync.now()
  expect(await make('unsent')).toEqual({ kind: 'nothing' })
  expect(await make('all')).toMatchObject({ kind: 'parcel', events: 3 })
  const cursor = await readFact(tablet.db, 'cursor')
  await writeFact(tablet.db, 'verified', { epoch: cursor?.epoch ?? '', seq: cursor?.seq ?? 0, at: instant(1) })
  expect(await make('all')).toEqual({ kind: 'nothing' })
  const signedIn = await openRealTablet(await smallDistrict())
  expect(await makeParcel({ db: signedIn.db, now: () => instant(1), report: async () => REPORT }, 'all')).toEqual({ kind: 'noKeys' })
})

/** The ids of the entries in a parcel, as the district reads them. */
function idsIn(server: TestServer, bytes: Uint8Array): readonly string[] {
  const content = contentOf(bytes, server.context.relayKeys, { left: MOST_TEXT_BYTES })
  if (typeof content === 'string') throw new Error(content)
  return content.events.map((event) => (event as { id: string }).id)
}

test('[S14] Where a file does not hold everything, what nobody has confirmed goes before what is only in no backup yet', async () => {
  vi.stubGlobal('CompressionStream', undefined)
  onTestFinished(() => void vi.unstubAllGlobals())
  const { server, tablet, network } = await cutOff()
  tablet.network = network
  await tablet.sync.now()
  tablet.network = offline
  const [confirmed] = await tablet.db.events.toArray()
  if (!confirmed) throw new Error('nothing was confirmed')
  const { row: _row, ...bare } = confirmed
  const long = { ...bare.event, filler: 'x'.repeat(50_000) }
  for (let more = 1; more <= 20; more++) {
    const id = as<EventId>(v7())
    await tablet.db.events.add({ ...bare, id, deviceSeq: 100 + more, event: { ...long, id } })
  }
  const [held] = [...tablet.store.ledger.sessions()]
  if (!held) throw new Error('there is no session')
  const unsent = recordCheckIn(tablet.store, held, [student('cleo')])
  await unsent.done
  const carried = idsIn(server, await parcelOf(tablet, 'all'))
  expect(carried).toEqual(expect.arrayContaining([...unsent.events]))
  expect(carried.length).toBeGreaterThan(unsent.events.length)
  expect(carried.length).toBeLessThan(await tablet.db.events.count())
})

test('[S14] A tablet hands over what was recorded on it: not what it was told of others, nor what this browser recorded as another device', async () => {
  const { server, tablet, carrier, network } = await cutOff()
  tablet.network = network
  await tablet.sync.now()
  await carrier.sync.now()
  const list = carrier.store.ledger.section(SECTION)
  if (!list) throw new Error('the section was not pulled')
  const { session } = recordStart(carrier.store, v7, planOf(list, '2026-11-22' as SchoolDate, 'America/Los_Angeles'))
  const theirs = carrier.store.ledger.session(session)
  if (theirs) await recordCheckIn(carrier.store, theirs, [ana]).done
  await carrier.sync.now()
  await tablet.sync.now()
  const rows = await tablet.db.events.toArray()
  const own = rows.filter(({ receipt }) => receipt !== undefined)
  const [first] = own
  if (!first) throw new Error('nothing was confirmed')
  const { row: _row, ...bare } = first
  const before = as<EventId>(v7())
  await tablet.db.events.add({ ...bare, id: before, device: as<DeviceId>(v7()), event: { ...bare.event, id: before } })
  // What the tablet recorded before its storage was emptied comes back by a page, without a receipt.
  const { receipt: _receipt, ...pulled } = bare
  const emptied = as<EventId>(v7())
  await tablet.db.events.add({ ...pulled, id: emptied, deviceSeq: -1, event: { ...bare.event, id: emptied } })
  expect([rows.length, own.length]).toEqual([5, 3])
  expect(idsIn(server, await parcelOf(tablet, 'all'))).toEqual(own.map(({ id }) => id))
})

test('[S14] Pieces read in any order, again and again, make the whole; one missing makes none', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 400 }),
      fc.integer({ min: 1, max: 60 }),
      fc.infiniteStream(fc.nat()),
      (bytes, most, picks) => {
        const pieces = piecesOf(bytes, most)
        if (!pieces) return bytes.length > 200 * most
        const missing = pieces.length - 1
        let collected: Collected | undefined
        const read = (text: string) => {
          const got = addPiece(collected, text)
          if (got.kind === 'piece') collected = got.collected
          return got
        }
        const shuffled = pieces
          .slice(0, missing)
          .flatMap((piece) => [piece, pieces[(picks.next().value ?? 0) % Math.max(1, missing)] ?? piece])
        for (const text of shuffled) if (missing > 0) expect(read(text).kind).toBe('piece')
        const last = read(pieces[missing] ?? '')
        expect(last).toEqual({ kind: 'whole', bytes: Uint8Array.from(bytes) })
        return true
      },
    ),
    { numRuns: 100 },
  )
})

test('[S14] A code of something else is none of ours; another parcel begins anew; a piece that lies is found out', () => {
  const [first = '', second = ''] =
    piecesOf(
      Uint8Array.from({ length: 100 }, (_, i) => i),
      50,
    ) ?? []
  const [other = ''] =
    piecesOf(
      Uint8Array.from({ length: 100 }, (_, i) => i + 1),
      50,
    ) ?? []
  for (const text of [
    '',
    'https://example.org',
    'RCP1/ABC/1/2/00',
    first.replace('/1/2/', '/3/2/'),
    first.replace('/1/2/', '/0/2/'),
    `${first}é`,
  ])
    expect(addPiece(undefined, text)).toEqual({ kind: 'foreign' })
  const one = addPiece(undefined, first)
  if (one.kind !== 'piece') throw new Error(one.kind)
  expect(addPiece(one.collected, first)).toMatchObject({ kind: 'piece', isNew: false })
  expect(addPiece(one.collected, other)).toMatchObject({ kind: 'piece', collected: { pieces: new Map([[1, expect.anything()]]) } })
  const lie = second.slice(0, -3) + toBase45(Uint8Array.of(7, 7))
  expect(addPiece(one.collected, lie)).toEqual({ kind: 'damaged' })
  expect(piecesOf(new Uint8Array(1_000), 1)).toBeUndefined()
})

test('Base45 is that of RFC 9285, both ways, and nothing else is read', () => {
  expect(toBase45(new TextEncoder().encode('AB'))).toBe('BB8')
  expect(toBase45(new TextEncoder().encode('Hello!!'))).toBe('%69 VD92EX0')
  expect(toBase45(new TextEncoder().encode('base-45'))).toBe('UJCLQE7W581')
  expect(fromBase45('QED8WEX0')).toEqual(new TextEncoder().encode('ietf!'))
  for (const text of ['A', ':::', 'a00', '::']) expect(fromBase45(text)).toBeUndefined()
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(fromBase45(toBase45(bytes))).toEqual(Uint8Array.from(bytes))
    }),
  )
})

test('[S14] A code on the screen is read back from its picture, at its fullest', () => {
  const [text = ''] = piecesOf(Uint8Array.from({ length: 720 }, (_, i) => (i * 31) & 255)) ?? []
  const modules = modulesOf(text)
  expect(pathOf(modules)).toMatch(/^M\d+ \d+h1v1h-1z/)
  const scale = 4
  const width = modules.length * scale
  const data = new Uint8Array(width * width * 4)
  for (let y = 0; y < width; y++)
    for (let x = 0; x < width; x++) {
      const value = modules[Math.floor(y / scale)]?.[Math.floor(x / scale)] ? 0 : 255
      data.set([value, value, value, 255], (y * width + x) * 4)
    }
  expect(decodeQR({ width, height: width, data })).toBe(text)
})

test('[S14] An old parcel does not say of a device what the device has said better since', async () => {
  const { server, tablet, carrier, network } = await cutOff()
  const bytes = await parcelOf(tablet)
  tablet.network = network
  tablet.clock.now += 5_000
  server.wait(5_000)
  await tablet.sync.now()
  const report = () => server.context.overview.devices('all').find(({ id }) => id === tablet.store.account?.device.id)?.report
  const before = report()
  await carry(carrier, bytes)
  expect(report()).toEqual(before)
  expect(before?.appVersion).toBe('test')
})
