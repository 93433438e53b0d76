/** Looks after the watch while the app is open: notes what it has counted, and reads whether the grant is the district's word. */
import { GrantBody } from '../../shared/api/lockers.ts'
import { MINUTE } from '../../shared/time.ts'
import type { AttendanceStore } from '../log/attendanceStore.ts'
import type { LogDb } from '../log/db.ts'
import { readFact, writeFact } from '../log/db.ts'
import { topic } from '../log/topics.ts'
import { isSigned } from '../sync/receipt.ts'
import type { Watch } from './recordingEnd.ts'

const OFTEN = MINUTE / 6

/** Begins; gives the way to stop. */
export function keepTime({ db, store, watch }: { readonly db: LogDb; readonly store: AttendanceStore; readonly watch: Watch }): () => void {
  let noted = 0
  const note = (): void => {
    const counted = watch.counted()
    if (counted === undefined) return
    noted = counted
    // A note that fails is made a minute later.
    writeFact(db, 'counted', counted).catch(() => undefined)
  }
  // Pages that are open for less than a minute count too, where something is recorded in them.
  const written = (): void => {
    if (Math.abs((watch.counted() ?? 0) - noted) > OFTEN) note()
  }
  const check = (): void => {
    // A grant that cannot be looked at now is looked at again when the account changes, and when the app is next opened.
    isOurs(db, store).then(
      (isOurWord) => watch.judged(isOurWord),
      () => undefined,
    )
  }
  check()
  const unsubscribe = store.topics.subscribe(topic.account, check)
  const timer = setInterval(note, MINUTE)
  const unwritten = store.onWritten(written)
  note()
  return () => {
    unwritten()
    unsubscribe()
    clearInterval(timer)
  }
}

/** Whether the grant was signed by the district, for this person and device, and says the end that is kept beside it. */
async function isOurs(db: LogDb, { account }: AttendanceStore): Promise<boolean> {
  if (!account?.grant) return true
  const { grant, me, device, offlineUntil } = account
  const body = readGrant(grant.body)
  if (body?.staff !== me.staff || body.device !== device.id || body.until !== offlineUntil) return false
  return isSigned(grant, (await readFact(db, 'receiptKeys')) ?? [])
}

/** What a grant says; nothing of what is none. */
function readGrant(text: string): GrantBody | undefined {
  try {
    return GrantBody.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
