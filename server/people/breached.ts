/** Passwords that are met again and again in what was stolen elsewhere: a list that comes with the server, so that nobody is asked about one. */

const LEAST_PART = 4
let known: Promise<ReadonlySet<string>> | undefined

async function read(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'].map(String))
}

/** Whether a password is known, or made of two that are, or of one and digits or signs before and behind it. */
export async function isBreached(password: string): Promise<boolean> {
  const list = await (known ??= read())
  const text = password.normalize('NFKC').toLowerCase()
  const letters = text.replace(/^[^\p{L}]+/u, '').replace(/[^\p{L}]+$/u, '')
  const isKnown = (part: string): boolean => list.has(part)
  if (isKnown(text) || (letters.length >= LEAST_PART && isKnown(letters))) return true
  return [text, letters].some((whole) => parts(whole).some(([first, second]) => isKnown(first) && isKnown(second)))
}

/** Every way to cut a text in two, without what joins them. */
function parts(text: string): (readonly [string, string])[] {
  const cuts = Array.from({ length: Math.max(0, text.length - 2 * LEAST_PART + 1) }, (_, i) => i + LEAST_PART)
  return cuts.map((at) => [text.slice(0, at), text.slice(at).replace(/^[^\p{L}\p{N}]+/u, '')] as const)
}
