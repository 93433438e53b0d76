/**
 * What stands beside the log and must not vanish: what was set aside, who was shown whose records, who signed in. From time to time the log takes down,
 * signed with the key of the receipts, which rows there are: what is changed or gone afterwards does not fit any more.
 */
import { createHash } from 'node:crypto'
import Database from 'better-sqlite3'
import * as z from 'zod/mini'
import type { IsSigned } from '../../shared/evidence/checkpoint.ts'
import { canonical } from '../../shared/sync/chain.ts'
import { DAY, HOUR, MINUTE } from '../../shared/time.ts'
import type { Condition } from './condition.ts'
import type { Log } from './log.ts'
import type { Db } from './openDatabase.ts'
import { parsed } from './parsed.ts'
import type { ReceiptKey } from './receipts.ts'
import { openServerChain } from './serverChain.ts'
import { unlessBusy } from './unlessBusy.ts'
import type { Find } from './verifyTables.ts'

/** The kind under which an inventory is an entry of the log. Of the server alone: no device is told it. */
export const INVENTORY = 'inventory'
/** How long sign-ins are kept. */
export const SIGN_INS_KEPT = 400 * DAY
/** One is made at most this often, and only when rows were added. */
const EVERY = HOUR
/** How often it is asked whether one is due. */
const LOOK_EVERY = 10 * MINUTE

interface Kept {
  readonly table: string
  /** What never changes of its rows between two ids; the id first, the time second. */
  readonly rows: string
  readonly newest: string
  /** How long its rows stay at least; for good where it does not say. */
  readonly for?: number
}
const KEPT = {
  setAside: {
    table: 'quarantine',
    rows: 'SELECT id, received_at, device, hash, reason, receipt FROM quarantine WHERE id > ? AND id <= ? ORDER BY id',
    newest: 'SELECT max(id) FROM quarantine',
  },
  disclosures: {
    table: 'disclosure',
    rows: 'SELECT id, at, person, device, what, student, scope, seq FROM disclosure WHERE id > ? AND id <= ? ORDER BY id',
    newest: 'SELECT max(id) FROM disclosure',
  },
  signIns: {
    table: 'sign_in',
    rows: 'SELECT id, at, account, device, outcome FROM sign_in WHERE id > ? AND id <= ? ORDER BY id',
    newest: 'SELECT max(id) FROM sign_in',
    for: SIGN_INS_KEPT,
  },
} as const satisfies Record<string, Kept>
type Name = keyof typeof KEPT
const NAMES = Object.keys(KEPT) as Name[]

/** Rows above `after`, up to `to`: how many, since when, and the hash of them all. */
const Range = z.object({ after: z.int(), to: z.int(), rows: z.int(), since: z.int(), hash: z.string() })
type Range = z.infer<typeof Range>
const InventoryBody = z.object({
  id: z.string(),
  at: z.int(),
  rows: z.partialRecord(z.enum(NAMES), Range),
  signature: z.string(),
})
type Said = Omit<z.infer<typeof InventoryBody>, 'signature'>

/** The text that is signed. No receipt, checkpoint, closing or erasure could be one. */
const inventoryText = (said: Said): string => `recoup-inventory ${canonical(said)}`

export interface Inventory {
  /**
   * Gives the place of the new entry; undefined when nothing was added, or the last one is younger than `least` (ms; an hour), or the disk
   * would not take it: that is noted, and stops no copy that was to follow.
   */
  take(least?: number): number | undefined
}

/** Inventories of an open log. */
export function openInventory(log: Log, key: ReceiptKey, condition: Pick<Condition, 'noteFault'>): Inventory {
  const { db, sources } = log
  const newest = db.prepare<[string], string>('SELECT body FROM record_version WHERE kind = ? ORDER BY seq DESC LIMIT 1').pluck()
  const put = db.prepare('INSERT INTO record_version (seq, kind, id, ended, at, body) VALUES (?, ?, ?, 0, ?, ?)')
  const chain = openServerChain(db)

  function takenTo(name: Name): number {
    const bodies = db.prepare<[string], string>('SELECT body FROM record_version WHERE kind = ? ORDER BY seq DESC').pluck()
    for (const body of bodies.iterate(INVENTORY)) {
      const to = InventoryBody.safeParse(parsed(body)).data?.rows[name]?.to
      if (to !== undefined) return to
    }
    return 0
  }
  /** Ids begin again where every row of a table grew too old. */
  function from(name: Name): number {
    const most = Number(db.prepare(KEPT[name].newest).pluck().get())
    const to = takenTo(name)
    return most < to ? 0 : to
  }
  function take(next: () => number): number | undefined {
    const ranges = NAMES.map((name) => [name, rangeOf(db, name, from(name), Number.MAX_SAFE_INTEGER)] as const)
    const rows = Object.fromEntries(ranges.filter(([, range]) => range.rows > 0))
    if (Object.keys(rows).length === 0) return undefined
    const said: Said = { id: sources.newId(), at: sources.now(), rows }
    const body = canonical({ ...said, signature: key.signText(inventoryText(said)) })
    const seq = next()
    put.run(seq, INVENTORY, said.id, said.at, body)
    chain.addRecord(seq, said.at, { kind: INVENTORY, id: said.id, ended: false, body })
    return seq
  }
  return {
    take(least = EVERY) {
      const last = InventoryBody.safeParse(parsed(newest.get(INVENTORY) ?? '')).data?.at
      const now = sources.now()
      if (last !== undefined && now >= last && now - last < least) return undefined
      try {
        return unlessBusy(() => log.write(take))
      } catch (error) {
        if (!(error instanceof Database.SqliteError)) throw error
        condition.noteFault(error.code)
        return undefined
      }
    },
  }
}

/** Takes one from time to time, beside other work. Gives what ends that. */
export function keepTaking(inventory: Inventory): () => void {
  const timer = setInterval(() => void inventory.take(), LOOK_EVERY)
  timer.unref()
  return () => clearInterval(timer)
}

/** The rows of a table between two ids, as they are now. */
function rangeOf(db: Db, name: Name, after: number, to: number): Range {
  const digest = createHash('sha256')
  const range = { after, to: after, rows: 0, since: Number.MAX_SAFE_INTEGER }
  const rows = db.prepare<[number, number]>(KEPT[name].rows).raw()
  for (const row of rows.iterate(after, to) as IterableIterator<[id: number, at: number, ...unknown[]]>) {
    digest.update(`${JSON.stringify(row)}\n`)
    range.to = row[0]
    range.rows += 1
    range.since = Math.min(range.since, row[1])
  }
  return { ...range, hash: digest.digest('hex') }
}

/** Adds what was taken down and is not there any more as it was. What has grown too old to be kept is not looked for. */
export function verifyInventories(db: Db, key: string, isSigned: IsSigned, now: number, find: Find): void {
  const all = db.prepare<[string], { seq: number; id: string; body: string }>(
    'SELECT seq, id, body FROM record_version WHERE kind = ? ORDER BY seq',
  )
  const seen = new Set<string>()
  for (const { seq, id, body } of all.iterate(INVENTORY)) {
    const read = InventoryBody.safeParse(parsed(body)).data
    // One that stands in the place of another is none.
    if (!read || !isOwn(read, key, isSigned) || read.id !== id || seen.has(id)) {
      find('inventoryForged', seq, id)
      continue
    }
    seen.add(id)
    for (const name of NAMES) {
      const range = read.rows[name]
      const kept: Kept = KEPT[name]
      if (range === undefined || range.since < now - (kept.for ?? Number.POSITIVE_INFINITY)) continue
      if (rangeOf(db, name, range.after, range.to).hash !== range.hash)
        find('inventoryDiffers', seq, `${kept.table} ${range.after + 1}-${range.to}`)
    }
  }
}

const isOwn = ({ signature, ...said }: z.infer<typeof InventoryBody>, key: string, isSigned: IsSigned): boolean =>
  isSigned(inventoryText(said), signature, key)
