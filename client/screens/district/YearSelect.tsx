import type { SchoolDate } from '../../../shared/time.ts'
import { Select } from '../../ui/Field.tsx'
import { useWords } from '../../words/index.ts'
import { yearsOffered } from './schoolYear.ts'

/** The school year that a page is about: this year, or one of the two before it. */
export function YearSelect({
  year,
  today,
  onYear,
  hideLabel = true,
  autoFocus = false,
}: {
  readonly year: number
  readonly today: SchoolDate
  readonly onYear: (year: number) => void
  readonly hideLabel?: boolean
  readonly autoFocus?: boolean
}) {
  const w = useWords().periods
  return (
    <Select
      label={w.year}
      hideLabel={hideLabel}
      autoFocus={autoFocus}
      value={String(year)}
      options={yearsOffered(today).map((each) => ({ value: String(each), label: w.yearName(each) }))}
      onValue={(value) => onYear(Number(value))}
    />
  )
}
