import { expect, test } from 'vitest'
import type { QuarantineReply } from '../../shared/api/desk.ts'
import { v7 } from 'uuid'
import { as, type EventId, type SessionId, type SiteId } from '../../shared/ids.ts'
import { HOUR, instant } from '../../shared/time.ts'
import { ELM, OAK, smallDistrict, staff, student } from '../server/smallDistrict.ts'
import { PushReply as OldReply, ReceiptBody as OldBody } from '../contract/protocol-1/reader.ts'
import { NOW, type TestServer } from '../server/testServer.ts'
import { at, openTestTablet, SESSION, type TestTablet } from '../server/testTablet.ts'

/** A Saturday at elm whose last note was recorded by somebody who is not on the staff list (yet). */
async function withStray(): Promise<{ server: TestServer; tablet: TestTablet; stray: EventId }> {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  tablet.recordSaturday(['ana'])
  const stray = tablet.tablet.record(staff('substitute'), at('13:02'), {
    type: 'StudentNoted',
    session: SESSION,
    student: student('ana'),
    text: 'Left early',
  })
  await tablet.push()
  return { server, tablet, stray: stray.id }
}

const decide = async (tablet: TestTablet, event: EventId, decision: 'accept' | 'refuse') => {
  tablet.tablet.record(tablet.reply.me.staff, at('14:00'), { type: 'ReviewDecided', event, decision, reason: 'Spoke with the office' })
  return tablet.results(tablet.tablet.events.slice(-1))
}
const waiting = async (tablet: TestTablet) =>
  (await tablet.browser.ask('GET', '/api/quarantine')).json<QuarantineReply>().rows.map((row) => row.event)

test('[S3] what a coordinator accepts comes into the log, is delivered, and is a duplicate when it is sent again', async () => {
  const { server, tablet, stray } = await withStray()
  const office = await openTestTablet(server, 'marsh', ELM)
  expect(await waiting(office)).toEqual([stray])
  const [decision] = await decide(office, stray, 'accept')
  expect(decision?.outcome).toBe('accepted')
  expect(await waiting(office)).toEqual([])
  const { events } = await tablet.pullAll()
  expect(events.map(({ event }) => (event as { id: string }).id)).toContain(stray)
  const [again] = await tablet.results(tablet.tablet.events.filter((event) => event.id === stray))
  expect(again).toMatchObject({ outcome: 'duplicate', reason: null })
  const seqs = server.context.log.db.prepare('SELECT seq FROM event UNION ALL SELECT seq FROM record_version ORDER BY seq').pluck().all()
  expect(seqs).toEqual(seqs.map((_, i) => i + 1))
})

test('[S3] what a coordinator refuses waits no longer, stays whole in quarantine, and stays out of the log', async () => {
  const { server, tablet, stray } = await withStray()
  const office = await openTestTablet(server, 'marsh', ELM)
  await decide(office, stray, 'refuse')
  expect(await waiting(office)).toEqual([])
  const [again] = await tablet.results(tablet.tablet.events.filter((event) => event.id === stray))
  // What was decided is in the receipt, also for a device that reads no more of it than the first protocol said.
  expect(again).toMatchObject({ outcome: 'quarantined', reason: 'unknownActor', leftOut: true })
  const { receipt } = OldReply.parse(await tablet.push())
  expect(OldBody.parse(JSON.parse(receipt.body)).results.at(-1)).toEqual({
    ...again,
    index: tablet.tablet.events.length - 1,
    leftOut: undefined,
  })
  expect(server.context.log.db.prepare('SELECT decision FROM quarantine WHERE event = ?').pluck().get(stray)).toBe('refuse')
})

test('[S3] set aside once, an event waits for a person, also when the reason has gone away', async () => {
  const { server, tablet, stray } = await withStray()
  const { context } = server
  const held = context.store.get('staff', 'rivera')
  if (held) context.store.apply([{ ...held, id: 'substitute', body: { ...held.body, id: staff('substitute') } }])
  const [again] = await tablet.results(tablet.tablet.events.filter((event) => event.id === stray))
  expect(again?.outcome).toBe('quarantined')
  expect(again).not.toHaveProperty('leftOut')
})

test('[S3] a decision by a teacher, or for another school, has no effect', async () => {
  const { server, tablet, stray } = await withStray()
  await decide(tablet, stray, 'accept')
  const district = await openTestTablet(server, 'lund', OAK)
  await decide(district, stray, 'accept')
  expect(await waiting(district)).toEqual([stray])
})

test('[S3] an id that is taken cannot be accepted by decision', async () => {
  const { server, tablet } = await withStray()
  const [start] = tablet.tablet.events
  await tablet.push([{ ...start, room: 'Gym' }])
  const office = await openTestTablet(server, 'marsh', ELM)
  await decide(office, as<EventId>(start?.id ?? ''), 'accept')
  expect(server.context.log.db.prepare('SELECT count(*) FROM event WHERE id = ?').pluck().get(start?.id)).toBe(1)
  expect(await waiting(office)).toContain(start?.id)
})

test('[S3] what names no school can be left out by the district, and by nobody of one school', async () => {
  const { server, tablet } = await withStray()
  await tablet.push([{ id: 'broken', type: 'StudentNoted' }])
  const office = await openTestTablet(server, 'marsh', ELM)
  const district = await openTestTablet(server, 'lund', ELM)
  const broken = as<EventId>('broken')
  expect(await waiting(office)).not.toContain(broken)
  await decide(office, broken, 'refuse')
  expect(await waiting(district)).toContain(broken)
  await decide(district, broken, 'refuse')
  expect(await waiting(district)).not.toContain(broken)
})

test('[S2] an id that came twice is shown with both versions, by the names people know', async () => {
  const { server, tablet } = await withStray()
  const [start] = tablet.tablet.events
  const other = { ...start, room: 'Gym' }
  await tablet.push([other])
  const office = await openTestTablet(server, 'marsh', ELM)
  const { rows } = (await office.browser.ask('GET', '/api/quarantine')).json<QuarantineReply>()
  const row = rows.find((each) => each.event === start?.id)
  expect(row).toMatchObject({ site: ELM, deviceName: 'Test tablet', actorName: 'rivera of the staff', body: other, rival: start })
})

test('[S3] whose account has been disabled decides nothing any more; what was decided before holds', async () => {
  const { server, stray } = await withStray()
  const office = await openTestTablet(server, 'marsh', ELM)
  const account = server.context.accounts.byStaff('marsh')
  if (!account) throw new Error('marsh has no account')
  server.context.accounts.change(account, { state: 'disabled' })
  const said = { type: 'ReviewDecided', event: stray, decision: 'refuse', reason: 'Spoke with the office' } as const
  const after = office.tablet.record(office.reply.me.staff, instant(NOW + HOUR), said)
  await office.push([after])
  const district = await openTestTablet(server, 'lund', ELM)
  expect(await waiting(district)).toContain(stray)
  await office.push([office.tablet.record(office.reply.me.staff, instant(NOW - HOUR), said)])
  expect(await waiting(district)).not.toContain(stray)
})

test('[S3] nobody accepts what has come into the log by itself meanwhile: it is there once', async () => {
  const { server, tablet } = await withStray()
  const carrier = await openTestTablet(server, 'osei', OAK)
  const event = tablet.tablet.record(tablet.reply.me.staff, at('13:05'), { type: 'SessionEnded', session: SESSION })
  expect(await carrier.results([event])).toMatchObject([{ outcome: 'quarantined', reason: 'otherDevice' }])
  expect(await tablet.results([event])).toMatchObject([{ outcome: 'accepted' }])
  const office = await openTestTablet(server, 'marsh', ELM)
  expect(await decide(office, event.id, 'accept')).toMatchObject([{ outcome: 'accepted' }])
  expect(server.context.log.db.prepare('SELECT count(*) FROM event WHERE id = ?').pluck().get(event.id)).toBe(1)
  expect(await waiting(office)).toContain(event.id)
  await decide(office, event.id, 'refuse')
  expect(await waiting(office)).not.toContain(event.id)
})

test('[S3] what names a school that does not exist, or another school’s session, is accepted by nobody', async () => {
  const { server } = await withStray()
  const nowhere = await openTestTablet(server, 'rivera', as<SiteId>('nowhere'))
  const [lost] = nowhere.recordSaturday([], as<SessionId>('lost'))
  const oak = await openTestTablet(server, 'rivera', OAK)
  const mixed = oak.tablet.record(staff('rivera'), at('13:05'), { type: 'SessionEnded', session: SESSION })
  for (const [from, event] of [
    [nowhere, lost],
    [oak, mixed],
  ] as const) {
    if (!event) throw new Error('nothing was recorded')
    expect(await from.results([event])).toMatchObject([{ outcome: 'quarantined' }])
    const district = await openTestTablet(server, 'lund', event.site)
    await decide(district, event.id, 'accept')
    expect(await waiting(district)).toContain(event.id)
    expect(server.context.log.db.prepare('SELECT count(*) FROM event WHERE id = ?').pluck().get(event.id)).toBe(0)
  }
})

test('[S3] an entry in whose place the one after names another is accepted by nobody', async () => {
  const { server } = await withStray()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const events = tablet.recordSaturday(['ana'], as<SessionId>('forked'))
  const [first, second, third] = events
  if (!first || !second || !third) throw new Error('nothing was recorded')
  await tablet.push([first, third])
  const other = { ...second, id: v7(), at: at('09:00') }
  expect(await tablet.results([other])).toMatchObject([{ outcome: 'quarantined', reason: 'fork' }])
  const office = await openTestTablet(server, 'marsh', ELM)
  await decide(office, as<EventId>(other.id), 'accept')
  expect(await waiting(office)).toContain(other.id)
  expect(await tablet.results([second])).toMatchObject([{ outcome: 'accepted' }])
})
