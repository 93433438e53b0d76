import { describe, expect, test } from 'vitest'
import {
  addDays,
  dateOfDay,
  dayNumber,
  fiscalYearOf,
  HOUR,
  type LocalTime,
  localInstant,
  localTimeOf,
  MINUTE,
  parseLocalTime,
  parseSchoolDate,
  type SchoolDate,
  schoolDateOf,
  startOfDay,
  weekday,
  instant,
} from '../../shared/time.ts'
import { offsetAt, ZONE_NAMES } from '../../shared/zones.ts'

const on = (text: string): SchoolDate => text as SchoolDate
const at = (text: string): LocalTime => text as LocalTime

/** What this machine's own zone data says, as minutes east of UTC. */
function offsetByIntl(format: Intl.DateTimeFormat, ms: number): number {
  const parts = Object.fromEntries(format.formatToParts(ms).map((part) => [part.type, Number(part.value)]))
  const wall = Date.UTC(parts.year ?? 0, (parts.month ?? 1) - 1, parts.day, parts.hour, parts.minute, parts.second)
  return (wall - ms) / MINUTE
}

describe('the zone table', () => {
  test.each(ZONE_NAMES)('%s changes its clocks when the zone data of this machine says so, 2020 to 2035', (zone) => {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    const end = Date.UTC(2036, 0, 1)
    let before = offsetAt(zone, Date.UTC(2020, 0, 1))
    let changes = 0
    for (let ms = Date.UTC(2020, 0, 1); ms < end; ms += HOUR) {
      const now = offsetAt(zone, ms)
      const isMidday = ms % (24 * HOUR) === 12 * HOUR
      if (now !== before || isMidday) expect(offsetByIntl(format, ms), `${zone} ${new Date(ms).toISOString()}`).toBe(now)
      if (now !== before) {
        changes++
        expect(offsetByIntl(format, ms - 1000)).toBe(before)
      }
      before = now
    }
    expect(changes === 0 || changes === 32).toBe(true)
  })
})

describe('dates and times', () => {
  test('a day that does not exist is no date', () => {
    for (const text of ['2026-02-30', '2027-02-29', '2026-13-01', '2026-00-10', '26-01-01', '2026-1-1', '']) {
      expect(parseSchoolDate(text)).toBeUndefined()
    }
    expect(parseSchoolDate('2028-02-29')).toBe('2028-02-29')
  })
  test('a time that no clock shows is no time', () => {
    for (const text of ['24:00', '8:00', '08:60', '08:00:60', '0800']) expect(parseLocalTime(text)).toBeUndefined()
    for (const text of ['00:00', '23:59:59']) expect(parseLocalTime(text)).toBe(text)
  })
  test('a date and its day number are one thing', () => {
    for (let day = dayNumber(on('2019-12-31')); day < dayNumber(on('2036-01-02')); day++) {
      expect(dayNumber(dateOfDay(day))).toBe(day)
      expect(weekday(dateOfDay(day))).toBe(new Date(day * 24 * HOUR).getUTCDay())
    }
    expect(addDays(on('2028-02-28'), 1)).toBe('2028-02-29')
    expect(addDays(on('2026-01-01'), -1)).toBe('2025-12-31')
  })
  test('the fiscal year begins on 1 July', () => {
    expect(fiscalYearOf(on('2026-06-30'))).toBe(2025)
    expect(fiscalYearOf(on('2026-07-01'))).toBe(2026)
  })
  test('a day is 23 hours long in spring and 25 in autumn', () => {
    const hours = (date: string): number =>
      (startOfDay(addDays(on(date), 1), 'America/Los_Angeles') - startOfDay(on(date), 'America/Los_Angeles')) / HOUR
    expect([hours('2027-03-13'), hours('2027-03-14'), hours('2026-11-01'), hours('2026-11-02')]).toEqual([24, 23, 25, 24])
  })
  test('an hour that happens twice is the first one, one that does not happen is read by clocks not yet set', () => {
    const zone = 'America/Los_Angeles'
    expect(localInstant(on('2026-11-01'), at('01:30'), zone)).toBe(Date.UTC(2026, 10, 1, 8, 30))
    expect(localInstant(on('2027-03-14'), at('02:30'), zone)).toBe(Date.UTC(2027, 2, 14, 10, 30))
  })
  test('a moment is on the date and at the time the clocks show', () => {
    for (let ms = Date.UTC(2026, 9, 31); ms < Date.UTC(2026, 10, 3); ms += 7 * MINUTE) {
      const date = schoolDateOf(instant(ms), 'America/Los_Angeles')
      const again = localInstant(date, localTimeOf(instant(ms), 'America/Los_Angeles'), 'America/Los_Angeles')
      expect([0, HOUR]).toContain(ms - again)
    }
  })
})
