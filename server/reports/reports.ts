/** What reports are asked of: the district's ledger at one moment, with the place in the log that it speaks of. */
import type { Ledger } from '../../shared/attendance/ledger.ts'
import { type StasRow, stasRows } from '../../shared/report/stas.ts'
import { cutOff, type Period } from '../../shared/rules/california/periods.ts'
import { fiscalYear, fiscalYearOf, type SchoolDate, schoolDateOf } from '../../shared/time.ts'
import type { Context } from '../context.ts'
import { judgeEverybody, openPace } from './pace.ts'
import { type PadcReport, padcReport } from './padcReport.ts'
import { unfinished, type Unfinished } from './unfinished.ts'

export interface Reports {
  today(): SchoolDate
  /** The last day that counts of a fiscal year: its last, or today. */
  asOfYear(year: number): SchoolDate
  /** A report of one moment, worked out in turns so that nobody waits behind it. */
  at<T>(asOf: SchoolDate, work: (ledger: Ledger, through: PadcReport['through']) => T): Promise<T>
  padc(period: Period, year: number): Promise<PadcReport>
  stas(year: number): Promise<StasReport>
}

export interface StasReport {
  readonly year: number
  readonly asOf: SchoolDate
  readonly through: PadcReport['through']
  readonly rows: readonly StasRow[]
  readonly unfinished: Unfinished
}

/** Today, where the district is. */
export const openToday =
  ({ log, store }: Pick<Context, 'log' | 'store'>) =>
  (): SchoolDate =>
    schoolDateOf(log.sources.now(), store.get('district', 'district')?.body.zone ?? 'UTC')

/** @param ticks milliseconds, when others are served meanwhile: then the work is done in turns */
export function openReports({ ledgers, log, store }: Pick<Context, 'ledgers' | 'log' | 'store'>, ticks?: () => number): Reports {
  const today = openToday({ log, store })
  const asOfYear = (year: number): SchoolDate => (year >= fiscalYearOf(today()) ? today() : fiscalYear(year).last)

  async function at<T>(asOf: SchoolDate, work: (ledger: Ledger, through: PadcReport['through']) => T): Promise<T> {
    await judgeEverybody(ledgers.of('all'), asOf, openPace(ticks))
    return log.read(() => work(ledgers.of('all'), { epoch: log.epoch, seq: log.head() }))
  }

  return {
    today,
    asOfYear,
    at,
    padc(period, year) {
      const last = cutOff(period, year)
      const now = today()
      return at(now < last ? now : last, (ledger, through) => padcReport(ledger, through, period, year, now))
    },
    stas(year) {
      const asOf = asOfYear(year)
      return at(asOf, (ledger, through) => ({ year, asOf, through, rows: stasRows(ledger, asOf), unfinished: unfinished(ledger, asOf) }))
    },
  }
}
