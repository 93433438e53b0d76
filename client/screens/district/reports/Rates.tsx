import { useState } from 'react'
import type { Rate } from '../../../../shared/api/reports.ts'
import { GRADE_SPANS, type GradeSpan } from '../../../../shared/rules/california/periods.ts'
import { parseSchoolDate } from '../../../../shared/time.ts'
import { DateField, Select, TextField } from '../../../ui/Field.tsx'
import { focusFault } from '../../../ui/focusFault.ts'
import { useWords } from '../../../words/index.ts'
import styles from '../../desk/Tools.module.css'
import { centsOf, dollars } from '../money.ts'
import { SettingCard } from './SettingCard.tsx'
import { usePut } from './usePut.ts'

/** Funding rates by grade span, each from a date on. */
export function Rates({ rates, onChanged }: { readonly rates: readonly Rate[]; readonly onChanged: () => void }) {
  const words = useWords()
  const w = words.reports.rates
  const [span, setSpan] = useState<GradeSpan>('TK/K-3')
  const [from, setFrom] = useState('')
  const [amount, setAmount] = useState('')
  const [tried, setTried] = useState(false)
  const { busy, problem, put } = usePut(onChanged)
  const date = parseSchoolDate(from)
  const cents = centsOf(amount)
  const add = async () => {
    setTried(true)
    if (!date || cents === undefined) return focusFault()
    if (!(await put({ kind: 'rate', ended: false, body: { span, from: date, cents } }))) return
    setAmount('')
    setTried(false)
  }
  return (
    <SettingCard
      title={w.ratesTitle}
      sub={w.ratesSub}
      label={w.ratesLabel}
      rows={rates.toSorted((a, b) => GRADE_SPANS.indexOf(a.span) - GRADE_SPANS.indexOf(b.span))}
      rowKey={(row) => `${row.span} ${row.from}`}
      rowName={(row) => `${row.span}, ${words.format.dateWithYear(row.from)}`}
      none={w.noRates}
      add={w.addRate}
      busy={busy}
      problem={problem}
      onAdd={add}
      onRemove={(row) => void put({ kind: 'rate', ended: true, body: row })}
      columns={[
        {
          id: 'span',
          head: w.span,
          by: (row) => GRADE_SPANS.indexOf(row.span),
          cell: (row) => <span className={styles.name}>{row.span}</span>,
        },
        { id: 'from', head: w.from, by: (row) => row.from, cell: (row) => words.format.dateWithYear(row.from) },
        { id: 'rate', head: w.rate, numbers: true, by: (row) => row.cents, cell: (row) => dollars(words.format, row.cents) },
      ]}
    >
      <Select label={w.span} value={span} options={GRADE_SPANS.map((value) => ({ value, label: value }))} onValue={setSpan} />
      <DateField label={w.from} value={from} onValue={setFrom} error={tried && !date ? w.badDate : undefined} />
      <TextField
        label={w.rate}
        value={amount}
        onValue={setAmount}
        inputMode="decimal"
        error={tried && cents === undefined ? w.badAmount : undefined}
      />
    </SettingCard>
  )
}
