/** What is looked at while a history goes on: that "Saved" is saved, "Confirmed" is confirmed, and nothing left without a receipt. */
import type { EventRow } from '../../../client/log/rows.ts'
import type { ReceiptBody } from '../../../shared/api/sync.ts'
import { isOwn } from '../../../client/sync/forget.ts'
import { isThere, OPEN_STORE, withStore } from '../../../client/trust/stores.ts'
import { as, type SessionId } from '../../../shared/ids.ts'
import { canonical, hashText } from '../../../shared/sync/chain.ts'
import { isNameOf } from '../../../shared/sync/deviceNames.ts'
import { DAY } from '../../../shared/time.ts'
import type { Device, Tab } from './device.ts'
import { EVERY_NAME } from './district.ts'
import { Broken, isSameFact } from './witness.ts'
import type { World } from './world.ts'

/** Waits until what a tab wrote is on its disk or refused; of what it called saved the witness takes note. */
export async function finishWrites(world: World, tab: Tab): Promise<void> {
  for (const { events, done } of tab.writing.splice(0)) {
    const written = await done
    const rows = await tab.db.events
      .where('id')
      .anyOf([...events])
      .toArray()
    if (written.kind === 'saved') {
      if (rows.length !== events.length)
        throw new Broken('I1', `${tab.name} said "Saved" of ${events.length} events and holds ${rows.length}`)
      for (const row of rows) world.witness.sawSaved(row.id, row.event, tab.device.name)
    } else if (rows.length > 0) throw new Broken('I1', `${tab.name} said that it could not save what it has saved`)
    else if (written.why === 'other') throw new Broken('I11', `${tab.name} can save nothing, and its disk is well`)
  }
}

/** The events that this device recorded, whoever was signed in; what came back under its name stands below its numbers. */
export async function ownRows(tab: Tab): Promise<EventRow[]> {
  const device = (await tab.db.meta.get('device'))?.value
  return (await tab.db.events.toArray()).filter((row) => isNameOf(row.device, String(device)) && row.deviceSeq > 0)
}

/** Whether a tab knows of an event; what another tab recorded it may not have heard of yet. */
const isShown = ({ store }: Tab, row: EventRow): boolean =>
  store.ledger.session(as<SessionId>(row.session))?.events.some(({ event }) => event.id === row.id) ?? false

/** Whether an event may be gone from where it was recorded: the district signed for it, and a month has gone by since. That it is in the log is judged at the end. (S8) */
function isLongSafe({ clock, witness }: World, id: string, text: string): boolean {
  const { recordedAt, clock: known } = JSON.parse(text) as {
    readonly recordedAt: number
    readonly clock: { readonly offset: number | null }
  }
  return witness.acknowledged.has(id) && clock.now - (recordedAt + (known.offset ?? 0)) >= 30 * DAY
}

/** Where nobody is signed in, nobody can be read about. (I5) */
async function nobodyIsKnown(world: World, tab: Tab): Promise<void> {
  if (tab.device.person !== null || world.tasks.some((task) => task.tab.device === tab.device)) return
  const names = await tab.db.records.count()
  if (names > 0) throw new Broken('I5', `nobody is signed in on ${tab.name}, and it holds ${names} records`)
}

/** Holds what a tab shows and holds against its receipts. */
export async function look(world: World, tab: Tab): Promise<void> {
  await nobodyIsKnown(world, tab)
  const rows = await ownRows(tab)
  const receipts = new Map((await tab.db.receipts.toArray()).map((receipt) => [receipt.row, receipt]))
  const proven = new Map<string, string>()
  for (const row of rows) {
    const receipt = row.receipt === undefined ? undefined : receipts.get(row.receipt)
    const results = receipt ? (JSON.parse(receipt.body) as ReceiptBody).results : []
    const result = results.find((each) => each.id === row.id)
    if (result) proven.set(row.id, result.outcome)
    if (row.outbox === undefined && !result && world.witness.savedOn.get(row.id) === tab.device.name)
      throw new Broken('I9', `${row.event.type} ${row.id} left the outbox of ${tab.name} without a receipt`)
    const mark = tab.store.outbox.mark(row.id).kind
    const isConfirmed = result !== undefined && (result.outcome !== 'quarantined' || row.seq !== undefined)
    if (mark === 'confirmed' && !isConfirmed && isShown(tab, row))
      throw new Broken('I8', `${tab.name} shows ${row.event.type} ${row.id} as confirmed; its receipt says ${result?.outcome ?? 'nothing'}`)
    if (result && result.outcome !== 'quarantined' && !world.witness.acknowledged.has(row.id))
      throw new Broken('I8', `${tab.name} holds a receipt for ${row.id} that the server never gave`)
  }
  if (tab.device.locks) return
  const held = new Map((await tab.db.events.toArray()).map((row) => [row.id as string, row]))
  for (const [id, text] of world.witness.saved) {
    if (world.witness.savedOn.get(id) !== tab.device.name) continue
    const row = held.get(id)
    if (!row && isLongSafe(world, id, text)) continue
    if (!row) throw new Broken('I1', `${id} was saved on ${tab.name} and is gone`)
    if (!isSameFact(canonical(row.event), text, world.witness.copied)) throw new Broken('I1', `${id} was changed on ${tab.name}`)
  }
}

interface RowInLocker {
  readonly row: EventRow
  readonly isProven: boolean
  /** Nobody will ever open the locker in which it lies. */
  readonly isClosed: boolean
}

/** What lies on a tablet of lockers, as anybody can see it who has no PIN: store by store. */
export async function rowsInLockers({ locks }: Device): Promise<readonly RowInLocker[]> {
  if (!locks) return []
  const lockers = await locks.stores.lockers.all()
  const closed = new Set(lockers.flatMap(({ id, wrap }) => (wrap === null ? [id] : [])))
  const names = lockers.map(({ id }) => id)
  if (await isThere(locks.stores, OPEN_STORE)) names.push(OPEN_STORE)
  const found = []
  for (const name of names) {
    const { rows, receipts } = await withStore(locks.stores, name, async (db) => ({
      rows: await db.events.toArray(),
      receipts: new Map((await db.receipts.toArray()).map(({ row, body }) => [row, body])),
    }))
    for (const row of rows) {
      const isProven = row.receipt !== undefined && receipts.get(row.receipt)?.includes(row.id) === true
      found.push({ row, isProven, isClosed: closed.has(name) })
    }
  }
  return found
}

/** Nothing saved is gone from a tablet of lockers, or was changed; nothing left an outbox without a receipt; and nobody can be read about. */
export async function lookIntoLockers(world: World, device: Device): Promise<void> {
  if (!device.locks) return
  const rows = await rowsInLockers(device)
  const byId = new Map<string, (typeof rows)[number][]>()
  for (const each of rows) byId.set(each.row.id, [...(byId.get(each.row.id) ?? []), each])
  for (const [id, text] of world.witness.saved) {
    if (world.witness.savedOn.get(id) !== device.name) continue
    // What the next person pulled of it is not it.
    const held = (byId.get(id) ?? []).filter(({ row }) => isOwn(row))
    if (held.length === 0 && isLongSafe(world, id, text)) continue
    if (held.length === 0) throw new Broken('I1', `${id} was saved on ${device.name} and is in none of its lockers`)
    // What met a copy of its tablet is recorded again under another name: nobody can see from outside that it says the same.
    const { device: by } = JSON.parse(text) as { readonly device: string }
    const isCopied = world.witness.copied.has(by.split('.')[0] ?? '')
    const hash = hashText(text)
    if (!isCopied && !held.some(({ row }) => (row.hash ?? hashText(canonical(row.event))) === hash))
      throw new Broken('I1', `${id} was changed on ${device.name}`)
    if (!held.some(({ row, isProven }) => row.outbox !== undefined || isProven))
      throw new Broken('I9', `${id} left the outbox of ${device.name} without a receipt`)
  }
  for (const { id } of await device.locks.stores.lockers.all()) {
    const text = await withStore(device.locks.stores, id, async (db) =>
      JSON.stringify(await Promise.all(db.tables.map((table) => table.toArray() as Promise<unknown[]>))),
    )
    for (const words of EVERY_NAME) if (text.includes(words)) throw new Broken('I5', `"${words}" can be read in a locker of ${device.name}`)
  }
}
