/** The district's figures as a screen shows them: sums by part with names, average daily attendance, money, and a forecast. */
import { type Forecast, PARTS, type Part, type TotalsCell } from '../../shared/api/totals.ts'
import { meetingsOf } from '../../shared/attendance/planned.ts'
import { schoolFacts } from '../../shared/attendance/studentFacts.ts'
import type { RegistryRecord, Section, Site } from '../../shared/registry.ts'
import { add, type Fraction, hundredths, NOTHING } from '../../shared/report/fraction.ts'
import { centsOf } from '../../shared/report/money.ts'
import { divisor, type GradeSpan, type Period, PERIODS } from '../../shared/rules/california/periods.ts'
import { addDays, fiscalYearOf, type SchoolDate } from '../../shared/time.ts'
import type { Db } from '../log/openDatabase.ts'
import type { RegistryStore } from '../registry/store.ts'
import { costUpTo, ratesOn, type Settings } from '../reports/settings.ts'
import { type Cell, type Dimension, nothing } from './cube.ts'

/** What the figures need to know of the district besides the totals. */
export interface Around {
  readonly store: RegistryStore
  readonly settings: Settings
  readonly asOf: SchoolDate
}

interface Row {
  readonly dimension: Dimension
  readonly key: string
  readonly body: string
}

/** The figures of the district, or of one school. */
export function dashboard(db: Db, around: Around, site: string | undefined) {
  const { store, settings, asOf } = around
  const rows = (db.prepare('SELECT dimension, key, body FROM cube WHERE site = ? ORDER BY key').all(site ?? '') as Row[]).map((row) => ({
    ...row,
    cell: JSON.parse(row.body) as Cell,
  }))
  const sites = new Map(store.list('site').map(({ body }) => [body.id as string, body]))
  const sections = store.list('section')
  const names = namesOf(store, sites, sections)
  const kept = settings.all()
  const rates = ratesOn(kept, asOf)
  const year = fiscalYearOf(asOf)
  const divisors = new Map<string, number>()
  const by = (school: string, period: Period): number => {
    const name = `${school} ${period}`
    const held =
      divisors.get(name) ?? divisor(schoolFacts(school as never, sites.get(school), ''), period, year, settings.lastDay(period, year))
    divisors.set(name, held)
    return held
  }
  const reporterOf = (school: string): string => (sites.get(school)?.type === 'charter' ? school : '')
  const costOf = (part: Part | undefined, key: string): number | null => {
    const cents = part === undefined && site === undefined ? costUpTo(kept, asOf) : costUpTo(kept, asOf, part === 'site' ? key : site)
    return (part === undefined || part === 'site') && cents > 0 ? cents : null
  }
  const shown = (part: Part | undefined, key: string, cell: Cell): TotalsCell => {
    const { days, ...sums } = cell
    return {
      key,
      name: part === undefined ? '' : names(part, key),
      ...sums,
      ...worth(days, (school) => by(school, 'Annual'), rates, reporterOf),
      cost: costOf(part, key),
    }
  }
  const whole = rows.find(({ dimension }) => dimension === 'all')?.cell ?? nothing()
  const parts = Object.fromEntries(
    PARTS.map((part) => [part, rows.filter(({ dimension }) => dimension === part).map(({ key, cell }) => shown(part, key, cell))]),
  ) as Record<Part, TotalsCell[]>
  const cells = new Map(rows.filter(({ dimension }) => dimension === 'section').map(({ key, cell }) => [key, cell]))
  const own = sections.filter(({ body, ended }) => !ended && (site === undefined || body.site === site)).map(({ body }) => body)
  const planned = PERIODS.map((period) =>
    forecast(db, { ...around, period, sections: own, sites, cells, whole, site, by, rates, reporterOf }),
  )
  return { all: shown(undefined, '', whole), parts, forecast: planned }
}

function namesOf(
  store: RegistryStore,
  sites: ReadonlyMap<string, Site>,
  sections: readonly Extract<RegistryRecord, { kind: 'section' }>[],
) {
  const section = new Map(sections.map(({ body }) => [body.id as string, body.name]))
  return (part: Part, key: string): string => {
    if (part === 'site') return sites.get(key)?.name ?? ''
    if (part === 'section') return section.get(key) ?? ''
    return part === 'teacher' ? (store.get('staff', key)?.body.name ?? '') : key
  }
}

/**
 * Average daily attendance in hundredths, and money at the district's own rates: null where a span has days and no rate. Rounded as a
 * reporting period rounds it: what each reporter has in a grade span, once.
 */
function worth(
  days: Cell['days'],
  by: (school: string) => number,
  rates: ReturnType<typeof ratesOn>,
  reporterOf: (school: string) => string,
): { readonly ada: number; readonly cents: number | null } {
  const sums = new Map<string, { readonly span: GradeSpan; readonly sum: Fraction }>()
  for (const [key, n] of Object.entries(days)) {
    const split = key.lastIndexOf(' ')
    const [span, school] = [key.slice(0, split) as GradeSpan, key.slice(split + 1)]
    const divided = by(school)
    const printed = `${span} ${reporterOf(school)}`
    const sum = sums.get(printed)?.sum ?? NOTHING
    sums.set(printed, { span, sum: divided === 0 ? sum : add(sum, { over: n, by: divided }) })
  }
  let ada = 0
  let cents: number | null = sums.size === 0 ? null : 0
  for (const { span, sum } of sums.values()) {
    const [own, rate] = [hundredths(sum), rates[span]]
    ada += own
    cents = cents === null || rate === undefined ? null : cents + centsOf(own, rate)
  }
  return { ada, cents }
}

interface Planned extends Around {
  readonly period: Period
  readonly sections: readonly Section[]
  readonly sites: ReadonlyMap<string, Site>
  readonly cells: ReadonlyMap<string, Cell>
  readonly whole: Cell
  readonly site: string | undefined
  readonly by: (school: string, period: Period) => number
  readonly rates: ReturnType<typeof ratesOn>
  /** A charter school reports by itself; the others are one line. */
  readonly reporterOf: (school: string) => string
}

/** A section's coming sessions are expected to earn what those held earned on average, and never more than its students may still recover. */
function forecast(db: Db, { period, sections, sites, cells, asOf, settings, site, by, rates, reporterOf, whole }: Planned): Forecast {
  const year = fiscalYearOf(asOf)
  const last = settings.lastDay(period, year)
  const claimed = db
    .prepare(
      `SELECT span || ' ' || absence_site AS key, count(*) AS n FROM day
       WHERE ${site === undefined ? '' : 'site = @site AND '}status = 'claimed' AND earned_on <= @last AND recovers <= @last GROUP BY 1`,
    )
    .all({ last, site: site ?? null }) as { key: string; n: number }[]
  let [meetings, more, most] = [0, 0, 0]
  for (const section of asOf < last ? sections : []) {
    const planned = meetingsOf(section, addDays(asOf, 1), last, sites.get(section.site)).length
    const cell = cells.get(section.id)
    if (planned === 0 || !cell) continue
    meetings += planned
    most += cell.remaining
    more += Math.min(cell.remaining, cell.sessions === 0 ? 0 : (planned * cell.earned) / cell.sessions)
  }
  const days = claimed.reduce((sum, { n }) => sum + n, 0)
  const now = worth(Object.fromEntries(claimed.map(({ key, n }) => [key, n])), (school) => by(school, period), rates, reporterOf)
  const expected = Math.round(more)
  const scale = days === 0 ? 0 : (days + expected) / days
  return {
    ...{ period, cutOff: last, over: asOf >= last, days, meetings, more: expected, most: Math.min(most, whole.remaining) },
    ada: now.ada,
    adaExpected: Math.round(now.ada * scale),
    centsExpected: now.cents === null ? null : Math.round(now.cents * scale),
  }
}
