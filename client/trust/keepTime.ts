/** Looks after the watch while the app is open: notes how late it is, and reads whether the grant is the district's word. */
import { GrantBody } from '../../shared/api/lockers.ts'
import { MINUTE } from '../../shared/time.ts'
import type { AttendanceStore } from '../log/attendanceStore.ts'
import type { LogDb } from '../log/db.ts'
import { readFact, writeFact } from '../log/db.ts'
import { topic } from '../log/topics.ts'
import { isSigned } from '../sync/receipt.ts'
import type { Watch } from './recordingEnd.ts'

/** Begins; gives the way to stop. */
export function keepTime({ db, store, watch }: { readonly db: LogDb; readonly store: AttendanceStore; readonly watch: Watch }): () => void {
  const note = (): void => {
    // A note that fails is made a minute later.
    writeFact(db, 'latest', watch.look()).catch(() => undefined)
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
  note()
  return () => {
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
