/** Records of the registry that people change by hand: each change says which version it is about, and who made it is kept. */
import type { Instant } from '../../shared/time.ts'
import { canonical } from '../../shared/sync/chain.ts'
import type { Log } from '../log/log.ts'
import type { RegistryChange, RegistryStore } from './store.ts'

/** Who changed something last, by name, and when. Nobody is named for what an import or the operator brought. */
export interface LastChange {
  readonly name: string | null
  readonly at: Instant
}

export interface ByHand {
  /**
   * Writes one record for somebody of the staff. False, and nothing is written, when another version is held by now than the one that was
   * shown: its sequence, or 0 where there was none. What is held already as it is sent is no other. Nothing is asked of who names no version.
   */
  put(change: RegistryChange, by: string, shown?: number): boolean
  /** The last change of a record, by the sequence of its version. */
  lastChange(seq: number): LastChange
}

/** The changes by hand of an open log. */
export function openByHand({ db, write }: Log, store: RegistryStore): ByHand {
  const note = db.prepare('INSERT INTO record_by (seq, staff) VALUES (?, ?)')
  const last = db.prepare<[number], { staff: string | null; at: Instant }>(
    'SELECT b.staff, v.at FROM record_version v LEFT JOIN record_by b ON b.seq = v.seq WHERE v.seq = ?',
  )
  return {
    put(change, by, shown) {
      return write(() => {
        const held = store.get(change.kind, change.id)
        const isSame = held?.ended === change.ended && canonical(held.body) === canonical(change.body)
        if (shown !== undefined && (held?.seq ?? 0) !== shown && !isSame) return false
        const { seq, written } = store.apply([change])
        if (written > 0) note.run(seq, by)
        return true
      })
    },
    lastChange(seq) {
      const found = last.get(seq)
      if (!found) throw new Error(`there is no version ${seq} of a record`)
      return { name: found.staff === null ? null : (store.get('staff', found.staff)?.body.name ?? null), at: found.at }
    },
  }
}
