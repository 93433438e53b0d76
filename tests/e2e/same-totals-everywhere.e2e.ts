/** The tablet and the district work out the same: the fold and the rules give one answer on every machine, in every zone. */
import { beforeAll, describe, expect, test } from 'vitest'
import { FLAGS } from '../../shared/rules/california/flags.ts'
import { MACHINE_ZONES, type Place, totalsEverywhere } from '../support/sameTotals.ts'

const HISTORIES = 2_000

describe('Two thousand made-up histories of a school', () => {
  let places: Place[] = []
  beforeAll(async () => {
    places = await totalsEverywhere(HISTORIES)
  }, 300_000)

  test('are judged on machines that stand in different zones', () => {
    expect(new Set(places.map(({ offset }) => offset)).size).toBe(MACHINE_ZONES.length)
    expect(places).toHaveLength(2 * MACHINE_ZONES.length)
  })
  test('have the same totals, reasons and warnings in Node and in the browser, byte for byte', () => {
    for (const { where, judged } of places) expect(judged, where).toEqual(places[0]?.judged)
  })
  test('break every rule somewhere, and earn days somewhere', () => {
    const raised = new Set(places[0]?.judged.flatMap(({ flags }) => Object.keys(flags)))
    expect(FLAGS.filter((flag) => !raised.has(flag))).toEqual([])
    expect(places[0]?.judged.reduce((sum, { earnedDays }) => sum + earnedDays, 0)).toBeGreaterThan(500)
  })
})
