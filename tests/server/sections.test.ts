// A role that reaches some sections of a school: what is told, what is answered, what is taken, and what goes.
import { expect, test } from 'vitest'
import type { QuarantineReply, RosterReply } from '../../shared/api/desk.ts'
import type { PeopleReply } from '../../shared/api/people.ts'
import type { SectionsReply } from '../../shared/api/registry.ts'
import type { PullReply } from '../../shared/api/sync.ts'
import { as, type SectionId, type SessionId } from '../../shared/ids.ts'
import { DAY, instant } from '../../shared/time.ts'
import { absent, ELM, enrolled, OAK, SECTION, section, smallDistrict, staff, student } from './smallDistrict.ts'
import { PASSWORD, signedIn, type TestServer } from './testServer.ts'
import { at, openTestTablet, SATURDAY, SESSION, type TestTablet } from './testTablet.ts'

const OTHER = as<SectionId>('elm-tutoring')
const MINE = as<SessionId>('tutoring-1')

/** Elm with a second section, of ben alone; rivera is limited to it, and marsh recorded a Saturday of ana, ben and eva before. */
async function limited(): Promise<{ server: TestServer; office: TestTablet; tablet: TestTablet }> {
  const server = await smallDistrict()
  const { accounts, store } = server.context
  store.apply([section(OTHER, ELM, ['ben']), absent('ben', ELM, '2026-09-09')])
  const office = await openTestTablet(server, 'marsh', ELM)
  office.recordSaturday(['ana', 'ben', 'eva'])
  await office.push()
  const account = accounts.byStaff('rivera')
  if (!account) throw new Error('rivera has no account')
  accounts.change(account, { sections: [OTHER] })
  return { server, office, tablet: await openTestTablet(server, 'rivera', ELM) }
}
const names = (records: PullReply['records']): string[] =>
  records.flatMap((one) => (one.kind === 'student' && one.body.first !== '' ? [one.body.first] : [])).sort()
const start = (tablet: TestTablet, id: SessionId, of: SectionId | null, when = at('14:00')) =>
  tablet.tablet.record(tablet.reply.me.staff, when, {
    type: 'SessionStarted',
    ...{
      session: id,
      section: of,
      on: SATURDAY,
      window: { from: at('14:00'), until: at('16:00') },
      breaks: [],
      room: '',
      title: 'Tutoring',
    },
  })

test('[S7] Whoever is limited to a section is told its students whole, the others of their sessions without a name, and nobody else', async () => {
  const { tablet } = await limited()
  const { records, events, last } = await tablet.pullAll()
  expect(names(records)).toEqual(['ben'])
  expect(JSON.stringify(records)).not.toContain('L-ana')
  expect(records.filter(({ kind }) => kind === 'absence').map(({ id }) => id)).toEqual(['ben-2026-09-09'])
  expect(records.filter(({ kind }) => kind === 'section').map(({ id }) => id)).toEqual([OTHER])
  // Ben's Saturday, whole: the ratio needs everybody who was there.
  expect(events).toHaveLength(8)
  expect(Object.keys(last.totals?.students ?? {})).toEqual(['ben'])
})

test('[S7] Somebody put on the list comes with the whole history; who is taken off goes, and is a seat without a name', async () => {
  const { server, tablet } = await limited()
  const before = await tablet.pullAll()
  server.context.store.apply([section(OTHER, ELM, ['ben', 'cleo']), absent('cleo', ELM, '2026-09-10')])
  const entered = (await tablet.pull(before.last.cursor)).json<PullReply>()
  expect(names(entered.records)).toEqual(['cleo'])
  expect(entered.records.some(({ id }) => id === 'cleo-2026-09-10')).toBe(true)
  server.context.store.apply([section(OTHER, ELM, ['cleo'])])
  const left = (await tablet.pull(entered.cursor)).json<PullReply>()
  expect(left.forget).toEqual({ students: ['ben'], sessions: [SESSION] })
  expect(names(left.records)).toEqual([])
  expect(names((await tablet.pullAll()).records)).toEqual(['cleo'])
})

test('[S7] A session of the section is told also before anybody is checked in, with walk-ins as they were typed; those of others are not', async () => {
  const { office, tablet } = await limited()
  start(office, MINE, OTHER)
  const walkIn = student('walk-in-1')
  office.tablet.record(office.reply.me.staff, at('14:05'), { type: 'WalkInAdded', session: MINE, student: walkIn, name: 'Sam from room 9' })
  start(office, as<SessionId>('elm-other'), SECTION)
  await office.push()
  const told = JSON.stringify((await tablet.pullAll()).events)
  expect(told).toContain('Sam from room 9')
  expect(told).not.toContain('elm-other')
})

test('[S7] The feed of a section that is named in the middle of a year holds what one kept from the first day holds', async () => {
  const early = await limited()
  const late = await limited()
  const [of, again] = [early, late].map(({ server }) => server.context.accounts.byStaff('osei'))
  if (!of || !again) throw new Error('nobody')
  // The second district names the Saturday section only now; the first did so before the Saturday.
  const told = async ({ server }: typeof early) => {
    const { accounts, store } = server.context
    const osei = store.get('staff', 'osei')
    if (!osei) throw new Error('nobody')
    store.apply([{ ...osei, body: { ...osei.body, sites: [ELM] } }])
    const account = accounts.byStaff('osei')
    if (account) accounts.change(account, { sections: [SECTION] })
    const { records } = await (await openTestTablet(server, 'osei', ELM)).pullAll()
    return records.map(({ kind, id }) => `${kind} ${id}`).sort()
  }
  early.server.context.accounts.change(of, { sections: [SECTION] })
  early.server.context.store.apply([enrolled('cleo', ELM, '06')])
  late.server.context.store.apply([enrolled('cleo', ELM, '06')])
  expect(await told(late)).toEqual(await told(early))
})

test('S06 Of the school’s other students there is no row, no file and no section for whoever is limited', async () => {
  const { tablet } = await limited()
  const ask = async (path: string) => tablet.browser.ask('GET', path)
  expect((await ask('/api/roster')).json<RosterReply>().rows.map((row) => row.student)).toEqual(['ben'])
  expect((await ask(`/api/roster?site=${ELM}`)).json<RosterReply>().rows.map((row) => row.student)).toEqual(['ben'])
  expect((await ask(`/api/roster?site=${OAK}`)).status).toBe(404)
  const csv = (await ask('/api/roster.csv')).text
  expect([csv.includes('L-ben'), csv.includes('L-ana')]).toEqual([true, false])
  const [foreign, other, nobody] = await Promise.all(['dora', 'ana', 'no-such-student'].map((one) => ask(`/api/students/${one}`)))
  expect((await ask('/api/students/ben')).status).toBe(200)
  expect((await ask('/api/students/ben')).text).not.toContain('L-ana')
  expect([other?.status, other?.text]).toEqual([nobody?.status, nobody?.text])
  expect([other?.status, foreign?.status]).toEqual([404, 404])
  expect((await ask('/api/sections')).json<SectionsReply>().sections.map(({ id }) => id)).toEqual([OTHER])
})

test('[S3] What is recorded for another section waits for a coordinator, whole; for the own one it is taken', async () => {
  const { server, office, tablet } = await limited()
  const me = tablet.reply.me.staff
  // Recorded on the day after the limit was set.
  const later = (time: string) => instant(at(time) + 2 * DAY)
  const mark = (session: SessionId, who: string, time: string) =>
    tablet.tablet.record(me, later(time), { type: 'StudentCheckedIn', session, student: student(who) })
  start(tablet, MINE, OTHER, later('14:00'))
  mark(MINE, 'ben', '14:01')
  start(tablet, as<SessionId>('foreign'), SECTION, later('14:02'))
  mark(as<SessionId>('foreign'), 'ana', '14:03')
  start(tablet, as<SessionId>('of-no-section'), null, later('14:04'))
  mark(SESSION, 'cleo', '14:05')
  // What was recorded while nothing was limited is what it was then.
  start(tablet, as<SessionId>('before-the-limit'), SECTION, at('14:00'))
  const results = await tablet.results()
  expect(results.map(({ outcome, reason }) => reason ?? outcome)).toEqual([
    'accepted',
    'accepted',
    'outsideSite',
    // Without its start it counts nothing, and it comes with it when somebody takes that in.
    'accepted',
    'outsideSite',
    'outsideSite',
    'accepted',
  ])
  const { rows } = (await office.browser.ask('GET', '/api/quarantine')).json<QuarantineReply>()
  expect(rows.map(({ detail }) => detail)).toEqual(Array(3).fill('The person who recorded it is there for other sections of this school'))
  const [foreign] = tablet.tablet.events.filter((event) => event.type === 'SessionStarted' && event.session === 'foreign')
  if (!foreign) throw new Error('nothing recorded')
  const decision = { type: 'ReviewDecided', event: foreign.id, decision: 'accept', reason: 'Stood in for somebody' } as const
  await office.push([office.tablet.record(office.reply.me.staff, later('17:00'), decision)])
  const ledger = server.context.ledgers.of([ELM])
  expect(ledger.session(as('foreign'))).toMatchObject({ started: true, section: SECTION })
  expect(ledger.session(as('foreign'))?.students.size).toBe(1)
})

test('[S3] A limit is judged by the time of recording or of now: neither a late entry nor a limit of before keeps waiting what was right', async () => {
  const { server, tablet } = await limited()
  const { accounts } = server.context
  const account = accounts.byStaff('rivera')
  if (!account) throw new Error('nobody')
  server.wait(DAY)
  accounts.change(account, { sections: [SECTION] })
  // Recorded while limited to tutoring, and now to the Saturday: both are taken.
  const recorded = instant(at('14:00') + 2 * DAY)
  start(tablet, MINE, OTHER)
  start(tablet, as<SessionId>('saturday-again'), SECTION, recorded)
  expect((await tablet.results()).map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted'])
  // After the change the section of before is nobody's any more.
  const late = start(tablet, as<SessionId>('too-late'), OTHER, instant(recorded + DAY))
  expect((await tablet.results([late])).map(({ reason }) => reason)).toEqual(['outsideSite'])
})

test('[S6] Another limit is another scope: the device begins anew, and goes on sending', async () => {
  const { server, tablet } = await limited()
  const { last } = await tablet.pullAll()
  const account = server.context.accounts.byStaff('rivera')
  if (!account) throw new Error('nobody')
  server.context.accounts.change(account, { sections: [SECTION, OTHER] })
  expect((await tablet.pull(last.cursor)).json()).toMatchObject({ code: 'otherScope' })
  expect(names((await tablet.pullAll()).records)).toEqual(['ana', 'ben', 'cleo'])
  server.context.accounts.change(account, { sections: null })
  expect(names((await tablet.pullAll()).records)).toEqual(['ana', 'ben', 'cleo', 'eva', 'eva-oak'])
  // A role that cannot be limited is not, and no limit comes back with the old role.
  const now = () => server.context.accounts.byStaff('rivera') ?? account
  server.context.accounts.change(now(), { sections: [OTHER] })
  server.context.accounts.change(now(), { role: 'coordinator' })
  server.context.accounts.change(now(), { role: 'teacher' })
  expect((await signedIn(server, 'rivera')).reply.me.sections).toBeUndefined()
})

test('A section that was closed, or a person who moved, leaves nothing to see, and never a whole school', async () => {
  const { server, tablet } = await limited()
  const { store } = server.context
  store.apply([{ ...section(OTHER, ELM, ['ben']), ended: true }])
  expect(names((await tablet.pullAll()).records)).toEqual([])
  const held = store.get('staff', 'rivera')
  if (held) store.apply([{ ...held, body: { ...held.body, sites: [OAK] } }])
  expect((await tablet.browser.ask('GET', '/api/roster')).json<RosterReply>().rows).toEqual([])
  expect((await tablet.pullAll()).records).toEqual([])
})

test('Sections are named when somebody is invited, for teachers and substitutes, of a school where the person works', async () => {
  const { server } = await limited()
  const { browser } = await signedIn(server, 'marsh')
  const invite = (role: string, sections: readonly string[] | null, who = 'idle') =>
    browser.ask('POST', '/api/people/invites', { staff: [staff(who)], role, sections })
  const idle = server.context.store.get('staff', 'idle')
  if (idle) server.context.store.apply([{ ...idle, body: { ...idle.body, sites: [ELM] } }])
  server.context.store.apply([section(as('oak-1'), OAK, ['dora'])])
  expect((await invite('substitute', ['oak-1'])).json()).toMatchObject({ code: 'sectionsNotPossible' })
  expect((await invite('substitute', ['no-such-section'])).json()).toMatchObject({ code: 'sectionsNotPossible' })
  expect((await invite('substitute', [])).status).toBe(400)
  expect((await invite('substitute', [OTHER])).status).toBe(200)
  const { people } = (await browser.ask('GET', '/api/people')).json<PeopleReply>()
  expect(people.find((one) => one.staff === 'idle')?.account).toMatchObject({ role: 'substitute', sections: [OTHER] })
  // Another link, without a word of sections, changes none.
  await browser.ask('POST', '/api/people/invites', { staff: ['idle'], role: 'substitute' })
  expect(server.context.accounts.byStaff('idle')?.sections).toBe(JSON.stringify([OTHER]))
  const { browser: office } = await signedIn(server, 'lund')
  expect((await office.ask('POST', '/api/people/invites', { staff: ['idle'], role: 'coordinator', sections: [OTHER] })).status).toBe(422)
  await server.context.accounts.setPassword(server.context.accounts.byStaff('idle') as never, PASSWORD, undefined)
  const { reply } = await signedIn(server, 'idle', PASSWORD)
  expect(reply.me).toMatchObject({ role: 'substitute', sections: [OTHER], sites: [ELM] })
})
