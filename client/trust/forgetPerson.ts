/** What goes from a device when its person does. (S9) */
import type { AttendanceStore } from '../log/attendanceStore.ts'
import type { LogDb } from '../log/db.ts'
import { forgetFact } from '../log/db.ts'
import type { Hints } from '../log/hints.ts'
import type { Instant } from '../../shared/time.ts'
import { dropAllHalfTyped } from './halfTyped.ts'

export interface ForgetDeps {
  readonly db: LogDb
  readonly store: AttendanceStore
  readonly hints: Hints
}

/**
 * Takes away what can be read of a person and of students; what is unsent stays and is still sent. Given the time, also what was recorded here
 * and is long safe elsewhere.
 */
export async function forgetPerson({ db, store, hints }: ForgetDeps, now?: Instant): Promise<void> {
  dropAllHalfTyped()
  await forgetFact(db, 'account')
  const { forgetPulled } = await import('../sync/forget.ts')
  await forgetPulled(db, now)
  store.setAccount(null)
  await store.reload()
  hints.post({ kind: 'anew' })
}
