/** When a closed locker may go: nothing that only it has is ever part of what goes. (S8, S9) */
import type { Instant } from '../../shared/time.ts'
import { DAY, instant } from '../../shared/time.ts'
import type { LogDb } from '../log/db.ts'
import { readFact } from '../log/db.ts'
import { estimate } from '../sync/clock.ts'
import { isInBackup, KEPT_DAYS, signedTimes } from '../sync/forget.ts'
import { parcelsHeld } from '../sync/relay/takeIn.ts'

/** What time it is by the district's clock, as far as a store knows. */
export async function districtTime(db: LogDb, now: Instant): Promise<Instant> {
  const { offset } = estimate((await readFact(db, 'clock')) ?? [], now)
  return instant(now + (offset ?? 0))
}

/** Whether a locker that nobody can open holds nothing any more that only it has, `now` by the district's clock, as its receipts are; undefined when that is not known. (S8) */
export async function isSpent(db: LogDb, now: Instant | undefined): Promise<boolean> {
  if ((await parcelsHeld(db)) > 0) return false
  const [verified, epoch] = await Promise.all([readFact(db, 'verified'), db.meta.get('epoch')])
  const signedAt = await signedTimes(db)
  const needed = await db.events
    .filter((row) => {
      if (now === undefined || row.outbox !== undefined || row.attention !== undefined || !isInBackup(row, verified, epoch?.value))
        return true
      return now - (signedAt.get(row.receipt) ?? now) < KEPT_DAYS * DAY
    })
    .count()
  return needed === 0
}
