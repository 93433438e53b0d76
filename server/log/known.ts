/** What the log and its quarantine already know of a batch of offered events, in a handful of questions whatever its length. (S2) */
import type { QuarantineReason } from '../../shared/api/sync.ts'
import { isNameOf } from '../../shared/sync/deviceNames.ts'
import type { Db } from './openDatabase.ts'
import { isPlain } from './statements.ts'
import type { Offered } from './weigh.ts'

interface InLog {
  readonly seq: number
  readonly hash: string
}

export interface Aside {
  readonly reason: QuarantineReason
  readonly isLeftOut: boolean
}

export interface Known {
  /** The event of the log with an id. */
  event(id: string): InLog | undefined
  /** An event of the batch was taken into the log. */
  took(id: string, event: InLog): void
  /** The device's own events in the log, those before and after the batch's included. */
  readonly links: Places<{ readonly hash: string; readonly prev: string }>
  /** Hashes of the device's own events that were set aside. */
  readonly asideLinks: Places<readonly string[]>
  /** By hash: why something this device sent was set aside, and whether a person left it out since. */
  readonly aside: Map<string, Aside>
  /** Whether anything this device sent was ever set aside. */
  hasAside: boolean
}

/** Where an event stands: the name it was recorded under, and its number there. */
interface Place {
  readonly device: string
  readonly deviceSeq: number
}
/** What is known of places. */
export class Places<T> {
  readonly #names = new Map<string, Map<number, T>>()
  /** @param beside how many places after an event's own */
  of({ device, deviceSeq }: Place, beside = 0): T | undefined {
    return this.#names.get(device)?.get(deviceSeq + beside)
  }
  put({ device, deviceSeq }: Place, value: T): void {
    const held = this.#names.get(device)
    if (held) held.set(deviceSeq, value)
    else this.#names.set(device, new Map([[deviceSeq, value]]))
  }
}

/** Looks a batch up, within the transaction that will keep it. */
export function openKnown(db: Db): (batch: readonly Offered[], device: string) => Known {
  const byId = db.prepare<[string], { id: string; seq: number; hash: string }>(
    'SELECT e.id, e.seq, e.hash FROM json_each(?) j CROSS JOIN event e ON e.id = j.value',
  )
  const byOneId = db.prepare<[string], InLog>('SELECT seq, hash FROM event WHERE id = ?')
  const byLink = db.prepare<[string, string], { n: number; hash: string; prev: string }>(
    'SELECT e.device_seq AS n, e.hash, e.prev FROM json_each(?) j CROSS JOIN event e ON e.device = ? AND e.device_seq = j.value',
  )
  const aside = db.prepare<[string, string], { n: number; hash: string }>(
    'SELECT q.device_seq AS n, q.hash FROM json_each(?) j CROSS JOIN quarantine q ON q.claimed_device = ? AND q.device_seq = j.value',
  )
  const reasons = db.prepare<[string, string], { hash: string; reason: QuarantineReason; leftOut: number }>(
    `SELECT q.hash, q.reason, q.decision IS 'refuse' AS leftOut FROM json_each(?) j CROSS JOIN quarantine q ON q.device = ? AND q.hash = j.value`,
  )
  // Most batches are new: nothing of the device is known from here on, and nothing of it was ever set aside.
  const lastLink = db.prepare<[string], number | null>('SELECT max(device_seq) FROM event WHERE device = ?').pluck()
  const lastAside = db.prepare<[string], number | null>('SELECT max(device_seq) FROM quarantine WHERE claimed_device = ?').pluck()
  const anyAside = db.prepare('SELECT 1 FROM quarantine WHERE device = ? LIMIT 1')

  return (batch, device) => {
    const numbers = new Map<string, Set<number>>()
    for (const { read } of batch) {
      if (read.kind === 'malformed' || !isNameOf(read.event.device, device)) continue
      const { device: name, deviceSeq: n } = read.event
      const asked = numbers.get(name) ?? new Set()
      numbers.set(
        name,
        asked
          .add(n - 1)
          .add(n)
          .add(n + 1),
      )
    }
    const upTo = (of: ReadonlySet<number>, most: number | null | undefined): string =>
      JSON.stringify(most ? [...of].filter((n) => n <= most) : [])
    const asked = JSON.stringify(batch.flatMap(({ id }) => (id !== null && isPlain(id) ? [id] : [])))
    const ids = new Map<string, InLog>(byId.all(asked).map(({ id, seq, hash }) => [id, { seq, hash }]))
    const links: Known['links'] = new Places()
    const asideLinks: Known['asideLinks'] = new Places()
    for (const [device, of] of numbers) {
      for (const { n: deviceSeq, hash, prev } of byLink.all(upTo(of, lastLink.get(device)), device))
        links.put({ device, deviceSeq }, { hash, prev })
      for (const { n: deviceSeq, hash } of aside.all(upTo(of, lastAside.get(device)), device))
        asideLinks.put({ device, deviceSeq }, [...(asideLinks.of({ device, deviceSeq }) ?? []), hash])
    }
    const isClean = anyAside.get(device) === undefined
    return {
      event: (id) => (isPlain(id) ? ids.get(id) : byOneId.get(id)),
      took: (id, event) => void ids.set(id, event),
      links,
      asideLinks,
      hasAside: !isClean,
      aside: new Map(
        isClean
          ? []
          : reasons
              .all(JSON.stringify(batch.map(({ hash }) => hash)), device)
              .map(({ hash, reason, leftOut }) => [hash, { reason, isLeftOut: leftOut === 1 }]),
      ),
    }
  }
}
