import { useState } from 'react'
import type { ImportReport, ImportSource } from '../../../../shared/api/registry.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Checkbox } from '../../../ui/Field.tsx'
import { useWords } from '../../../words/index.ts'
import tools from '../../desk/Tools.module.css'
import { alarming, countsOf, isNothingRead } from './counts.ts'
import { Faults, ReportTables } from './ReportTables.tsx'

/** What the files would change. Nothing has changed yet. */
export function Preview({
  source,
  report,
  busy,
  onBack,
  onCommit,
}: {
  readonly source: ImportSource
  readonly report: ImportReport
  readonly busy: boolean
  readonly onBack: () => void
  readonly onCommit: (allOrNothing: boolean) => void
}) {
  const words = useWords()
  const w = words.district.imports
  const [allOrNothing, setAllOrNothing] = useState(false)
  const faults = report.faults.length
  const { added, changed, ended } = countsOf(report)
  const alarms = alarming(report)
  const [checked, setChecked] = useState(false)
  const nothing = added + changed + ended === 0
  if (isNothingRead(report)) {
    return (
      <>
        <Banner tone="stop" live="assertive" title={w.notThis(w.sources[source].name)}>
          {w.notThisText(w.sources[source].file)}
        </Banner>
        <Faults faults={report.faults} />
        <div>
          <Button look="primary" onClick={onBack}>
            {w.otherFiles}
          </Button>
        </div>
      </>
    )
  }
  const cannot = (): string | undefined => {
    if (nothing) return faults > 0 ? w.nothingLeft : w.nothingChanges
    if (allOrNothing && faults > 0) return w.allOrNothingBlocks
    return alarms.length > 0 && !checked ? w.alarmFirst : undefined
  }
  return (
    <>
      {nothing && faults === 0 && <Banner tone="good">{w.nothingChanges}</Banner>}
      {alarms.length > 0 && (
        <Banner tone="warn" title={w.alarmTitle}>
          <ul className={tools.list}>
            {alarms.map((row) => (
              <li key={row.kind}>{w.alarm(row.ended, row.known, w.kinds[row.kind] ?? row.kind)}</li>
            ))}
          </ul>
          <Checkbox label={w.alarmChecked} checked={checked} onChecked={setChecked} />
        </Banner>
      )}
      <ReportTables title={w.previewTitle} report={report} />
      {faults > 0 && <Checkbox label={w.allOrNothing} checked={allOrNothing} onChecked={setAllOrNothing} />}
      <div className={tools.inline}>
        <Button onClick={onBack}>{words.common.back}</Button>
        <Button look="primary" busy={busy} cannot={cannot()} showWhy onClick={() => onCommit(allOrNothing)}>
          {faults > 0 ? w.commitGood(new Set(report.faults.map((f) => `${f.file}:${f.line}`)).size) : w.commit}
        </Button>
      </div>
      <p role="status">{busy && w.committing}</p>
    </>
  )
}
