/** What becomes of one offered event: read on its own, so that a bad one never holds up its neighbours. (S2, S3) */
import { createHash } from 'node:crypto'
import type { QuarantineReason } from '../../shared/api.ts'
import { type Envelope, readEvent } from '../../shared/events.ts'
import { canonical, isShallow } from '../../shared/sync/chain.ts'
import type { Db } from './openDatabase.ts'

export interface Offered {
  readonly hash: string
  /** The event as it came, canonical text. */
  readonly text: string
  /** What can be said of it when it is not an event. */
  readonly id: string | null
  readonly read: ReturnType<typeof readEvent>
}

export type Verdict =
  | { readonly kind: 'accept'; readonly event: Envelope }
  | { readonly kind: 'duplicate'; readonly seq: number }
  | { readonly kind: 'quarantine'; readonly reason: QuarantineReason; readonly detail: string }

/** Reads an offered value. Something nested deeper than an event can be is kept by its hash alone. */
export function readOffered(raw: unknown): Offered {
  if (!isShallow(raw)) {
    const text = '"nested deeper than an event can be"'
    return { hash: sha256(text), text, id: null, read: { kind: 'malformed', path: '', expected: 'an event' } }
  }
  const text = canonical(raw)
  return { hash: sha256(text), text, id: idOf(raw), read: readEvent(raw) }
}

/** The same hash that a device computes, by the machine's own code: a push may hold 500 events. */
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

function idOf(raw: unknown): string | null {
  if (typeof raw !== 'object' || raw === null || !('id' in raw)) return null
  return typeof raw.id === 'string' && raw.id.length > 0 && raw.id.length <= 64 ? raw.id : null
}

/** Weighs offered events against the log, with its statements prepared once. */
export function openWeigh(db: Db): (offered: Offered, device: string) => Verdict {
  const byId = db.prepare<[string], { seq: number; hash: string }>('SELECT seq, hash FROM event WHERE id = ?')
  const byLink = db.prepare<[string, number], { id: string; hash: string; prev: string }>(
    'SELECT id, hash, prev FROM event WHERE device = ? AND device_seq = ?',
  )
  const quarantinedLink = db.prepare<[string, number], { hash: string }>(
    'SELECT hash FROM quarantine WHERE claimed_device = ? AND device_seq = ?',
  )
  const sessionSite = db.prepare<[string], { site: string }>('SELECT site FROM session WHERE id = ?')
  const siteExists = db.prepare("SELECT 1 FROM record WHERE kind = 'site' AND id = ?")
  const actor = db.prepare<[string], { body: string; role: string | null }>(
    `SELECT v.body, a.role FROM record r JOIN record_version v ON v.seq = r.seq
     LEFT JOIN account a ON a.staff = r.id WHERE r.kind = 'staff' AND r.id = ?`,
  )

  /**
   * The event before and the event after, where known, must fit this one. A gap is no fault: what is missing may come
   * later, by another way. The one before may itself lie in quarantine.
   */
  function fitsChain(event: Envelope, hash: string): boolean {
    if (event.deviceSeq === 1) return event.prev === ''
    const before = byLink.get(event.device, event.deviceSeq - 1)
    if (before) return before.hash === event.prev
    const aside = quarantinedLink.all(event.device, event.deviceSeq - 1)
    if (aside.length > 0) return aside.some((row) => row.hash === event.prev)
    const after = byLink.get(event.device, event.deviceSeq + 1)
    return !after || after.prev === hash
  }

  const quarantine = (reason: QuarantineReason, detail: string): Verdict => ({ kind: 'quarantine', reason, detail })

  return ({ read, hash, id }, device) => {
    const known = id === null ? undefined : byId.get(id)
    if (known?.hash === hash) return { kind: 'duplicate', seq: known.seq }
    if (known) return quarantine('idConflict', 'Another event with this id is already in the log')
    if (read.kind === 'malformed') return quarantine('malformed', `${read.path || 'event'}: expected ${read.expected}`)
    const { event } = read
    if (event.device !== device) return quarantine('otherDevice', 'Recorded on another device than the one that sent it')
    const taken = byLink.get(event.device, event.deviceSeq)
    if (taken) return quarantine('fork', `The device recorded another event as its number ${event.deviceSeq}`)
    if (!fitsChain(event, hash)) return quarantine('chainBroken', 'Does not follow from the event the device recorded before it')
    const person = actor.get(event.actor)
    if (!person) return quarantine('unknownActor', 'The person who recorded it is not on the staff list')
    const sites = (JSON.parse(person.body) as { sites: string[] }).sites
    const anywhere = person.role !== null && isDistrictWide(person.role)
    if (!siteExists.get(event.site) || !(anywhere || sites.includes(event.site))) {
      return quarantine('outsideSite', 'The person who recorded it does not work at this school')
    }
    const session = 'session' in event && typeof event.session === 'string' ? event.session : undefined
    const held = session === undefined ? undefined : sessionSite.get(session)
    if (held && held.site !== event.site) return quarantine('sessionConflict', 'The session belongs to another school')
    return { kind: 'accept', event }
  }
}

/** Roles whose work is at every site of the district. */
export const isDistrictWide = (role: string): boolean =>
  role === 'district' || role === 'data' || role === 'auditor' || role === 'administrator'
