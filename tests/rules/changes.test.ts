/** A value of the law is walked by scenarios: one of them notices when it begins a day late, one when it begins a day early. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { differences } from '../../server/scenario/differences.ts'
import type { Scenario } from '../../server/scenario/format.ts'
import { readScenario } from '../../server/scenario/readScenario.ts'
import { runScenario } from '../../server/scenario/runScenario.ts'
import { mostRecoveredDays } from '../../shared/rules/california/policy.ts'
import type { SourceKey } from '../../shared/rules/law.ts'
import type { Parameter } from '../../shared/rules/parameter.ts'
import { californiaRulebook } from '../../shared/rules/rulebook.ts'
import { addDays, type SchoolDate } from '../../shared/time.ts'

interface File {
  readonly name: string
  readonly text: string
  readonly scenario: Scenario
}

const folder = new URL('../scenarios/', import.meta.url)
const files: readonly File[] = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => {
    const bytes = readFileSync(new URL(name, folder))
    const read = readScenario(bytes)
    if ('faults' in read) throw new Error(`${name}: ${read.faults.join('; ')}`)
    return { name, text: bytes.toString('utf8'), scenario: read.scenario }
  })

const holds = ({ scenario }: File): boolean => differences(scenario, runScenario(scenario)).length === 0

/** Values older than the program never changed while it was there: no date of a session can be before them. */
const programBegan = mostRecoveredDays.values[0].from

/** The first days of values, and the side of each, that no scenario walks. */
function notWalked(parameters: readonly Parameter<number>[], scenarios: readonly File[]): string[] {
  return parameters.flatMap(({ label, values }) =>
    values
      .filter(({ from }) => from >= programBegan)
      .flatMap((value) => {
        const { from } = value
        const beginsOn = (day: string): void => void Object.assign(value, { from: day })
        const isNoticed = (days: number): boolean => {
          const moved = addDays(from as SchoolDate, days)
          const near = scenarios.filter(({ text }) => text.includes(days > 0 ? from : moved))
          beginsOn(moved)
          const noticed = near.some((file) => !holds(file))
          beginsOn(from)
          return noticed
        }
        return [...(isNoticed(-1) ? [] : [`${label}: the day before ${from}`]), ...(isNoticed(1) ? [] : [`${label}: ${from}`])]
      }),
  )
}

describe('every value that began with the program or changed since', () => {
  test('has a scenario on its first day, and one on the day before', () => {
    expect(notWalked(californiaRulebook.parameters, files)).toEqual([])
  })
  test('is missed when a scenario of it is taken away', () => {
    const without = (name: string) =>
      notWalked(
        californiaRulebook.parameters,
        files.filter((file) => !file.name.startsWith(name)),
      )
    const independentStudy = 'School days of continual independent study after which nothing is earned'
    expect(without('law-begins-independent-study-2025-06-30')).toEqual([`${independentStudy}: the day before 2025-07-01`])
    expect(without('law-begins-independent-study-2025-07-01')).toEqual([`${independentStudy}: 2025-07-01`])
    expect(without('law-begins-')).toHaveLength(8)
  })
  test('would be missed if it changed and nobody wrote down what follows', () => {
    const parameter: Parameter<number> = {
      label: 'Another value',
      unit: 'days',
      values: [
        { from: '2025-07-01', value: 10, cite: 'EC 46211 yearly most' },
        { from: '2026-12-01', value: 12, cite: 'EC 46211 yearly most' },
      ],
    }
    expect(notWalked([parameter], files)).toContain('Another value: 2026-12-01')
    expect(notWalked([parameter], files)).toContain('Another value: the day before 2026-12-01')
  })
})

/** Holds only while it does not: a citation of a source that is not in the register is a fault of type. */
type MayCite<Key extends string> = Key extends SourceKey ? 'may be cited' : 'does not compile'
const known: MayCite<'EC 46211(a)'> = 'may be cited'
const unknown: MayCite<'EC 99999'> = 'does not compile'
const anyText: MayCite<string> = 'does not compile'

test('a source that is not in the register cannot be cited', () => {
  expect([known, unknown, anyText]).toEqual(['may be cited', 'does not compile', 'does not compile'])
  expect(Object.keys(californiaRulebook.sources)).not.toContain('EC 99999')
})
