import { useState } from 'react'
import { SettingsReply } from '../../../../shared/api/reports.ts'
import { WriteBackReply } from '../../../../shared/api/writeBack.ts'
import { reportedNext } from '../../../../shared/report/reportedNext.ts'
import { SIS, type Sis } from '../../../../shared/report/writeBack/layouts.ts'
import { Select } from '../../../ui/Field.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { useWords } from '../../../words/index.ts'
import { Asking } from '../../desk/Asking.tsx'
import styles from '../../desk/Tools.module.css'
import { Tools } from '../../desk/Tools.tsx'
import { useReply } from '../../desk/useReply.ts'
import { useSchoolYear } from '../useSchoolYear.ts'
import { YearSelect } from '../YearSelect.tsx'
import { Codes } from './Codes.tsx'
import { Dictionary } from './Dictionary.tsx'
import { Files } from './Files.tsx'
import { Reconcile } from './Reconcile.tsx'

type Mappings = SettingsReply['mappings']

/** Files for the district's student information system: codes, files, what came of them, and what every column holds. */
export function SisPage() {
  const words = useWords()
  const w = words.reports.sis
  const { asked, reload } = useReply(SettingsReply, '/api/settings')
  return (
    <>
      <PageHeader title={w.title} sub={w.sub} />
      <Asking asked={asked} onRetry={reload}>
        {({ mappings }) => <Systems mappings={mappings} onSaved={reload} />}
      </Asking>
    </>
  )
}

/** One of the systems and one school year at a time. The system the district has codes for is the one it has. */
function Systems({ mappings, onSaved }: { readonly mappings: Mappings; readonly onSaved: () => void }) {
  const words = useWords()
  const w = words.reports.sis
  const { year, today, onYear } = useSchoolYear((day) => reportedNext(day).year)
  const [sis, setSis] = useState<Sis>(mappings[0]?.sis ?? 'aeries')
  return (
    <div className={styles.stack}>
      <Tools>
        <Select
          label={w.system}
          hideLabel
          value={sis}
          options={SIS.map((value) => ({ value, label: w.systems[value] }))}
          onValue={setSis}
        />
        <YearSelect year={year} today={today} onYear={onYear} />
      </Tools>
      <OfSystem
        key={`${sis} ${year}`}
        sis={sis}
        year={year}
        codes={mappings.find((mapping) => mapping.sis === sis)?.codes ?? {}}
        onSaved={onSaved}
      />
    </div>
  )
}

function OfSystem({
  sis,
  year,
  codes,
  onSaved,
}: {
  readonly sis: Sis
  readonly year: number
  readonly codes: Mappings[number]['codes']
  readonly onSaved: () => void
}) {
  const { asked, reload } = useReply(WriteBackReply, `/api/write-back/${sis}?year=${year}`)
  const saved = () => {
    onSaved()
    reload()
  }
  return (
    <>
      <Codes sis={sis} codes={codes} onSaved={saved} />
      <Asking asked={asked} onRetry={reload}>
        {(reply) => <Files reply={reply} year={year} onTaken={reload} />}
      </Asking>
      <Reconcile sis={sis} year={year} />
      <Dictionary sis={sis} />
    </>
  )
}
