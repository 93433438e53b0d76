/** Looks after the safe while the app is open: the note of what it holds, and its reserve. Begun after the first screen. */
import type { AttendanceStore } from '../log/attendanceStore.ts'
import type { LogDb } from '../log/db.ts'
import { readFact } from '../log/db.ts'
import { readHead } from '../log/record.ts'
import { keepReserve, reserveSpent } from '../log/reserve.ts'
import { topic } from '../log/topics.ts'
import { adoptAtStart } from './adopt.ts'
import { browserStores } from './browserStores.ts'
import { readMarker, writeMarker } from './marker.ts'
import { isShut, setShut } from './shut.ts'
import type { StorageState } from './storage.ts'

export { keepTime } from './keepTime.ts'

/** Where there are lockers the tablet opens locked, also when the browser has forgotten the note that says so, or the list of them. */
export async function keepShut(by: Parameters<typeof browserStores>[0]): Promise<void> {
  if (isShut()) return
  const stores = browserStores(by)
  await adoptAtStart(stores)
  if ((await stores.lockers.all()).length === 0) return
  setShut(true)
  location.reload()
}

export interface SafeDeps {
  readonly db: LogDb
  readonly store: AttendanceStore
  readonly storage: () => Promise<StorageState>
}

/** Long enough that a room that comes in is one note. */
const NOTE_AFTER = 10_000

/** Notes what the device holds now: how much it ever recorded, less what is unsent, is confirmed. */
export async function noteHeld({ db, store }: Pick<SafeDeps, 'db' | 'store'>): Promise<void> {
  const device = await readFact(db, 'device')
  // What the browser took away is not forgotten before somebody has read it.
  const before = readMarker()
  if (device === undefined || before?.emptied) return
  const { deviceSeq } = await readHead(db, device)
  const unsent = await db.events.orderBy('outbox').count()
  const at = store.now()
  writeMarker({ confirmed: Math.max(0, deviceSeq - unsent), unsent, at, since: before?.since ?? at })
}

/** Begins; gives the way to stop. */
export function keepSafe({ db, store, storage }: SafeDeps): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = async (): Promise<void> => {
    timer = undefined
    await noteHeld({ db, store })
    if (reserveSpent.get()) await keepReserve(db, (await storage()).free)
  }
  const soon = (): void => {
    // A note that fails is made with the next change.
    timer ??= setTimeout(() => void look().catch(() => undefined), NOTE_AFTER)
  }
  const unsubscribe = store.topics.subscribe(topic.outbox, soon)
  soon()
  storage()
    .then(({ free }) => keepReserve(db, free))
    .catch(() => undefined)
  return () => {
    unsubscribe()
    clearTimeout(timer)
  }
}
