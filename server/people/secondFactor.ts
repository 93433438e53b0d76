/** The second factor of an account: codes of an authenticator app, and ten codes on paper for when that is lost. */
import type { Role } from '../../shared/api.ts'
import type { Log } from '../log/log.ts'
import { hashToken } from './accounts.ts'
import { base32, stepOf } from './totp.ts'

const RECOVERY_CODES = 10

export type SecondFactor = ReturnType<typeof openSecondFactor>

interface Row {
  readonly secret: string
  readonly confirmed_at: number | null
  readonly last_step: number
}

/** Second factors of an open log. */
export function openSecondFactor({ db, sources, write }: Log) {
  const one = db.prepare<[string], Row>('SELECT secret, confirmed_at, last_step FROM second_factor WHERE account = ?')
  const put = db.prepare(
    'INSERT INTO second_factor (account, secret) VALUES (?, ?) ON CONFLICT DO UPDATE SET secret = excluded.secret, confirmed_at = NULL, last_step = 0',
  )
  const confirm = db.prepare('UPDATE second_factor SET confirmed_at = ?, last_step = ? WHERE account = ?')
  const used = db.prepare('UPDATE second_factor SET last_step = ? WHERE account = ? AND last_step < ?')
  const drop = db.prepare('DELETE FROM second_factor WHERE account = ?')
  const dropCodes = db.prepare('DELETE FROM recovery_code WHERE account = ?')
  const putCode = db.prepare('INSERT INTO recovery_code (account, code_hash) VALUES (?, ?)')
  const useCode = db.prepare('UPDATE recovery_code SET used_at = ? WHERE account = ? AND code_hash = ? AND used_at IS NULL')
  const left = db.prepare<[string], number>('SELECT count(*) FROM recovery_code WHERE account = ? AND used_at IS NULL').pluck()

  const plain = (code: string): string => code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  return {
    isOn: (account: string): boolean => typeof one.get(account)?.confirmed_at === 'number',
    recoveryLeft: (account: string): number => left.get(account) ?? 0,
    /** A new secret, good once a first code confirmed it. One that is in use stays until then. */
    begin(account: string): string {
      const secret = base32(sources.random(20))
      write(() => put.run(account, secret))
      return secret
    },
    /** Turns it on with a first code; gives the codes for paper, which are never shown again. Undefined when the code is not right. */
    confirm(account: string, code: string): string[] | undefined {
      return write(() => {
        const held = one.get(account)
        const step = held && held.confirmed_at === null ? stepOf(held.secret, code, sources.now(), 0) : undefined
        if (step === undefined) return undefined
        confirm.run(sources.now(), step, account)
        dropCodes.run(account)
        return Array.from({ length: RECOVERY_CODES }, () => {
          const paper = base32(sources.random(10))
          putCode.run(account, hashToken(paper))
          return (paper.match(/.{4}/g) ?? []).join('-')
        })
      })
    },
    /** Whether a code, of the app or from the paper, is right now. Each is good once. */
    check(account: string, code: string): boolean {
      return write(() => {
        const held = one.get(account)
        if (typeof held?.confirmed_at !== 'number') return false
        const step = stepOf(held.secret, code.replaceAll(' ', ''), sources.now(), held.last_step)
        if (step !== undefined) return used.run(step, account, step).changes === 1
        return useCode.run(sources.now(), account, hashToken(plain(code))).changes === 1
      })
    },
    /** Takes it away: the person sets it up anew. */
    drop(account: string): void {
      write(() => {
        drop.run(account)
        dropCodes.run(account)
      })
    },
  }
}

/** Roles of which a second factor is asked when the district asks for it: those who see more than their own class. */
export const isPrivileged = (role: Role): boolean => role !== 'teacher' && role !== 'substitute'
