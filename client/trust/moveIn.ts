/** From one store into another, with every receipt: what was readable is written anew, sealed, and can then be deleted where it was. (S9) */
import type { LogDb } from '../log/db.ts'
import { emptyMoved, MOVED } from '../log/moved.ts'
import { besideTaken } from '../log/recordAgain.ts'
import type { EventRow } from '../log/rows.ts'
import { isOwn } from '../sync/forget.ts'

const AT_ONCE = 500

/** Everything, into an empty store. Done again after it was cut off, it goes on where it ended. */
export async function moveEverything(from: LogDb, to: LogDb): Promise<void> {
  await moveEvents(from, to, () => true)
  await to.records.bulkPut(await from.records.toArray())
  await to.parcels.bulkPut(await from.parcels.toArray())
  await to.meta.bulkPut(await from.meta.where('name').notEqual(MOVED).toArray())
}

/** Empties a store of which everything is in another; the note that it is moved stays in it. What is not there stays, too: the next to unlock moves it. */
export async function emptyWhatMoved(from: LogDb, to: LogDb): Promise<void> {
  const [ids, there] = [await from.events.orderBy('id').keys(), new Set(await to.events.orderBy('id').keys())]
  const [parcels, held] = [await from.parcels.toCollection().primaryKeys(), new Set(await to.parcels.toCollection().primaryKeys())]
  if (ids.every((id) => there.has(id)) && parcels.every((id) => held.has(id))) await emptyMoved(from, ids.length)
}

/**
 * What was recorded on this device, into a store that has a life of its own; what was pulled is pulled there anew. Gives the names whose chain is
 * another there, since somebody recorded in each of the two: there it goes on, and what is moved stands beside it.
 */
export async function moveOwn(from: LogDb, to: LogDb): Promise<ReadonlySet<string>> {
  const beside = await otherChains(from, to)
  await moveEvents(from, to, isOwn, beside)
  await to.parcels.bulkPut(await from.parcels.toArray())
  return beside
}

/** Names under which one number stands for two events, one in each store. */
async function otherChains(from: LogDb, to: LogDb): Promise<ReadonlySet<string>> {
  const rows = await from.events.filter(isOwn).toArray()
  const places = rows.map(({ device, deviceSeq }) => [device, deviceSeq] as const)
  const there = await to.events.where('[device+deviceSeq]').anyOf(places).toArray()
  const held = new Map(there.map(({ device, deviceSeq, id }) => [`${device} ${deviceSeq}`, id]))
  return new Set(rows.flatMap(({ device, deviceSeq, id }) => ((held.get(`${device} ${deviceSeq}`) ?? id) === id ? [] : [device])))
}

async function moveEvents(
  from: LogDb,
  to: LogDb,
  isWanted: (row: EventRow) => boolean,
  beside: ReadonlySet<string> = new Set(),
): Promise<void> {
  const receipts = new Map<number, number>()
  const held = new Map((await from.receipts.toArray()).map((receipt) => [receipt.row, receipt]))
  for (let last = 0; ; ) {
    const rows = await from.events.where(':id').above(last).limit(AT_ONCE).toArray()
    const wanted = rows.filter(isWanted)
    const there = await to.events
      .where('id')
      .anyOf(wanted.map(({ id }) => id))
      .toArray()
    const known = new Set(there.map(({ id }) => id))
    await to.transaction('rw', to.events, to.receipts, to.meta, async () => {
      const taken: EventRow[] = []
      for (const row of wanted) {
        if (known.has(row.id)) continue
        const { row: _place, ...bare } = row
        const kept = row.receipt === undefined ? bare : { ...bare, receipt: await moved(row.receipt) }
        if (beside.has(row.device)) taken.push(kept)
        else await to.events.add(kept)
      }
      for (const row of await besideTaken(to, taken)) await to.events.add(row)
    })
    last = rows.at(-1)?.row ?? last
    if (rows.length < AT_ONCE) return
  }

  /** The receipt's place in the new store: one receipt is for many events. */
  async function moved(place: number): Promise<number> {
    const before = receipts.get(place)
    if (before !== undefined) return before
    const receipt = held.get(place)
    const now = receipt ? await to.receipts.add({ at: receipt.at, body: receipt.body, signature: receipt.signature }) : place
    receipts.set(place, now)
    return now
  }
}
