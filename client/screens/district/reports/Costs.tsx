import { useState } from 'react'
import type { Cost } from '../../../../shared/api/reports.ts'
import { as, type SiteId } from '../../../../shared/ids.ts'
import { parseSchoolDate } from '../../../../shared/time.ts'
import { useDevice } from '../../../log/useAttendance.ts'
import { DateField, Select, TextField } from '../../../ui/Field.tsx'
import { focusFault } from '../../../ui/focusFault.ts'
import { useWords } from '../../../words/index.ts'
import styles from '../../desk/Tools.module.css'
import { centsOf, dollars } from '../money.ts'
import { useSchools } from '../useSchools.ts'
import { SettingCard } from './SettingCard.tsx'
import { usePut } from './usePut.ts'

/** What recovery cost, by school or for the district. */
export function Costs({ costs, onChanged }: { readonly costs: readonly Cost[]; readonly onChanged: () => void }) {
  const words = useWords()
  const w = words.reports.rates
  const sites = useSchools()
  const { newId } = useDevice()
  const [site, setSite] = useState('')
  const [on, setOn] = useState('')
  const [what, setWhat] = useState('')
  const [amount, setAmount] = useState('')
  const [tried, setTried] = useState(false)
  const { busy, problem, put } = usePut(onChanged)
  const date = parseSchoolDate(on)
  const cents = centsOf(amount)
  const siteName = (id: string | null) => (id === null ? w.wholeDistrict : (sites.find((each) => each.id === id)?.name ?? id))
  const add = async () => {
    setTried(true)
    if (!date || cents === undefined || what.trim() === '') return focusFault()
    const body: Cost = { id: newId(), site: site === '' ? null : as<SiteId>(site), on: date, what: what.trim(), cents }
    if (!(await put({ kind: 'cost', ended: false, body }))) return
    setAmount('')
    setWhat('')
    setTried(false)
  }
  return (
    <SettingCard
      title={w.costsTitle}
      sub={w.costsSub}
      label={w.costsLabel}
      rows={costs}
      rowKey={(row) => row.id}
      rowName={(row) => row.what}
      none={w.noCosts}
      add={w.addCost}
      busy={busy}
      problem={problem}
      onAdd={add}
      onRemove={(row) => void put({ kind: 'cost', ended: true, body: row })}
      columns={[
        { id: 'what', head: w.what, by: (row) => row.what, cell: (row) => <span className={styles.name}>{row.what}</span> },
        { id: 'site', head: w.site, by: (row) => siteName(row.site), cell: (row) => siteName(row.site) },
        { id: 'on', head: w.on, by: (row) => row.on, cell: (row) => words.format.dateWithYear(row.on) },
        {
          id: 'amount',
          head: w.amount,
          numbers: true,
          by: (row) => row.cents,
          cell: (row) => dollars(words.format, row.cents),
          total: dollars(
            words.format,
            costs.reduce((sum, row) => sum + row.cents, 0),
          ),
        },
      ]}
    >
      <TextField
        label={w.what}
        value={what}
        onValue={setWhat}
        maxLength={120}
        error={tried && what.trim() === '' ? w.badWhat : undefined}
      />
      <Select
        label={w.site}
        value={site}
        options={[{ value: '', label: w.wholeDistrict }, ...sites.map((each) => ({ value: each.id, label: each.name }))]}
        onValue={setSite}
      />
      <DateField label={w.on} value={on} onValue={setOn} error={tried && !date ? w.badDate : undefined} />
      <TextField
        label={w.amount}
        value={amount}
        onValue={setAmount}
        inputMode="decimal"
        error={tried && cents === undefined ? w.badAmount : undefined}
      />
    </SettingCard>
  )
}
