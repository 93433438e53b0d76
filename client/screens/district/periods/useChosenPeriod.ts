import { useSearchParams } from 'wouter'
import { reportedNext } from '../../../../shared/report/reportedNext.ts'
import { PERIODS } from '../../../../shared/rules/california/periods.ts'
import type { SchoolDate } from '../../../../shared/time.ts'
import { yearIn } from '../schoolYear.ts'
import type { Chosen } from './Choose.tsx'

/** The period and the school year that the page's address asks for, and how it comes to ask for others; those that are reported next where it asks for none that there are. */
export function useChosenPeriod(today: SchoolDate): readonly [chosen: Chosen, choose: (chosen: Chosen) => void] {
  const [params, setParams] = useSearchParams()
  const next = reportedNext(today)
  const period = PERIODS.find((one) => one === params.get('period')) ?? next.period
  const choose = ({ period, year }: Chosen): void => setParams({ period, year: String(year) }, { replace: true })
  return [{ period, year: yearIn(params, today) ?? next.year }, choose]
}
