// @vitest-environment jsdom
// The desks in front of the real server: what a coordinator, the district and a first administrator see and can do.
import { NO_PIN } from './noPin.ts'
import 'fake-indexeddb/auto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { ReactElement } from 'react'
import { v7 } from 'uuid'
import { expect, test, vi } from 'vitest'
import '../../client/words/late.ts'
import { recordCheckIn, recordStart, recordWalkIn } from '../../client/log/commands.ts'
import { DeviceContext } from '../../client/log/useAttendance.ts'
import { DeskRoutes } from '../../client/screens/desk/DeskRoutes.tsx'
import { LocalStudent } from '../../client/screens/student/LocalStudent.tsx'
import { Frame } from '../../client/screens/teacher/Frame.tsx'
import { SetupRoutes } from '../../client/screens/setup/SetupRoutes.tsx'
import { planOf } from '../../client/screens/teacher/sessions.ts'
import { makePasswordLink } from '../../server/people/passwordLinks.ts'
import { codeAt, stepAt } from '../../server/people/totp.ts'
import { WORDS } from '../../client/words/index.ts'
import type { SignedIn } from '../../shared/api/people.ts'
import type { SiteId } from '../../shared/ids.ts'
import { as } from '../../shared/ids.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { openKeeper } from '../../server/totals/keeper.ts'
import { ELM, SECTION, smallDistrict, staff, student } from '../server/smallDistrict.ts'
import type { TestServer } from '../server/testServer.ts'
import { signedIn, testServer } from '../server/testServer.ts'
import { at as instantAt, openTestTablet, SESSION } from '../server/testTablet.ts'
import { connect } from './deskAt.tsx'
import type { RealTablet } from './realTablet.ts'
import { offline as noNetwork, openRealTablet, through } from './realTablet.ts'

const TODAY = '2026-11-22' as SchoolDate

async function at(path: string, username: string, server?: TestServer): Promise<RealTablet> {
  const here = server ?? (await smallDistrict())
  const tablet = await openRealTablet(here)
  const browser = here.browser()
  tablet.network = through(browser)
  connect(browser)
  await tablet.signIn(username)
  await waitFor(() => expect(tablet.store.phase).toBe('ready'))
  history.replaceState(null, '', path)
  show(tablet, <DeskRoutes />)
  return tablet
}

function show({ db, store, sync, session }: RealTablet, page: ReactElement): void {
  render(<DeviceContext value={{ db, store, sync, session, newId: v7, version: 'test', ...NO_PIN }}>{page}</DeviceContext>)
}

function startToday(tablet: RealTablet) {
  const section = tablet.store.ledger.section(SECTION)
  if (!section) throw new Error('the section was not pulled')
  const { session } = recordStart(tablet.store, v7, planOf(section, TODAY, 'America/Los_Angeles'))
  return { id: session, site: ELM }
}

const offline = () => vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))

test('The coordinator sees today’s session open, how many are in, and a way to its roster', async () => {
  const tablet = await at('/site', 'marsh')
  const session = startToday(tablet)
  recordCheckIn(tablet.store, session, [student('ana'), student('ben')])
  const link = await screen.findByRole('link', { name: 'Saturday school' })
  expect(link.getAttribute('href')).toBe(`/session/${session.id}`)
  const row = link.closest('tr') as HTMLElement
  await waitFor(() =>
    expect(
      within(row)
        .getAllByRole('cell')
        .map((cell) => cell.textContent),
    ).toEqual(expect.arrayContaining(['2', 'Open'])),
  )
})

test('When the session’s time is over, those still in are said to be missing a check-out', async () => {
  const tablet = await at('/site', 'marsh')
  const session = startToday(tablet)
  recordCheckIn(tablet.store, session, [student('ana'), student('ben')])
  await screen.findByText('Open')
  cleanup()
  tablet.clock.now += 4 * 3_600_000
  show(tablet, <DeskRoutes />)
  expect(await screen.findByText('2 check-outs missing')).toBeDefined()
})

test('At the school’s desk a student in a session that goes on is still there, and is missing a check-out when its time is over', async () => {
  const tablet = await at('/site', 'marsh')
  const session = startToday(tablet)
  await recordCheckIn(tablet.store, session, [student('ana')]).done
  const rowOf = async () => (await screen.findByRole('link', { name: 'Tester, ana' })).closest('tr') as HTMLElement
  const reopen = (path: string): void => {
    cleanup()
    history.replaceState(null, '', path)
    show(tablet, <DeskRoutes />)
  }
  reopen('/site/students')
  expect(within(await rowOf()).getByText('Still there')).toBeDefined()
  cleanup()
  show(tablet, <LocalStudent id="ana" />)
  await screen.findByText('Still there')
  expect(screen.queryByText(/check-out/)).toBeNull()
  tablet.clock.now += 4 * 3_600_000
  reopen('/site/students')
  expect(within(await rowOf()).getByText('Check-out missing')).toBeDefined()
  cleanup()
  show(tablet, <LocalStudent id="ana" />)
  expect(await screen.findByText('A check-out is missing')).toBeDefined()
})

test('Whoever opens a session from the desk finds the way back to the page it was opened from', async () => {
  const tablet = await at('/site/students?attention=1', 'marsh')
  await screen.findByRole('heading', { level: 1, name: 'Students' })
  cleanup()
  show(tablet, <Frame>a session</Frame>)
  expect(screen.getByRole('link', { name: /Back/ }).getAttribute('href')).toBe('/site/students?attention=1')
})

test('A school imported since the district signed in is there without signing in again', async () => {
  const server = await smallDistrict()
  const tablet = await at('/site', 'lund', server)
  const held = server.context.store.get('site', 'elm')
  if (!held) throw new Error('there is no elm')
  const fir = { ...held.body, id: as<SiteId>('fir'), name: 'Fir School', code: 'fir' }
  server.context.store.apply([{ kind: 'site', id: fir.id, ended: false, body: fir }])
  await tablet.sync.now()
  const schools = await screen.findByRole('combobox', { name: 'School' })
  await waitFor(() => expect(within(schools).getByRole('option', { name: 'Fir School' })).toBeDefined())
})

test('A walk-in is matched to the student who was meant, and the time is that student’s', async () => {
  const tablet = await at('/site/walk-ins', 'marsh')
  const session = startToday(tablet)
  recordWalkIn(tablet.store, v7, session, 'Anna Testr')
  const heading = await screen.findByRole('heading', { name: 'Typed: “Anna Testr”' })
  const card = heading.closest('section') as HTMLElement
  const [likeliest] = within(card).getAllByRole('button')
  expect(likeliest?.textContent).toBe('It is ana Tester')
  await userEvent.click(likeliest as HTMLElement)
  expect(await screen.findByText('Every walk-in is matched')).toBeDefined()
  expect(tablet.store.ledger.session(session.id)?.students.get(student('ana'))?.intervals.length).toBe(1)
})

test('Without a network the day still shows; what needs the server says so in words', async () => {
  const tablet = await at('/site', 'marsh')
  startToday(tablet)
  await screen.findByRole('link', { name: 'Saturday school' })
  cleanup()
  offline()
  show(tablet, <DeskRoutes />)
  expect(screen.getByRole('link', { name: 'Saturday school' })).toBeDefined()
  expect(await screen.findByText('devices cannot be asked now')).toBeDefined()
  await userEvent.click(screen.getByRole('link', { name: 'Sections' }))
  expect((await screen.findByRole('alert')).textContent).toContain('No connection.')
})

test('The district sees the students of all schools, and each figure leads to its reasons', async () => {
  await at('/district', 'lund')
  const name = await screen.findByRole('link', { name: 'Tester, ana' })
  expect(name.getAttribute('href')).toBe('/district/student/ana')
  expect(screen.getByRole('link', { name: 'Absences 3: reasons for ana Tester' }).getAttribute('href')).toBe('/district/student/ana')
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'School' }), 'Oak School')
  await waitFor(() => expect(screen.queryByRole('link', { name: 'Tester, ana' })).toBeNull())
  expect(screen.getByRole('link', { name: 'Tester, dora' })).toBeDefined()
  expect(location.search).toBe('?site=oak')
})

test('Totals that do not hold the newest records are shown, say so, and follow by themselves', async () => {
  const server = await smallDistrict()
  const { log, schools, store, totals } = server.context
  await totals.current(TODAY)
  const keeper = openKeeper(log, schools, totals.db())
  let isPause = false
  totals.keepUp(
    () => TODAY,
    async (asOf) => (isPause ? keeper.refresh(asOf) : undefined),
  )
  const ana = store.get('student', 'ana')
  if (!ana) throw new Error('ana is not there')
  store.apply([{ kind: 'student', id: 'ana', ended: false, body: { ...ana.body, last: 'Renamed' } }])
  await at('/district', 'lund', server)
  await screen.findByText('Newer records are being counted. This page follows by itself.')
  expect(screen.getByRole('link', { name: 'Tester, ana' })).toBeDefined()
  isPause = true
  expect(await screen.findByRole('link', { name: 'Renamed, ana' }, { timeout: 15_000 })).toBeDefined()
  await waitFor(() => expect(screen.queryByText(/^Newer records/)).toBeNull())
})

test('Behind a figure stand the student’s reasons, from what the server sent', async () => {
  await at('/district/student/ana', 'lund')
  expect(await screen.findByRole('heading', { level: 1, name: /ana Tester/ })).toBeDefined()
})

test('A section is made from scratch and is there for everybody afterwards', async () => {
  await at('/sections/new', 'marsh')
  await userEvent.click(await screen.findByRole('button', { name: 'Save section' }))
  expect(screen.getByText('Give it a name.')).toBeDefined()
  await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'Evening lab')
  await userEvent.click(screen.getByRole('checkbox', { name: /Tester, ben/ }))
  await userEvent.click(screen.getByRole('button', { name: 'Save section' }))
  const link = await screen.findByRole('link', { name: 'Evening lab' })
  expect(
    within(link.closest('tr') as HTMLElement)
      .getAllByRole('cell')
      .at(-1)?.textContent,
  ).toBe('1')
})

test('Two change one section: the second sees the other’s beside what was typed, which stays, and saves again', async () => {
  const server = await smallDistrict()
  await at(`/sections/${SECTION}`, 'marsh', server)
  const lund = (await signedIn(server, 'lund')).browser
  const held = () => server.context.store.get('section', SECTION)?.body
  const name = await screen.findByRole<HTMLInputElement>('textbox', { name: /^Name/ })
  await userEvent.clear(name)
  await userEvent.type(name, 'Saturday lab')
  const theirs = { ...held(), room: 'Gym', students: ['ana', 'cleo'] }
  expect((await lund.ask('PUT', '/api/sections', { section: theirs, ended: false })).status).toBe(200)
  await userEvent.click(screen.getByRole('button', { name: 'Save section' }))
  const told = await screen.findByRole('alert')
  expect(told.textContent).toMatch(/^lund of the staff changed this section on .*\. Nothing was saved/)
  expect([held()?.room, name.value]).toEqual(['Gym', 'Saturday lab'])
  const rows = within(screen.getByRole('table', { name: 'What is saved now, and what you have here' })).getAllByRole('row')
  expect(
    rows.slice(1).map((row) =>
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent),
    ),
  ).toEqual([
    ['Name', 'Saturday school', 'Saturday lab'],
    ['Room', 'Gym', 'Library'],
    ['Students invited', '2 students', '3 students. Only here: Tester, ben'],
  ])
  await userEvent.click(screen.getByRole('button', { name: 'Save section' }))
  await screen.findByRole('link', { name: 'Saturday lab' })
  expect(held()).toMatchObject({ name: 'Saturday lab', room: 'Library', students: ['ana', 'ben', 'cleo'] })
})

test('Of two who change one section the second can take what is saved now instead', async () => {
  const server = await smallDistrict()
  await at(`/sections/${SECTION}`, 'marsh', server)
  const name = await screen.findByRole<HTMLInputElement>('textbox', { name: /^Name/ })
  await userEvent.type(name, '!')
  const held = server.context.store.get('section', SECTION)
  if (held) server.context.store.apply([{ ...held, ended: true, body: { ...held.body, name: 'Closed early' } }])
  await userEvent.click(screen.getByRole('button', { name: 'Save section' }))
  expect((await screen.findByRole('alert')).textContent).toMatch(/^This section was changed on .* It has ended meanwhile\./)
  await userEvent.click(screen.getByRole('button', { name: 'Take what is saved' }))
  expect([name.value, screen.queryByRole('alert')]).toEqual(['Closed early', null])
  expect(screen.getByRole('button', { name: 'Open it again' })).toBeDefined()
})

test('Whoever has no account is invited, and the link is shown once', async () => {
  await at('/people', 'lund')
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Select idle of the staff' }))
  await userEvent.click(screen.getByRole('button', { name: 'Invite 1 person' }))
  await userEvent.click(screen.getByRole('button', { name: 'Make the links' }))
  expect((await screen.findByText(/\/invite\//)).textContent).toMatch(/\/invite\/[\w-]{20,}$/)
  await userEvent.click(screen.getByRole('button', { name: 'Done' }))
  const row = (await screen.findByText('idle of the staff')).closest('tr') as HTMLElement
  await waitFor(() => expect(within(row).getByText('Invited')).toBeDefined())
})

test('The own account can be changed by somebody else only; another’s is disabled and enabled again', async () => {
  await at('/people', 'lund')
  await userEvent.click(await screen.findByRole('button', { name: 'Change lund of the staff' }))
  expect(screen.getByText(/ask another administrator/)).toBeDefined()
  expect(screen.queryByRole('button', { name: 'Disable the account' })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
  await userEvent.click(screen.getByRole('button', { name: 'Change rivera of the staff' }))
  await userEvent.click(screen.getByRole('button', { name: 'Disable the account' }))
  const row = () => screen.getByText('rivera of the staff').closest('tr') as HTMLElement
  await waitFor(() => expect(within(row()).getByText('Disabled')).toBeDefined())
  await userEvent.click(screen.getByRole('button', { name: 'Change rivera of the staff' }))
  await userEvent.click(screen.getByRole('button', { name: 'Enable the account' }))
  await waitFor(() => expect(within(row()).getByText('Active')).toBeDefined())
})

test('An invited teacher opens the link, chooses a password and is signed in; the link then works no more', async () => {
  const server = await smallDistrict()
  await at('/people', 'lund', server)
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Select idle of the staff' }))
  await userEvent.click(screen.getByRole('button', { name: 'Invite 1 person' }))
  await userEvent.click(screen.getByRole('button', { name: 'Make the links' }))
  const link = new URL((await screen.findByText(/\/invite\//)).textContent ?? '')
  cleanup()
  connect(server.browser())
  history.replaceState(null, '', link.pathname)
  const signedIn = vi.fn<(reply: SignedIn) => void>()
  await entrance(server, signedIn)
  await userEvent.type(await screen.findByLabelText('Password'), 'four unrelated words')
  await userEvent.type(screen.getByLabelText('Password again'), 'four unrelated words')
  await userEvent.click(screen.getByRole('button', { name: WORDS.en.setup.inviteButton }))
  await waitFor(() => expect(signedIn).toHaveBeenCalledOnce())
  expect(signedIn.mock.calls[0]?.[0].me).toMatchObject({ name: 'idle of the staff', role: 'teacher' })
  cleanup()
  connect(server.browser())
  await entrance(server, signedIn)
  expect((await screen.findByRole('alert')).textContent).toContain('has been used or has ended')
})

test('A coordinator makes a link for a teacher who lost the password; whoever opens it sets another and is signed in', async () => {
  const server = await smallDistrict()
  await at('/people', 'marsh', server)
  await userEvent.click(await screen.findByRole('button', { name: 'Change rivera of the staff' }))
  expect(screen.queryByRole('button', { name: 'Disable the account' })).toBeNull()
  expect(screen.queryByRole('button', { name: 'Change marsh of the staff' })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Make a link to a new password' }))
  const link = new URL((await screen.findByText(/\/invite\//)).textContent ?? '')
  cleanup()
  connect(server.browser())
  history.replaceState(null, '', link.pathname)
  const signedIn = vi.fn<(reply: SignedIn) => void>()
  await entrance(server, signedIn)
  await screen.findByRole('heading', { name: 'A new password for rivera of the staff' })
  await userEvent.type(await screen.findByLabelText('Password'), 'four unrelated words')
  await userEvent.type(screen.getByLabelText('Password again'), 'four unrelated words')
  await userEvent.click(screen.getByRole('button', { name: WORDS.en.setup.inviteButton }))
  await waitFor(() => expect(signedIn).toHaveBeenCalledOnce())
})

test('Whose second factor is asked for after a new password is led to the sign-in page, and told that the password holds', async () => {
  const server = await smallDistrict()
  const office = server.browser()
  await office.signIn('marsh')
  const { secret } = (await office.ask('POST', '/api/second-factor/begin')).json<{ secret: string }>()
  await office.ask('POST', '/api/second-factor/confirm', { code: codeAt(secret, stepAt(server.context.log.sources.now())) })
  const account = server.context.accounts.byName('marsh')
  const link = account && makePasswordLink(server.context, account)
  connect(server.browser())
  history.replaceState(null, '', link?.path)
  await entrance(server, vi.fn<(reply: SignedIn) => void>())
  await userEvent.type(await screen.findByLabelText('Password'), 'four unrelated words')
  await userEvent.type(screen.getByLabelText('Password again'), 'four unrelated words')
  await userEvent.click(screen.getByRole('button', { name: WORDS.en.setup.inviteButton }))
  expect((await screen.findByRole('status')).textContent).toBe('Your new password holds. Sign in with it.')
  expect(screen.getByRole('link', { name: 'Go to the sign-in page' }).getAttribute('href')).toBe('/sign-in')
})

/** A Saturday at elm with a note by somebody who is not on the staff list, and a start that came twice with different rooms. */
async function withStrays(): Promise<TestServer> {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const [start] = tablet.recordSaturday(['ana'])
  tablet.tablet.record(staff('substitute'), instantAt('13:02'), {
    type: 'StudentNoted',
    session: SESSION,
    student: student('ana'),
    text: 'Left early',
  })
  await tablet.push()
  await tablet.push([{ ...start, room: 'Gym' }])
  return server
}

test('[S3] what was set aside is read in plain words and taken in with a reason: recorded here, sent, and gone from the list', async () => {
  const tablet = await at('/site/set-aside', 'marsh', await withStrays())
  const decide = await screen.findByRole('button', { name: 'Decide: Note' })
  await userEvent.click(decide)
  const dialog = screen.getByRole('dialog')
  expect(within(dialog).getByText('Left early')).toBeDefined()
  expect(within(dialog).getByText('ana Tester')).toBeDefined()
  await userEvent.click(within(dialog).getByRole('button', { name: 'Take it into the record' }))
  expect(within(dialog).getByText('Say why, in a few words.')).toBeDefined()
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'Why' }), 'A substitute, since hired')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Take it into the record' }))
  expect(await screen.findByText(/^Taken into the record: Note/)).toBeDefined()
  expect(screen.queryByRole('button', { name: 'Decide: Note' })).toBeNull()
  expect(tablet.store.outbox.rows()).toEqual([])
})

test('[S2] an id that came twice is shown in both versions; the other can be left out, and not taken in', async () => {
  await at('/site/set-aside', 'marsh', await withStrays())
  await userEvent.click(await screen.findByRole('button', { name: 'Decide: Session started' }))
  const dialog = screen.getByRole('dialog')
  const room = within(dialog)
    .getByRole('rowheader', { name: /^differs: Room/ })
    .closest('tr') as HTMLElement
  expect(
    within(room)
      .getAllByRole('cell')
      .map((cell) => cell.textContent),
  ).toEqual(['Gym', 'Library'])
  expect(within(dialog).getByRole('button', { name: 'Take it into the record' }).getAttribute('aria-disabled')).toBe('true')
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'Why' }), 'Typed twice')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Leave it out for good' }))
  expect(await screen.findByText(/^Left out: Session started/)).toBeDefined()
})

test('[S1] without a network a decision is kept on the device and said to be on its way', async () => {
  const tablet = await at('/site/set-aside', 'marsh', await withStrays())
  await userEvent.click(await screen.findByRole('button', { name: 'Decide: Note' }))
  tablet.network = noNetwork
  await userEvent.type(screen.getByRole('textbox', { name: 'Why' }), 'A substitute')
  await userEvent.click(screen.getByRole('button', { name: 'Take it into the record' }))
  expect(await screen.findByText('Decided, being sent')).toBeDefined()
  expect(tablet.store.outbox.rows().map((row) => row.event.type)).toEqual(['ReviewDecided'])
})

test('A page that belongs to another role is not there', async () => {
  await at('/people', 'rivera')
  expect(await screen.findByRole('heading', { level: 1, name: 'There is no such page' })).toBeDefined()
})

// ------------------------------------------------------------------------------------------------------- before signing in

/** The pages before anybody signed in, on a browser that has never seen the district. */
async function entrance(server: TestServer, onSignedIn: (reply: SignedIn, next?: string) => void = () => {}): Promise<void> {
  show(await openRealTablet(server), <SetupRoutes onSignedIn={onSignedIn} />)
}

test('An own district is set up, its administrator signed in and led to the files', async () => {
  const server = await testServer()
  connect(server.browser())
  const signedIn = vi.fn<(reply: SignedIn, next?: string) => void>()
  await entrance(server, signedIn)
  await userEvent.click(await screen.findByRole('button', { name: 'Begin' }))
  await userEvent.type(screen.getByRole('textbox', { name: 'District name' }), 'Our Unified')
  await userEvent.type(screen.getByRole('textbox', { name: 'Your name' }), 'Ada Admin')
  await userEvent.type(screen.getByRole('textbox', { name: 'User name' }), 'ada')
  await userEvent.type(screen.getByLabelText('Password'), 'four unrelated words')
  await userEvent.type(screen.getByLabelText('Password again'), 'four unrelated word')
  await userEvent.click(screen.getByRole('button', { name: 'Create my district' }))
  expect(screen.getByText('The two passwords differ.')).toBeDefined()
  await userEvent.type(screen.getByLabelText('Password again'), 's')
  await userEvent.click(screen.getByRole('button', { name: 'Create my district' }))
  await waitFor(() => expect(signedIn).toHaveBeenCalledOnce())
  expect(signedIn.mock.calls[0]?.[0].me.role).toBe('administrator')
  expect(signedIn.mock.calls[0]?.[1]).toBe('/import')
})

test('A server that others can reach asks for the code it printed before it lets anybody set it up', async () => {
  const server = await testServer({ host: '0.0.0.0', loopback: false })
  connect(server.browser())
  const signedIn = vi.fn<(reply: SignedIn, next?: string) => void>()
  await entrance(server, signedIn)
  const code = await screen.findByRole('textbox', { name: WORDS.en.setup.code })
  await userEvent.type(code, 'wrong')
  await userEvent.click(screen.getByRole('button', { name: 'Begin' }))
  await userEvent.type(screen.getByRole('textbox', { name: 'District name' }), 'Our Unified')
  await userEvent.type(screen.getByRole('textbox', { name: 'Your name' }), 'Ada Admin')
  await userEvent.type(screen.getByRole('textbox', { name: 'User name' }), 'ada')
  await userEvent.type(screen.getByLabelText('Password'), 'four unrelated words')
  await userEvent.type(screen.getByLabelText('Password again'), 'four unrelated words')
  await userEvent.click(screen.getByRole('button', { name: 'Create my district' }))
  expect((await screen.findByRole('alert')).textContent).toContain('The setup code is not right.')
  await userEvent.clear(screen.getByRole('textbox', { name: WORDS.en.setup.code }))
  await userEvent.type(screen.getByRole('textbox', { name: WORDS.en.setup.code }), server.context.setupCode ?? '')
  await userEvent.click(screen.getByRole('button', { name: 'Create my district' }))
  await waitFor(() => expect(signedIn).toHaveBeenCalledOnce())
})

test('A wrong password and an unknown name get the same words', async () => {
  const server = await smallDistrict()
  connect(server.browser())
  await entrance(server)
  const said: (string | null)[] = []
  for (const name of ['rivera', 'nobody']) {
    await userEvent.clear(await screen.findByRole('textbox', { name: 'User name' }))
    await userEvent.type(screen.getByRole('textbox', { name: 'User name' }), name)
    await userEvent.type(screen.getByLabelText('Password'), 'wrong')
    await userEvent.click(screen.getByRole('button', { name: 'Sign in' }))
    said.push((await screen.findByRole('alert')).textContent)
  }
  expect(said).toEqual(Array(2).fill('The user name or the password is not right.'))
})

test('An invitation that was used says what to do', async () => {
  const server = await smallDistrict()
  connect(server.browser())
  history.replaceState(null, '', '/invite/gone')
  await entrance(server)
  expect((await screen.findByRole('alert')).textContent).toContain('Ask the person who invited you for a new one.')
})

test('Without a network the sign-in page says that nothing recorded here is lost', async () => {
  offline()
  await entrance(await smallDistrict())
  expect(await screen.findByText(/Whatever was recorded on this device is kept/)).toBeDefined()
  expect(screen.getByRole('button', { name: 'Try again' })).toBeDefined()
})

test('An import that was previewed and left is thrown away by the server', async () => {
  const server = await smallDistrict()
  await at('/import', 'lund', server)
  const kept = (): string[] => readdirSync(join(server.folder, 'imports'))
  await userEvent.click(await screen.findByText('Schools', { selector: 'strong' }))
  await userEvent.upload(
    screen.getByLabelText('Choose files', { selector: 'input' }),
    new File(['School Code,School Name\n300,Oak\n'], 'schools.csv'),
  )
  await userEvent.click(screen.getByRole('button', { name: 'Read the files' }))
  // The page before has a way back of its own, until the files are on their way.
  await screen.findByText('What would change')
  await waitFor(() => expect(kept()).toHaveLength(1))
  await userEvent.click(screen.getByRole('button', { name: 'Back' }))
  await screen.findByRole('button', { name: 'Read the files' })
  await waitFor(() => expect(kept()).toEqual([]), { timeout: 5000 })
})
