/** What reports are asked of: the schools' parts at one moment, with the place in the log that they speak of. */
import type { Ledger } from '../../shared/attendance/ledger.ts'
import type { SiteId } from '../../shared/ids.ts'
import { padcOf } from '../../shared/report/padc.ts'
import type { StasRow } from '../../shared/report/stas.ts'
import type { Period } from '../../shared/rules/california/periods.ts'
import { RULES_VERSION } from '../../shared/rules/version.ts'
import { fiscalYear, fiscalYearOf, type SchoolDate, schoolDateOf } from '../../shared/time.ts'
import type { Context } from '../context.ts'
import { openAnswers } from '../totals/answers.ts'
import type { FoundAt } from './compliance.ts'
import type { Pace } from './pace.ts'
import type { PadcReport } from './padcReport.ts'
import { linesOf, type Part, partIn } from './part.ts'
import { openSettings } from './settings.ts'
import type { Unfinished } from './unfinished.ts'

export interface Reports {
  today(): SchoolDate
  /** The last day that counts of a fiscal year: its last, or today. */
  asOfYear(year: number): SchoolDate
  padc(period: Period, year: number): Promise<PadcReport>
  stas(year: number): Promise<StasReport>
  /** A period's worksheet with what its checklist is made of. */
  period(period: Period, year: number): Promise<PeriodAt>
  /** Something of every school, one after another and all of one moment; what is kept of a school is not worked out again.
   *  @param use reads the schools' parts as it goes through them, as often as it likes, and keeps none that it needs no more */
  bySchool<T, R>(
    kind: string,
    asOf: SchoolDate,
    work: (ledger: Ledger, site: SiteId) => T,
    use: (parts: Iterable<readonly [SiteId, T]>, through: PadcReport['through']) => R,
  ): Promise<R>
  /** Sees that a school's part is there, for a report that is asked for later. */
  prepare(site: SiteId, asOf: SchoolDate): void
  /** The same for something that `bySchool` will be asked for. */
  prepareAlso(kind: string, site: SiteId, asOf: SchoolDate, work: (ledger: Ledger, site: SiteId) => unknown): void
}

export interface StasReport {
  readonly year: number
  readonly asOf: SchoolDate
  readonly through: PadcReport['through']
  readonly rows: readonly StasRow[]
  readonly unfinished: Unfinished
}
export interface PeriodAt {
  readonly report: PadcReport
  readonly found: readonly FoundAt[]
  readonly stas: readonly StasRow[]
}
/** Today, where the district is. */
export const openToday =
  ({ log, store }: Pick<Context, 'log' | 'store'>) =>
  (): SchoolDate =>
    schoolDateOf(log.sources.now(), store.get('district', 'district')?.body.zone ?? 'UTC')

/** @param pace gives way between two schools to whoever else is served */
export function openReports({ log, schools, store, totals }: Pick<Context, 'log' | 'schools' | 'store' | 'totals'>, pace: Pace): Reports {
  const today = openToday({ log, store })
  const settings = openSettings(log)
  const answers = openAnswers(schools, log.epoch, totals.db)
  const registry: Pick<Ledger, 'site' | 'district'> = {
    site: (id) => store.get('site', id)?.body,
    district: () => store.get('district', 'district')?.body,
  }
  const asOfYear = (year: number): SchoolDate => (year >= fiscalYearOf(today()) ? today() : fiscalYear(year).last)

  async function ofMoment<T, R>(
    asOf: SchoolDate,
    kind: string,
    of: (site: SiteId) => T,
    use: (parts: Iterable<readonly [SiteId, T]>, through: PadcReport['through']) => R,
  ): Promise<R> {
    for (const site of schools.ids()) {
      log.read(() => answers.holds(kind, site, asOf) || of(site))
      await pace()
    }
    // What came in meanwhile is a few schools at most.
    return log.read(() => {
      const ids = schools.ids()
      const each = {
        *[Symbol.iterator]() {
          for (const site of ids) yield [site, of(site)] as const
        },
      }
      return use(each, { epoch: log.epoch, seq: log.head() })
    })
  }
  const parts = (asOf: SchoolDate) =>
    ofMoment(
      asOf,
      'report',
      (site) => partIn(answers, site, asOf),
      (all, through) => ({ through, schools: [...all] }),
    )
  const unfinishedIn = (all: readonly Part[]): Unfinished => ({
    sessions: all.reduce((sum, { unfinished }) => sum + unfinished.sessions, 0),
    pendingDays: all.reduce((sum, { unfinished }) => sum + unfinished.pendingDays, 0),
  })

  async function period(name: Period, year: number): Promise<PeriodAt> {
    const now = today()
    const last = settings.lastDay(name, year)
    const { through, schools: own } = await parts(now < last ? now : last)
    const all = own.map(([, part]) => part)
    const lines = linesOf(all)
    const figures = padcOf(
      lines.flatMap(({ shares }) => shares),
      registry,
      { period: name, year, last },
      now,
    )
    const district = registry.district()?.name ?? ''
    return {
      report: { ...figures, district, through, rules: RULES_VERSION, unfinished: unfinishedIn(all) },
      found: own.map(([site, { found }]) => ({ site, siteName: registry.site(site)?.name ?? '', found })),
      stas: lines.flatMap(({ stas }) => stas),
    }
  }

  return {
    today,
    asOfYear,
    period,
    padc: async (name, year) => (await period(name, year)).report,
    async stas(year) {
      const asOf = asOfYear(year)
      const { through, schools: own } = await parts(asOf)
      const all = own.map(([, part]) => part)
      return { year, asOf, through, rows: linesOf(all).flatMap(({ stas }) => stas), unfinished: unfinishedIn(all) }
    },
    bySchool: (kind, asOf, work, use) => ofMoment(asOf, kind, (site) => answers.of(kind, site, asOf, (ledger) => work(ledger, site)), use),
    prepareAlso: (kind, site, asOf, work) =>
      void (answers.holds(kind, site, asOf) || answers.of(kind, site, asOf, (ledger) => work(ledger, site))),
    prepare: (site, asOf) => void (answers.holds('report', site, asOf) || partIn(answers, site, asOf)),
  }
}
