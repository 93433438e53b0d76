/** Passwords that are long and yet tried first: the same over and over, rows of the keyboard, the words of this very place. */

/** Rows as fingers walk them; also backwards. */
const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  '1234567890',
  '0123456789',
  'qazwsxedcrfvtgbyhnujmikolp',
]
/** What people begin with when they must be long. */
const STARTS = [
  'password',
  'passw0rd',
  'welcome',
  'letmein',
  'iloveyou',
  'changeme',
  'administrator',
  'superman',
  'football',
  'baseball',
  'sunshine',
  'princess',
  'trustno',
]
/** So many letters must be left when what is known is taken out. */
const LEAST_OWN = 8

const plain = (text: string): string => text.normalize('NFKC').toLowerCase()

/** Whether somebody who knows the place and the person would try it early. @param known the username, the district, the person's name */
export function isEasy(password: string, known: readonly string[]): boolean {
  const text = plain(password)
  const letters = text.replaceAll(/[^\p{L}\p{N}]/gu, '')
  if (new Set(letters).size < 5 || /^(.{1,10}?)\1+.{0,9}$/u.test(letters)) return true
  const walks = ROWS.map((row) => row.repeat(3)).flatMap((row) => [row, Array.from(row).reverse().join('')])
  if (walks.some((row) => row.includes(letters))) return true
  const words = [...STARTS, 'recoup', ...known.flatMap((word) => plain(word).split(/[^\p{L}\p{N}]+/u))].filter((word) => word.length > 3)
  const own = [...words].sort((a, b) => b.length - a.length).reduce((left, word) => left.replaceAll(word, ''), letters)
  return own !== letters && own.replaceAll(/\p{N}/gu, '').length < LEAST_OWN
}
