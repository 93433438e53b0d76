import type { SectionRow } from '../../../../shared/api/registry.ts'
import { useDevice } from '../../../log/useAttendance.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Table } from '../../../ui/Table.tsx'
import { useWords } from '../../../words/index.ts'
import { differences } from './differences.ts'
import { draftOf, type SectionDraft } from './draft.ts'

/** Somebody changed the section while it was edited here: who, and what differs between what is saved now and what was typed. */
export function Meanwhile({
  theirs,
  wasEnded,
  yours,
  onTake,
}: {
  readonly theirs: SectionRow
  /** Whether it had ended when it was opened here. */
  readonly wasEnded: boolean
  readonly yours: SectionDraft
  readonly onTake: () => void
}) {
  const words = useWords()
  const w = words.coordinator.editor.meanwhile
  const { store } = useDevice()
  const at = words.format.dateTime(theirs.changed.at, store.zone())
  const ended = theirs.ended === wasEnded ? '' : ` ${theirs.ended ? w.hasEnded : w.isOpen}`
  const rows = differences(words, store.ledger, draftOf(theirs.section, store.today()), yours)
  return (
    <>
      <Banner tone="warn" live="assertive">
        {(theirs.changed.name === null ? w.changed(at) : w.changedBy(theirs.changed.name, at)) + ended} {w.kept}
      </Banner>
      <Card title={w.title} actions={<Button onClick={onTake}>{w.take}</Button>}>
        <Table
          label={w.title}
          columns={[
            { id: 'field', head: w.field, cell: (row) => row.field },
            { id: 'theirs', head: w.theirs, wrap: true, cell: (row) => row.theirs },
            { id: 'yours', head: w.yours, wrap: true, cell: (row) => row.yours },
          ]}
          rows={rows}
          rowKey={(row) => row.field}
          empty={<p className="quiet">{w.same}</p>}
        />
      </Card>
    </>
  )
}
