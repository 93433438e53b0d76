/**
 * Entries whose words were taken out. The erasure that did it is an entry of the log, signed with the key of the receipts: for each entry it says
 * the hash that stands in the chain, and the hash of what was left. Nothing but what was left passes for it.
 */
import * as z from 'zod/mini'
import type { IsSigned } from '../../shared/evidence/checkpoint.ts'
import { canonical } from '../../shared/sync/chain.ts'
import type { Db } from './openDatabase.ts'
import { isSigned as isSignedHere } from './receipts.ts'

/** The kind under which an erasure is itself an entry. It is of the server alone: no device is told it. */
export const ERASURE = 'erasure'
/** What alone may lose words: events by their type, records by their kind. */
export const ERASABLE = { events: ['WalkInAdded', 'StudentNoted'], records: ['student'] } as const

/** By place in the log, a hash. */
const Hashes = z.record(z.string(), z.string())
const ErasureBody = z.looseObject({ by: z.string(), entries: Hashes, left: z.optional(Hashes), signature: z.optional(z.string()) })

/** The text an erasure is signed over: all it says but the signature. No receipt, checkpoint or closing could be one. */
export const erasureText = (said: Readonly<Record<string, unknown>>): string => `recoup-erasure ${canonical(said)}`

export interface ErasureEntry {
  readonly seq: number
  readonly id: string
  readonly at: number
  readonly by: string
  /** How many entries it took words from. */
  readonly entries: number
  readonly isSigned: boolean
}
export interface ErasedEntry {
  /** The hash that stands in the chain, of the text with its words. */
  readonly hash: string
  /** The hash of what was left of it: of an event's text, or of a record's `recordText`. */
  readonly left: string
}
export interface Erased {
  /** What is proved of an entry without its words; undefined for every other. */
  of(seq: number): ErasedEntry | undefined
  /** Entries that are marked as erased without a signed erasure that says so. */
  readonly unproved: readonly number[]
  readonly erasures: readonly ErasureEntry[]
}

interface Marked {
  readonly seq: number
  readonly hash: string
  readonly erasure: string
}

/** Reads every erasure of a log. @param key Ed25519 key of the receipts, raw, base64 */
export function openErased(db: Db, key: string, isSigned: IsSigned = isSignedHere): Erased {
  const rows = db
    .prepare<[string], { seq: number; id: string; at: number; body: string }>(
      'SELECT seq, id, at, body FROM record_version WHERE kind = ? ORDER BY seq',
    )
    .all(ERASURE)
  const erasures: ErasureEntry[] = []
  const proved = new Map<string, ErasedEntry>()
  const unproved = new Set<number>()
  for (const { seq, id, at, body } of rows) {
    const said = readErasure(body)
    const isOwn = said !== undefined && isProved(said, key, isSigned)
    const entries = Object.entries(said?.entries ?? {})
    erasures.push({ seq, id, at, by: said?.by ?? '', entries: entries.length, isSigned: isOwn })
    for (const [entry, hash] of entries) {
      const left = said?.left?.[entry]
      if (isOwn && left !== undefined) proved.set(`${id} ${entry} ${hash}`, { hash, left })
      else unproved.add(Number(entry))
    }
  }
  const marked = new Map<number, ErasedEntry>()
  for (const { seq, hash, erasure } of db.prepare<[], Marked>('SELECT seq, hash, erasure FROM erased').iterate()) {
    const entry = proved.get(`${erasure} ${seq} ${hash}`)
    if (entry) marked.set(seq, entry)
    else unproved.add(seq)
  }
  return { of: (seq) => marked.get(seq), unproved: [...unproved].sort((a, b) => a - b), erasures }
}

function readErasure(body: string): z.infer<typeof ErasureBody> | undefined {
  try {
    return ErasureBody.safeParse(JSON.parse(body)).data
  } catch {
    return undefined
  }
}

function isProved({ signature, ...said }: z.infer<typeof ErasureBody>, key: string, isSigned: IsSigned): boolean {
  return signature !== undefined && isSigned(erasureText(said), signature, key)
}
