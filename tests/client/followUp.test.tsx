// @vitest-environment jsdom
// The follow-up and the letters in front of the real server.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { casesOf, isLate } from '../../client/screens/coordinator/followUp/cases.ts'
import { merged, unknownFields, type MergeValues } from '../../client/screens/coordinator/letters/merge.ts'
import { LETTERS } from '../../shared/api/followUps.ts'
import type { FollowUpEntry, FollowUpsReply } from '../../shared/api/followUps.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { MERGE_FIELDS } from '../../client/words/letters.ts'
import { WORDS } from '../../client/words/index.ts'
import { signedIn } from '../server/testServer.ts'
import { ELM, smallDistrict } from '../server/smallDistrict.ts'
import { atDesk, offline } from './deskAt.tsx'

const entry = (kind: FollowUpEntry['kind'], more: Partial<FollowUpEntry> = {}): FollowUpEntry =>
  ({
    id: '',
    student: 'ana',
    site: 'elm',
    kind,
    text: '',
    to: null,
    toName: '',
    due: null,
    outcome: null,
    by: '',
    byName: '',
    at: 0,
    ...more,
  }) as FollowUpEntry
const caseOf = (...entries: readonly FollowUpEntry[]) => casesOf(entries).get('ana')

test('A case is open from the first note until an outcome, and again when something new is written', () => {
  expect(caseOf(entry('letter'))?.open).toBe(false)
  expect(caseOf(entry('note'))?.open).toBe(true)
  expect(caseOf(entry('note'), entry('outcome', { outcome: 'moved' }))).toMatchObject({ open: false, outcome: 'moved', to: null })
  expect(caseOf(entry('outcome', { outcome: 'moved' }), entry('note'))).toMatchObject({ open: true, outcome: null })
})

test('A case is late the day after the date agreed, while it is open', () => {
  const due = '2026-11-22' as SchoolDate
  const open = caseOf(entry('assigned', { to: 'rivera' as never, toName: 'Rivera', due }))
  expect(open && [isLate(open, due), isLate(open, '2026-11-23' as SchoolDate)]).toEqual([false, true])
  const closed = caseOf(entry('assigned', { due }), entry('outcome', { outcome: 'moved' }))
  expect(closed && isLate(closed, '2026-12-23' as SchoolDate)).toBe(false)
})

const VALUES = Object.fromEntries(MERGE_FIELDS.map((field) => [field, `<${field}>`])) as MergeValues

test('A letter holds only fields there are, in both languages, and every one is filled in', () => {
  for (const language of ['en', 'es'] as const) {
    for (const kind of LETTERS) {
      const { title, body } = WORDS[language].followUp.letters.templates[kind]
      expect(unknownFields(title + body), `${language} ${kind}`).toEqual([])
      expect(merged(title + body, VALUES)).not.toMatch(/[{}]/)
    }
  }
})

test('A field that does not exist stays to be seen, and is named', () => {
  expect(merged('Dear {{ student }}, {{studnet}}', VALUES)).toBe('Dear <student>, {{studnet}}')
  expect(unknownFields('{{studnet}} {{studnet}} {{school}}')).toEqual(['studnet'])
})

test('A coordinator writes down a call, and it is kept', async () => {
  const server = await smallDistrict()
  await atDesk('/site/follow-up', 'marsh', server)
  const user = userEvent.setup()
  await user.click(await screen.findByRole('button', { name: 'Follow up: ana Tester' }))
  const dialog = within(await screen.findByRole('dialog'))
  await user.click(dialog.getByRole('button', { name: 'Write it down' }))
  expect(dialog.getByText('Write a few words.')).toBeTruthy()
  await user.type(dialog.getByRole('textbox', { name: 'Text' }), 'Called the mother.')
  await user.click(dialog.getByRole('button', { name: 'Write it down' }))
  await dialog.findByText('Called the mother.', { selector: 'p' })
  const { browser } = await signedIn(server, 'marsh')
  const { entries } = (await browser.ask('GET', `/api/follow-ups?site=${ELM}`)).json<FollowUpsReply>()
  expect(entries.map(({ student, text }) => [student, text])).toEqual([['ana', 'Called the mother.']])
})

test('Many are assigned at once, after the screen said what that changes', async () => {
  await atDesk('/site/follow-up', 'marsh')
  const user = userEvent.setup()
  await user.click(await screen.findByRole('checkbox', { name: 'Choose all shown' }))
  await user.click(screen.getByRole('button', { name: 'Assign…' }))
  const dialog = within(await screen.findByRole('dialog'))
  expect(dialog.getByText(/^3 follow-ups will be given to marsh of the staff/)).toBeTruthy()
  await user.click(dialog.getByRole('button', { name: 'Assign them' }))
  await screen.findByText('3 students assigned.')
  expect(await screen.findAllByText('With marsh of the staff')).toHaveLength(3)
})

test('What is to be done by a day that is over is not given to anybody, one student or many', async () => {
  const server = await smallDistrict()
  const desk = await atDesk('/site/follow-up', 'marsh', server)
  const user = userEvent.setup()
  const past = async (write: string) => {
    const dialog = within(await screen.findByRole('dialog'))
    fireEvent.change(dialog.getByLabelText('By when'), { target: { value: '2020-01-01' } })
    expect(dialog.getAllByText('Choose today or a later day.')).not.toHaveLength(0)
    await user.click(dialog.getByRole('button', { name: write }))
    return dialog
  }
  await user.click(await screen.findByRole('checkbox', { name: 'Choose all shown' }))
  await user.click(screen.getByRole('button', { name: 'Assign…' }))
  await past('Assign them')
  desk.reopen('/site/follow-up')
  await user.click(await screen.findByRole('button', { name: 'Follow up: ana Tester' }))
  await user.selectOptions(screen.getByRole('combobox', { name: 'What' }), 'Who does it')
  const one = await past('Write it down')
  const { browser } = await signedIn(server, 'marsh')
  const kept = async () => (await browser.ask('GET', `/api/follow-ups?site=${ELM}`)).json<FollowUpsReply>().entries.map(({ due }) => due)
  expect(await kept()).toEqual([])
  fireEvent.change(one.getByLabelText('By when'), { target: { value: '2026-11-22' } })
  await user.click(one.getByRole('button', { name: 'Write it down' }))
  await waitFor(async () => expect(await kept()).toEqual(['2026-11-22']))
})

test('Without the server the list is still there, and says what is missing', async () => {
  const tablet = await atDesk('/site/follow-up', 'marsh')
  await screen.findByRole('link', { name: 'Tester, ana' })
  offline()
  tablet.reopen('/site/follow-up')
  await screen.findByText(/This needs the district’s server/)
  expect(screen.getByRole('link', { name: 'Tester, ben' })).toBeTruthy()
})

test('Letters stand in the language chosen, filled in for each student', async () => {
  await atDesk('/site/letters?students=ana,ben', 'marsh')
  const user = userEvent.setup()
  expect(await screen.findAllByRole('article')).toHaveLength(4)
  await user.selectOptions(screen.getByRole('combobox', { name: 'Language' }), 'Spanish')
  const letters = screen.getAllByRole('article')
  expect(letters.map((letter) => letter.lang)).toEqual(['es', 'es'])
  expect(letters[0]?.textContent).toContain('ana Tester ha faltado 3 días')
  expect(letters[0]?.textContent).toMatch(/sábado 28 de noviembre, 8:00\sa\.\sm\. – 1:00\sp\.\sm\. \(Saturday school, Library\)/)
})
