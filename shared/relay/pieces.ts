/**
 * A parcel too long for one QR code, in pieces that may be read in any order and more than once. Each says of which parcel it is and how
 * many there are; the whole is right when its hash is the name that every piece carries. (S14)
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { fromBase45, toBase45 } from './base45.ts'

/** Bytes in one code: a code of version 22 or so, which a tablet's camera reads from another's screen at arm's length. */
export const PIECE_BYTES = 720
/** More would be a film that nobody holds still for: then the file is the way. */
export const MOST_PIECES = 200

const MARK = 'RCP1'

/** The name of a parcel: the beginning of its SHA-256. */
export const nameOfParcel = (bytes: Uint8Array): string => bytesToHex(sha256(bytes)).slice(0, 16).toUpperCase()

/** The texts of the codes for some bytes, in order; undefined when there would be too many. */
export function piecesOf(bytes: Uint8Array, most = PIECE_BYTES): readonly string[] | undefined {
  const count = Math.max(1, Math.ceil(bytes.length / most))
  if (count > MOST_PIECES) return undefined
  const name = nameOfParcel(bytes)
  return Array.from({ length: count }, (_, i) => `${MARK}/${name}/${i + 1}/${count}/${toBase45(bytes.subarray(i * most, (i + 1) * most))}`)
}

/** What has been read so far of one series. */
export interface Collected {
  readonly name: string
  readonly of: number
  readonly pieces: ReadonlyMap<number, Uint8Array>
}
export type Read =
  /** A piece of this series; `isNew` unless it had been read before. */
  | { readonly kind: 'piece'; readonly collected: Collected; readonly isNew: boolean }
  | { readonly kind: 'whole'; readonly bytes: Uint8Array }
  /** Read whole and yet not what was shown: all of it is read again. */
  | { readonly kind: 'damaged' }
  /** Not one of our codes. */
  | { readonly kind: 'foreign' }

const PIECE = /^RCP1\/([0-9A-F]{16})\/(\d{1,3})\/(\d{1,3})\/(.*)$/s

/** Adds what a code says to what was read before. A code of another series begins that one. */
export function addPiece(before: Collected | undefined, text: string): Read {
  const [, name = '', place = '', count = '', letters = ''] = PIECE.exec(text) ?? []
  const [i, of] = [Number(place), Number(count)]
  const bytes = name === '' ? undefined : fromBase45(letters)
  if (!bytes || i < 1 || i > of || of > MOST_PIECES) return { kind: 'foreign' }
  const known = before?.name === name && before.of === of ? before.pieces : new Map<number, Uint8Array>()
  const isNew = !known.has(i)
  const pieces = isNew ? new Map(known).set(i, bytes) : known
  if (pieces.size < of) return { kind: 'piece', collected: { name, of, pieces }, isNew }
  const whole = joined(pieces, of)
  return nameOfParcel(whole) === name ? { kind: 'whole', bytes: whole } : { kind: 'damaged' }
}

function joined(pieces: ReadonlyMap<number, Uint8Array>, of: number): Uint8Array {
  const parts = Array.from({ length: of }, (_, i) => pieces.get(i + 1) ?? new Uint8Array(0))
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
