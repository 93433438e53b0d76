// @vitest-environment jsdom
// The pieces every screen is made of: a table that sorts, moves by keyboard and stays quick; a button that says why it cannot act.
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Button } from '../../client/ui/Button.tsx'
import { TextField } from '../../client/ui/Field.tsx'
import { PickList } from '../../client/ui/PickList.tsx'
import { pressed, sorted } from '../../client/ui/sorting.ts'
import { finds } from '../../shared/finding.ts'
import type { Column } from '../../client/ui/Table.tsx'
import { Table } from '../../client/ui/Table.tsx'
import { UndoBar } from '../../client/ui/UndoBar.tsx'
import { setLanguage } from '../../client/words/index.ts'

interface Row {
  readonly id: string
  readonly name: string
  readonly days: number | null
}
const COLUMNS: readonly Column<Row>[] = [
  { id: 'name', head: 'Student', by: (row) => row.name, cell: (row) => row.name, total: 'All' },
  { id: 'days', head: 'Days', numbers: true, by: (row) => row.days, cell: (row) => row.days, total: 6 },
]
const ROWS: readonly Row[] = [
  { id: '1', name: 'Zoë', days: 1 },
  { id: '2', name: 'Álvarez', days: 3 },
  { id: '3', name: 'bauer', days: null },
  { id: '4', name: 'Castillo', days: 2 },
]

beforeEach(() => setLanguage('en'))
afterEach(cleanup)

const table = (rows: readonly Row[], onOpen?: (row: Row) => void) =>
  render(<Table label="Students" columns={COLUMNS} rows={rows} rowKey={(row) => row.id} {...(onOpen && { onOpen })} />)
const names = () => [...document.querySelectorAll('tbody tr[data-index]')].map((row) => row.querySelector('td')?.textContent)

test('Names are filed without regard to accents and case, and empty values come last either way', () => {
  expect(sorted(ROWS, (row) => row.name, false).map((row) => row.name)).toEqual(['Álvarez', 'bauer', 'Castillo', 'Zoë'])
  expect(sorted(ROWS, (row) => row.days, false).map((row) => row.days)).toEqual([1, 2, 3, null])
  expect(sorted(ROWS, (row) => row.days, true).map((row) => row.days)).toEqual([3, 2, 1, null])
})

test('A first press on numbers begins with the largest, a second turns it round', () => {
  const first = pressed(undefined, 'days', true)
  expect(first).toEqual({ column: 'days', descending: true })
  expect(pressed(first, 'days', true)).toEqual({ column: 'days', descending: false })
  expect(pressed(first, 'name', false)).toEqual({ column: 'name', descending: false })
})

test.each([
  ['ana alv', true],
  ['ALVARÉZ', true],
  ['alvarez ana', true],
  ['anna', false],
])('Typing "%s" finds Ana Álvarez: %s', (typed, found) => {
  expect(finds('Ana Álvarez', typed)).toBe(found)
})

test.each([
  ['Diego Davis', 'Davis, Diego'],
  ['Diego Davis', 'davis,diego'],
  ['Diego Davis', ' , '],
  ['Nora O’Brien', 'OBrien'],
  ["Nora O'Brien", 'o’brien, nora'],
  ['Nora OBrien', "O'Brien"],
])('%s is found by what a list shows or a hand leaves out: "%s"', (name, typed) => {
  expect(finds(name, typed)).toBe(true)
})

test('A press on a head sorts by it, and the head says so', async () => {
  table(ROWS)
  expect(names()).toEqual(['Zoë', 'Álvarez', 'bauer', 'Castillo'])
  await userEvent.click(screen.getByRole('button', { name: 'Student' }))
  expect(names()).toEqual(['Álvarez', 'bauer', 'Castillo', 'Zoë'])
  expect(screen.getByRole('columnheader', { name: 'Student' })).toHaveProperty('ariaSort', 'ascending')
  await userEvent.click(screen.getByRole('button', { name: 'Days' }))
  expect(names()).toEqual(['Álvarez', 'Castillo', 'Zoë', 'bauer'])
})

test('Arrow keys move from row to row, End goes to the last, Enter opens it', async () => {
  const opened: string[] = []
  table(ROWS, (row) => opened.push(row.name))
  const rows = screen.getAllByRole('row').slice(1, -1)
  act(() => rows[0]?.focus())
  await userEvent.keyboard('{ArrowDown}')
  expect(document.activeElement).toBe(rows[1])
  await userEvent.keyboard('{ArrowUp}{ArrowUp}')
  expect(document.activeElement).toBe(rows[0])
  await userEvent.keyboard('{End}{Enter}')
  expect(document.activeElement).toBe(rows[3])
  expect(opened).toEqual(['Castillo'])
})

test('Of 6,000 students only those in sight are drawn, the count is still told, and on paper all of them stand', () => {
  const high = function (this: HTMLElement) {
    return this.tagName === 'TR' ? 49 : 600
  }
  for (const side of ['offsetHeight', 'offsetWidth'] as const) vi.spyOn(HTMLElement.prototype, side, 'get').mockImplementation(high)
  for (const side of ['clientHeight', 'clientWidth'] as const) vi.spyOn(Element.prototype, side, 'get').mockImplementation(high)
  const many = Array.from({ length: 6000 }, (_, i): Row => ({ id: String(i), name: `Student ${i}`, days: i }))
  table(many)
  expect(names().length).toBeGreaterThan(5)
  expect(names().length).toBeLessThan(100)
  expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('6002')
  fireEvent(window, new Event('beforeprint'))
  expect(names().length).toBe(6000)
  fireEvent(window, new Event('afterprint'))
  expect(names().length).toBeLessThan(100)
  vi.restoreAllMocks()
})

test('The totals row stands below the rows', () => {
  table(ROWS)
  const totals = screen.getAllByRole('row').at(-1)
  expect(
    within(totals as HTMLElement)
      .getAllByRole('cell')
      .map((cell) => cell.textContent),
  ).toEqual(['All', '6'])
})

test('A button that cannot act stays reachable, says why, and does nothing', async () => {
  const acted = vi.fn()
  render(
    <Button cannot="Choose a file first." onClick={acted}>
      Read
    </Button>,
  )
  const button = screen.getByRole('button', { name: 'Read', description: 'Choose a file first.' })
  await userEvent.click(button)
  button.focus()
  await userEvent.keyboard('{Enter}')
  expect(document.activeElement).toBe(button)
  expect(acted).not.toHaveBeenCalled()
})

test('An error is tied to its field', () => {
  render(<TextField label="Name" hint="As on paper" error="Give it a name." value="" onValue={() => {}} />)
  const field = screen.getByRole('textbox', { name: 'Name' })
  expect(field.getAttribute('aria-invalid')).toBe('true')
  const described = (field.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent)
  expect(described).toEqual(['As on paper', 'Give it a name.'])
})

test('The undo bar goes by itself, but not while somebody is on it', () => {
  vi.useFakeTimers()
  const gone = vi.fn()
  render(<UndoBar message="Checked in" action="Undo" onGone={gone} />)
  act(() => screen.getByRole('button', { name: 'Undo' }).focus())
  vi.advanceTimersByTime(20_000)
  expect(gone).not.toHaveBeenCalled()
  act(() => screen.getByRole('button', { name: 'Undo' }).blur())
  vi.advanceTimersByTime(7_999)
  expect(gone).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(gone).toHaveBeenCalledOnce()
  vi.useRealTimers()
})

test('Three hundred students to choose among are one stop for the keyboard: arrows move, Space chooses, Tab goes on', async () => {
  const items = Array.from({ length: 300 }, (_, i) => ({ id: `s${i}`, label: `Student ${i}` }))
  const picked = vi.fn<(id: string, on: boolean) => void>()
  render(
    <>
      <PickList label="Students" items={items} picked={new Set(['s2'])} onPick={picked} />
      <Button>After</Button>
    </>,
  )
  await userEvent.tab()
  expect(document.activeElement).toBe(screen.getByRole('checkbox', { name: 'Student 0' }))
  await userEvent.keyboard('{ArrowDown}{ArrowDown} ')
  expect(picked).toHaveBeenLastCalledWith('s2', false)
  await userEvent.keyboard('{End} ')
  expect(picked).toHaveBeenLastCalledWith('s299', true)
  await userEvent.tab()
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'After' }))
})
