/**
 * What the first screen shows and no more, read in one transaction and without the database library, which takes longer to open than
 * this takes to read. It is the first thing the app does; everything else comes after the first paint.
 */
import type { Instant, SchoolDate } from '../../shared/time.ts'
import { addDays, schoolDateOf } from '../../shared/time.ts'
import { MOVED } from './moved.ts'
import { track } from './running.ts'
import type { ClockSample, EventRow, HeldAccount, MetaRow, RecordRow } from './rows.ts'

export interface FirstRead {
  readonly account: HeldAccount | null
  readonly clock: readonly ClockSample[]
  /** The registry without its students, and the students of the sessions read, with their enrollments. */
  readonly records: readonly RecordRow[]
  /** Of the session asked for; or, when there is none, of those of today and just before. */
  readonly events: readonly EventRow[]
  /** Whether these are of the session asked for alone. */
  readonly isOneSession: boolean
  /** Whether a whole download had been taken in: its last page brought the proof of the totals. */
  readonly isWhole: boolean
  /** Whether the store is moved into another: nothing is written in it any more. */
  readonly isMoved: boolean
  /** What this device recorded and the district has not confirmed, or has set aside. */
  readonly outbox: readonly EventRow[]
}

export const NOTHING_STORED: FirstRead = {
  account: null,
  clock: [],
  records: [],
  events: [],
  isOneSession: false,
  isWhole: false,
  isMoved: false,
  outbox: [],
}

const FRAME = ['district', 'site', 'policy', 'staff', 'section'] as const
/** Sessions of these days are there before the first paint of the day's list. */
const RECENT_DAYS = 2
export const CALIFORNIA = 'America/Los_Angeles'

/** Reads it from the store named; `seal` opens its rows where they are sealed. A device on which nothing was stored yet is left as it is. */
export async function readFirst(
  factory: IDBFactory,
  name: string,
  session: string | null,
  now: Instant,
  seal?: { open<T>(table: string, row: T): T },
): Promise<FirstRead> {
  const db = await openExisting(factory, name)
  if (!db) return NOTHING_STORED
  try {
    return await read(db, session, now, (table, row) => seal?.open(table, row) ?? row)
  } finally {
    db.close()
  }
}

/** The store as it is; undefined when there is none. Naming no version leaves making one to the library. */
function openExisting(factory: IDBFactory, name: string): Promise<IDBDatabase | undefined> {
  return new Promise((resolve, reject) => {
    const request = factory.open(name)
    let isNew = false
    request.onupgradeneeded = () => {
      isNew = true
      request.transaction?.abort()
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => (isNew ? resolve(undefined) : reject(request.error ?? new Error('the store did not open')))
  })
}

const asked = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('the store did not answer'))
  })

async function read(db: IDBDatabase, session: string | null, now: Instant, open: <T>(table: string, row: T) => T): Promise<FirstRead> {
  const transaction = track(db.transaction(['events', 'records', 'meta'], 'readonly'))
  const records = transaction.objectStore('records')
  const events = transaction.objectStore('events')
  const fact = async (name: string): Promise<unknown> =>
    open('meta', (await asked(transaction.objectStore('meta').get(name))) as MetaRow | undefined)?.value
  const eventsAt = async (index: string, key?: string): Promise<EventRow[]> =>
    ((await asked(events.index(index).getAll(key))) as EventRow[]).map((row) => open('events', row))
  const recordsAt = async (index: string, key: IDBValidKey): Promise<RecordRow[]> =>
    ((await asked(records.index(index).getAll(key))) as RecordRow[]).map((row) => open('records', row))

  const [account, clock, proof, moved, unsent, refused, named, ...kinds] = await Promise.all([
    fact('account'),
    fact('clock'),
    asked(transaction.objectStore('meta').getKey('proof')),
    asked(transaction.objectStore('meta').getKey(MOVED)),
    eventsAt('outbox'),
    eventsAt('attention'),
    session ? eventsAt('session', session) : [],
    ...FRAME.map((kind) => recordsAt('kind', kind)),
  ])
  const frame = kinds.flat()
  const shown = named.length > 0 ? named : await eventsOfDays(eventsAt, recentDays(frame, now))
  const places = await Promise.all(
    [...studentsIn(shown, frame)].map(async (student) => {
      const [person, enrollments] = await Promise.all([
        asked<RecordRow | undefined>(records.get(['student', student])).then((row) => open('records', row)),
        recordsAt('[kind+body.student]', ['enrollment', student]),
      ])
      return person ? [person, ...enrollments] : enrollments
    }),
  )
  return {
    account: (account as HeldAccount | undefined) ?? null,
    clock: (clock as readonly ClockSample[] | undefined) ?? [],
    records: [...frame, ...places.flat()],
    events: shown,
    isOneSession: named.length > 0,
    isWhole: proof !== undefined,
    isMoved: moved !== undefined,
    outbox: [...unsent, ...refused],
  }
}

function recentDays(frame: readonly RecordRow[], now: Instant): SchoolDate[] {
  const district = frame.find((record) => record.kind === 'district')
  const today = schoolDateOf(now, district?.body.zone ?? CALIFORNIA)
  return Array.from({ length: RECENT_DAYS + 1 }, (_, back) => addDays(today, -back))
}

async function eventsOfDays(at: (index: string, key: string) => Promise<EventRow[]>, days: readonly SchoolDate[]): Promise<EventRow[]> {
  const started = await Promise.all(days.map((on) => at('on', on)))
  const sessions = await Promise.all(started.flat().map((row) => at('session', row.session)))
  return sessions.flat()
}

/** Whoever has a mark in the sessions, and whoever is on the list of their sections. */
function studentsIn(events: readonly EventRow[], frame: readonly RecordRow[]): ReadonlySet<string> {
  const students = new Set<string>()
  const sections = new Set<unknown>()
  for (const { event } of events) {
    if ('student' in event && typeof event.student === 'string') students.add(event.student)
    if (event.type === 'SessionStarted' && 'section' in event) sections.add(event.section)
  }
  for (const record of frame)
    if (record.kind === 'section' && sections.has(record.body.id)) for (const id of record.body.students) students.add(id)
  return students
}
