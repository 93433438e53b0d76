/**
 * The time zones of United States schools: the one table from which wall-clock times are made, on every device and on the
 * server. A device's own zone data may be years old; this table travels with the rules.
 * Daylight saving since 2007: from 2:00 on the second Sunday of March to 2:00 on the first Sunday of November (15 USC 260a).
 */

interface Zone {
  /** Minutes east of UTC in winter. */
  readonly standard: number
  /** Whether clocks are set forward an hour in summer. */
  readonly daylight: boolean
}

const zone = (hours: number, daylight = true): Zone => ({ standard: hours * 60, daylight })

const ZONES: Readonly<Record<string, Zone>> = {
  UTC: zone(0, false),
  'America/Puerto_Rico': zone(-4, false),
  'America/St_Thomas': zone(-4, false),
  'America/New_York': zone(-5),
  'America/Detroit': zone(-5),
  'America/Indiana/Indianapolis': zone(-5),
  'America/Kentucky/Louisville': zone(-5),
  'America/Chicago': zone(-6),
  'America/Menominee': zone(-6),
  'America/Indiana/Knox': zone(-6),
  'America/North_Dakota/Center': zone(-6),
  'America/Denver': zone(-7),
  'America/Boise': zone(-7),
  'America/Phoenix': zone(-7, false),
  'America/Los_Angeles': zone(-8),
  'America/Anchorage': zone(-9),
  'America/Juneau': zone(-9),
  'America/Nome': zone(-9),
  'America/Adak': zone(-10),
  'Pacific/Honolulu': zone(-10, false),
  'Pacific/Pago_Pago': zone(-11, false),
  'Pacific/Guam': zone(10, false),
  'Pacific/Saipan': zone(10, false),
}

/** The zones a site may be in. */
export const ZONE_NAMES: readonly string[] = Object.keys(ZONES)
export const isZone = (name: string): boolean => Object.hasOwn(ZONES, name)

const DAY = 86_400_000
const MINUTE = 60_000

/** Midnight UTC of the nth Sunday of a month (0 January). */
function sunday(year: number, month: number, nth: number): number {
  const first = Date.UTC(year, month, 1)
  const day = new Date(first).getUTCDay()
  return first + (((7 - day) % 7) + (nth - 1) * 7) * DAY
}

const yearly = new Map<number, readonly [number, number]>()

/** Wall-clock moments, as if UTC, at which daylight saving begins (standard time) and ends (daylight time). */
function daylightOf(year: number): readonly [number, number] {
  let span = yearly.get(year)
  if (!span) {
    span = [sunday(year, 2, 2) + 120 * MINUTE, sunday(year, 10, 1) + 120 * MINUTE]
    yearly.set(year, span)
  }
  return span
}

/** Minutes east of UTC in `zone` at a moment (milliseconds since 1970). An unknown zone is a bug: it was checked on the way in. */
export function offsetAt(name: string, at: number): number {
  const z = ZONES[name]
  if (!z) throw new RangeError(`unknown time zone ${name}`)
  if (!z.daylight) return z.standard
  const winter = at + z.standard * MINUTE
  const [begins, ends] = daylightOf(new Date(winter).getUTCFullYear())
  return winter >= begins && winter < ends - 60 * MINUTE ? z.standard + 60 : z.standard
}
