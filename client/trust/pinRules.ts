/** Which PINs are refused: the ones that somebody who watches over a shoulder, or has three tries, would try first. */
import type { Role } from '../../shared/api/people.ts'

export const LEAST_DIGITS = 6
export const LEAST_LETTERS = 8

export type PinFault = 'short' | 'digits' | 'common' | 'differs'

/** Whoever sees more than an own class chooses a passphrase. */
export const needsPassphrase = (role: Role): boolean => role !== 'teacher' && role !== 'substitute'

/** What is wrong with a new PIN typed twice; for those who need one, a passphrase. Undefined when nothing is. */
export function pinFault(first: string, second: string, isPassphrase: boolean): PinFault | undefined {
  if (isPassphrase) {
    if (first.length < LEAST_LETTERS) return 'short'
    if (isCommonPhrase(first)) return 'common'
  } else {
    if (!/^\d*$/.test(first)) return 'digits'
    if (first.length < LEAST_DIGITS) return 'short'
    if (isCommonPin(first)) return 'common'
  }
  return first === second ? undefined : 'differs'
}

const KEYPAD_ROWS = ['123', '456', '789', '147', '258', '369', '159', '357', '741', '852', '963', '321', '654', '987', '951', '753']
/** Often chosen, and made by none of the rules below. */
const FAVOURITES: ReadonlySet<string> = new Set(
  '112233 332211 445566 778899 998877 121314 131415 147258 258369 369258 142536 159357 357159 123123 123321 102030 101112 007007 100200 420420 520520 246810 135790 314159 271828 112358 789456 456789 159753 753951 963852 741852 852456 147852 124578 235689 134679 141414 111222 222333 333444 000111 999000 123654 654123 123789 789123 321654 696969 686868 808080 909090 101010 202020 010203 030201 112211 122333 911911 411411 867530'.split(
    ' ',
  ),
)

/** Repeats, runs, lines of the keypad, dates: with `FAVOURITES`, 85,998 of a million, and nearly all that people choose without thinking. */
export function isCommonPin(pin: string): boolean {
  if (new Set(pin).size <= 2) return true
  if (isRun(pin) || isRepeat(pin) || isMirror(pin) || isLines(pin) || isDate(pin)) return true
  return [...FAVOURITES].some((each) => pin === each || (pin.length > 6 && pin.startsWith(each)))
}

const stepsOf = (text: string): number[] => Array.from(text.slice(1), (sign, i) => sign.charCodeAt(0) - text.charCodeAt(i))
/** 123456, 987654, 024680, 789012. */
function isRun(pin: string): boolean {
  const steps = stepsOf(pin).map((step) => (step + 10) % 10)
  return new Set(steps).size === 1
}

/** 121212, 123123, 112233. */
function isRepeat(pin: string): boolean {
  for (let part = 1; part <= pin.length / 2; part++)
    if (pin.length % part === 0 && pin === pin.slice(0, part).repeat(pin.length / part)) return true
  return /^(?:(\d)\1)+$/.test(pin) && isRun(pin.replaceAll(/(\d)\1/g, '$1'))
}

const isMirror = (pin: string): boolean => pin === Array.from(pin).toReversed().join('')
const isLines = (pin: string): boolean => pin.length % 3 === 0 && (pin.match(/.{3}/g) ?? []).every((line) => KEYPAD_ROWS.includes(line))

/** A day written in any of the usual ways, and a year beside a year. */
function isDate(pin: string): boolean {
  const [a, b, c] = [pin.slice(0, 2), pin.slice(2, 4), pin.slice(4, 6)].map(Number) as [number, number, number]
  const isDay = (day: number, month: number): boolean => day >= 1 && day <= 31 && month >= 1 && month <= 12
  const isYear = (year: number): boolean => (year >= 40 && year <= 99) || year <= 35
  if (pin.length === 6) return (isDay(a, b) && isYear(c)) || (isDay(b, a) && isYear(c)) || (isDay(c, b) && isYear(a))
  if (pin.length !== 8) return false
  const isLong = (text: string): boolean => /^(19|20)\d\d$/.test(text)
  return (isLong(pin.slice(4)) && (isDay(a, b) || isDay(b, a))) || (isLong(pin.slice(0, 4)) && isDay(Number(pin.slice(6)), c))
}

const PHRASES =
  'password passwort passw0rd contraseña qwertyui asdfghjk iloveyou princess football baseball welcome1 sunshine superman trustno1 letmein1 attendance recovery recoup'.split(
    ' ',
  )

/** A word everybody thinks of, with anything behind it; one sign again and again; a run of the keyboard or of digits. */
function isCommonPhrase(phrase: string): boolean {
  const small = phrase.toLowerCase()
  if (new Set(small).size <= 3) return true
  if (PHRASES.some((each) => small.startsWith(each))) return true
  return new Set(stepsOf(small)).size === 1 || (/^\d+$/.test(small) && isCommonPin(small))
}
