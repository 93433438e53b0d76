import { type Expected, expected } from '../expected.ts'
import { LIMITS } from './limits.ts'
import { Refusal } from './refusal.ts'

const LF = 10
const CR = 13
const COMMA = 44

/**
 * Passes bytes through while they look like the lines of a text file. Drops a UTF-8 byte order mark. Refuses what would fill the
 * memory of a parser that waits for the end of a line: a line without end, a header of a million columns, a program or a picture.
 */
export async function* guardLines(file: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let total = 0
  let line = 1
  let lineBytes = 0
  let commas = 0
  let previous = 0
  for await (const chunk of bytes) {
    total += chunk.length
    if (total > LIMITS.fileBytes) throw new Refusal(file, expected('fileAtMost', { mb: LIMITS.fileBytes / 1024 / 1024 }))
    const from = total === chunk.length ? startOfText(file, chunk) : 0
    for (let i = from; i < chunk.length; i++) {
      const byte = chunk[i]
      if (byte === LF || byte === CR) {
        if (byte === CR || previous !== CR) line += 1
        lineBytes = 0
        commas = 0
      } else {
        lineBytes += 1
        if (byte === COMMA) commas += 1
        else if (byte === 0) throw new Refusal(file, expected('zeroBytes'), line)
        if (lineBytes > LIMITS.lineBytes) throw new Refusal(file, tooLong(line, commas), line)
      }
      previous = byte ?? 0
    }
    yield from === 0 ? chunk : chunk.subarray(from)
  }
  if (total === 0) throw new Refusal(file, expected('fileEmpty'))
}

const tooLong = (line: number, commas: number): Expected =>
  commas >= LIMITS.columns
    ? expected('columnsMore', { n: LIMITS.columns, line, has: commas })
    : expected('lineEndless', { kb: LIMITS.lineBytes / 1024, line })

/** Where the text begins in the first bytes of a file: after a UTF-8 mark. Refuses what is known not to be comma-separated text. */
function startOfText(file: string, first: Uint8Array): number {
  const [a, b, c] = first
  if (a === 0xef && b === 0xbb && c === 0xbf) return 3
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    throw new Refusal(file, expected('utf16'))
  }
  if (a === 0x50 && b === 0x4b) throw new Refusal(file, expected('spreadsheet'))
  if (a === 0x25 && b === 0x50) throw new Refusal(file, expected('pdf'))
  if (a === 0x1f && b === 0x8b) throw new Refusal(file, expected('gzip'))
  return 0
}
