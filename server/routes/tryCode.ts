/** Codes of a second factor, as they are tried: at the door, and to show again who one is. */
import type { Context } from '../context.ts'
import { Refused } from '../plugins/refuse.ts'

/**
 * Whether a code is right. Six digits can be guessed: their tries are counted for the account, wherever they come from, before they are looked
 * at. Codes on paper and passkeys cannot, and go on while those wait: whoever has only the password keeps nobody out.
 */
export function tryCode({ attempts, secondFactor }: Pick<Context, 'attempts' | 'secondFactor'>, account: string, code: string): boolean {
  const isShort = code.replaceAll(/[^A-Za-z0-9]/g, '').length < 10
  const key = `code ${account}`
  if (isShort && !attempts.take(key))
    throw new Refused(
      429,
      'tooManyCodes',
      'Too many codes were tried for this account. Wait a quarter of an hour, or use a passkey or a code from paper.',
    )
  const right = secondFactor.check(account, code)
  if (isShort && right) attempts.giveBack(key)
  return right
}
