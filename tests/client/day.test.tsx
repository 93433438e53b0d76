// @vitest-environment jsdom
// A coordinator's day in front of the real server: what stands out, what resolving it changes, and a roster kept on paper.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { recordCertification, recordCheckIn, recordCheckOut, recordEnd, recordStart } from '../../client/log/commands.ts'
import { readCode, rowCode } from '../../client/screens/coordinator/paper/rowCode.ts'
import { rowState } from '../../client/screens/coordinator/paper/keying.ts'
import { planOf } from '../../client/screens/teacher/sessions.ts'
import type { DayReply } from '../../shared/api/day.ts'
import type { SectionId, StudentId } from '../../shared/ids.ts'
import { HOUR, instant, type SchoolDate } from '../../shared/time.ts'
import { ELM, SECTION, student } from '../server/smallDistrict.ts'
import { signedIn } from '../server/testServer.ts'
import { atDesk, type Desk, offline } from './deskAt.tsx'

const SATURDAY = '2026-11-21' as SchoolDate
const file = () => new File([new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])], 'roster.jpg', { type: 'image/jpeg' })

/** A session of yesterday that ended with ana still in. */
function yesterday(desk: Desk, certify = false) {
  const section = desk.store.ledger.section(SECTION)
  if (!section) throw new Error('the section was not pulled')
  const plan = planOf(section, SATURDAY, 'America/Los_Angeles')
  const { session } = recordStart(desk.store, v7, plan, { at: plan.window.from, reason: 'Test' })
  const where = { id: session, site: ELM }
  const entered = { at: plan.window.from, reason: 'Test' }
  recordCheckIn(desk.store, where, [student('ana'), student('ben')], entered)
  recordCheckOut(desk.store, where, [student('ben')], { at: plan.window.until, reason: 'Test' })
  recordEnd(desk.store, where, instant(plan.window.until), [], 'Test')
  const state = desk.store.ledger.session(session)
  if (certify && state) recordCertification(desk.store, state, 'I was there.', 'Marsh')
  return session
}

test('A missing check-out is entered with a reason and the photo of the paper, whose fingerprint stands in the record', async () => {
  const desk = await atDesk('/site', 'marsh')
  const session = yesterday(desk, true)
  const user = userEvent.setup()
  await screen.findByText('1 check-out missing')
  await user.click(screen.getByRole('button', { name: 'Resolve: Saturday school, Sat, Nov 21' }))
  const dialog = within(await screen.findByRole('dialog'))
  expect(dialog.getAllByText('Nothing is chosen to change yet.')).not.toHaveLength(0)
  await user.click(dialog.getByRole('button', { name: 'At the end of each session' }))
  expect(dialog.getByText('1 student gets a check-out, in 1 session')).toBeTruthy()
  expect(dialog.getByText('1 certified session asks for a new signature of the teacher')).toBeTruthy()
  await user.upload(dialog.getByLabelText('Choose a photo or PDF'), file())
  await dialog.findByText(/^Kept: roster\.jpg \(SHA-256 [0-9a-f]{12}…\)$/)
  await user.click(dialog.getByRole('button', { name: 'Change this' }))
  expect(dialog.getByText('Say why, in a few words.')).toBeTruthy()
  await user.type(dialog.getByRole('textbox', { name: 'Reason' }), 'On the paper list')
  await user.click(dialog.getByRole('button', { name: 'Change this' }))
  await screen.findByText(/^Done\./)
  const ana = desk.store.ledger.session(session)?.students.get(student('ana'))
  const { browser } = await signedIn(desk.server, 'marsh')
  const [document] = (await browser.ask('GET', `/api/day?site=${ELM}`)).json<DayReply>().documents
  expect(ana?.missingCheckOut).toBe(false)
  expect(ana?.marks.at(-1)?.reason).toBe(`On the paper list [SHA-256 ${document?.sha256}]`)
  expect(document?.session).toBe(session)
})

test('A check-out before the check-in is refused, with a sentence that says so, and nothing is recorded', async () => {
  const desk = await atDesk('/site', 'marsh')
  const session = yesterday(desk, true)
  const user = userEvent.setup()
  await user.click(await screen.findByRole('button', { name: /^Resolve: Saturday school/ }))
  const dialog = within(await screen.findByRole('dialog'))
  const left = dialog.getByLabelText('ana Tester left at')
  await user.type(dialog.getByRole('textbox', { name: 'Reason' }), 'On the paper list')
  fireEvent.change(left, { target: { value: '07:30' } })
  expect(dialog.getByText('This is before the check-in.')).toBeTruthy()
  await user.click(dialog.getByRole('button', { name: 'Change this' }))
  const state = () => desk.store.ledger.session(session)
  expect([state()?.certification.state, state()?.students.get(student('ana'))?.marks.length]).toEqual(['certified', 1])
  fireEvent.change(left, { target: { value: '12:30' } })
  await user.click(dialog.getByRole('button', { name: 'Change this' }))
  await screen.findByText(/^Done\./)
  expect(state()?.students.get(student('ana'))?.missingCheckOut).toBe(false)
})

test('Late entries are kept as looked at, leave the board, and come back when the session changes', async () => {
  const desk = await atDesk('/site?show=late', 'marsh')
  const session = yesterday(desk)
  const user = userEvent.setup()
  await screen.findByText('2 late entries')
  await user.click(screen.getByRole('button', { name: /^Resolve: Saturday school/ }))
  const dialog = within(await screen.findByRole('dialog'))
  await user.click(dialog.getByRole('checkbox', { name: 'They were looked at and stand as they are' }))
  await user.type(dialog.getByRole('textbox', { name: 'Reason' }), 'The teacher told me')
  await user.click(dialog.getByRole('button', { name: 'Change this' }))
  await waitFor(() => expect(screen.queryByText(/late entr/)).toBeNull())
  recordCheckIn(desk.store, { id: session, site: ELM }, [student('cleo')], { at: instant(Date.UTC(2026, 10, 21, 17)), reason: 'Forgotten' })
  await screen.findByText('3 late entries')
})

test('A planned session that never arrived is said not to have been held, many at once, and the screen says so first', async () => {
  const desk = await atDesk('/site?show=notArrived&days=14', 'marsh')
  const user = userEvent.setup()
  expect(await screen.findAllByText('Not arrived', { selector: 'td *' })).toHaveLength(2)
  await user.click(screen.getByRole('checkbox', { name: 'Choose all shown' }))
  await user.click(screen.getByRole('button', { name: 'Resolve…' }))
  const dialog = within(await screen.findByRole('dialog'))
  for (const box of dialog.getAllByRole('checkbox')) await user.click(box)
  expect(dialog.getByText('2 planned sessions are kept as not held')).toBeTruthy()
  await user.type(dialog.getByRole('textbox', { name: 'Reason' }), 'Smoke days')
  await user.click(dialog.getByRole('button', { name: 'Change this' }))
  await screen.findByText('No session in these days')
  expect(desk.store.phase).toBe('ready')
})

test('Without the server check-outs can still be entered, and nothing is said to be kept that is not', async () => {
  const desk = await atDesk('/site', 'marsh')
  const session = yesterday(desk)
  offline()
  desk.reopen('/site')
  const user = userEvent.setup()
  await screen.findByText('1 check-out missing')
  await user.click(screen.getByRole('button', { name: /^Resolve: Saturday school/ }))
  const dialog = within(await screen.findByRole('dialog'))
  await dialog.findByText(/Check-outs can be recorded\.$/)
  await user.click(dialog.getByRole('button', { name: 'At the end of each session' }))
  await user.type(dialog.getByRole('textbox', { name: 'Reason' }), 'The teacher told me')
  await user.click(dialog.getByRole('button', { name: 'Change this' }))
  await waitFor(() => expect(desk.store.ledger.session(session)?.students.get(student('ana'))?.missingCheckOut).toBe(false))
})

test('A sheet kept on paper is keyed in by its row codes: a late entry under the teacher, not under who typed it', async () => {
  const desk = await atDesk(`/site/paper/key?section=${SECTION}&on=${SATURDAY}`, 'marsh')
  const user = userEvent.setup()
  const code = await screen.findByRole('textbox', { name: 'Row code' })
  await user.type(code, 'zzzzz{Enter}')
  expect(screen.getByText('No row has this code.')).toBeTruthy()
  await user.type(code, `{Control>}a{/Control}${rowCode(SECTION, student('ben')).toLowerCase()}{Enter}`)
  expect(document.activeElement).toBe(screen.getByLabelText('Tester, ben: time in'))
  fireEvent.change(screen.getByLabelText('Tester, ben: time in'), { target: { value: '08:10' } })
  fireEvent.change(screen.getByLabelText('Tester, ben: time out'), { target: { value: '12:40' } })
  expect(screen.getByText(/^1 student is recorded in Saturday school on Sat, Nov 21/)).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Record the sheet' }))
  await screen.findByText('Recorded as a late entry.')
  const [session] = [...desk.store.ledger.sessions()]
  expect(session?.reason).toBe('Kept on paper: there was no device in the room')
  expect([...(session?.students.keys() ?? [])]).toEqual(['ben'])
  const minutes = Object.fromEntries((session?.supervision ?? []).map(({ staff, from, until }) => [staff, ((until ?? 0) - from) / HOUR]))
  expect(minutes).toEqual({ marsh: 0, rivera: 5 })
})

test('A date that is only half typed, or lies ahead, stays as it is typed and no sheet is recorded for another day', async () => {
  await atDesk(`/site/paper/key?section=${SECTION}&on=${SATURDAY}`, 'marsh')
  const date = await screen.findByLabelText('Date')
  const sheet = () => screen.queryByRole('button', { name: 'Record the sheet' })
  expect(sheet()).toBeTruthy()
  for (const half of ['', '0202-11-21', '2026-11-28']) {
    fireEvent.change(date, { target: { value: half } })
    expect([screen.getByLabelText<HTMLInputElement>('Date').value, sheet()]).toEqual([half, null])
    expect(screen.getByText('Enter the date of the sheet, up to today.')).toBeTruthy()
  }
  fireEvent.change(date, { target: { value: SATURDAY } })
  expect([sheet() === null, screen.queryByText('Enter the date of the sheet, up to today.')]).toEqual([false, null])
})

test('No sheet is printed for another day than the one typed', async () => {
  await atDesk(`/site/paper?section=${SECTION}&on=${SATURDAY}`, 'marsh')
  const date = await screen.findByLabelText<HTMLInputElement>('Date')
  expect(screen.getByText(/Nov 21, 2026$/)).toBeTruthy()
  fireEvent.change(date, { target: { value: '' } })
  expect(screen.getByText('Enter a date.')).toBeTruthy()
  expect([screen.queryByRole('table'), screen.queryByRole('button', { name: 'Print' })]).toEqual([null, null])
})

test('A sheet whose times have not come yet is not recorded', async () => {
  // It is ten in the morning.
  const desk = await atDesk(`/site/paper/key?section=${SECTION}&on=2026-11-22`, 'marsh')
  const ahead = 'This time has not come yet: a sheet is keyed in when the session is over.'
  const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })
  await screen.findByLabelText('Tester, ben: time in')
  type('Tester, ben: time in', '08:10')
  type('Tester, ben: time out', '10:01')
  expect(screen.getAllByText(ahead).length).toBeGreaterThan(1)
  type('Ended', '09:50')
  await userEvent.click(screen.getByRole('button', { name: 'Record the sheet' }))
  expect([...desk.store.ledger.sessions()]).toEqual([])
  type('Tester, ben: time out', '09:45')
  expect(screen.queryByText(ahead)).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Record the sheet' }))
  await screen.findByText('Recorded as a late entry.')
})

test('A code is read whatever its case, and a wrong or swapped sign is noticed', () => {
  const codes = new Set<string>()
  for (let i = 0; i < 300; i++) {
    const code = rowCode('section' as SectionId, `student-${i}` as StudentId)
    codes.add(code)
    expect(readCode(` ${code.slice(0, 3).toLowerCase()}-${code.slice(3)}`)).toEqual({ kind: 'code', code })
    for (let at = 0; at < 5; at++)
      expect(readCode(code.slice(0, at) + (code[at] === 'A' ? 'B' : 'A') + code.slice(at + 1)).kind).toBe('mistyped')
    if (code[0] !== code[1]) expect(readCode(`${code[1]}${code[0]}${code.slice(2)}`).kind).not.toBe(undefined)
  }
  expect(codes.size).toBeGreaterThan(298)
})

test.each([
  ['', '', 'empty'],
  ['08:00', '', 'bad'],
  ['', '09:00', 'bad'],
  ['09:00', '09:00', 'bad'],
  ['09:00', '09:01', 'good'],
] as const)('A row with in %j and out %j is %s', (came, left, state) => {
  expect(rowState({ in: came, out: left })).toBe(state)
})

test('The planner shows a forecast of nothing for a date that is only half typed', async () => {
  const desk = await atDesk('/planner', 'marsh')
  const date = await screen.findByLabelText('Date')
  for (const year of ['0202', '9999']) {
    fireEvent.change(date, { target: { value: `${year}-12-05` } })
    expect(within(await screen.findByRole('row', { name: /Tester, ana/ })).getByRole('link', { name: 'Tester, ana' })).toBeTruthy()
  }
  expect(desk.store.phase).toBe('ready')
})
