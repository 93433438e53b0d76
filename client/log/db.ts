/**
 * The device's store, and the only file that names Dexie. Two things here are truth: own events, and the head of the own chain.
 * Everything else was pulled and can be pulled again. Schema changes only add: an older build must still open what a newer one wrote.
 */
import Dexie from 'dexie'
import type { Table } from 'dexie'
import type { DBCore, DBCoreCursor, DBCoreMutateRequest, DBCoreTable } from 'dexie'
import { endIfMoved, StoreMoved } from './moved.ts'
import { track } from './running.ts'
import type { EventRow, FactName, Facts, MetaRow, ParcelRow, ReceiptRow, RecordRow } from './rows.ts'

/**
 * What stands between the rows and the disk where a person's data is sealed. Both ways give their answer at once: a transaction of the
 * browser is over when it is waited for with anything else.
 */
export interface RowSeal {
  /** The row as it is stored. */
  close<T>(table: string, row: T): T
  /** The row as it was given. Throws a `SealBroken` when a byte of it was changed. */
  open<T>(table: string, row: T): T
}

export class LogDb extends Dexie {
  declare readonly events: Table<EventRow, number>
  declare readonly records: Table<RecordRow, [string, string]>
  declare readonly receipts: Table<ReceiptRow, number>
  declare readonly meta: Table<MetaRow, string>
  declare readonly parcels: Table<ParcelRow, string>
  /** Where it is kept, for those who speak to it without the library. */
  readonly factory: IDBFactory
  /** Undefined where nothing is sealed, and for who looks at a sealed store without its key. */
  readonly seal: RowSeal | undefined

  constructor(name: string, indexedDb?: { indexedDB: IDBFactory; IDBKeyRange: typeof IDBKeyRange }, seal?: RowSeal) {
    // strict: a transaction is complete only when it is on the disk. Browsers' own default says so seconds too early.
    // No cache: nobody watches a query, screens follow the ledger.
    super(name, { chromeTransactionDurability: 'strict', cache: 'disabled', ...indexedDb })
    this.factory = indexedDb?.indexedDB ?? indexedDB
    this.seal = seal
    if (seal) this.use({ stack: 'dbcore', name: 'seal', create: (core) => sealed(core, seal) })
    this.version(1).stores({
      events: '++row, &id, session, on, outbox, attention, &[device+deviceSeq]',
      records: '[kind+id], kind, page, [kind+body.student]',
      receipts: '++row',
      meta: 'name',
    })
    // Added; what was there is as it was.
    this.version(2).stores({ parcels: 'id, state' })
    this.use({
      stack: 'dbcore',
      name: 'running',
      // What the library hands on here is the browser's own transaction.
      create: (core) => ({ ...core, transaction: (...asked) => begun(core, ...asked) as never }),
    })
  }
}

/** A transaction of the browser's own; one that writes ends with nothing written where the store is moved to another. */
function begun(core: DBCore, stores: string[], mode: IDBTransactionMode, ...how: unknown[]): IDBTransaction {
  const begin = core.transaction as (...asked: unknown[]) => unknown
  if (mode === 'readonly') return track(begin(stores, mode, ...how) as IDBTransaction)
  return endIfMoved(track(begin([...new Set([...stores, 'meta'])], mode, ...how) as IDBTransaction))
}

/** Every row goes through the seal on its way to the disk and back. */
function sealed(core: DBCore, seal: RowSeal): DBCore {
  return {
    ...core,
    table(name): DBCoreTable {
      const table = core.table(name)
      const open = <T>(row: T): T => (row === undefined ? row : seal.open(name, row))
      const opened = (cursor: DBCoreCursor): DBCoreCursor =>
        Object.create(cursor, {
          continue: { value: (key?: unknown) => cursor.continue(key) },
          continuePrimaryKey: { value: (key: unknown, primaryKey: unknown) => cursor.continuePrimaryKey(key, primaryKey) },
          primaryKey: { get: () => cursor.primaryKey as unknown },
          key: { get: () => cursor.key as unknown },
          value: { get: () => open(cursor.value as unknown) },
        }) as DBCoreCursor
      return {
        ...table,
        mutate: (request: DBCoreMutateRequest) =>
          table.mutate(
            request.type === 'add' || request.type === 'put'
              ? { ...request, values: request.values.map((row: unknown) => seal.close(name, row)) }
              : request,
          ),
        // The library's own promises go on in the transaction; those of an async function would come after its end.
        get: (request) => table.get(request).then((row: unknown) => open(row)),
        getMany: (request) => table.getMany(request).then((rows) => rows.map((row: unknown) => open(row))),
        query: (request) =>
          table
            .query(request)
            .then((found) => (request.values ? { ...found, result: found.result.map((row: unknown) => open(row)) } : found)),
        openCursor: (request) => table.openCursor(request).then((cursor) => (cursor && request.values ? opened(cursor) : cursor)),
      }
    },
  }
}

export type StorageFault = 'full' | 'lost' | 'moved' | 'other'

/** Why the store failed. A full disk may hide inside the error that aborted the transaction. */
export function faultOf(error: unknown): StorageFault {
  if (error instanceof StoreMoved) return 'moved'
  for (let e: unknown = error; typeof e === 'object' && e !== null; e = 'inner' in e ? e.inner : undefined) {
    const name = 'name' in e ? e.name : undefined
    if (name === 'QuotaExceededError') return 'full'
    if (name === 'UnknownError' || name === 'InvalidStateError' || name === 'DatabaseClosedError') return 'lost'
  }
  return 'other'
}

/** Which of many rows could not be added because another stands in their place, by their places in the list; undefined for any other fault. */
export function placesTaken(error: unknown): readonly number[] | undefined {
  if (!(error instanceof Dexie.BulkError)) return undefined
  const faults = Object.entries(error.failuresByPos)
  return faults.every(([, fault]) => fault.name === 'ConstraintError') ? faults.map(([place]) => Number(place)) : undefined
}

/** Lets a lost connection pass, where the next look makes up for it. */
export function unlessLost(error: unknown): void {
  if (faultOf(error) !== 'lost') throw error
}

/**
 * Does work on the store; when the connection was lost (a device that slept, a browser that dropped it), opens it again and does the
 * work once more. `again` tells the work that an earlier try may have been stored after all.
 */
export async function onStore<T>(db: LogDb, work: (again: boolean) => Promise<T>): Promise<T> {
  try {
    return await work(false)
  } catch (error) {
    if (faultOf(error) !== 'lost') throw error
    db.close({ disableAutoOpen: false })
    await db.open()
    return work(true)
  }
}

/** One fact of the device, or undefined. */
export async function readFact<N extends FactName>(db: LogDb, name: N): Promise<Facts[N] | undefined> {
  const row = await db.meta.get(name)
  return row?.value as Facts[N] | undefined
}

/** Several facts of one moment; what is not there is undefined. */
export async function readFacts<N extends FactName>(db: LogDb, ...names: N[]): Promise<{ readonly [K in N]?: Facts[K] }> {
  const rows = await db.meta.bulkGet(names)
  return Object.fromEntries(names.map((name, i) => [name, rows[i]?.value])) as { readonly [K in N]?: Facts[K] }
}

/** Keeps a fact; may be part of a transaction that names `meta`. */
export async function writeFact<N extends FactName>(db: LogDb, name: N, value: Facts[N]): Promise<void> {
  await db.meta.put({ name, value })
}

export async function forgetFact(db: LogDb, name: FactName): Promise<void> {
  await db.meta.delete(name)
}
