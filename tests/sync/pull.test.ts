import { expect, test } from 'vitest'
import type { PullReply, TotalsProof } from '../../shared/api/sync.ts'
import { type Ledger, openLedger } from '../../shared/attendance/ledger.ts'
import { as, type SectionId, type SiteId, type StudentId } from '../../shared/ids.ts'
import { proofOf, totalsDigest } from '../../shared/sync/digest.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { scopeName } from '../../server/log/deliver.ts'
import { keptEvent } from '../../server/log/studentLedger.ts'
import { ELM, enrolled, OAK, SECTION, studentRecord, section, smallDistrict, staff, student } from '../server/smallDistrict.ts'
import { at, openTestTablet, SESSION, type TestTablet } from '../server/testTablet.ts'

const names = (records: PullReply['records'], kind: string): string[] =>
  records.filter((record) => record.kind === kind).map((record) => record.id)

/** What a device would hold after these pages. */
function ledgerOf(pulled: Pick<PullReply, 'records' | 'events'>): Ledger {
  const ledger = openLedger()
  for (const record of pulled.records) ledger.putRecord(record)
  ledger.putEvents(pulled.events.map(({ event }) => keptEvent(event)).filter((event) => event !== undefined))
  return ledger
}

function proofBy(ledger: Ledger, proof: TotalsProof): Map<string, string> {
  return new Map(Object.keys(proof.students).map((id) => [id, totalsDigest(ledger.judge(as<StudentId>(id), proof.asOf))]))
}

test('[S6] a teacher is told of the own school, of the students enrolled there, and of no other', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const { records } = await tablet.pullAll()
  expect(names(records, 'site').sort()).toEqual(['elm', 'oak'])
  // eva-oak is eva under another number: the same statewide identifier.
  expect(names(records, 'student').sort()).toEqual(['ana', 'ben', 'cleo', 'eva', 'eva-oak'])
  expect(names(records, 'absence')).toContain('eva-oak-2026-09-04')
  expect(names(records, 'staff').sort()).toEqual(['marsh', 'rivera'])
})

test('[S6] page by page, of whatever size, gives the same as all at once, and every page ends at its cursor', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  tablet.recordSaturday(['ana', 'ben', 'eva'])
  await tablet.push()
  const whole = await tablet.pullAll()
  for (const limit of [1, 2, 3, 7]) {
    const paged = await tablet.pullAll(limit)
    expect(paged.pages).toBeGreaterThan(1)
    expect(paged.records).toEqual(whole.records)
    expect(paged.events).toEqual(whole.events)
    expect(paged.last.cursor).toEqual(whole.last.cursor)
    expect(paged.last.totals).toEqual(whole.last.totals)
  }
})

test('[S6] a page written in one go says what it says put together entry by entry, wherever it begins and ends', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  tablet.recordSaturday(['ana', 'ben', 'eva'])
  const note = { type: 'StudentNoted', session: SESSION, student: student('ana'), text: 'Bring “glasses”, señor' } as const
  tablet.tablet.record(tablet.reply.me.staff, at('13:05'), note)
  await tablet.push()
  const { deliver, log } = server.context
  // A school that is not there tells nothing, and keeps the page from being written in one go.
  const pieces = [ELM, as<SiteId>('nowhere')]
  for (let after = 0; after <= log.head(); after++) {
    for (const limit of [1, 2, 5, 100]) {
      const [whole, put] = [deliver([ELM], after, limit), deliver(pieces, after, limit)]
      expect(whole.events.json.toString()).toBe(put.events.json.toString())
      expect({ ...whole, events: null }).toEqual({ ...put, events: null })
    }
  }
})

test('[S6] after the newest cursor nothing comes again, and the next event comes alone', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const events = tablet.recordSaturday(['ana'])
  await tablet.push(events.slice(0, 2))
  const { last } = await tablet.pullAll()
  const nothing = (await tablet.pull(last.cursor)).json<PullReply>()
  expect([nothing.records, nothing.events]).toEqual([[], []])
  await tablet.push(events.slice(2, 3))
  const next = (await tablet.pull(last.cursor)).json<PullReply>()
  expect(next.events.map(({ event }) => event)).toEqual(events.slice(2, 3))
})

test('[S6] a cursor of another epoch or another scope is refused, and says which', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const { cursor } = (await tablet.pull()).json<PullReply>()
  const epoch = await tablet.pull({ ...cursor, epoch: 'before the restore' })
  expect([epoch.status, epoch.json<{ code: string }>().code]).toEqual([409, 'otherEpoch'])
  const scope = await tablet.pull({ ...cursor, scope: 'all' })
  expect([scope.status, scope.json<{ code: string }>().code]).toEqual([409, 'otherScope'])
})

test('[S6] somebody of the district is told everything', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'lund', ELM)
  const { records, last } = await tablet.pullAll(4)
  expect(records).toHaveLength(server.context.log.head())
  expect(Object.keys(last.totals?.students ?? {})).toContain('dora')
})

test('[S6] somebody of the district who looks at one school is told that school, and another only when asked for it', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  tablet.recordSaturday(['ana'])
  await tablet.push()
  const office = await openTestTablet(server, 'lund', ELM)
  const pull = async (site: string, cursor: PullReply['cursor'] | null = null) =>
    office.browser.ask('POST', '/api/sync/pull', { protocol: 2, cursor, asOf: '2026-11-22', limit: 5000, site })
  const elm = (await pull('')).json<PullReply>()
  expect(elm.site).toBe(ELM)
  expect(names(elm.records, 'site').sort()).toEqual(['elm', 'oak'])
  expect(names(elm.records, 'student')).not.toContain('dora')
  expect(elm.events.length).toBeGreaterThan(0)
  expect(Object.keys(elm.totals?.students ?? {})).not.toContain('dora')
  expect((await pull(OAK, elm.cursor)).status).toBe(409)
  const oak = (await pull(OAK)).json<PullReply>()
  expect([oak.site, names(oak.records, 'student').includes('dora'), oak.events]).toEqual([OAK, true, []])
  // Whose schools are given has no choice: nobody else's school is told by asking for it.
  const asked = await tablet.browser.ask('POST', '/api/sync/pull', {
    protocol: 2,
    cursor: null,
    asOf: '2026-11-22',
    limit: 5000,
    site: OAK,
  })
  expect(asked.json<PullReply>().site).toBeUndefined()
  expect(names(asked.json<PullReply>().records, 'student')).not.toContain('dora')
})

test('[S7] a student who enrolls at a school brings the whole history along, and from then on a name', async () => {
  const server = await smallDistrict()
  const elm = await openTestTablet(server, 'rivera', ELM)
  const oak = await openTestTablet(server, 'osei', OAK)
  elm.recordSaturday(['ana', 'ben'])
  await elm.push()
  const before = await oak.pullAll()
  expect(names(before.records, 'student')).not.toContain('ana')
  expect(before.events).toEqual([])

  server.context.store.apply([enrolled('ana', OAK)])
  const after = (await oak.pull(before.last.cursor)).json<PullReply>()
  expect(after.events).toHaveLength(elm.tablet.events.length)
  const told = new Map(after.records.filter((record) => record.kind === 'student').map((record) => [record.id, record.body]))
  expect(told.get('ana')).toMatchObject({ first: 'ana', localId: 'L-ana' })
  // ben was in the same room and counts for the ratio, but oak has no reason to know the name.
  expect(told.get('ben')).toMatchObject({ first: '', last: '', localId: '', ssid: null })
  expect(names(after.records, 'enrollment')).toEqual(expect.arrayContaining(['ana-elm', 'ana-oak', 'ben-elm']))
  expect(names(after.records, 'absence')).toHaveLength(3)

  server.context.store.apply([enrolled('ben', OAK)])
  const later = (await oak.pull(after.cursor)).json<PullReply>()
  expect(later.records.find((record) => record.id === 'ben')?.body).toMatchObject({ first: 'ben' })
})

test('[S7] a session elsewhere is followed from the moment one of our students takes part, from its first event to its last', async () => {
  const server = await smallDistrict()
  const elm = await openTestTablet(server, 'rivera', ELM)
  const oak = await openTestTablet(server, 'osei', OAK)
  const events = elm.recordSaturday(['ana', 'eva'])
  const joins = events.findIndex((event) => event.type === 'StudentCheckedIn' && event.student === student('eva'))
  await elm.push(events.slice(0, joins))
  const { last } = await oak.pullAll()
  expect(last.events).toEqual([])
  await elm.push(events.slice(joins, joins + 1))
  const first = (await oak.pull(last.cursor)).json<PullReply>()
  expect(first.events.map(({ event }) => event)).toEqual(events.slice(0, joins + 1))
  await elm.push(events.slice(joins + 1))
  const rest = (await oak.pull(first.cursor)).json<PullReply>()
  expect(rest.events.map(({ event }) => event)).toEqual(events.slice(joins + 1))
  // Whoever comes to teach there later is told too, by name and standing, without an address.
  await elm.push([elm.tablet.record(staff('rivera'), at('09:00'), { type: 'SupervisionStarted', session: SESSION, staff: staff('marsh') })])
  const { records } = (await oak.pull(rest.cursor)).json<PullReply>()
  expect(records.map(({ kind, id, body }) => [kind, id, (body as { email?: string }).email])).toEqual([['staff', 'marsh', '']])
})

test('[S6] A scope is the same in whatever order its schools are named, and another with one more or less', () => {
  const scopes = [[ELM], [OAK], [ELM, OAK], 'all'] as const
  expect(new Set(scopes.map(scopeName)).size).toBe(4)
  expect(scopeName([OAK, ELM])).toBe(scopeName([ELM, OAK]))
})

test('[S7] a section may list students of other schools: its school then knows them', async () => {
  const server = await smallDistrict()
  const elm = await openTestTablet(server, 'rivera', ELM)
  server.context.store.apply([section(as<SectionId>('elm-regional'), ELM, ['dora'])])
  const { records } = await elm.pullAll()
  expect(records.find((record) => record.id === 'dora')?.body).toMatchObject({ first: 'dora' })
  expect(names(records, 'enrollment')).toContain('dora-oak')
})

test('[S10] a device that applies what it is told comes to the same totals as the district, student by student', async () => {
  const server = await smallDistrict()
  const elm = await openTestTablet(server, 'rivera', ELM)
  const oak = await openTestTablet(server, 'osei', OAK)
  elm.recordSaturday(['ana', 'ben', 'eva'])
  await elm.push()
  for (const tablet of [elm, oak]) {
    const pulled = await tablet.pullAll(3)
    const proof = pulled.last.totals
    if (!proof) throw new Error('the last page has no proof')
    const own = proofBy(ledgerOf(pulled), proof)
    expect(Object.fromEntries(own)).toEqual(proof.students)
    expect(proofOf(own)).toBe(proof.digest)
  }
})

test('[S10] the totals of a student at two schools are the same at both', async () => {
  const server = await smallDistrict()
  const elm = await openTestTablet(server, 'rivera', ELM)
  const oak = await openTestTablet(server, 'osei', OAK)
  elm.recordSaturday(['eva', 'ana'])
  await elm.push()
  const proof = async (tablet: TestTablet) => (await tablet.pullAll()).last.totals?.students ?? {}
  const [atElm, atOak] = [await proof(elm), await proof(oak)]
  expect(atOak['eva']).toBe(atElm['eva'])
  expect(atOak['eva-oak']).toBe(atOak['eva'])
})

test('[S10] the proof changes when a day more is earned, and only for who earned it', async () => {
  const server = await smallDistrict()
  const elm = await openTestTablet(server, 'rivera', ELM)
  const before = (await elm.pullAll()).last.totals?.students ?? {}
  elm.recordSaturday(['ana'])
  await elm.push()
  const after = (await elm.pullAll()).last.totals?.students ?? {}
  expect(Object.keys(after).filter((id) => after[id] !== before[id])).toEqual(['ana'])
})

test('[S10] a record that ends is delivered as ended, and both sides count without it', async () => {
  const server = await smallDistrict()
  const elm = await openTestTablet(server, 'rivera', ELM)
  elm.recordSaturday(['ana'])
  await elm.push()
  const held = server.context.store.get('absence', 'ana-2026-09-01')
  if (held) server.context.store.apply([{ kind: 'absence', id: held.id, ended: true, body: held.body }])
  const pulled = await elm.pullAll()
  const proof = pulled.last.totals
  expect(pulled.records.find((record) => record.id === 'ana-2026-09-01')?.ended).toBe(true)
  expect(proof && Object.fromEntries(proofBy(ledgerOf(pulled), proof))).toEqual(proof?.students)
  expect(ledgerOf(pulled).judge(student('ana'), '2026-11-22' as SchoolDate).eligibleAbsences).toBe(2)
})

test('a walk-in who is not yet anybody is delivered with the session, and pages still end', async () => {
  const server = await smallDistrict()
  const elm = await openTestTablet(server, 'rivera', ELM)
  elm.recordSaturday(['ana'])
  const session = SESSION
  const guest = as<StudentId>('somebody')
  elm.tablet.record(elm.reply.me.staff, at('08:10'), { type: 'WalkInAdded', session, student: guest, name: 'Sam' })
  elm.tablet.record(elm.reply.me.staff, at('08:10'), { type: 'StudentCheckedIn', session, student: guest })
  await elm.push()
  const { events } = await elm.pullAll(1)
  expect(events).toHaveLength(elm.tablet.events.length)
  server.context.store.apply([studentRecord('somebody'), enrolled('somebody', ELM)])
  expect(names((await elm.pullAll(1)).records, 'student')).toContain('somebody')
})

test('[S11] a device whose clock is off by years gets the proof of today, which says of which day it is', async () => {
  const server = await smallDistrict()
  const elm = await openTestTablet(server, 'rivera', ELM)
  const asOfOf = async (asOf: string) =>
    (await elm.browser.ask('POST', '/api/sync/pull', { protocol: 1, cursor: null, asOf, limit: 5000 })).json<PullReply>().totals?.asOf
  expect(await asOfOf('2026-11-21')).toBe('2026-11-21')
  expect(await asOfOf('2026-11-23')).toBe('2026-11-23')
  expect(await asOfOf('1970-01-01')).toBe('2026-11-22')
})

test('[S7] a corrected grade of somebody who was only in the room reaches the school that follows the session', async () => {
  const server = await smallDistrict()
  const elm = await openTestTablet(server, 'rivera', ELM)
  const oak = await openTestTablet(server, 'osei', OAK)
  elm.recordSaturday(['eva', 'ben'])
  await elm.push()
  const { last } = await oak.pullAll()
  const correction = enrolled('ben', ELM, 'KG')
  if (correction.kind === 'enrollment')
    server.context.store.apply([{ ...correction, id: 'ben-elm-2', body: { ...correction.body, id: 'ben-elm-2' } }])
  const told = (await oak.pull(last.cursor)).json<PullReply>()
  expect(told.records).toMatchObject([{ kind: 'enrollment', id: 'ben-elm-2', body: { grade: 'KG' } }])
})

const ended = (change: ReturnType<typeof enrolled>): ReturnType<typeof enrolled> => ({ ...change, ended: true })

test('[S7] a student who leaves a school is taken back from its devices, by name; the others in the room keep their ratio', async () => {
  const server = await smallDistrict()
  const elm = await openTestTablet(server, 'rivera', ELM)
  elm.recordSaturday(['ana', 'ben'])
  elm.tablet.record(elm.reply.me.staff, at('09:00'), {
    type: 'StudentNoted',
    session: SESSION,
    student: student('ben'),
    text: 'ben has a cold',
  })
  await elm.push()
  const { last } = await elm.pullAll()
  server.context.store.apply([section(SECTION, ELM, ['ana', 'cleo', 'eva']), ended(enrolled('ben', ELM))])
  const told = (await elm.pull(last.cursor)).json<PullReply>()
  expect(told.forget).toEqual({ students: ['ben'], sessions: [] })
  expect(told.records.find((record) => record.id === 'ben')?.body).toMatchObject({ first: '', last: '', localId: '', ssid: null })
  expect(names(told.records, 'absence')).toEqual([])

  const fresh = await (await openTestTablet(server, 'marsh', ELM)).pullAll()
  expect(JSON.stringify([fresh.records, fresh.events])).not.toMatch(/"ben","last"|has a cold|L-ben/)
  const proof = fresh.last.totals
  if (!proof) throw new Error('the last page has no proof')
  expect(Object.keys(proof.students)).not.toContain('ben')
  expect(Object.fromEntries(proofBy(ledgerOf(fresh), proof))).toEqual(proof.students)
})

test('[S7] a session of another school is let go when the last of our students who took part in it leaves', async () => {
  const server = await smallDistrict()
  const elm = await openTestTablet(server, 'rivera', ELM)
  const oak = await openTestTablet(server, 'osei', OAK)
  server.context.store.apply([enrolled('ana', OAK)])
  elm.recordSaturday(['ana', 'ben'])
  await elm.push()
  const { last, events } = await oak.pullAll()
  expect(events).toHaveLength(elm.tablet.events.length)
  server.context.store.apply([ended(enrolled('ana', OAK))])
  const told = (await oak.pull(last.cursor)).json<PullReply>()
  expect(told.forget).toEqual({ students: ['ana'], sessions: [SESSION] })
  const { last: _, ...after } = await oak.pullAll()
  expect([after.events, names(after.records, 'student')]).toEqual([[], expect.not.arrayContaining(['ana'])])
})

test('[S7] a student who comes back brings the whole history again', async () => {
  const server = await smallDistrict()
  const elm = await openTestTablet(server, 'rivera', ELM)
  const oak = await openTestTablet(server, 'osei', OAK)
  server.context.store.apply([enrolled('ana', OAK)])
  elm.recordSaturday(['ana', 'ben'])
  await elm.push()
  const before = await oak.pullAll()
  server.context.store.apply([ended(enrolled('ana', OAK))])
  const gone = (await oak.pull(before.last.cursor)).json<PullReply>()
  server.context.store.apply([enrolled('ana', OAK)])
  const back = (await oak.pull(gone.cursor)).json<PullReply>()
  expect(back.events).toHaveLength(elm.tablet.events.length)
  expect(names(back.records, 'absence')).toHaveLength(3)
  expect(back.records.find((record) => record.id === 'ana')?.body).toMatchObject({ first: 'ana' })
  // Whoever looks only now, after both, has nobody to forget.
  const late = (await oak.pull(before.last.cursor)).json<PullReply>()
  expect(late.forget).toEqual({ students: [], sessions: [] })
  expect(late.events).toHaveLength(elm.tablet.events.length)
})

test.each([
  ['which the other school follows', ['ana', 'eva']],
  ['that concerns the one school alone', ['ana']],
])('[S7] who is of two schools keeps a student, of a session %s, as long as one of them knows the student', async (_, inRoom) => {
  const server = await smallDistrict()
  const both = server.context.store.get('staff', 'osei')
  if (both) server.context.store.apply([{ ...both, body: { ...both.body, sites: [ELM, OAK] } }])
  const elm = await openTestTablet(server, 'rivera', ELM)
  const osei = await openTestTablet(server, 'osei', OAK)
  server.context.store.apply([enrolled('ana', OAK)])
  elm.recordSaturday(inRoom)
  await elm.push()
  const { last } = await osei.pullAll()
  server.context.store.apply([section(SECTION, ELM, []), ended(enrolled('ana', ELM))])
  const first = (await osei.pull(last.cursor)).json<PullReply>()
  expect(first.forget?.students).toEqual([])
  server.context.store.apply([ended(enrolled('ana', OAK))])
  const second = (await osei.pull(first.cursor)).json<PullReply>()
  // Elm's own session still has ana in the room: told again without a name, with the grade.
  expect(second.forget).toEqual({ students: ['ana'], sessions: [] })
  expect(second.records.filter((record) => record.kind === 'student').map((record) => record.body)).toMatchObject([
    { id: 'ana', first: '' },
  ])
  expect(names(second.records, 'enrollment')).toEqual(['ana-elm', 'ana-oak'])
})

test.each([
  ['the one where the sessions were', ELM],
  ['the other', OAK],
] as const)('[S7] a student of two schools who leaves %s is known by name, with every absence, at the one that stays', async (_, left) => {
  const server = await smallDistrict()
  const elm = await openTestTablet(server, 'rivera', ELM)
  const oak = await openTestTablet(server, 'osei', OAK)
  const [leaving, staying] = left === ELM ? [elm, oak] : [oak, elm]
  server.context.store.apply([enrolled('ana', OAK), section(SECTION, ELM, ['ben'])])
  elm.recordSaturday(['ana', 'ben'])
  elm.tablet.record(elm.reply.me.staff, at('09:00'), {
    type: 'StudentNoted',
    session: SESSION,
    student: student('ana'),
    text: 'ana is tired',
  })
  await elm.push()
  const before = { leaving: await leaving.pullAll(), staying: await staying.pullAll() }
  for (const { records, events } of [before.leaving, before.staying])
    expect(JSON.stringify([records, events])).toMatch(/"first":"ana".*ana is tired/)

  server.context.store.apply([ended(enrolled('ana', left))])
  const told = (await leaving.pull(before.leaving.last.cursor)).json<PullReply>()
  expect(told.forget).toEqual({ students: ['ana'], sessions: left === OAK ? [SESSION] : [] })
  const [held, kept] = [await leaving.pullAll(), await staying.pullAll()]
  for (const { records, events } of [told, held]) expect(JSON.stringify([records, events])).not.toMatch(/"first":"ana"|L-ana|ana is tired/)
  expect(names(held.records, 'absence')).not.toContain('ana-2026-09-01')

  const next = (await staying.pull(before.staying.last.cursor)).json<PullReply>()
  expect(next.forget).toEqual({ students: [], sessions: [] })
  expect(next.records.filter(({ kind }) => kind === 'student')).toEqual([])
  const byName = (all: typeof kept) => [
    all.records.find(({ kind, id }) => kind === 'student' && id === 'ana')?.body,
    names(all.records, 'absence'),
    all.events.map(({ event }) => event),
  ]
  expect(byName(kept)).toEqual(byName(before.staying))
})

test('[S7] two entries that turn out to be two students part: each school forgets the one that is not its own', async () => {
  const server = await smallDistrict()
  const elm = await openTestTablet(server, 'rivera', ELM)
  const twins = [studentRecord('ana', '7777777777'), studentRecord('dora', '7777777777')]
  server.context.store.apply(twins)
  const { last, records } = await elm.pullAll()
  expect(names(records, 'student')).toContain('dora')
  server.context.store.apply([studentRecord('dora', '8888888888')])
  expect((await elm.pull(last.cursor)).json<PullReply>().forget?.students).toEqual(['dora'])
  server.context.store.apply(twins)
  const again = (await elm.pullAll()).last
  server.context.store.apply([studentRecord('ana', '6666666666')])
  expect((await elm.pull(again.cursor)).json<PullReply>().forget?.students).toEqual(['dora'])
})

test('[S8] a page names the newest verified backup of this history', async () => {
  const server = await smallDistrict()
  const elm = await openTestTablet(server, 'rivera', ELM)
  const verified = async () => (await elm.pull()).json<PullReply>().verified
  expect(await verified()).toBeUndefined()
  const { log } = server.context
  const put = log.db.prepare('INSERT INTO backup (at, epoch, seq, folder, fault) VALUES (?, ?, ?, ?, ?)')
  put.run(1, log.epoch, 3, 'a', null)
  put.run(2, log.epoch, 9, 'b', 'damaged')
  put.run(3, 'another history', 9, 'c', null)
  expect(await verified()).toEqual({ epoch: log.epoch, seq: 3, at: 1 })
})
