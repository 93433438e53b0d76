import type { Ledger } from '../../shared/attendance/ledger.ts'
import type { SessionId } from '../../shared/ids.ts'
import { as } from '../../shared/ids.ts'
import type { Outbox } from '../log/outbox.ts'
import type { SyncState } from './syncState.ts'

type Counts = Pick<SyncState, 'unsent' | 'sent' | 'attention' | 'dueAt' | 'dueOn' | 'oldestUnsentAt'>

/** What is not confirmed, counted, and when the earliest session it belongs to ends. */
export function countsOf(outbox: Outbox, ledger: Ledger): Counts {
  let unsent = 0
  let sent = 0
  let attention = 0
  let oldestUnsentAt: Counts['oldestUnsentAt'] = null
  let dueAt: Counts['dueAt'] = null
  let dueOn: Counts['dueOn'] = null
  for (const row of outbox.rows()) {
    if (row.attention) {
      attention++
      continue
    }
    if (outbox.isSending(row.id)) sent++
    unsent++
    oldestUnsentAt ??= row.event.recordedAt
    const session = row.session ? ledger.session(as<SessionId>(row.session)) : undefined
    if (!session?.started) continue
    // A session recorded after its time is due when it was recorded, not weeks ago.
    const end = session.window.until < row.event.recordedAt ? row.event.recordedAt : session.window.until
    if (dueAt === null || end < dueAt) dueAt = end
    const on = session.window.until < row.event.recordedAt ? null : session.on
    if (on && (dueOn === null || on < dueOn)) dueOn = on
  }
  return { unsent, sent, attention, oldestUnsentAt, dueAt, dueOn }
}
