import { Suspense, useState } from 'react'
import type { EventId, SessionId, StudentId } from '../../../shared/ids.ts'
import { as } from '../../../shared/ids.ts'
import type { EventType } from '../../../shared/events.ts'
import type { AttendanceStore } from '../../log/attendanceStore.ts'
import type { LogDb } from '../../log/db.ts'
import type { EventRow } from '../../log/rows.ts'
import { useDevice, useMinute, useSyncState } from '../../log/useAttendance.ts'
import { Button } from '../../ui/Button.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { part } from '../../ui/part.ts'
import { useWords } from '../../words/index.ts'
import { Frame } from './Frame.tsx'
import styles from './Outbox.module.css'
import { MarkLabel } from './RosterRow.tsx'
import { SignInAgain } from '../setup/SignInAgain.tsx'
import { nameOf } from './rows.ts'
import { statusSentence } from './SyncLine.tsx'

/** Sealing, codes and the camera come only when somebody looks at what waits. */
const HandOver = part(() => import('../handOver/HandOver.tsx').then((m) => m.HandOver))

/** Every entry of this device without a receipt: who, what, when, how often it was offered, and why it waits. */
export function OutboxPage() {
  const words = useWords()
  const { store, sync } = useDevice()
  const state = useSyncState()
  const now = useMinute()
  const [trying, setTrying] = useState(false)
  const rows = store.outbox.rows()
  // Stays when the last entry was confirmed: by whom, is what is said there.
  const [waited, setWaited] = useState(false)
  if (rows.length > 0 && !waited) setWaited(true)
  const tryNow = async (): Promise<void> => {
    setTrying(true)
    await sync.now()
    setTrying(false)
  }
  return (
    <Frame>
      <PageHeader
        title={rows.length > 0 ? words.teacher.outboxTitle : words.teacher.entries}
        sub={statusSentence(words, state, store.zone(), now)}
        actions={
          <Button look="primary" large busy={trying} onClick={() => void tryNow()}>
            {trying ? words.teacher.trying : words.teacher.tryNow}
          </Button>
        }
      />
      <div className={styles.again}>
        <SignInAgain />
      </div>
      {rows.length === 0 ? (
        <EmptyState title={words.teacher.outboxEmpty}>{words.teacher.outboxEmptyText}</EmptyState>
      ) : (
        <>
          <p className={styles.lead}>{words.teacher.outboxLead}</p>
          <ul role="list" className={styles.list}>
            {rows.map((row) => (
              <Entry key={row.id} row={row} />
            ))}
          </ul>
        </>
      )}
      {waited && (
        <Suspense>
          <HandOver waits={rows.length > 0} />
        </Suspense>
      )}
    </Frame>
  )
}

/** Comes only when somebody has such an entry. */
async function understood(db: LogDb, store: AttendanceStore, id: EventId): Promise<void> {
  const { understand } = await import('../../sync/aside.ts')
  await understand({ db, store }, id)
}

function Entry({ row }: { readonly row: EventRow }) {
  const words = useWords()
  const { db, store } = useDevice()
  const now = useMinute()
  const session = row.session ? store.ledger.session(as<SessionId>(row.session)) : undefined
  const zone = store.ledger.site(row.event.site)?.zone ?? store.zone()
  const student = 'student' in row.event && typeof row.event.student === 'string' ? as<StudentId>(row.event.student) : null
  const mark = store.outbox.mark(row.id)
  const what = 'unknown' in row.event ? words.teacher.unknownEvent : words.teacher.event[row.event.type as EventType]
  return (
    <li className={styles.entry}>
      <div>
        <strong>{words.teacher.join([what, ...(student ? [nameOf(store.ledger, session, student)] : [])])}</strong>
        <div className="quiet">
          {words.teacher.join([...(session?.title ? [session.title] : []), words.format.moment(row.event.at, zone, now)])}
        </div>
        {row.attention && <p className={styles.reason}>{row.leftOut ? words.teacher.leftOut : words.reasons.quarantine[row.attention]}</p>}
        {row.leftOut && <Button onClick={() => void understood(db, store, row.id)}>{words.teacher.understood}</Button>}
      </div>
      <div className={styles.state}>
        <MarkLabel mark={mark} />
        <span className="quiet">
          {row.tries && row.triedAt
            ? words.teacher.triedTimes(row.tries, words.format.moment(row.triedAt, zone, now))
            : words.teacher.never}
        </span>
      </div>
    </li>
  )
}
