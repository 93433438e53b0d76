/** What goes from the device, and what never does: the only place that deletes events or records. (S7, S8, S9) */
import type { PullReply, ReceiptBody } from '../../shared/api/sync.ts'
import type { Instant } from '../../shared/time.ts'
import { DAY, instant } from '../../shared/time.ts'
import type { LogDb } from '../log/db.ts'
import { forgetFact, readFact } from '../log/db.ts'
import type { EventRow, VerifiedBackup } from '../log/rows.ts'
import { estimate } from './clock.ts'

/** However soon a backup holds it. */
export const KEPT_DAYS = 30

/** Whether a row was recorded on this device: it waits to be sent, has a receipt, or needs to be looked at. */
export const isOwn = (row: EventRow): boolean => row.outbox !== undefined || row.receipt !== undefined || row.attention !== undefined

/** Whether a verified backup of the history this device knows holds an own event. */
export const isInBackup = (row: EventRow, verified: VerifiedBackup | undefined, epoch: unknown): boolean =>
  verified !== undefined && verified.epoch === epoch && row.seq !== undefined && row.seq <= verified.seq

/**
 * Whether a row may go when what was pulled goes. What came from the district may. What was recorded here may only when a receipt
 * confirmed it, a verified backup of this very history holds it, and the receipt is thirty days old: until then this device may be the last that
 * has it. When it was recorded says nothing: a tablet may have been without a network for longer, or its clock have been wrong. (S8)
 * @param signedAt when the district signed its receipt; undefined when no receipt is kept
 * @param epoch the history this device knows; undefined before the first
 * @param now by the district's clock, as far as it is known
 */
export function mayForget(
  row: EventRow,
  signedAt: Instant | undefined,
  verified: VerifiedBackup | undefined,
  epoch: string | undefined,
  now: Instant,
): boolean {
  if (!isOwn(row)) return true
  if (row.outbox !== undefined || row.attention !== undefined || !isInBackup(row, verified, epoch)) return false
  return signedAt !== undefined && now - signedAt >= KEPT_DAYS * DAY
}

/** When the district signed each receipt that is kept, by its row. */
export async function signedTimes(db: LogDb): Promise<ReadonlyMap<number | undefined, Instant>> {
  return new Map((await db.receipts.toArray()).map(({ row, body }) => [row, (JSON.parse(body) as ReceiptBody).at]))
}

/** Which rows may go now, by what the device knows. Days are counted by the district's clock. Part of the caller's transaction. */
async function whatMayGo(db: LogDb, now: Instant | undefined): Promise<(row: EventRow) => boolean> {
  if (now === undefined) return (row) => !isOwn(row)
  const [verified, epoch, clock] = await Promise.all([readFact(db, 'verified'), db.meta.get('epoch'), readFact(db, 'clock')])
  const signed = await signedTimes(db)
  const known = typeof epoch?.value === 'string' ? epoch.value : undefined
  const { offset } = estimate(clock ?? [], now)
  return (row) => mayForget(row, signed.get(row.receipt), verified, known, instant(now + (offset ?? 0)))
}

/**
 * Forgets what was pulled, so that it can be pulled anew from the beginning; when `now` is given, also own events that are long safe
 * elsewhere. Everything else that was recorded here stays, sent or not. (S7, S9)
 */
export async function forgetPulled(db: LogDb, now?: Instant): Promise<void> {
  await db.transaction('rw', db.events, db.records, db.receipts, db.meta, async () => {
    await db.events.filter(await whatMayGo(db, now)).delete()
    await db.records.clear()
    for (const fact of ['cursor', 'proof', 'parity', 'site'] as const) await forgetFact(db, fact)
  })
}

/** Forgets an own event whose readable copy somebody changed: only once the same event, sealed when it was recorded, waits elsewhere. (S9) */
export async function forgetBroken(db: LogDb, { id }: EventRow): Promise<void> {
  await db.events.where('id').equals(id).delete()
}

/**
 * Forgets the students and the sessions of other schools that have left the scope; true when something went. Their names, absences and
 * the words written about them go; what was recorded here stays, and can still be sent. Part of the transaction that stores the page. (S7)
 */
export async function forgetLeft(db: LogDb, forget: NonNullable<PullReply['forget']>, now: Instant): Promise<boolean> {
  if (forget.students.length + forget.sessions.length === 0) return false
  const mayGo = await whatMayGo(db, now)
  let gone = 0
  for (const session of forget.sessions) gone += await db.events.where('session').equals(session).filter(mayGo).delete()
  const left = new Set(forget.students)
  for (const student of left) {
    gone += await db.records
      .where('[kind+body.student]')
      .anyOf([
        ['enrollment', student],
        ['absence', student],
      ])
      .delete()
    gone += await db.records.where('[kind+id]').equals(['student', student]).delete()
  }
  // Only where somebody was known are there words about them.
  if (gone > 0) gone += await withoutWords(db, left)
  return gone > 0
}

/** Notes that others wrote on students who left lose their words; the event stays, since the signature of its session names it. */
function withoutWords(db: LogDb, left: ReadonlySet<string>): Promise<number> {
  return db.events
    .filter(({ event }) => event.type === 'StudentNoted' && 'student' in event && left.has(String(event.student)))
    .filter((row) => !isOwn(row))
    .modify((row: { -readonly [K in keyof EventRow]: EventRow[K] }) => {
      row.event = { ...row.event, text: '' } as EventRow['event']
    })
}
