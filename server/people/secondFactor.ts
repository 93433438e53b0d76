/** The second factor of an account: codes of an authenticator app, passkeys, or both; and ten codes on paper for when those are lost. */
import type { Role } from '../../shared/api/people.ts'
import type { Log } from '../log/log.ts'
import { hashToken } from './token.ts'
import { base32, stepOf } from './totp.ts'

const RECOVERY_CODES = 10

export type SecondFactor = ReturnType<typeof openSecondFactor>

interface Row {
  readonly secret: string
  readonly next_secret: string | null
  readonly confirmed_at: number | null
  readonly last_step: number
}

/** Second factors of an open log. */
export function openSecondFactor({ db, sources, write }: Log) {
  const one = db.prepare<[string], Row>('SELECT secret, next_secret, confirmed_at, last_step FROM second_factor WHERE account = ?')
  const put = db.prepare(
    "INSERT INTO second_factor (account, secret, next_secret) VALUES (?, '', ?) ON CONFLICT DO UPDATE SET next_secret = excluded.next_secret",
  )
  const confirm = db.prepare(
    'UPDATE second_factor SET secret = next_secret, next_secret = NULL, confirmed_at = ?, last_step = ? WHERE account = ?',
  )
  const used = db.prepare('UPDATE second_factor SET last_step = ? WHERE account = ? AND last_step < ?')
  const hasKey = db.prepare<[string], number>('SELECT 1 FROM passkey WHERE account = ? LIMIT 1').pluck()
  const dropKeys = db.prepare('DELETE FROM passkey WHERE account = ?')
  const drop = db.prepare('DELETE FROM second_factor WHERE account = ?')
  const dropCodes = db.prepare('DELETE FROM recovery_code WHERE account = ?')
  const putCode = db.prepare('INSERT INTO recovery_code (account, code_hash) VALUES (?, ?)')
  const useCode = db.prepare('UPDATE recovery_code SET used_at = ? WHERE account = ? AND code_hash = ? AND used_at IS NULL')
  const left = db.prepare<[string], number>('SELECT count(*) FROM recovery_code WHERE account = ? AND used_at IS NULL').pluck()

  const plain = (code: string): string => code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  const hasApp = (account: string): boolean => typeof one.get(account)?.confirmed_at === 'number'
  const isOn = (account: string): boolean => hasApp(account) || hasKey.get(account) === 1

  function paper(account: string): string[] {
    dropCodes.run(account)
    return Array.from({ length: RECOVERY_CODES }, () => {
      const code = base32(sources.random(10))
      putCode.run(account, hashToken(code))
      return (code.match(/.{4}/g) ?? []).join('-')
    })
  }

  return {
    isOn,
    hasApp,
    recoveryLeft: (account: string): number => left.get(account) ?? 0,
    /** New codes for paper, which are never shown again; those from before end. Within a transaction. */
    paper,
    /** A new secret, good once a first code confirmed it. One that is in use stays until then. */
    begin(account: string): string {
      const secret = base32(sources.random(20))
      write(() => put.run(account, secret))
      return secret
    },
    /** Turns it on with a first code; gives the codes for paper. Undefined when the code is not right. */
    confirm(account: string, code: string): string[] | undefined {
      return write(() => {
        const next = one.get(account)?.next_secret
        const step = typeof next === 'string' ? stepOf(next, code, sources.now(), 0) : undefined
        if (step === undefined) return undefined
        confirm.run(sources.now(), step, account)
        return paper(account)
      })
    },
    /** Whether a code, of the app or from the paper, is right now. Each is good once. */
    check(account: string, code: string): boolean {
      return write(() => {
        const held = one.get(account)
        if (!isOn(account)) return false
        const isApp = typeof held?.confirmed_at === 'number'
        const step = isApp ? stepOf(held.secret, code.replaceAll(' ', ''), sources.now(), held.last_step) : undefined
        if (step !== undefined) return used.run(step, account, step).changes === 1
        return useCode.run(sources.now(), account, hashToken(plain(code))).changes === 1
      })
    },
    /** Takes it away, passkeys too: the person sets it up anew. */
    drop(account: string): void {
      write(() => {
        drop.run(account)
        dropKeys.run(account)
        dropCodes.run(account)
      })
    },
  }
}

/** Roles of which a second factor is asked when the district asks for it: those who see more than their own class. */
export const isPrivileged = (role: Role): boolean => role !== 'teacher' && role !== 'substitute'
