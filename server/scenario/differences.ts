/** Where the totals differ from what a scenario says they must be, one line each. */
import type { Totals } from '../../shared/rules/california/judge.ts'
import type { Expected, Scenario } from './format.ts'
import type { ScenarioTotals } from './runScenario.ts'

/** `ana.earnedDays: expected 1, got 0`. Empty when all hold. */
export function differences(scenario: Scenario, results: ReadonlyMap<string, ScenarioTotals>): readonly string[] {
  const lines: string[] = []
  for (const [key, expected] of scenario.then) {
    const totals = results.get(key)?.totals
    if (!totals) continue
    for (const field of Object.keys(expected) as (keyof Expected)[]) {
      const wanted = comparable(field, expected[field])
      const got = comparable(field, totals[field])
      if (expected[field] !== undefined && wanted !== got) lines.push(`${key}.${field}: expected ${wanted}, got ${got}`)
    }
  }
  return lines
}

/** One text for equal values. Flags are a set: order and repetition mean nothing. */
function comparable(field: keyof Expected, value: Expected[keyof Expected] | Totals[keyof Totals]): string {
  if (field === 'flags') return JSON.stringify([...new Set(value as readonly string[])].sort())
  if (field === 'days')
    return JSON.stringify(
      (value as Totals['days'] | undefined)?.map(({ earnedOn, path, recovers, school }) => ({ earnedOn, path, recovers, school })),
    )
  return JSON.stringify(value)
}
