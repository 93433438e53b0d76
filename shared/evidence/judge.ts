/** What can be wrong with a log, found the same way in a database, in an audit packet and in a browser without a network. */
import { ReceiptBody } from '../api/sync.ts'
import type { IsSigned } from './checkpoint.ts'
import type { Sha256 } from './line.ts'

export const FAULTS = [
  'textChanged',
  'columnsDiffer',
  'linkBroken',
  'entryMissing',
  'entryAdded',
  'receiptMissing',
  'receiptForged',
  'receiptDiffers',
  'deviceChainBroken',
  'checkpointForged',
  'checkpointDiffers',
  'logEndsEarly',
  'headDiffers',
  'recordDiffers',
  'setAsideChanged',
  'setAsideMissing',
  'setAsideSettled',
  'erasureForged',
  'erasedUnproved',
  'erasedChanged',
  'closingChanged',
  'closingMissing',
  'inventoryForged',
  'inventoryDiffers',
  'packetChanged',
  'totalsDiffer',
] as const
export type Fault = (typeof FAULTS)[number]

/** Something that does not hold. `seq` is the entry's place in the log; null for what has none. `what` names it: an id, a date. */
export interface Finding {
  readonly fault: Fault
  readonly seq: number | null
  readonly what: string
}

export interface Tools {
  readonly sha256: Sha256
  readonly isSigned: IsSigned
}

/** Findings with the earliest entry first; what has no place comes after. */
export const inOrder = (findings: readonly Finding[]): Finding[] =>
  [...findings].sort((a, b) => (a.seq ?? Number.MAX_SAFE_INTEGER) - (b.seq ?? Number.MAX_SAFE_INTEGER))

export interface SignedText {
  readonly body: string
  readonly signature: string
}
/** What a receipt says of the event with this hash. */
export interface Said {
  readonly outcome: 'accepted' | 'duplicate' | 'quarantined'
  readonly seq: number | null
  /** Null for what could not be read, and for what has none. */
  readonly id: string | null
  /** Why it was set aside; null where it was not. */
  readonly reason: string | null
}
type Read = ReadonlyMap<string, Said> | 'missing' | 'forged'

const KEPT = 256

/**
 * Reads receipts, each verified once while it is in use: entries come in the order of the log, and so nearly do their receipts.
 * @param find the receipt of an id
 */
export function openReceipts({ isSigned }: Tools, key: string, find: (id: string) => SignedText | undefined): (id: string) => Read {
  const kept = new Map<string, Read>()
  return (id) => {
    const known = kept.get(id)
    if (known !== undefined) return known
    const found = find(id)
    const read = found === undefined ? 'missing' : isSigned(found.body, found.signature, key) ? saidIn(found.body) : 'forged'
    kept.set(id, read)
    if (kept.size > KEPT) kept.delete(kept.keys().next().value ?? '')
    return read
  }
}

function saidIn(text: string): Read {
  try {
    const read = ReceiptBody.safeParse(JSON.parse(text))
    if (!read.success) return 'forged'
    const said = new Map<string, Said>()
    // An event that was offered twice in one push is accepted once and then recognized.
    for (const { hash, outcome, seq, id, reason } of read.data.results)
      if (!said.has(hash ?? '')) said.set(hash ?? '', { outcome, seq, id, reason })
    return said
  } catch {
    return 'forged'
  }
}

/**
 * What a receipt has against an event of the log: it must have been signed for as accepted at this place, or as set aside and then taken
 * by a decision.
 */
export function againstReceipt(read: Read, hash: string, seq: number): Fault | undefined {
  if (read === 'missing') return 'receiptMissing'
  if (read === 'forged') return 'receiptForged'
  const said = read.get(hash)
  if (said?.outcome === 'quarantined' || (said?.outcome === 'accepted' && said.seq === seq)) return undefined
  return 'receiptDiffers'
}

/** What the receipt said: set aside first, and taken by a decision later. */
export const wasSetAside = (read: Read, hash: string): boolean => typeof read !== 'string' && read.get(hash)?.outcome === 'quarantined'

export interface Recorded {
  readonly seq: number
  readonly id: string
  readonly device: string
  readonly deviceSeq: number
  readonly prev: string
  readonly hash: string
  /** Taken by a person's decision, also where it did not fit the chain. */
  readonly decided: boolean
}

/**
 * The chains of the devices. Where the event before is known, each event must name its hash; where it is not (it never came, or this file
 * does not show it) nothing can be said. An event before may itself have been set aside.
 */
export function openDeviceChains(): { add(event: Recorded): void; findings(isSetAside: (hash: string) => boolean): Finding[] } {
  const hashes = new Map<string, Map<number, string>>()
  let open: Recorded[] = []
  const broken: Recorded[] = []

  function weigh(event: Recorded): 'fits' | 'breaks' | 'open' {
    if (event.deviceSeq === 1) return event.prev === '' ? 'fits' : 'breaks'
    const before = hashes.get(event.device)?.get(event.deviceSeq - 1)
    if (before === undefined) return 'open'
    return before === event.prev ? 'fits' : 'breaks'
  }
  function sort(event: Recorded): void {
    const weighed = weigh(event)
    if (weighed === 'open') open.push(event)
    if (weighed === 'breaks') broken.push(event)
  }
  return {
    add(event) {
      const own = hashes.get(event.device) ?? new Map<number, string>()
      own.set(event.deviceSeq, event.hash)
      hashes.set(event.device, own)
      if (!event.decided) sort(event)
    },
    findings(isSetAside) {
      // What came before its predecessor is weighed again, now that all have come.
      const late = open
      open = []
      for (const event of late) sort(event)
      return broken.filter(({ prev }) => !isSetAside(prev)).map(({ id, seq }) => ({ fault: 'deviceChainBroken' as const, seq, what: id }))
    },
  }
}
