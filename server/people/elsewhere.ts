/** Ending what a person has elsewhere: when the password or the second factor becomes another, when the account ends, when the person says so. */
import type { Log } from '../log/log.ts'
import { hashToken } from './token.ts'

/** Where the person is while it ends everywhere else; nothing when it ends everywhere. */
export interface Here {
  readonly session?: string | undefined
  readonly device?: string | undefined
}
interface End {
  readonly at: number
  readonly device: string
  readonly since: number
}

export type EndElsewhere = ReturnType<typeof openElsewhere>

/**
 * Of an open log. Web sessions end, devices get no news, grants open nothing more, and no device is known as that person's. Every device keeps
 * its credential, and sends what it holds. (S9)
 */
export function openElsewhere({ db, sources, write }: Log) {
  const endSessions = db.prepare('DELETE FROM web_session WHERE account = ? AND token_hash <> ?')
  const releaseDevices = db.prepare('UPDATE device SET staff = NULL WHERE staff = ? AND id <> ?')
  const forgetDevices = db.prepare('DELETE FROM known_device WHERE account = ? AND device <> ?')
  const held = db.prepare<[string], End>('SELECT at, device, since FROM grant_end WHERE account = ?')
  const endGrants = db.prepare('INSERT OR REPLACE INTO grant_end (account, at, device, since) VALUES (?, ?, ?, ?)')
  return ({ id, staff }: { readonly id: string; readonly staff: string }, { session, device = '' }: Here = {}): void =>
    write(() => {
      endSessions.run(id, session === undefined ? '' : hashToken(session))
      releaseDevices.run(staff, device)
      forgetDevices.run(id, device)
      const before = held.get(id)
      // What was ended here before, from elsewhere, stays ended.
      endGrants.run(id, sources.now(), device, before?.device === device ? before.since : (before?.at ?? 0))
    })
}

/** Whether a grant was ended so. */
export function openGrantEnds({ db }: Log): (account: string, device: string, at: number) => boolean {
  const one = db.prepare<[string], End>('SELECT at, device, since FROM grant_end WHERE account = ?')
  return (account, device, at) => {
    const end = one.get(account)
    if (!end || at > end.at) return false
    return end.device !== device || at <= end.since
  }
}
