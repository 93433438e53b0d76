import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ATTACKS } from './attacks.ts'
import { CHOSEN, REQUIREMENTS } from './asvs.ts'
import { asvsPage, attacksPage, TESTS, testsOf } from './page.ts'

const docs = path.resolve(import.meta.dirname, '../../docs')
const ALL = [...REQUIREMENTS, ...CHOSEN, ...ATTACKS]

test('every test that the tables name is there', () => {
  expect(TESTS.length).toBeGreaterThan(500)
  expect(
    ALL.flatMap(({ id, shownBy }) => shownBy.filter((fragment) => testsOf(fragment).length === 0).map((fragment) => `${id}: ${fragment}`)),
  ).toEqual([])
})

test('the tables hold 150 requirements and twelve chosen ones, each once, and what no test shows says why', () => {
  expect(REQUIREMENTS).toHaveLength(150)
  expect(CHOSEN).toHaveLength(12)
  expect(new Set(ALL.map(({ id }) => id)).size).toBe(ALL.length)
  expect(ALL.filter(({ shownBy, note }) => shownBy.length === 0 && note === undefined).map(({ id }) => id)).toEqual([])
})

test.each([
  ['asvs.md', asvsPage],
  ['attacks.md', attacksPage],
])('docs/%s is made of the tables as they are', (name, page) => {
  expect(readFileSync(path.join(docs, name), 'utf8'), 'run: npm run trust-pages').toBe(page())
})
