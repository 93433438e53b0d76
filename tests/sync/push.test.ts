import { createPublicKey, verify } from 'node:crypto'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import type { QuarantineReply } from '../../shared/api/desk.ts'
import type { ReceiptBody } from '../../shared/api/sync.ts'
import { as, type EventId, type SessionId, type SiteId, type StaffId } from '../../shared/ids.ts'
import { isSigned } from '../../server/log/receipts.ts'
import { verifyLog } from '../../server/log/verify.ts'
import { eventHash } from '../../shared/sync/chain.ts'
import { ELM, OAK, smallDistrict, student } from '../server/smallDistrict.ts'
import { NOW, signedIn, type TestServer } from '../server/testServer.ts'
import { at, openTestTablet, SESSION } from '../server/testTablet.ts'
import { REPORT } from '../support/report.ts'

const head = ({ context }: Pick<TestServer, 'context'>): number => context.log.head()

test('[S2] sending the same events again changes nothing and gets the same numbers', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  tablet.recordSaturday(['ana', 'ben'])
  const first = await tablet.results()
  const head = server.context.log.head()
  const again = await tablet.results()
  expect(first.every((result) => result.outcome === 'accepted')).toBe(true)
  expect(again.every((result) => result.outcome === 'duplicate')).toBe(true)
  expect(again.map((result) => result.seq)).toEqual(first.map((result) => result.seq))
  expect(server.context.log.head()).toBe(head)
})

test('[S2] the same id with other content is set aside, and both are kept', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const [start] = tablet.recordSaturday(['ana'])
  await tablet.push()
  const [other] = await tablet.results([{ ...start, room: 'Gym' }])
  expect(other).toMatchObject({ outcome: 'quarantined', reason: 'idConflict', seq: null })
  const bodies = server.context.log.db
    .prepare('SELECT body FROM event WHERE id = ? UNION ALL SELECT body FROM quarantine WHERE event = ?')
    .pluck()
    .all(start?.id, start?.id)
  expect(bodies.map((body) => (JSON.parse(String(body)) as { room: string }).room)).toEqual(['Library', 'Gym'])
})

test('[S3] one bad event among many never holds up its neighbours, and every one is accounted for', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const good = tablet.recordSaturday(['ana', 'ben', 'cleo'])
  const bad = [null, 42, 'text', [], { id: 'x' }, { ...good[0], id: 'y', at: 'noon' }, JSON.parse('{"__proto__": {"id": "z"}}') as unknown]
  const offered = [...good.slice(0, 3), ...bad, ...good.slice(3)]
  const results = await tablet.results(offered)
  expect(results).toHaveLength(offered.length)
  expect(results.map((result) => result.index)).toEqual(offered.map((_, i) => i))
  expect(results.filter((result) => result.outcome === 'accepted')).toHaveLength(good.length)
  expect(results.filter((result) => result.reason === 'malformed')).toHaveLength(bad.length)
  expect(server.context.log.db.prepare('SELECT count(*) FROM quarantine').pluck().get()).toBe(bad.length)
})

test('[S3] something nested a hundred thousand deep is set aside, and its neighbours are taken', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const [start] = tablet.recordSaturday([])
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const reply = await server.app.inject({
    method: 'POST',
    url: '/api/sync/push',
    headers: { 'content-type': 'application/json', cookie: [...tablet.browser.cookies].map((pair) => pair.join('=')).join('; ') },
    payload: `{"protocol":1,"events":[${deep},${JSON.stringify(start)}],"report":${JSON.stringify(REPORT)}}`,
  })
  const { results } = JSON.parse(reply.json<{ receipt: { body: string } }>().receipt.body) as ReceiptBody
  expect(results.map((result) => result.outcome)).toEqual(['quarantined', 'accepted'])
})

test('[S3] what fits the event before it and not the one after, which came first, is set aside; what fits both fills the gap', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const [start, checkIn, checkOut, end] = tablet.recordSaturday(['ana'])
  expect((await tablet.results([start, checkOut, end])).map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted'])
  // A copy of the tablet went on from the same event, and a restored district hears of the copy first.
  const copied = { ...checkIn, id: as<EventId>('of the copy'), student: student('ben') }
  expect(await tablet.results([copied])).toMatchObject([{ outcome: 'quarantined', reason: 'fork' }])
  expect(await tablet.results([checkIn])).toMatchObject([{ outcome: 'accepted' }])
  const other = await openTestTablet(server, 'marsh', ELM)
  const [first, second] = other.recordSaturday([], as<SessionId>('another'))
  await other.push([second])
  expect(await other.results([{ ...first, id: 'of a copy too', title: 'Other' }])).toMatchObject([{ reason: 'fork' }])
  await other.push([first])
  expect(verifyLog(server.context.log, server.context.receiptKey.publicKey).findings).toEqual([])
})

test('[S2] the same entry under another name of its tablet, as a copy that held it too records it again, is known; another entry is not', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const other = await openTestTablet(server, 'marsh', ELM)
  const [start, checkIn] = tablet.recordSaturday(['ana'])
  await tablet.push([start, checkIn])
  const again = { ...checkIn, device: `${tablet.reply.device.id}.0123abcd`, deviceSeq: 1, prev: '' }
  const next = { ...checkIn, id: v7(), student: student('ben'), device: again.device, deviceSeq: 2, prev: eventHash(again) }
  const results = await tablet.results([again, next, { ...again, student: student('ben') }])
  expect(results.map(({ outcome, reason, seq }) => reason ?? `${outcome} ${seq === null ? '' : seq - head(server)}`)).toEqual([
    'duplicate -1',
    'accepted 0',
    'idConflict',
  ])
  // Of another tablet it is another entry.
  const elsewhere = { ...checkIn, device: `${other.reply.device.id}.0123abcd`, deviceSeq: 1, prev: '' }
  expect(await other.results([elsewhere])).toMatchObject([{ reason: 'idConflict' }])
  expect(verifyLog(server.context.log, server.context.receiptKey.publicKey).findings).toEqual([])
})

test('[S3] each reason for setting an event aside, one at a time', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const other = await openTestTablet(server, 'osei', OAK)
  const [start, checkIn, checkOut] = tablet.recordSaturday(['ana'])
  await tablet.push([start])
  const reasonOf = async (event: unknown): Promise<string | null | undefined> => (await tablet.results([event]))[0]?.reason

  expect(await reasonOf({ ...checkIn, id: 'stranger', actor: as<StaffId>('nobody') })).toBe('unknownActor')
  expect(await reasonOf({ ...checkIn, id: 'afar', site: OAK })).toBe('outsideSite')
  expect(await reasonOf({ ...checkIn, id: 'nowhere', site: as<SiteId>('atlantis') })).toBe('outsideSite')
  expect(await reasonOf({ ...checkIn, id: 'cut', prev: 'f'.repeat(64) })).toBe('chainBroken')
  expect(await reasonOf({ ...checkIn, id: 'twin', deviceSeq: 1, prev: '' })).toBe('fork')
  expect(await reasonOf({ ...checkIn, id: 'carried', device: other.reply.device.id })).toBe('otherDevice')
  expect((await tablet.results([checkIn, checkOut])).map((result) => result.outcome)).toEqual(['accepted', 'accepted'])
  const [stolen] = await other.results([other.tablet.record(other.reply.me.staff, at('08:10'), { type: 'SessionEnded', session: SESSION })])
  expect(stolen?.reason).toBe('sessionConflict')
})

test('[S3] what was set aside keeps its place in the chain: the events after it are taken', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const me = tablet.reply.me.staff
  tablet.recordSaturday([])
  const odd = tablet.tablet.record(as<StaffId>('nobody'), at('08:10'), {
    type: 'StudentNoted',
    session: SESSION,
    student: student('ana'),
    text: 'hm',
  })
  const after = tablet.tablet.record(me, at('08:10'), { type: 'StudentNoted', session: SESSION, student: student('ana'), text: 'ok' })
  const results = await tablet.results()
  expect(results.find((result) => result.id === odd.id)?.reason).toBe('unknownActor')
  expect(results.find((result) => result.id === after.id)?.outcome).toBe('accepted')
})

test('[S3] an event of a type or version this server does not know is kept and relayed whole', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const [start] = tablet.recordSaturday([])
  await tablet.push()
  const before = tablet.tablet.events.at(-1)
  const future = {
    ...start,
    id: 'future',
    type: 'StudentLevitated',
    v: 7,
    deviceSeq: tablet.tablet.events.length + 1,
    prev: eventHash(before),
    height: 3,
  }
  expect((await tablet.results([future]))[0]?.outcome).toBe('accepted')
  const { events } = await tablet.pullAll()
  expect(events.at(-1)?.event).toEqual(future)
})

test('[S4] a receipt is signed over its exact text, and can be checked with the key the device was given at sign-in', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  tablet.recordSaturday(['ana'])
  const { receipt } = await tablet.push()
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(tablet.reply.receiptKey, 'base64')])
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' })
  const isSigned = (text: string): boolean => verify(null, Buffer.from(text), key, Buffer.from(receipt.signature, 'base64'))
  expect(isSigned(receipt.body)).toBe(true)
  expect(isSigned(receipt.body.replace('accepted', 'acceptEd'))).toBe(false)
  const body = JSON.parse(receipt.body) as ReceiptBody
  expect(body.device).toBe(tablet.reply.device.id)
  expect(body.results.map((result) => result.hash)).toEqual(tablet.tablet.events.map(eventHash))
  expect(server.context.log.db.prepare('SELECT body FROM receipt WHERE signature = ?').pluck().get(receipt.signature)).toBe(receipt.body)
})

test('[S4] a signature is of one key over one text, and is written in one way', async () => {
  const server = await smallDistrict()
  const { receiptKey } = server.context
  const signature = receiptKey.signText('a text')
  expect(isSigned('a text', signature, receiptKey.publicKey)).toBe(true)
  const raw = Buffer.from(receiptKey.publicKey, 'base64')
  for (const [text, said, key] of [
    ['a text ', signature, receiptKey.publicKey],
    ['a text', `${signature} `, receiptKey.publicKey],
    ['a text', `${signature}AA`, receiptKey.publicKey],
    ['a text', signature.replace(/=+$/, ''), receiptKey.publicKey],
    ['a text', '', receiptKey.publicKey],
    ['a text', signature, raw.subarray(0, 31).toString('base64')],
    ['a text', signature, Buffer.concat([raw, raw]).toString('base64')],
    ['a text', signature, (await smallDistrict()).context.receiptKey.publicKey],
  ] as const)
    expect(isSigned(text, said, key), `${text} ${said} ${key}`).toBe(false)
})

test('[S5] events and records share one sequence without a gap', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  tablet.recordSaturday(['ana', 'ben'])
  await tablet.push([...tablet.tablet.events, null])
  const seqs = server.context.log.db.prepare('SELECT seq FROM event UNION ALL SELECT seq FROM record_version ORDER BY seq').pluck().all()
  expect(seqs).toEqual(seqs.map((_, i) => i + 1))
  expect(server.context.log.head()).toBe(seqs.length)
})

test('[S9] an ended sign-in, a sign-out and a disabled account never keep recorded attendance from being sent', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const events = tablet.recordSaturday(['ana'])
  await tablet.browser.ask('POST', '/api/sign-out')
  expect((await tablet.results(events.slice(0, 2))).every((result) => result.outcome === 'accepted')).toBe(true)
  expect((await tablet.pull()).status).toBe(401)
  const account = server.context.accounts.byName('rivera')
  if (account) server.context.accounts.change(account, { state: 'disabled' })
  expect((await tablet.results(events.slice(2))).every((result) => result.outcome === 'accepted')).toBe(true)
})

test('[S4] without a device credential nothing is taken', async () => {
  const server = await smallDistrict()
  const answer = await server.browser().ask('POST', '/api/sync/push', { protocol: 1, events: [], report: {} })
  expect(answer.status).toBe(401)
})

test('a coordinator sees what was set aside at the own school, in words, and nobody else does', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const [start] = tablet.recordSaturday([])
  await tablet.push([{ ...start, actor: 'nobody' }, null])
  const { browser } = await signedIn(server, 'marsh')
  const { rows } = (await browser.ask('GET', '/api/quarantine')).json<QuarantineReply>()
  expect(rows).toMatchObject([{ event: as<EventId>(start?.id ?? ''), type: 'SessionStarted', reason: 'unknownActor' }])
  expect((await tablet.browser.ask('GET', '/api/quarantine')).status).toBe(403)
  const district = await signedIn(server, 'lund')
  expect((await district.browser.ask('GET', '/api/quarantine')).json<QuarantineReply>().rows).toHaveLength(2)
})

test('a device with nothing to send says how it is, and is written down when it says something new or a minute has passed', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const say = (openSessions: number) =>
    tablet.browser.ask('POST', '/api/sync/push', { protocol: 1, events: [], report: { ...REPORT, openSessions } })
  const changes = () => server.context.log.db.prepare('SELECT total_changes()').pluck().get()
  const known = () => server.context.overview.devices('all').find((device) => device.id === tablet.reply.device.id)
  expect((await say(1)).status).toBe(200)
  expect(known()).toMatchObject({ report: { openSessions: 1 }, lastSeenAt: NOW })
  const before = changes()
  expect((await say(1)).status).toBe(200)
  expect(changes()).toBe(before)
  server.wait(60_000)
  await say(1)
  expect(known()?.lastSeenAt).toBe(NOW + 60_000)
  await say(2)
  expect(known()?.report?.openSessions).toBe(2)
  expect(server.context.log.db.prepare('SELECT count(*) FROM receipt').pluck().get()).toBe(0)
})
