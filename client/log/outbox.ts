/** What this device recorded and the district has not confirmed, in memory: small, and asked for at every row. */
import type { EventId } from '../../shared/ids.ts'
import type { Mark } from '../sync/syncState.ts'
import { markOf } from '../sync/syncState.ts'
import type { EventRow } from './rows.ts'

export interface Outbox {
  /** Puts a row as the store holds it now; one with a receipt and nothing to look at leaves. */
  put(row: EventRow): void
  /** An event on its way to the disk. */
  saving(row: EventRow): void
  sending(ids: readonly EventId[]): void
  has(id: EventId): boolean
  mark(id: EventId): Mark
  /** The mark of what was recorded for one student in one session: the one furthest from confirmed. */
  markAt(session: string, student: string): Mark
  /** Everything not confirmed, oldest first. */
  rows(): EventRow[]
  isSending(id: EventId): boolean
  clear(): void
}

const placeOf = (row: EventRow): string => {
  const student = 'student' in row.event && typeof row.event.student === 'string' ? row.event.student : ''
  return `${row.session} ${student}`
}

const URGENCY: Readonly<Record<Mark['kind'], number>> = { confirmed: 0, sent: 1, saved: 2, saving: 3, attention: 4 }
const CONFIRMED: Mark = { kind: 'confirmed' }

export function openOutbox(): Outbox {
  const rows = new Map<EventId, EventRow>()
  const places = new Map<string, Set<EventId>>()
  const saving = new Set<EventId>()
  let inFlight: ReadonlySet<EventId> = new Set()

  const mark = (id: EventId): Mark => {
    const row = rows.get(id)
    if (!row) return CONFIRMED
    return saving.has(id) ? { kind: 'saving' } : markOf(row, inFlight.has(id))
  }
  const keep = (row: EventRow): void => {
    rows.set(row.id, row)
    const place = placeOf(row)
    places.set(place, (places.get(place) ?? new Set()).add(row.id))
  }
  return {
    put(row) {
      saving.delete(row.id)
      if (row.outbox !== undefined || row.attention !== undefined) return keep(row)
      rows.delete(row.id)
      places.get(placeOf(row))?.delete(row.id)
    },
    saving(row) {
      keep(row)
      saving.add(row.id)
    },
    sending(ids) {
      inFlight = new Set(ids)
    },
    has: (id) => rows.has(id),
    mark,
    markAt(session, student) {
      let worst = CONFIRMED
      for (const id of places.get(`${session} ${student}`) ?? []) {
        const next = mark(id)
        if (URGENCY[next.kind] > URGENCY[worst.kind]) worst = next
      }
      return worst
    },
    rows: () => [...rows.values()].sort((a, b) => a.event.recordedAt - b.event.recordedAt || a.deviceSeq - b.deviceSeq),
    isSending: (id) => inFlight.has(id),
    clear() {
      rows.clear()
      places.clear()
      saving.clear()
      inFlight = new Set()
    },
  }
}
