/**
 * Rows as a locker stores them: what can be read under the person's key; ids, counts and what an index needs in clear; and beside each own
 * event the same event sealed for the district, which no key of this device opens. Nothing here waits: it happens inside the write of a tap.
 */
import { eventHash } from '../../shared/sync/chain.ts'
import type { KeptEvent } from '../../shared/events.ts'
import type { RowSeal } from '../log/db.ts'
import type { EventRow, MetaRow, RecordRow } from '../log/rows.ts'
import { isOwn } from '../sync/forget.ts'
import type { Cipher } from './cipher.ts'
import type { ParcelMaker } from './parcelMaker.ts'

/** Facts with names, or with ids of students, in them. All others are counts, cursors, times, and keys that open nothing here. */
const SEALED_FACTS: ReadonlySet<string> = new Set(['account', 'proof', 'parity'])

/** What takes the place of the readable part of a row. */
interface Closed {
  readonly sealed: Uint8Array
}

const isClosed = (row: object): row is Closed => 'sealed' in row && row.sealed instanceof Uint8Array

/**
 * The seal of one locker. Without `parcels` (this tablet has never been given the keys for handing over) events are stored without their
 * second, sealed copy, and wait for their person.
 */
export function openRowSeal(cipher: Cipher, parcels: ParcelMaker | undefined): RowSeal {
  const close = (place: string, value: unknown): Uint8Array => cipher.close(JSON.stringify(value), place)
  const open = (place: string, row: Closed): unknown => JSON.parse(cipher.open(row.sealed, place))

  function closeEvent({ event, ...row }: EventRow): object {
    const sealed = close(`event ${row.id}`, event)
    if (!isOwn({ ...row, event })) return { ...row, sealed }
    const parcel = row.parcel ?? parcels?.make(event)
    return { ...row, hash: row.hash ?? eventHash(event), ...(parcel && { parcel }), sealed }
  }

  function closeRecord({ body, ...row }: RecordRow): object {
    const clear = 'student' in body ? { student: body.student } : {}
    return { ...row, body: clear, sealed: close(`record ${row.kind} ${row.id}`, body) }
  }

  function closed(table: string, row: object): object {
    if (table === 'events') return closeEvent(row as EventRow)
    if (table === 'records') return closeRecord(row as RecordRow)
    if (table !== 'meta') return row
    const { name, value } = row as MetaRow
    return SEALED_FACTS.has(name) ? { name, sealed: close(`fact ${name}`, value) } : row
  }

  function opened(table: string, row: object): object {
    if (!isClosed(row)) return row
    const { sealed: _sealed, ...clear } = row
    if (table === 'events') {
      const { id } = clear as EventRow
      return { ...clear, event: open(`event ${id}`, row) as KeptEvent }
    }
    if (table === 'records') {
      const { kind, id } = clear as RecordRow
      return { ...clear, body: open(`record ${kind} ${id}`, row) }
    }
    const { name } = clear as MetaRow
    return { name, value: open(`fact ${name}`, row) }
  }

  return {
    close: <T>(table: string, row: T): T => (isObject(row) ? (closed(table, row) as T) : row),
    open: <T>(table: string, row: T): T => (isObject(row) ? (opened(table, row) as T) : row),
  }
}

const isObject = (row: unknown): row is object => typeof row === 'object' && row !== null
