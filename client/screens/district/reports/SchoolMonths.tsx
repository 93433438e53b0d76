import { useState } from 'react'
import type { SchoolMonth } from '../../../../shared/api/reports.ts'
import { cutOff } from '../../../../shared/rules/california/periods.ts'
import { fiscalYear, fiscalYearOf, parseSchoolDate, type SchoolDate } from '../../../../shared/time.ts'
import { useDevice } from '../../../log/useAttendance.ts'
import { DateField, Select } from '../../../ui/Field.tsx'
import { focusFault } from '../../../ui/focusFault.ts'
import { useWords } from '../../../words/index.ts'
import { SettingCard } from './SettingCard.tsx'
import { usePut } from './usePut.ts'

/** A date in the fiscal year that is not after the day the law names. */
const isPossible = (on: SchoolDate | undefined, period: 'P-1' | 'P-2', year: number): boolean =>
  on !== undefined && fiscalYear(year).first <= on && on <= cutOff(period, year)

/** With which school months P-1 and P-2 of a year end. Without an entry they end on the days the law names. */
export function SchoolMonths({ months, onChanged }: { readonly months: readonly SchoolMonth[]; readonly onChanged: () => void }) {
  const words = useWords()
  const w = words.reports.rates
  const { store } = useDevice()
  const now = fiscalYearOf(store.today())
  const [year, setYear] = useState(now)
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const [tried, setTried] = useState(false)
  const { busy, problem, put } = usePut(onChanged)
  const [p1, p2] = [parseSchoolDate(first), parseSchoolDate(second)]
  const bad = (typed: string, on: SchoolDate | undefined, period: 'P-1' | 'P-2'): string | undefined =>
    tried && (typed !== '' || (first === '' && second === '')) && !isPossible(on, period, year)
      ? w.badMonth(words.format.dateWithYear(cutOff(period, year)))
      : undefined
  const add = async () => {
    setTried(true)
    const isWrong = (typed: string, on: SchoolDate | undefined, period: 'P-1' | 'P-2') => typed !== '' && !isPossible(on, period, year)
    if ((first === '' && second === '') || isWrong(first, p1, 'P-1') || isWrong(second, p2, 'P-2')) return focusFault()
    if (!(await put({ kind: 'months', ended: false, body: { year, 'P-1': p1 ?? null, 'P-2': p2 ?? null } }))) return
    setFirst('')
    setSecond('')
    setTried(false)
  }
  const shown = (on: SchoolDate | null, period: 'P-1' | 'P-2', of: number): string =>
    on === null ? w.asTheLaw(words.format.dateWithYear(cutOff(period, of))) : words.format.dateWithYear(on)
  return (
    <SettingCard
      title={w.monthsTitle}
      sub={w.monthsSub}
      label={w.monthsTitle}
      rows={months}
      rowKey={(row) => String(row.year)}
      rowName={(row) => words.periods.yearName(row.year)}
      none={w.noMonths}
      add={w.addMonths}
      busy={busy}
      problem={problem}
      onAdd={add}
      onRemove={(row) => void put({ kind: 'months', ended: true, body: row })}
      columns={[
        { id: 'year', head: w.year, by: (row) => row.year, cell: (row) => words.periods.yearName(row.year) },
        { id: 'p1', head: words.periods.periodNames['P-1'], by: (row) => row['P-1'], cell: (row) => shown(row['P-1'], 'P-1', row.year) },
        { id: 'p2', head: words.periods.periodNames['P-2'], by: (row) => row['P-2'], cell: (row) => shown(row['P-2'], 'P-2', row.year) },
      ]}
    >
      <Select
        label={w.year}
        value={String(year)}
        options={[now - 1, now, now + 1].map((each) => ({ value: String(each), label: words.periods.yearName(each) }))}
        onValue={(value) => setYear(Number(value))}
      />
      <DateField label={w.monthEnd(words.periods.periodNames['P-1'])} value={first} onValue={setFirst} error={bad(first, p1, 'P-1')} />
      <DateField label={w.monthEnd(words.periods.periodNames['P-2'])} value={second} onValue={setSecond} error={bad(second, p2, 'P-2')} />
    </SettingCard>
  )
}
