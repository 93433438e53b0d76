import { PERIODS, type Period } from '../../../../shared/rules/california/periods.ts'
import { fiscalYearOf, type SchoolDate } from '../../../../shared/time.ts'
import { Select } from '../../../ui/Field.tsx'
import { useWords } from '../../../words/index.ts'

export interface Chosen {
  readonly period: Period
  /** Null until the server has said which year it is. */
  readonly year: number | null
}

/** The period and the school year that a page is about: this year, or one of the two before it. */
export function Choose({
  chosen,
  today,
  onChange,
}: {
  readonly chosen: Chosen
  readonly today: SchoolDate
  readonly onChange: (chosen: Chosen) => void
}) {
  const words = useWords()
  const w = words.periods
  const now = fiscalYearOf(today)
  const years = [now, now - 1, now - 2].filter((year) => year >= 2025)
  return (
    <>
      <Select
        label={w.period}
        hideLabel
        value={chosen.period}
        options={PERIODS.map((value) => ({ value, label: w.periodNames[value] }))}
        onValue={(period) => onChange({ ...chosen, period })}
      />
      <Select
        label={w.year}
        hideLabel
        value={String(chosen.year ?? now)}
        options={years.map((year) => ({ value: String(year), label: w.yearName(year) }))}
        onValue={(year) => onChange({ ...chosen, year: Number(year) })}
      />
    </>
  )
}
