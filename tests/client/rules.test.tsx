// @vitest-environment jsdom
// The rulebook, the policy form and the planner's words: what they hold, and that nothing in them is left unsaid.
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { anchorOf } from '../../client/screens/district/rulebook/anchor.ts'
import { chosen, rulebookOf, search } from '../../client/screens/district/rulebook/rows.ts'
import { differing, draftOf, inForce, newDraft, policyOf, stateOf } from '../../client/screens/district/policy/draft.ts'
import { gainText } from '../../client/screens/district/planner/planColumns.tsx'
import { nextMeeting } from '../../client/screens/district/planner/planView.ts'
import { WORDS } from '../../client/words/index.ts'
import type { Policy, Section } from '../../shared/registry.ts'
import type { PlanRow } from '../../shared/report/planner.ts'
import { DEFAULT_POLICY } from '../../shared/rules/california/policy.ts'
import { SOURCES, type SourceKey } from '../../shared/rules/law.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { atDesk } from './deskAt.tsx'

const date = (text: string): SchoolDate => text as SchoolDate
const rowsOf = (words: (typeof WORDS)['en'], find: string) => Object.values(search(rulebookOf(words), find)).flat().length

test('The rulebook lists every source, and each has a place of its own to link to', () => {
  const { sources } = rulebookOf(WORDS.en)
  expect(sources.map((row) => row.key)).toEqual(Object.keys(SOURCES))
  const anchors = sources.map((row) => anchorOf(row.key))
  expect(new Set(anchors).size).toBe(anchors.length)
})

test('The rulebook shows every case and every reading of the written page', () => {
  const { cases, rules } = rulebookOf(WORDS.en)
  const files = readdirSync(path.join(import.meta.dirname, '../scenarios')).filter((name) => name.endsWith('.yaml'))
  expect(cases).toHaveLength(files.length)
  expect(cases.find(({ name }) => name.startsWith('One student more than twenty'))).toEqual({
    name: 'One student more than twenty and nobody earns',
    gives: 's01 hours 0, flags ratioBreached; s21 hours 0, flags ratioBreached',
    cites: 'EC 46211 ratio; Reading: ratio.',
  })
  expect(rules.length).toBeGreaterThan(15)
  expect(rules.every(({ gives, cites }) => gives !== '' && cites !== '')).toBe(true)
})

test('A search finds words wherever they stand, in any order, and what cites them', () => {
  const found = search(rulebookOf(WORDS.en), 'seventy 46112')
  expect(found.values).toEqual([])
  const primary = search(rulebookOf(WORDS.en), '46112')
  expect(primary.values.map((row) => row.is)).toEqual(['230 minutes'])
  expect(primary.sources.map((row) => row.key)).toEqual(['EC 46112' satisfies SourceKey])
  expect(rowsOf(WORDS.en, '  ')).toBe(rowsOf(WORDS.en, ''))
  expect(rowsOf(WORDS.en, 'zzz')).toBe(0)
})

test('In Spanish the values and choices are in Spanish', () => {
  const book = rulebookOf(WORDS.es)
  expect(book.values[0]?.is).toBe('180 minutos')
  expect(book.choices.map((row) => row.unless)).toContain('Nadie acredita tiempo')
  expect(chosen(WORDS.es, 'countUncertified', true)).toBe('Acreditan días sin firma')
  expect(chosen(WORDS.es, 'yearlyMost', 1)).toBe('1 día')
})

const entry = (from: string, change: Partial<Policy> = {}, ended = false) => ({
  policy: { from: date(from), ...DEFAULT_POLICY, decidedBy: 'The board', why: 'Decided.', ...change },
  ended,
})
const ENTRIES = [entry('2025-07-01'), entry('2026-08-01', { accrual: 'minutes' }), entry('2026-09-01', {}, true), entry('2027-01-01')]

test('Of the policies, the newest that has begun and was not taken back is in force', () => {
  expect(inForce(ENTRIES, date('2026-11-22'))?.policy.from).toBe('2026-08-01')
  expect(inForce(ENTRIES, date('2026-07-31'))?.policy.from).toBe('2025-07-01')
  expect(ENTRIES.map((each) => stateOf(ENTRIES, each, date('2026-11-22')))).toEqual(['earlier', 'now', 'ended', 'coming'])
})

test('A new policy begins with what holds today; it is saved only with a date, a name and a reason', () => {
  const draft = newDraft(ENTRIES, date('2026-11-22'), 'D. Okafor')
  expect(draft).toMatchObject({ accrual: 'minutes', from: '2026-11-22', decidedBy: 'D. Okafor', why: '' })
  expect(policyOf(draft)).toEqual({ faults: ['why'] })
  expect(policyOf({ ...draft, from: '2025-06-30', decidedBy: ' ', why: 'x' })).toEqual({ faults: ['from', 'decidedBy'] })
  const made = policyOf({ ...draft, why: ' As decided. ' })
  expect(made).toEqual({
    policy: { ...DEFAULT_POLICY, accrual: 'minutes', from: '2026-11-22', decidedBy: 'D. Okafor', why: 'As decided.' },
  })
})

test('A policy that is opened and saved again is the same policy', () => {
  for (const each of ENTRIES) expect(policyOf(draftOf(each))).toEqual({ policy: each.policy })
})

test('A policy says in what it differs from the cautious reading', () => {
  expect(differing(DEFAULT_POLICY)).toEqual([])
  expect(differing({ ...DEFAULT_POLICY, accrual: 'minutes', yearlyMost: 5 })).toEqual(['accrual', 'yearlyMost'])
})

test('Choices that are uneven together say so where they are made, and as soon as one of them is another the warning goes', async () => {
  await atDesk('/policy', 'lund')
  const w = WORDS.en.rules.policy
  const [begin] = await screen.findAllByRole('button', { name: w.change })
  if (begin) await userEvent.click(begin)
  const choose = (choice: 'accrual' | 'dailyPath' | 'remainder', value: string) =>
    userEvent.selectOptions(screen.getByRole('combobox', { name: w.choices[choice].name }), value)
  const isWarned = () => screen.queryByText(w.uneven) !== null
  const uneven = { accrual: 'minutes', dailyPath: 'wholeHours', remainder: 'carry' } as const
  for (const choice of ['accrual', 'dailyPath', 'remainder'] as const) await choose(choice, uneven[choice])
  expect(isWarned()).toBe(true)
  for (const [choice, other] of [
    ['accrual', 'hours'],
    ['dailyPath', 'minutes'],
    ['remainder', 'discard'],
  ] as const) {
    await choose(choice, other)
    expect(isWarned()).toBe(false)
    await choose(choice, uneven[choice])
    expect(isWarned()).toBe(true)
  }
})

const row = (gain: PlanRow['gain'], hoursBefore = 0, hoursAfter = 0): PlanRow => ({
  student: 's' as PlanRow['student'],
  last: 'L',
  first: 'F',
  localId: '1',
  grade: '05',
  gain,
  minutes: 120,
  hoursBefore,
  hoursAfter,
  claimableBefore: 0,
  claimableAfter: 0,
  remainingBefore: 1,
  sessionsToDay: null,
  beginBy: { 'P-1': null, 'P-2': null, Annual: null },
})

test('What a session would give is said in words, with the reason when it is nothing', () => {
  expect(gainText(WORDS.en, row({ kind: 'day' }))).toBe('A recovered day')
  expect(gainText(WORDS.en, row({ kind: 'hours' }, 1, 3))).toBe('2 hours towards a day')
  expect(gainText(WORDS.en, row({ kind: 'nothing', reason: 'yearlyMost' }))).toBe('Nothing: the yearly limit is reached')
  expect(gainText(WORDS.es, row({ kind: 'nothing', reason: 'insideSchoolDay' }))).toBe('Nada: dentro del día escolar')
})

test('The planner opens on the section’s next meeting, or on today when none is near', () => {
  const meets = (dates: readonly string[]): Section => ({ meets: { kind: 'dates', dates: dates.map(date) } }) as unknown as Section
  expect(nextMeeting(meets(['2026-11-21', '2026-11-28']), date('2026-11-22'), undefined)).toBe('2026-11-28')
  expect(nextMeeting(meets([]), date('2026-11-22'), undefined)).toBe('2026-11-22')
})
