import { expect, test } from 'vitest'
import { CHOSEN, REQUIREMENTS } from './asvs.ts'
import { ALL, unproved } from './page.ts'
import { isMeant } from './run.ts'

test('the tables hold 150 requirements and twelve chosen ones, each once, and every one names a test', () => {
  expect(REQUIREMENTS).toHaveLength(150)
  expect(CHOSEN).toHaveLength(12)
  expect(new Set(ALL.map(({ id }) => id)).size).toBe(ALL.length)
  expect(ALL.filter(({ shownBy }) => shownBy.length === 0).map(({ id }) => id)).toEqual([])
})

test('a claim whose test did not run, or did not pass, is said', () => {
  const all = ALL.flatMap(({ shownBy }) => shownBy).map((fragment) => ({
    names: [`${fragment} and so on`],
    file: 'x.test.ts',
    passed: true,
  }))
  expect(unproved(all)).toEqual([])
  const [first] = REQUIREMENTS
  const meant = first?.shownBy[0] ?? ''
  const without = all.filter(({ names }) => !names.some((name) => isMeant(name, meant)))
  expect(unproved(without)).toContain(`${first?.id}: no test of this run is called: ${meant}`)
  const failed = [...all, { names: [meant], file: 'x.test.ts', passed: false }]
  expect(unproved(failed)).toContain(`${first?.id}: did not pass: ${meant}`)
})
