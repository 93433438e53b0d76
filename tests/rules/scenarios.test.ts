import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { differences } from '../../server/scenario/differences.ts'
import { readScenario } from '../../server/scenario/readScenario.ts'
import { runScenario } from '../../server/scenario/runScenario.ts'

const folder = new URL('../scenarios/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))

describe('the scenario tables', () => {
  test('are there', () => expect(files.length).toBeGreaterThan(80))

  test.each(files)('%s holds', (file) => {
    const bytes = readFileSync(new URL(file, folder))
    const read = readScenario(bytes)
    if ('faults' in read) expect.fail(read.faults.join('\n'))
    expect(read.scenario.then.size).toBeGreaterThan(0)
    const results = runScenario(read.scenario)
    expect(differences(read.scenario, results)).toEqual([])
    for (const [, result] of results) {
      const { minutesPresent, minutesCounted, minutesNotCounted, days, accruing } = result.explanation()
      expect(minutesCounted + minutesNotCounted).toBe(minutesPresent)
      expect(days.map((day) => day.earnedOn)).toEqual(result.totals.days.map((day) => day.earnedOn))
      expect(accruing.reduce((sum, share) => sum + share.minutes, 0)).toBe(result.totals.minutes)
    }
  })

  test('each says on whose word it stands', () => {
    for (const file of files) expect(readFileSync(new URL(file, folder), 'utf8')).toMatch(/^# \S/)
  })
})
