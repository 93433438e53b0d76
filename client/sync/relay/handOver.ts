/** What another device may carry for this one: everything the district has not confirmed, and what no verified backup holds yet. (S14) */
import type { DeviceReport } from '../../../shared/api/sync.ts'
import { MOST_CARRIED, MOST_PARCEL_BYTES, MOST_TEXT_BYTES } from '../../../shared/relay/parcel.ts'
import { isNameOf } from '../../../shared/sync/deviceNames.ts'
import type { Instant } from '../../../shared/time.ts'
import type { LogDb } from '../../log/db.ts'
import { readFact, readFacts } from '../../log/db.ts'
import type { EventRow } from '../../log/rows.ts'
import { isInBackup, isOwn } from '../forget.ts'
import { signInsOf } from '../signIns.ts'
import { canSeal, seal, type SealKeys } from './seal.ts'

export type HandOver =
  | { readonly kind: 'parcel'; readonly bytes: Uint8Array<ArrayBuffer>; readonly events: number }
  /** Nothing is unsent. */
  | { readonly kind: 'nothing' }
  /** This device never met the server since it could hand over: it has no keys. */
  | { readonly kind: 'noKeys' }
  /** The page did not come over TLS: the browser does no cryptography for it. */
  | { readonly kind: 'insecure' }

export interface HandOverDeps {
  readonly db: LogDb
  readonly now: () => Instant
  readonly report: () => Promise<DeviceReport>
}

/**
 * Makes a parcel. `what` is `'unsent'` for a series of codes, which should be short, or `'all'` for a file, which also holds what was
 * confirmed and is not in a verified backup yet. What is more than a server takes at once is left for the next one, the newest first. Nothing
 * changes on this device: an event leaves the outbox by a receipt.
 */
export async function makeParcel({ db, now, report }: HandOverDeps, what: 'unsent' | 'all'): Promise<HandOver> {
  if (!canSeal()) return { kind: 'insecure' }
  const { relay: keys, signIns } = await readFacts(db, 'relay', 'signIns')
  if (!keys) return { kind: 'noKeys' }
  const rows = await rowsToCarry(db, keys.device, what)
  if (rows.length === 0) return { kind: 'nothing' }
  const said = await report()
  const textOf = (chosen: readonly EventRow[]): string => {
    const events = chosen.toSorted((a, b) => a.deviceSeq - b.deviceSeq).map((row) => row.event)
    return JSON.stringify({ device: keys.device, made: now(), signIns: signInsOf(signIns, events), events, report: said })
  }
  return sealedToFit(rows, textOf, keys)
}

/** As many of the first as fit; at least one. */
async function sealedToFit(
  rows: readonly EventRow[],
  textOf: (chosen: readonly EventRow[]) => string,
  keys: SealKeys,
): Promise<HandOver & { kind: 'parcel' }> {
  for (let most = rows.length; ; ) {
    const body = textOf(rows.slice(0, most))
    const bytes = await seal(body, keys)
    const over = Math.max(bytes.length / MOST_PARCEL_BYTES, lengthUnderSeal(body) / MOST_TEXT_BYTES)
    if (over <= 1 || most === 1) return { kind: 'parcel', bytes, events: most }
    most = Math.max(1, Math.floor((most / over) * 0.95))
  }
}

/** Within a few bytes: the mark and the names of the two fields come to it. */
const lengthUnderSeal = (body: string): number => new TextEncoder().encode(JSON.stringify(body)).length + 100

/** What nobody has confirmed comes first. */
async function rowsToCarry(db: LogDb, device: string, what: 'unsent' | 'all'): Promise<readonly EventRow[]> {
  const unsent = await db.events.orderBy('outbox').limit(MOST_CARRIED).toArray()
  if (what === 'unsent') return unsent
  const [verified, epoch] = await Promise.all([readFact(db, 'verified'), db.meta.get('epoch')])
  const rest = await db.events
    .filter((row) => isNameOf(row.device, device) && row.outbox === undefined && isOwn(row) && !isInBackup(row, verified, epoch?.value))
    .limit(MOST_CARRIED - unsent.length)
    .toArray()
  return [...unsent, ...rest]
}
