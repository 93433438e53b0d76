/**
 * A PIN opens a locker without the server knowing. Before anything is asked in the person's name, the server is shown the grant, so that device
 * and web session are this person's and not those of who had the tablet before.
 */
import { SignedIn } from '../../shared/api/people.ts'
import type { AttendanceStore } from '../log/attendanceStore.ts'
import type { LogDb } from '../log/db.ts'
import { writeFact } from '../log/db.ts'
import type { api, Reply } from '../sync/http.ts'
import { keepSignIn } from '../sync/signIns.ts'

/** What is asked in the name of the device alone, or before anybody is anybody. */
const WITHOUT_PERSON = /^\/api\/(sync\/(push|sealed|relay)|return$|sign-(in|out)$|setup|invites|health)/

export interface ComeBackDeps {
  readonly db: LogDb
  readonly store: AttendanceStore
  readonly send: typeof api
  /** Resolves when the server has been told that the one before has left, or cannot be told. */
  readonly left: Promise<unknown>
}

/** What a request has to wait for; gives the reply in its place when it must not be made. */
export type AskFirst = (path: string) => Promise<Exclude<Reply<never>, { kind: 'ok' }> | undefined>

/** Begins; the first request of the person brings the person back. */
export function comeBack({ db, store, send, left }: ComeBackDeps): AskFirst {
  let isBack = false
  let asking: ReturnType<AskFirst> | undefined

  async function ask(): ReturnType<AskFirst> {
    await left
    const { account } = store
    if (!account?.grant) return undefined
    const reply = await send(SignedIn, 'POST', '/api/return', { grant: account.grant })
    if (reply.kind !== 'ok') return reply
    const next = { ...account, ...reply.value }
    await writeFact(db, 'account', next)
    await keepSignIn(db, reply.value)
    store.setAccount(next)
    isBack = true
    return undefined
  }

  return (path) => {
    if (isBack || WITHOUT_PERSON.test(path)) return Promise.resolve(undefined)
    asking ??= ask().finally(() => {
      asking = undefined
    })
    return asking
  }
}
