import { useState } from 'react'
import { MergeReply, type StasFaultView } from '../../../../shared/api/reports.ts'
import type { SchoolDate } from '../../../../shared/time.ts'
import type { StasCheck } from '../../../../shared/report/stasLayout.ts'
import { api } from '../../../sync/http.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import type { Column } from '../../../ui/Table.tsx'
import { Table } from '../../../ui/Table.tsx'
import type { Words } from '../../../words/index.ts'
import { useWords } from '../../../words/index.ts'
import { FileButton } from '../../desk/FileButton.tsx'
import { save } from '../../desk/save.ts'
import styles from '../../desk/Tools.module.css'
import { useOrder } from '../../desk/useOrder.ts'
import { stasColumns } from './stasColumns.tsx'

interface Merged {
  readonly name: string
  readonly reply: MergeReply
}

/** Fills position 24 of the file that the district's own system made of a school year, and names every fault with what to do. */
export function Merge({ year, asOf }: { readonly year: number; readonly asOf: SchoolDate }) {
  const words = useWords()
  const w = words.reports.stas
  const [merged, setMerged] = useState<Merged>()
  const { busy, problem, send } = useOrder()
  const take = async (file: File) => {
    setMerged(undefined)
    const reply = await send(() => api(MergeReply, 'POST', `/api/reports/stas/merge?year=${year}`, file))
    if (reply) setMerged({ name: file.name, reply })
  }
  const download = ({ name, reply }: Merged) =>
    save(
      name.replace(/(\.\w+)?$/, '-24$1'),
      Uint8Array.from(atob(reply.file), (letter) => letter.charCodeAt(0)),
      'text/plain',
    )
  return (
    <Card title={w.mergeTitle} sub={w.mergeSub}>
      <div className={styles.stack}>
        <div className={styles.inline}>
          <FileButton label={w.choose} busy={busy} onFile={take} />
          {merged && (
            <Button onClick={() => download(merged)}>
              <Icon name="download" /> {w.download}
            </Button>
          )}
        </div>
        {problem && (
          <Banner tone="stop" live="assertive">
            {problem}
          </Banner>
        )}
        {merged && <Result reply={merged.reply} asOf={asOf} />}
      </div>
    </Card>
  )
}

function Result({ reply: { changed, faults, missing }, asOf }: { readonly reply: MergeReply; readonly asOf: SchoolDate }) {
  const words = useWords()
  const w = words.reports.stas
  return (
    <>
      <Banner live="polite" tone={faults.length === 0 ? 'good' : 'stop'} title={w.changed(changed.length)}>
        {faults.length === 0 ? w.noFaults : w.faults(faults.length)}
      </Banner>
      {faults.length > 0 && (
        <Table label={w.faultsLabel} columns={faultColumns(words)} rows={faults} rowKey={(fault) => String(faults.indexOf(fault))} />
      )}
      {missing.length > 0 && (
        <>
          <Banner tone="stop">{w.missing(missing.length)}</Banner>
          <Table
            label={w.missing(missing.length)}
            columns={stasColumns(words, asOf)}
            rows={missing}
            rowKey={(row) => `${row.student} ${row.site}`}
          />
        </>
      )}
    </>
  )
}

function faultColumns(words: Words): readonly Column<StasFaultView>[] {
  const w = words.reports.stas
  return [
    { id: 'line', head: w.line, numbers: true, by: (fault) => fault.line, cell: (fault) => words.format.number(fault.line) },
    {
      id: 'check',
      head: w.check,
      by: (fault) => fault.number ?? '',
      cell: (fault) => <span className={styles.name}>{fault.number ?? w.own}</span>,
    },
    {
      id: 'position',
      head: w.position,
      wrap: true,
      by: (fault) => fault.field ?? '',
      cell: (fault) => `${fault.field ?? ''} ${fault.name}`,
    },
    { id: 'value', head: w.value, cell: (fault) => <code>{fault.value}</code> },
    // The reply names the checks of the same list.
    { id: 'todo', head: w.todo, wrap: true, cell: (fault) => w.checks[fault.check as StasCheck] },
  ]
}
