/** What is looked at while a history goes on: that "Saved" is saved, "Confirmed" is confirmed, and nothing left without a receipt. */
import type { EventRow } from '../../../client/log/rows.ts'
import type { ReceiptBody } from '../../../shared/api.ts'
import { as, type SessionId } from '../../../shared/ids.ts'
import { canonical } from '../../../shared/sync/chain.ts'
import { isNameOf } from '../../../shared/sync/deviceNames.ts'
import type { Tab } from './device.ts'
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
  const held = new Map((await tab.db.events.toArray()).map((row) => [row.id as string, row]))
  for (const [id, text] of world.witness.saved) {
    if (world.witness.savedOn.get(id) !== tab.device.name) continue
    const row = held.get(id)
    if (!row) throw new Broken('I1', `${id} was saved on ${tab.name} and is gone`)
    if (!isSameFact(canonical(row.event), text, world.witness.copied)) throw new Broken('I1', `${id} was changed on ${tab.name}`)
  }
}
