/** Invented rates and costs, so that the sample's overview shows what a day is worth and what it cost. */
import { GRADE_SPANS, type GradeSpan } from '../../shared/rules/california/periods.ts'
import { fiscalYear, fiscalYearOf, type SchoolDate } from '../../shared/time.ts'
import type { Context } from '../context.ts'
import { openSettings } from '../reports/settings.ts'
import type { SampleTime } from './when.ts'

/** Dollars for one unit of average daily attendance: round, and near enough to be believed. */
const RATES: Readonly<Record<GradeSpan, number>> = { 'TK/K-3': 11_000, '4-6': 10_200, '7-8': 10_500, '9-12': 12_400 }
/** Dollars that a school spends on recovery in a month. */
const MONTHLY = 650
const BY = 'sample'

/** The months in which a school spends, by their place in a fiscal year: all but July. */
const MONTHS = ['08', '09', '10', '11', '12', '01', '02', '03', '04', '05', '06']

/** Keeps a rate for each grade span from the first day of the year, and what each school spent in each month up to today. */
export function keepMoney({ log, store }: Context, { since, today }: SampleTime): void {
  const settings = openSettings(log)
  const [from, until] = [fiscalYearOf(since), fiscalYearOf(today)]
  const { first } = fiscalYear(from)
  for (const span of GRADE_SPANS) settings.put({ kind: 'rate', ended: false, body: { span, from: first, cents: RATES[span] * 100 } }, BY)
  const days = (year: number) => MONTHS.map((month) => `${month < '07' ? year + 1 : year}-${month}-15` as SchoolDate)
  for (const on of from === until ? days(from) : [...days(from), ...days(until)]) {
    if (on > today) break
    for (const [i, { body }] of store.list('site').entries()) {
      const cents = (MONTHLY + 60 * i) * 100
      settings.put(
        { kind: 'cost', ended: false, body: { id: log.sources.newId(), site: body.id, on, what: 'Teachers and aides', cents } },
        BY,
      )
    }
  }
}
