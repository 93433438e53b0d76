import { useState } from 'react'
import { QuarantineReply, type QuarantinedRow } from '../../../../shared/api/desk.ts'
import type { EventId } from '../../../../shared/ids.ts'
import { recordReview } from '../../../log/commands.ts'
import { topic } from '../../../log/topics.ts'
import { useAccount, useDevice, useTopic } from '../../../log/useAttendance.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { EmptyState } from '../../../ui/States.tsx'
import { Table } from '../../../ui/Table.tsx'
import { useWords } from '../../../words/index.ts'
import { Asking } from '../../desk/Asking.tsx'
import { mayReview } from '../../desk/may.ts'
import { useReply } from '../../desk/useReply.ts'
import { SitePicker } from '../SitePicker.tsx'
import { useSite } from '../useSite.ts'
import { DecideDialog } from './DecideDialog.tsx'
import type { Decision, Standing } from './reviews.ts'
import { siteOf } from './reviews.ts'
import styles from './SetAside.module.css'
import { setAsideColumns } from './setAsideColumns.tsx'

/**
 * What devices sent and the district keeps without counting, each with its reason; and the decision on it. A decision is an event of this
 * device like any other: saved here first, sent when there is a network, carried out by the district.
 */
export function SetAsidePage() {
  const words = useWords()
  const w = words.coordinator.setAside
  const { site } = useSite()
  const account = useAccount()
  const wide = account?.me.districtWide ?? false
  const { asked, reload } = useReply(
    QuarantineReply,
    site && !wide ? `/api/quarantine?site=${encodeURIComponent(site.id)}` : '/api/quarantine',
  )
  return (
    <>
      <PageHeader title={w.title} sub={w.sub} actions={!wide && <SitePicker />} />
      <Asking asked={asked} onRetry={reload}>
        {(reply) => <Waiting rows={reply.rows} onChanged={reload} />}
      </Asking>
    </>
  )
}

function Waiting({ rows, onChanged }: { readonly rows: readonly QuarantinedRow[]; readonly onChanged: () => void }) {
  const words = useWords()
  const w = words.coordinator.setAside
  const { store, sync } = useDevice()
  const me = useAccount()?.me
  const { sites } = useSite()
  useTopic(topic.outbox)
  const [deciding, setDeciding] = useState<QuarantinedRow>()
  /** Decisions made while this page is open, by the record they are about. */
  const [made, setMade] = useState<ReadonlyMap<EventId, Made>>(new Map())
  const decide = async (row: QuarantinedRow, decision: Decision, reason: string) => {
    const site = siteOf(row, sites)
    if (!row.event || !site) return
    const { events, done } = recordReview(store, site, row.event, decision, reason)
    setMade(new Map(made).set(row.event, { decision, title: w.types[row.type] ?? w.unreadable, by: events, shown: rows }))
    setDeciding(undefined)
    await done
    await sync.now()
    if (!events.some((id) => store.outbox.has(id))) onChanged()
  }
  const standing = (event: EventId | null): Standing | undefined => {
    const decided = event === null ? undefined : made.get(event)
    if (!decided) return undefined
    // Confirmed, it may still stand on a list that was asked for before.
    return decided.shown === rows || decided.by.some((id) => store.outbox.has(id)) ? 'sending' : 'stays'
  }
  const settled = [...made].filter(([event]) => !rows.some((row) => row.event === event)).at(-1)?.[1]
  return (
    <>
      <div role="status" className={styles.said}>
        {settled && (
          <Banner tone="good">{settled.decision === 'accept' ? w.wasAccepted(settled.title) : w.wasRefused(settled.title)}</Banner>
        )}
      </div>
      <Table
        label={w.tableLabel}
        columns={setAsideColumns(words, {
          zone: store.zone(),
          standing,
          onDecide: me && mayReview(me.role) ? setDeciding : undefined,
        })}
        rows={rows}
        rowKey={(r) => String(r.id)}
        initially={{ column: 'received', descending: true }}
        empty={<EmptyState title={w.noneTitle}>{w.none}</EmptyState>}
      />
      {deciding && (
        <DecideDialog
          key={deciding.id}
          row={deciding}
          onClose={() => setDeciding(undefined)}
          onDecide={(decision, reason) => void decide(deciding, decision, reason)}
        />
      )}
    </>
  )
}

interface Made {
  readonly decision: Decision
  readonly title: string
  /** The events of the decision. */
  readonly by: readonly EventId[]
  /** What the page showed when it was made. */
  readonly shown: readonly QuarantinedRow[]
}
