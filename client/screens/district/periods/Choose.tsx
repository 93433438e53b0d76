import { PERIODS, type Period } from '../../../../shared/rules/california/periods.ts'
import type { SchoolDate } from '../../../../shared/time.ts'
import { Select } from '../../../ui/Field.tsx'
import { useWords } from '../../../words/index.ts'
import { YearSelect } from '../YearSelect.tsx'

export interface Chosen {
  readonly period: Period
  readonly year: number
}

/** The period and the school year that a page is about. */
export function Choose({
  chosen,
  today,
  onChange,
}: {
  readonly chosen: Chosen
  readonly today: SchoolDate
  readonly onChange: (chosen: Chosen) => void
}) {
  const w = useWords().periods
  return (
    <>
      <Select
        label={w.period}
        hideLabel
        value={chosen.period}
        options={PERIODS.map((value) => ({ value, label: w.periodNames[value] }))}
        onValue={(period) => onChange({ ...chosen, period })}
      />
      <YearSelect year={chosen.year} today={today} onYear={(year) => onChange({ ...chosen, year })} />
    </>
  )
}
