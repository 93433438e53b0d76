/** Base45 (RFC 9285): bytes in the letters that a QR code holds most of. Two bytes are three letters. */
const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const VALUES = new Map(Array.from(LETTERS, (letter, value) => [letter, value]))

const letter = (value: number): string => LETTERS[value % 45] ?? ''

/** Bytes as base45 text. */
export function toBase45(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 2) {
    const first = bytes[i] ?? 0
    const second = bytes[i + 1]
    const n = second === undefined ? first : first * 256 + second
    text += letter(n) + letter(Math.floor(n / 45)) + (second === undefined ? '' : letter(Math.floor(n / 2025)))
  }
  return text
}

/** The bytes of a base45 text; undefined when it is none. */
export function fromBase45(text: string): Uint8Array | undefined {
  if (text.length % 3 === 1) return undefined
  const bytes: number[] = []
  for (let i = 0; i < text.length; i += 3) {
    const values = Array.from(text.slice(i, i + 3), (each) => VALUES.get(each))
    if (values.includes(undefined)) return undefined
    const [a = 0, b = 0, c] = values
    const n = a + b * 45 + (c ?? 0) * 2025
    if (n > (c === undefined ? 255 : 65_535)) return undefined
    if (c !== undefined) bytes.push(n >> 8)
    bytes.push(n & 255)
  }
  return Uint8Array.from(bytes)
}
