/** The period and the school year that an address asks for; those that are reported next where it asks for none that there are. */
import { reportedNext } from '../../../../shared/report/reportedNext.ts'
import { PERIODS } from '../../../../shared/rules/california/periods.ts'
import type { SchoolDate } from '../../../../shared/time.ts'
import { yearIn } from '../schoolYear.ts'
import type { Chosen } from './Choose.tsx'

export function chosenPeriod(params: URLSearchParams, today: SchoolDate): Chosen {
  const next = reportedNext(today)
  return { period: PERIODS.find((one) => one === params.get('period')) ?? next.period, year: yearIn(params, today) ?? next.year }
}
