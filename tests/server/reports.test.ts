import { expect, test } from 'vitest'
import type { DevicesReply, RosterReply, StudentReply } from '../../shared/api/desk.ts'
import type { SectionsReply } from '../../shared/api/registry.ts'
import { as, type SectionId } from '../../shared/ids.ts'
import { openLedger } from '../../shared/attendance/ledger.ts'
import { foldSession } from '../../shared/attendance/fold.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { keptEvent } from '../../server/log/studentLedger.ts'
import { ELM, OAK, studentRecord, SECTION, section, smallDistrict, student } from './smallDistrict.ts'
import { signedIn, type TestServer } from './testServer.ts'
import { at, openTestTablet, SESSION } from './testTablet.ts'

/** A certified Saturday of ana, ben and eva at elm. */
async function afterSaturday(): Promise<TestServer> {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const events = tablet.recordSaturday(['ana', 'ben', 'eva'])
  const { digest } = foldSession(SESSION, events)
  tablet.tablet.record(tablet.reply.me.staff, at('13:05'), {
    type: 'SessionCertified',
    session: SESSION,
    digest,
    statement: 'I was there.',
    name: 'R. Rivera',
    method: 'typedName',
  })
  await tablet.push()
  return server
}

test('the merged roster shows what each student earned, waits for and can still recover', async () => {
  const server = await afterSaturday()
  const { browser } = await signedIn(server, 'lund')
  const reply = (await browser.ask('GET', '/api/roster')).json<RosterReply>()
  expect(reply.asOf).toBe('2026-11-22')
  expect(reply.seq).toBe(server.context.log.head())
  const row = (name: string) => reply.rows.find((one) => one.student === name)
  expect(row('ana')).toMatchObject({
    earnedDays: 1,
    claimableDays: 1,
    bankedDays: 0,
    eligibleAbsences: 3,
    remainingDays: 2,
    siteName: 'Elm School',
    grade: '05',
  })
  expect(row('ben')).toMatchObject({ earnedDays: 1, claimableDays: 0, bankedDays: 1, flags: ['absencesExhausted'] })
  expect(row('dora')).toMatchObject({ earnedDays: 0, siteName: 'Oak School' })
  // One student at two schools: the absence at one is recovered by the day earned at the other, and both rows say so.
  expect(row('eva')).toMatchObject({ earnedDays: 1, claimableDays: 1 })
  expect(row('eva-oak')).toMatchObject({ earnedDays: 1, claimableDays: 1 })
})

test('a roster as of an earlier date knows nothing of what came later', async () => {
  const server = await afterSaturday()
  const { browser } = await signedIn(server, 'lund')
  const { rows } = (await browser.ask('GET', '/api/roster?asOf=2026-09-02')).json<RosterReply>()
  expect(rows.find((row) => row.student === 'ana')).toMatchObject({ earnedDays: 0, eligibleAbsences: 2 })
  expect((await browser.ask('GET', '/api/roster?asOf=2026-02-30')).status).toBe(400)
})

test('a coordinator sees the own school; another school is not there', async () => {
  const server = await afterSaturday()
  const { browser } = await signedIn(server, 'marsh')
  const { rows } = (await browser.ask('GET', '/api/roster')).json<RosterReply>()
  expect(rows.map((row) => row.student).sort()).toEqual(['ana', 'ben', 'cleo', 'eva'])
  expect((await browser.ask('GET', `/api/roster?site=${ELM}`)).status).toBe(200)
  for (const path of [
    `/api/roster?site=${OAK}`,
    `/api/roster.csv?site=${OAK}`,
    `/api/devices?site=${OAK}`,
    `/api/sections?site=${OAK}`,
    '/api/students/dora',
  ]) {
    expect((await browser.ask('GET', path)).status, path).toBe(404)
  }
})

test('the roster as a file has the same figures, and no name becomes a formula', async () => {
  const server = await afterSaturday()
  const held = studentRecord('ana')
  if (held.kind === 'student') server.context.store.apply([{ ...held, body: { ...held.body, last: '=HYPERLINK("http://x")' } }])
  const { browser } = await signedIn(server, 'lund')
  const file = await browser.ask('GET', '/api/roster.csv')
  expect(file.headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(file.headers['content-disposition']).toBe('attachment; filename="roster-2026-11-22.csv"')
  const lines = file.text.trimEnd().split('\r\n')
  expect(lines).toHaveLength(7)
  expect(lines[0]).toContain('Claimable Days')
  expect(lines.find((line) => line.startsWith('L-ana'))).toBe(
    `L-ana,,"'=HYPERLINK(""http://x"")",ana,05,Elm School,2026-11-22,3,0,0,240,1,0,1,0,0,2,time,`,
  )
})

test("a student's file holds all that is needed to come to the same totals, and names nobody else", async () => {
  const server = await afterSaturday()
  const { browser } = await signedIn(server, 'rivera')
  const file = (await browser.ask('GET', '/api/students/ana')).json<StudentReply>()
  const ledger = openLedger()
  for (const record of file.records) ledger.putRecord(record)
  ledger.putEvents(file.events.map(keptEvent).filter((event) => event !== undefined))
  const asOf = '2026-11-22' as SchoolDate
  expect(ledger.judge(student('ana'), asOf)).toEqual(server.context.ledgers.of('all').judge(student('ana'), asOf))
  expect(ledger.explain(student('ana'), asOf)).toEqual(server.context.ledgers.of('all').explain(student('ana'), asOf))
  const names = file.records.flatMap((record) => (record.kind === 'student' ? [record.body.first] : []))
  expect(names.filter((name) => name !== '')).toEqual(['ana'])
})

test('a coordinator sees each device of the school, who used it last and what it still holds', async () => {
  const server = await afterSaturday()
  const { browser } = await signedIn(server, 'marsh')
  const { devices } = (await browser.ask('GET', '/api/devices')).json<DevicesReply>()
  expect(devices.find((device) => device.lastPerson === 'rivera of the staff')).toMatchObject({
    name: 'Test tablet',
    site: 'elm',
    report: { unsent: 0, appVersion: 'test' },
  })
  const atOak = await openTestTablet(server, 'osei', OAK)
  const again = (await browser.ask('GET', '/api/devices')).json<DevicesReply>()
  expect(again.devices.map((device) => device.id)).not.toContain(atOak.reply.device.id)
})

test('a coordinator makes, changes and ends sections of the own school, and each change reaches its tablets', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'marsh')
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const { last } = await tablet.pullAll()
  const made = section(SECTION, ELM, ['ana'])
  expect((await browser.ask('PUT', '/api/sections', { section: made.body, ended: true })).status).toBe(200)
  const { sections } = (await browser.ask('GET', '/api/sections')).json<SectionsReply>()
  expect(sections).toMatchObject([{ id: SECTION, ended: true, section: { students: ['ana'] } }])
  const told = (await tablet.pull(last.cursor)).json<{ records: { id: string; ended: boolean }[] }>()
  expect(told.records).toMatchObject([{ id: SECTION, ended: true }])
})

test('Of two who change one section the later is told whose change came between, and none is lost', async () => {
  const server = await smallDistrict()
  const marsh = (await signedIn(server, 'marsh')).browser
  const lund = (await signedIn(server, 'lund')).browser
  const { body } = section(SECTION, ELM, ['ana'])
  const seen = async () => (await marsh.ask('GET', '/api/sections')).json<SectionsReply>().sections.find(({ id }) => id === SECTION)
  const put = async (by: typeof marsh, change: object, shown?: number) =>
    by.ask('PUT', '/api/sections', { section: { ...body, ...change }, ended: false, ...(shown !== undefined && { shown }) })
  const shown = (await seen())?.seq ?? -1
  expect((await seen())?.changed.name).toBeNull()
  expect((await put(lund, { room: 'Gym' }, shown)).status).toBe(200)
  expect((await seen())?.changed).toMatchObject({ name: 'lund of the staff' })
  const late = await put(marsh, { room: 'Library 2' }, shown)
  expect([late.status, late.json()]).toEqual([
    409,
    {
      code: 'sectionMoved',
      message: 'lund of the staff changed this section meanwhile. Nothing was saved: look at it as it is now, and save again.',
    },
  ])
  expect((await seen())?.section.room).toBe('Gym')
  // Sent again because the answer was lost, it is held already; what was looked at again is saved.
  expect((await put(lund, { room: 'Gym' }, shown)).status).toBe(200)
  expect((await put(marsh, { room: 'Library 2' }, (await seen())?.seq)).status).toBe(200)
  expect((await seen())?.section.room).toBe('Library 2')
  // A new one was shown by nobody; an app of before names no version.
  expect((await put(marsh, { id: 'elm-new' }, 0)).status).toBe(200)
  expect((await put(lund, { id: 'elm-new', room: 'Gym' }, 0)).status).toBe(409)
  expect((await put(lund, { room: 'Hall' })).status).toBe(200)
})

test('a section that cannot be is refused in words', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'marsh')
  const { body } = section(SECTION, ELM, ['ana'])
  const put = async (change: object) => browser.ask('PUT', '/api/sections', { section: { ...body, ...change }, ended: false })
  expect((await put({ window: { from: '13:00', until: '08:00' } })).json()).toMatchObject({
    code: 'sectionNotPossible',
    message: 'The section must end after it begins.',
  })
  const long = Array.from({ length: 21 }, () => ({ from: '09:00', until: '09:05' }))
  for (const [change, words] of [
    [{ breaks: long }, 'A section has 20 breaks at most.'],
    [{ name: 'x'.repeat(121) }, "A section's name has 120 characters at most, its room 80."],
    [{ room: 'x'.repeat(81) }, "A section's name has 120 characters at most, its room 80."],
  ] as const)
    expect((await put(change)).json()).toMatchObject({ code: 'sectionNotPossible', message: words })
  expect((await put({ staff: ['ghost'] })).status).toBe(422)
  expect((await put({ students: ['ghost'] })).status).toBe(422)
  expect((await put({ site: OAK })).status).toBe(404)
  expect((await put({ colour: 'green' })).status).toBe(400)
})

test('a coordinator puts on a list only whom the own school knows; who is on it stays, and the district adds anybody', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'marsh')
  const office = (await signedIn(server, 'lund')).browser
  const { body } = section(SECTION, ELM, ['ana', 'ben', 'cleo'])
  const put = async (change: object, by = browser, ended = false) =>
    by.ask('PUT', '/api/sections', { section: { ...body, ...change }, ended })
  const guest = { students: ['ana', 'dora'] }
  const unknown = await put({ students: ['ana', 'ghost'] })
  const foreign = await put(guest)
  expect([foreign.status, foreign.text]).toEqual([422, unknown.text])
  expect((await browser.ask('GET', '/api/students/dora')).status).toBe(404)
  const strangers = [await put({ staff: ['rivera', 'osei'] }), await put({ staff: ['rivera', 'ghost'] })]
  expect(strangers.map(({ status }) => status)).toEqual([422, 422])
  expect(strangers[0]?.text).toBe(strangers[1]?.text)
  // The list of another school's section tells nobody who is on it.
  const atOak = as<SectionId>('oak-saturday')
  server.context.store.apply([section(atOak, OAK, ['dora'])])
  const guesses = [await put({ id: atOak, students: ['dora'] }), await put({ id: atOak, students: ['ghost'] })]
  expect(guesses.map(({ status }) => status)).toEqual([422, 422])
  expect(guesses[0]?.text).toBe(guesses[1]?.text)
  // Nor by way of a section that has ended.
  expect((await put(guest, browser, true)).status).toBe(422)
  expect((await put({ ...guest, staff: ['rivera', 'osei'] }, office)).status).toBe(200)
  expect((await put({ ...guest, staff: ['rivera', 'osei'], room: 'Gym' })).status).toBe(200)
  expect((await browser.ask('GET', '/api/students/dora')).status).toBe(200)
  // Ended, the school forgets the guest; beginning it again is adding the guest again.
  expect((await put({ ...guest, staff: ['rivera', 'osei'] }, browser, true)).status).toBe(200)
  expect((await put({ ...guest, staff: ['rivera', 'osei'], room: 'Gym' }, browser, true)).status).toBe(200)
  expect((await browser.ask('GET', '/api/students/dora')).status).toBe(404)
  expect((await put({ ...guest, staff: ['rivera', 'osei'] })).status).toBe(422)
  expect((await put({ students: ['ana', 'eva'] })).status).toBe(200)
})

test('taking a certificate away takes the time under that person away', async () => {
  const server = await afterSaturday()
  const { browser } = await signedIn(server, 'lund')
  const earned = async () => (await browser.ask('GET', '/api/roster')).json<RosterReply>().rows.find((row) => row.student === 'ana')
  expect((await earned())?.earnedDays).toBe(1)
  expect((await browser.ask('PATCH', '/api/staff/rivera', { certificated: false })).status).toBe(200)
  expect(await earned()).toMatchObject({ earnedDays: 0, flags: ['noCertificatedTeacher'] })
})

test('the registry in numbers is of the own schools', async () => {
  const server = await smallDistrict()
  const district = await signedIn(server, 'lund')
  const coordinator = await signedIn(server, 'marsh')
  expect((await district.browser.ask('GET', '/api/registry')).json()).toMatchObject({
    district: 'Test Unified',
    students: 6,
    absences: 4,
    sites: [{ id: 'elm', students: 4, sections: 1, absences: 3, hasCalendar: true }, { id: 'oak' }],
  })
  expect((await coordinator.browser.ask('GET', '/api/registry')).json()).toMatchObject({
    students: 4,
    staff: 3,
    absences: 3,
    sites: [{ id: 'elm' }],
  })
})
