import { useState } from 'react'
import { Link } from 'wouter'
import { type DisclosureRow, DisclosuresReply } from '../../../shared/api/trust.ts'
import type { Instant } from '../../../shared/time.ts'
import { useDevice } from '../../log/useAttendance.ts'
import { buttonClass } from '../../ui/Button.tsx'
import { Stack } from '../../ui/Card.tsx'
import { Checkbox } from '../../ui/Field.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { type Column, Table } from '../../ui/Table.tsx'
import { useWords, type Words } from '../../words/index.ts'
import { Asking } from '../desk/Asking.tsx'
import { useReply } from '../desk/useReply.ts'
import { PrintButton } from '../desk/PrintButton.tsx'

/** Who was shown one student's record, or took it away, and when: for the family that asks, and for an auditor. */
export function DisclosuresPage({ id, mayTake }: { readonly id: string; readonly mayTake: boolean }) {
  const words = useWords()
  const w = words.trust.disclosures
  const path = `/api/students/${encodeURIComponent(id)}`
  const { asked, reload } = useReply(DisclosuresReply, `${path}/disclosures`)
  return (
    <>
      <PageHeader
        title={asked.kind === 'ok' ? w.titleOf(asked.value.student) : w.title}
        sub={w.lead}
        actions={
          <>
            <Link className={buttonClass()} href={`/district/student/${id}`}>
              {w.back}
            </Link>
            <PrintButton />
            {mayTake && (
              <>
                <a className={buttonClass()} href={`${path}/export.pdf`} download>
                  <Icon name="download" /> {w.pdf}
                </a>
                <a className={buttonClass()} href={`${path}/export`} download>
                  <Icon name="download" /> {w.json}
                </a>
              </>
            )}
          </>
        }
      />
      <Asking asked={asked} onRetry={reload}>
        {({ disclosures }) => <List rows={disclosures} />}
      </Asking>
    </>
  )
}

function List({ rows }: { readonly rows: readonly DisclosureRow[] }) {
  const words = useWords()
  const w = words.trust.disclosures
  const { store } = useDevice()
  const [own, setOwn] = useState(false)
  const shown = own ? rows.filter((row) => row.student !== null) : rows
  return (
    <Stack>
      <Checkbox label={w.ownOnly} checked={own} onChecked={setOwn} />
      {shown.length === 0 ? (
        <EmptyState title={w.none} />
      ) : (
        <Table
          label={w.label}
          columns={columns(words, store.zone())}
          rows={shown}
          rowKey={(row) => `${row.at} ${row.person} ${row.what} ${row.seq}`}
          initially={{ column: 'at', descending: true }}
        />
      )}
    </Stack>
  )
}

function columns(words: Words, zone: string): readonly Column<DisclosureRow>[] {
  const w = words.trust.disclosures
  return [
    { id: 'at', head: w.when, by: (row) => row.at, cell: (row) => words.format.dateTime(row.at as Instant, zone) },
    { id: 'who', head: w.who, by: (row) => row.name, cell: (row) => row.name || row.person },
    { id: 'what', head: w.what, by: (row) => w.whats[row.what] ?? row.what, cell: (row) => w.whats[row.what] ?? row.what },
    {
      id: 'whose',
      head: w.whose,
      by: (row) => (row.student === null ? 1 : 0),
      cell: (row) => (row.student === null ? w.inList : w.record),
    },
    { id: 'seq', head: w.place, numbers: true, by: (row) => row.seq, cell: (row) => words.format.number(row.seq) },
  ]
}
