/** The log of sign-ins: those that came in and those that did not. Kept for a year and a month. */
import { SIGN_INS_KEPT } from '../log/inventory.ts'
import type { Log } from '../log/log.ts'

/** What became of it: in by a password or by the provider, or the code of the refusal; a changed password and a fresh proof stand here too. */
export type SignInOutcome = 'password' | 'provider' | 'passwordChanged' | 'stepUp' | (string & {})
export interface SignInRow {
  readonly at: number
  /** Empty for a name that nobody has. */
  readonly username: string
  readonly device: string | null
  readonly outcome: string
}

export type SignIns = ReturnType<typeof openSignIns>

/** Sign-ins of an open log. */
export function openSignIns({ db, sources, write }: Log) {
  const put = db.prepare('INSERT INTO sign_in (at, account, device, outcome) VALUES (?, ?, ?, ?)')
  const drop = db.prepare('DELETE FROM sign_in WHERE at < ?')
  const all = db.prepare<[number], SignInRow>(
    `SELECT s.at, coalesce(a.username, '') AS username, s.device, s.outcome FROM sign_in s LEFT JOIN account a ON a.id = s.account
     ORDER BY s.id DESC LIMIT ?`,
  )
  return {
    note(account: string | undefined, device: string | undefined, outcome: SignInOutcome): void {
      write(() => {
        drop.run(sources.now() - SIGN_INS_KEPT)
        put.run(sources.now(), account ?? null, device ?? null, outcome)
      })
    },
    /** The newest first. */
    newest: (most: number): SignInRow[] => all.all(most),
  }
}
