// @vitest-environment jsdom
// The eleventh of July: the year that is over is the one that is reported, and the desks begin with it.
import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { WORDS } from '../../client/words/index.ts'
import { foldSession } from '../../shared/attendance/fold.ts'
import { ELM, SECTION, smallDistrict } from '../server/smallDistrict.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { NOW } from '../server/testServer.ts'
import { at, openTestTablet, SESSION } from '../server/testTablet.ts'
import { atDesk, type Desk, offline } from './deskAt.tsx'

const JULY = Date.parse('2027-07-11T18:00:00Z')

/** Ana earned a day in November that recovers an absence; it is July, and nothing was held since. */
async function inJuly(path: string): Promise<Desk> {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const events = tablet.recordSaturday(['ana'])
  const signature = {
    digest: foldSession(SESSION, events).digest,
    statement: 'I was there.',
    name: 'R. Rivera',
    method: 'typedName',
  } as const
  tablet.tablet.record(tablet.reply.me.staff, at('13:05'), { type: 'SessionCertified', session: SESSION, ...signature })
  await tablet.push()
  server.wait(JULY - NOW)
  const desk = await atDesk('/help', 'lund', server)
  desk.clock.now = JULY
  desk.reopen(path)
  return desk
}
const year = () => screen.findByRole<HTMLSelectElement>('combobox', { name: 'School year' })
const ana = () => screen.findByRole('row', { name: /Tester, ana/ })

test('The state’s file is of the year that is over, and its rows lead to the reasons as of its last day', async () => {
  await inJuly('/state-file')
  expect((await year()).value).toBe('2026')
  await screen.findByText(/counted up to Jun 30, 2027/)
  const link = within(await ana()).getByRole('link', { name: /ana/ })
  expect(link.getAttribute('href')).toBe('/district/student/ana?asOf=2027-06-30')
  expect(screen.getByRole('link', { name: /Download/ }).getAttribute('href')).toBe('/api/reports/stas.csv?year=2026')
  await userEvent.selectOptions(await year(), '2027')
  await screen.findByText(/counted up to Jul 11, 2027/)
  expect(window.location.search).toBe('?year=2027')
  expect(screen.queryByRole('row', { name: /Tester, ana/ })).toBeNull()
})

test.each(['/state-file', '/periods', '/district?year=2025'])(
  '%s shows no figure of one year under the name of another, however slow the server',
  async (path) => {
    await inJuly(path)
    await year()
    const last = path === '/periods' ? await screen.findByRole('heading', { name: /Line B-8/ }) : await screen.findByRole('table')
    vi.stubGlobal('fetch', () => new Promise(() => undefined))
    await userEvent.selectOptions(await year(), '2026')
    if (path === '/state-file' || path === '/periods') await userEvent.selectOptions(await year(), '2027')
    expect(last.isConnected).toBe(false)
    expect(screen.getByText(/Loading…|Working out this year/)).toBeTruthy()
    expect(document.activeElement).toBe(await year())
  },
)

test('The state’s own file is filled with the days of the year that is shown', async () => {
  const { reopen } = await inJuly('/state-file')
  const asked: string[] = []
  const reach = globalThis.fetch
  globalThis.fetch = (path, init) => {
    if (typeof path === 'string') asked.push(path)
    return reach(path, init)
  }
  reopen('/state-file')
  const choose = await screen.findByText('Choose the STAS file')
  const input = choose.closest('label')?.querySelector('input') ?? document.querySelector('input[type=file]')
  if (!(input instanceof HTMLInputElement)) throw new Error('there is no way to choose a file')
  await userEvent.upload(input, new File(['STAS'], 'stas.txt', { type: 'text/plain' }))
  await waitFor(() => expect(asked.filter((path) => path.includes('merge'))).toEqual(['/api/reports/stas/merge?year=2026']))
})

test('A reporting period begins with Annual of the year that is over; the one that was chosen stands in the address', async () => {
  const { reopen } = await inJuly('/periods')
  const period = () => screen.findByRole<HTMLSelectElement>('combobox', { name: 'Period' })
  expect([(await period()).value, (await year()).value]).toEqual(['Annual', '2026'])
  await userEvent.selectOptions(await period(), 'P-2')
  await waitFor(() => expect(window.location.search).toBe('?period=P-2&year=2026'))
  reopen('/periods?period=P-1&year=2027')
  expect([(await period()).value, (await year()).value]).toEqual(['P-1', '2027'])
})

test('Files for the student information system, and packets, are of the year that is over until another is chosen', async () => {
  const { reopen } = await inJuly('/sis-files')
  expect((await year()).value).toBe('2026')
  reopen('/packets')
  expect((await year()).value).toBe('2026')
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'For' }), 'A sample of sessions')
  expect((await year()).value).toBe('2026')
})

test('The merged roster is of today; of the year before it shows everybody as of the last day, and so do the reasons it leads to', async () => {
  const { reopen } = await inJuly('/district')
  expect((await year()).value).toBe('2027')
  await userEvent.selectOptions(await year(), '2026')
  await screen.findByText(/up to Jun 30, 2027/)
  const href =
    within(await ana())
      .getAllByRole('link')[0]
      ?.getAttribute('href') ?? ''
  expect(href).toBe('/district/student/ana?asOf=2027-06-30')
  await userEvent.type(screen.getByRole('searchbox'), 'ana')
  await waitFor(() => expect(screen.queryByRole('row', { name: /Tester, ben/ })).toBeNull())
  expect(new URLSearchParams(window.location.search).get('year')).toBe('2026')
  reopen(href)
  await screen.findByText(/as of Jun 30, 2027/i)
  expect(screen.getByRole('link', { name: 'Back to the merged roster' }).getAttribute('href')).toBe('/district?year=2026')
})

test('Where nothing was held this year the overview leads to the year before, and schools without a calendar are named with the year', async () => {
  const { reopen } = await inJuly('/overview')
  expect((await screen.findByRole('link', { name: 'The roster of 2026–2027' })).getAttribute('href')).toBe('/district?year=2026')
  reopen('/registry')
  await screen.findByText(/The calendar of 2027–2028 for Elm School and Oak School/)
  expect(screen.getAllByText('Missing')).toHaveLength(2)
})

test('A school’s own list shows the year that is over from what the device holds', async () => {
  const { reopen } = await inJuly('/site/students')
  expect((await year()).value).toBe('2027')
  const figures = async () =>
    within(await ana())
      .getAllByRole('cell')
      .map(({ textContent }) => textContent)
  const before = await figures()
  await userEvent.selectOptions(await year(), '2026')
  await waitFor(async () => expect(await figures()).not.toEqual(before))
  offline()
  const link = within(await ana())
    .getAllByRole('link')[0]
    ?.getAttribute('href')
  expect(link).toBe('/student/ana?asOf=2027-06-30')
  reopen('/site/students?year=2026')
  expect(await figures()).toEqual(expect.arrayContaining(['3', '1']))
})

test('Last year’s sections are not this year’s: nobody is followed up for them, none is planned, and their page says that no meeting is left', async () => {
  const { server, sync, reopen } = await inJuly('/site/follow-up')
  await screen.findByText('No student of this school is on a section’s list')
  reopen('/planner')
  await screen.findByText(WORDS.en.rules.planner.noSections)
  reopen('/sections')
  await within(await screen.findByRole('row', { name: /Saturday school/ })).findByText('No meeting left')
  await server.context.totals.current('2027-07-11' as SchoolDate)
  const listed = () => server.context.totals.db().prepare("SELECT planned, came, sections FROM student WHERE id = 'ana'").get()
  expect(listed()).toEqual({ planned: 0, came: 0, sections: '' })
  const held = server.context.store.get('section', SECTION)
  if (!held) throw new Error('there is no such section')
  const meets = { kind: 'dates' as const, dates: ['2027-09-11' as SchoolDate] }
  server.context.store.apply([{ kind: 'section', id: SECTION, ended: false, body: { ...held.body, meets } }])
  await sync.now()
  reopen('/site/follow-up')
  expect((await ana()).textContent).toContain('0 of 0')
})

test('Who is on a section’s list and no longer at the school is seen there, and can be taken out with the others like that', async () => {
  const { server, sync, reopen } = await inJuly('/sections')
  const { store } = server.context
  const left = store.get('enrollment', 'ben-elm')
  if (!left) throw new Error('there is no such enrollment')
  store.apply([{ kind: 'enrollment', id: 'ben-elm', ended: false, body: { ...left.body, until: '2027-06-05' as SchoolDate } }])
  await sync.now()
  reopen(`/sections/${SECTION}`)
  const ben = await screen.findByRole<HTMLInputElement>('checkbox', { name: /Tester, ben/ })
  expect([ben.checked, ben.closest('label')?.textContent]).toEqual([true, expect.stringContaining('Not enrolled at this school now')])
  await userEvent.click(screen.getByRole('button', { name: 'Take out 1 student not enrolled here now' }))
  await waitFor(() => expect(screen.queryByRole('checkbox', { name: /Tester, ben/ })).toBeNull())
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: /Tester, ana/ }).checked).toBe(true)
})
