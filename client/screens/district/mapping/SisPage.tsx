import { useState } from 'react'
import { WriteBackReply } from '../../../../shared/api/writeBack.ts'
import { SettingsReply } from '../../../../shared/api/reports.ts'
import { SIS, type Sis } from '../../../../shared/report/writeBack/layouts.ts'
import { Select } from '../../../ui/Field.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { useWords } from '../../../words/index.ts'
import { Asking } from '../../desk/Asking.tsx'
import styles from '../../desk/Tools.module.css'
import { Tools } from '../../desk/Tools.tsx'
import { useReply } from '../../desk/useReply.ts'
import { Codes } from './Codes.tsx'
import { Dictionary } from './Dictionary.tsx'
import { Files } from './Files.tsx'
import { Reconcile } from './Reconcile.tsx'

/** Files for the district's student information system: codes, files, what came of them, and what every column holds. */
export function SisPage() {
  const words = useWords()
  const w = words.reports.sis
  const [chosen, setChosen] = useState<Sis>()
  const settings = useReply(SettingsReply, '/api/settings')
  const { asked } = settings
  // The system the district has codes for is the one it has.
  const sis = chosen ?? (asked.kind === 'ok' ? asked.value.mappings[0]?.sis : undefined) ?? 'aeries'
  const files = useReply(WriteBackReply, `/api/write-back/${sis}`)
  return (
    <>
      <PageHeader title={w.title} sub={w.sub} />
      <div className={styles.stack}>
        <Tools>
          <Select
            label={w.system}
            hideLabel
            value={sis}
            options={SIS.map((value) => ({ value, label: w.systems[value] }))}
            onValue={setChosen}
          />
        </Tools>
        <Asking asked={asked} onRetry={settings.reload}>
          {({ mappings }) => (
            <Codes
              key={sis}
              sis={sis}
              codes={mappings.find((mapping) => mapping.sis === sis)?.codes ?? {}}
              onSaved={() => {
                settings.reload()
                files.reload()
              }}
            />
          )}
        </Asking>
        <Asking asked={files.asked} onRetry={files.reload}>
          {(reply) => (reply.sis === sis ? <Files reply={reply} onTaken={files.reload} /> : null)}
        </Asking>
        <Reconcile key={sis} sis={sis} />
        <Dictionary sis={sis} />
      </div>
    </>
  )
}
