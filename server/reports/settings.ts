/** What the district says of itself for its reports: dated funding rates, costs, local codes. Every version is kept. */
import { Cost, Mapping, type PutSetting, Rate, SchoolMonth, type SettingsReply } from '../../shared/api/reports.ts'
import type { Sis } from '../../shared/report/writeBack/layouts.ts'
import type { Rates } from '../../shared/report/money.ts'
import { cutOff, GRADE_SPANS, type Period } from '../../shared/rules/california/periods.ts'
import { fiscalYear, fiscalYearOf, type SchoolDate } from '../../shared/time.ts'
import type { Log } from '../log/log.ts'

export interface Settings {
  all(): SettingsReply
  put(setting: PutSetting, by: string): void
  /** The last day of a period: the district's, or the one the law names. */
  lastDay(period: Period, year: number): SchoolDate
  /** The local codes of a system; empty where the district gave none. */
  codesOf(sis: Sis): Readonly<Record<string, string>>
}

export function openSettings({ db, sources }: Log): Settings {
  const newest = db.prepare<[string], { ended: number; body: string }>(
    'SELECT ended, body FROM setting_version WHERE id IN (SELECT max(id) FROM setting_version WHERE kind = ? GROUP BY key) ORDER BY key',
  )
  const add = db.prepare('INSERT INTO setting_version (kind, key, ended, body, at, by) VALUES (?, ?, ?, ?, ?, ?)')
  const held = (kind: PutSetting['kind']): unknown[] =>
    newest.all(kind).flatMap(({ ended, body }) => (ended === 1 ? [] : [JSON.parse(body) as unknown]))
  const all = (): SettingsReply => ({
    rates: held('rate').map((body) => Rate.parse(body)),
    costs: held('cost').map((body) => Cost.parse(body)),
    mappings: held('mapping').map((body) => Mapping.parse(body)),
    months: held('months').map((body) => SchoolMonth.parse(body)),
  })
  return {
    all,
    put: (setting, by) =>
      void add.run(setting.kind, keyOf(setting), setting.ended ? 1 : 0, JSON.stringify(setting.body), sources.now(), by),
    lastDay: (period, year) => cutOff(period, year, all().months),
    codesOf: (sis) => all().mappings.find((mapping) => mapping.sis === sis)?.codes ?? {},
  }
}

function keyOf(setting: PutSetting): string {
  switch (setting.kind) {
    case 'rate':
      return `${setting.body.span} ${setting.body.from}`
    case 'cost':
      return setting.body.id
    case 'mapping':
      return setting.body.sis
    case 'months':
      return String(setting.body.year)
  }
}

/** The rates that hold on a date: of each span the last that began. */
export function ratesOn({ rates }: Pick<SettingsReply, 'rates'>, on: SchoolDate): Rates {
  const held: { -readonly [K in keyof Rates]: Rates[K] } = {}
  for (const span of GRADE_SPANS) {
    const rate = rates
      .filter((each) => each.span === span && each.from <= on)
      .sort((a, b) => (a.from < b.from ? -1 : 1))
      .at(-1)
    if (rate) held[span] = rate.cents
  }
  return held
}

/** Cents spent in the fiscal year of a date, up to it; of one school when given. */
export function costUpTo({ costs }: Pick<SettingsReply, 'costs'>, asOf: SchoolDate, site?: string): number {
  const { first } = fiscalYear(fiscalYearOf(asOf))
  return costs
    .filter((cost) => cost.on >= first && cost.on <= asOf && (site === undefined || cost.site === site))
    .reduce((sum, cost) => sum + cost.cents, 0)
}
