import type { QuarantinedRow } from '../../../../shared/api/desk.ts'
import type { EventId } from '../../../../shared/ids.ts'
import { Button } from '../../../ui/Button.tsx'
import { StatusPill } from '../../../ui/StatusPill.tsx'
import type { Column } from '../../../ui/Table.tsx'
import type { Words } from '../../../words/index.ts'
import tools from '../../desk/Tools.module.css'
import type { Standing } from './reviews.ts'
import { canDecide } from './reviews.ts'

/** The columns of what was set aside: what, why, who, from which device, when, and what can be done. */
export function setAsideColumns(
  words: Words,
  {
    zone,
    standing,
    onDecide,
  }: {
    readonly zone: string
    readonly standing: (event: EventId | null) => Standing | undefined
    /** None for those who only read. */
    readonly onDecide: ((row: QuarantinedRow) => void) | undefined
  },
): readonly Column<QuarantinedRow>[] {
  const w = words.coordinator.setAside
  const what = (row: QuarantinedRow) => w.types[row.type] ?? w.unreadable
  return [
    { id: 'what', head: w.what, by: what, cell: (r) => <span className={tools.name}>{what(r)}</span> },
    { id: 'reason', wrap: true, head: w.reason, by: w.reasonOf, cell: w.reasonOf },
    { id: 'person', head: w.person, by: (r) => r.actorName, cell: (r) => r.actorName || w.unknownPerson },
    { id: 'device', head: w.device, by: (r) => r.deviceName, cell: (r) => <span className={tools.short}>{r.deviceName || r.device}</span> },
    { id: 'received', head: w.received, by: (r) => r.receivedAt, cell: (r) => words.format.dateTime(r.receivedAt, zone) },
    ...(onDecide
      ? [
          {
            id: 'decide',
            head: w.decision,
            cell: (r: QuarantinedRow) => {
              const stands = standing(r.event)
              if (stands === 'sending') return <StatusPill tone="accent">{w.sending}</StatusPill>
              if (stands === 'stays') return <StatusPill tone="warn">{w.stays}</StatusPill>
              return (
                <Button
                  look="quiet"
                  aria-label={w.decideOn(what(r))}
                  cannot={canDecide(r) ? undefined : w.noId}
                  onClick={() => onDecide(r)}
                >
                  {w.decide}
                </Button>
              )
            },
          },
        ]
      : []),
  ]
}
