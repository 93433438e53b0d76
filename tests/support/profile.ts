/**
 * What a copy of a browser's profile gives away. Every file is read whole, as it is and, where it is a table of LevelDB, with its blocks
 * decompressed: a name hides in neither.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

/** The ways in which a text may lie in a file. In base64 it may begin at any of three places. */
function waysOf(text: string): Buffer[] {
  const utf8 = Buffer.from(text, 'utf8')
  const inBase64 = (bytes: Buffer): Buffer[] =>
    [0, 1, 2].map((shift) => {
      const whole = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
      // Whatever touches its neighbours differs with them.
      return Buffer.from(whole.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6)), 'latin1')
    })
  const utf16 = Buffer.from(text, 'utf16le')
  return [utf8, utf16, Buffer.from(utf16).swap16(), ...inBase64(utf8), ...inBase64(utf16)]
}

/** Every file of the profile that holds one of the texts, as `file: text`. */
export function foundInProfile(profile: string, texts: readonly string[]): string[] {
  const wanted = texts.map((text) => ({ text, ways: waysOf(text) }))
  const found: string[] = []
  for (const name of readdirSync(profile, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(profile, name)
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) continue
    const whole = readFileSync(file)
    const parts = name.endsWith('.ldb') ? [whole, ...blocksOf(whole)] : name.endsWith('.log') ? [whole, withoutHeaders(whole)] : [whole]
    for (const { text, ways } of wanted) if (parts.some((part) => ways.some((way) => part.includes(way)))) found.push(`${name}: ${text}`)
  }
  return found
}

const BLOCK = 32_768
const HEADER = 7

/** A LevelDB log without the headers that cut its records into pieces. */
function withoutHeaders(log: Buffer): Buffer {
  const pieces: Buffer[] = []
  for (let block = 0; block < log.length; block += BLOCK)
    for (let at = block; at + HEADER <= Math.min(block + BLOCK, log.length); ) {
      const length = log.readUInt16LE(at + 4)
      if (length === 0) break
      pieces.push(log.subarray(at + HEADER, at + HEADER + length))
      at += HEADER + length
    }
  return Buffer.concat(pieces)
}

/** The blocks of a LevelDB table, decompressed: found by its index, as the footer says where that is. */
function blocksOf(table: Buffer): Buffer[] {
  if (table.length < 48) return []
  const footer = table.subarray(table.length - 48)
  const [, afterMeta] = handleAt(footer, 0)
  const [index] = handleAt(footer, afterMeta)
  return entriesOf(blockAt(table, index)).map((value) => blockAt(table, handleAt(value, 0)[0]))
}

interface Handle {
  readonly offset: number
  readonly size: number
}

function varint(bytes: Buffer, from: number): [value: number, next: number] {
  let value = 0
  for (let at = from, shift = 1; ; at++, shift *= 128) {
    const byte = bytes[at] ?? 0
    value += (byte & 127) * shift
    if (byte < 128) return [value, at + 1]
  }
}

function handleAt(bytes: Buffer, from: number): [Handle, number] {
  const [offset, next] = varint(bytes, from)
  const [size, after] = varint(bytes, next)
  return [{ offset, size }, after]
}

function blockAt(table: Buffer, { offset, size }: Handle): Buffer {
  const raw = table.subarray(offset, offset + size)
  return table[offset + size] === 1 ? unsnapped(raw) : raw
}

/** The values of a block; keys are told as what differs from the one before. */
function entriesOf(block: Buffer): Buffer[] {
  const end = block.length - 4 - 4 * block.readUInt32LE(block.length - 4)
  const values: Buffer[] = []
  for (let at = 0; at < end; ) {
    const [, a] = varint(block, at)
    const [own, b] = varint(block, a)
    const [length, c] = varint(block, b)
    values.push(block.subarray(c + own, c + own + length))
    at = c + own + length
  }
  return values
}

/** Snappy (its format description): literals, and copies of what came before. */
function unsnapped(packed: Buffer): Buffer {
  const [length, begin] = varint(packed, 0)
  const plain = Buffer.alloc(length)
  let to = 0
  const copy = (offset: number, count: number): void => {
    for (let i = 0; i < count; i++, to++) plain[to] = plain[to - offset] ?? 0
  }
  for (let at = begin; at < packed.length; ) {
    const tag = packed[at++] ?? 0
    if ((tag & 3) === 0) {
      let count = tag >> 2
      if (count >= 60) {
        const bytes = count - 59
        count = packed.readUIntLE(at, bytes)
        at += bytes
      }
      packed.copy(plain, to, at, at + count + 1)
      to += count + 1
      at += count + 1
    } else if ((tag & 3) === 1) {
      copy(((tag >> 5) << 8) | (packed[at++] ?? 0), ((tag >> 2) & 7) + 4)
    } else {
      const wide = (tag & 3) === 3
      copy(wide ? packed.readUInt32LE(at) : packed.readUInt16LE(at), (tag >> 2) + 1)
      at += wide ? 4 : 2
    }
  }
  return plain
}
