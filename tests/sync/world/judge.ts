/** After a history: every promise held against what the witness saw, the server's log, and what each tablet holds and shows. */
import { readFact } from '../../../client/log/db.ts'
import type { EventRow } from '../../../client/log/rows.ts'
import { isOwn } from '../../../client/sync/forget.ts'
import { verifyLog } from '../../../server/log/verify.ts'
import { keptEvent } from '../../../server/log/studentLedger.ts'
import { type Ledger, openLedger } from '../../../shared/attendance/ledger.ts'
import type { KeptEvent } from '../../../shared/events.ts'
import type { EventId, StudentId } from '../../../shared/ids.ts'
import type { RecordKind } from '../../../shared/registry.ts'
import { canonical } from '../../../shared/sync/chain.ts'
import { totalsDigest } from '../../../shared/sync/digest.ts'
import type { Device, Tab } from './device.ts'
import { day } from './district.ts'
import { syncNow } from './heal.ts'
import { look, lookIntoLockers, ownRows, rowsInLockers } from './look.ts'
import { comeBack, lockNow, openable, unlockOne } from './pins.ts'
import { isRevoked } from './hardship.ts'
import { Broken, isSameFact } from './witness.ts'
import type { World } from './world.ts'

interface LogRow {
  readonly seq: number
  readonly id: string
  readonly hash: string
  readonly body: string
}
/** Ends of dates at which totals are compared: at the end of the history, and of the school year. */
const DATES = [day('2026-11-22'), day('2027-06-30')]
const KINDS: readonly RecordKind[] = ['district', 'site', 'staff', 'student', 'enrollment', 'absence', 'section', 'policy']
const EVERYTHING = 1_000_000

export interface History {
  /** The hash at each sequence, as it was last seen, in an epoch. */
  epoch: string
  readonly hashes: Map<number, string>
}

/** The sequence has no gap, and what it said before it says still. (I7) */
export function lookAtLog(world: World, history: History): LogRow[] {
  const { log } = world.server.context
  const rows = log.db.prepare<[], LogRow>('SELECT seq, id, hash, body FROM event ORDER BY seq').all()
  const seen = log.db
    .prepare<[], { seq: number; said: string }>(
      'SELECT seq, hash AS said FROM event UNION ALL SELECT seq, kind || id || body FROM record_version ORDER BY seq',
    )
    .all()
  const gap = seen.findIndex((row, i) => row.seq !== i + 1)
  if (gap >= 0) throw new Broken('I7', `the sequence has a gap at ${gap + 1} of ${log.head()}`)
  if (seen.length !== log.head()) throw new Broken('I7', `the head is at ${log.head()} and the log ends at ${seen.length}`)
  if (history.epoch !== log.epoch) history.hashes.clear()
  history.epoch = log.epoch
  for (const row of seen) {
    const before = history.hashes.get(row.seq)
    if (before !== undefined && before !== row.said) throw new Broken('I7', `${row.seq} was one thing and is another in the same epoch`)
    history.hashes.set(row.seq, row.said)
  }
  for (const seq of history.hashes.keys()) if (seq > seen.length) throw new Broken('I7', `${seq} is gone in the same epoch`)
  return rows
}

/** An honest history raises no alarm: every link, receipt and chain of it holds. (I7) */
function logHolds({ server: { context } }: World): void {
  const { checkpoints, log, receiptKey } = context
  const [first] = verifyLog(log, receiptKey.publicKey, checkpoints.kept(3)).findings
  if (first) throw new Broken('I7', `verifying the log found ${first.fault} at ${first.seq} ${first.what}`)
}

/** Everything saved is in the log once, or waits for a person; nothing else is there. (I1, I2) */
async function nothingLost(world: World, log: readonly LogRow[]): Promise<void> {
  const { witness, server } = world
  const inLog = new Map<string, LogRow>(log.map((row) => [row.id, row]))
  const aside = server.context.log.db
    .prepare<[], { event: string; reason: string; body: string; actor: string; device: string; claimed: string }>(
      "SELECT event, reason, body, actor, device, coalesce(claimed_device, '') AS claimed FROM quarantine",
    )
    .all()
  const inLockers = (await Promise.all(world.devices.map(rowsInLockers))).flat()
  const closed = new Set(inLockers.flatMap(({ row, isClosed }) => (isClosed ? [row.id] : [])))
  for (const [id, text] of witness.saved) {
    const row = inLog.get(id)
    if (row && isSameFact(row.body, text, witness.copied)) continue
    const kept = aside.filter((each) => each.event === id && isSameFact(each.body, text, witness.copied))
    if (kept.length === 0) throw new Broken('I1', `${id} was saved and is nowhere in the district: ${text.slice(0, 300)}`)
    const isJust = kept.some(
      ({ reason, actor, device, claimed }) =>
        (reason === 'outsideSite' && witness.moved.has(actor)) ||
        (reason === 'otherDevice' && witness.revoked.has(device)) ||
        // Where the district is younger than a tablet and its copy, whoever signs in first is that tablet; what the other sends waits for a person.
        (reason === 'otherDevice' && witness.isRestored && witness.copied.has(claimed.split('.')[0] ?? '')) ||
        // Nobody can open it, so nobody can record it again, and what follows on it, under a name that the copy does not have.
        ((reason === 'fork' || reason === 'chainBroken') && closed.has(id) && witness.copied.has(claimed.split('.')[0] ?? '')) ||
        witness.strangers.has(id),
    )
    if (!isJust)
      throw new Broken('I1', `an honest event was set aside as ${kept.map(({ reason }) => reason).join()}: ${text.slice(0, 300)}`)
  }
  for (const { id, body } of log) {
    const [base, name] = (JSON.parse(body) as { readonly device: string }).device.split('.')
    if (name !== undefined && !witness.copied.has(base ?? ''))
      throw new Broken('I6', `${id} was recorded again under another name, and nobody had copied its tablet`)
  }
  const recorded = new Set<string>()
  // Also what a tablet recorded under a name it had before somebody signed in on its copy first.
  for (const device of world.devices)
    for (const tab of device.tabs) for (const row of await tab.db.events.toArray()) if (isOwn(row)) recorded.add(row.id)
  for (const { row } of inLockers) recorded.add(row.id)
  for (const { id, body } of log)
    if (!recorded.has(id) && !witness.saved.has(id as EventId) && !witness.strangers.has(id))
      throw new Broken('I2', `${id} is in the log and nobody recorded it: ${body.slice(0, 300)}`)
}

/** Totals of a ledger that changes no more, worked out once. */
const known = new WeakMap<Ledger, Map<StudentId, string>>()
function totalsOf(ledger: Ledger, student: StudentId): string {
  const totals = known.get(ledger) ?? new Map<StudentId, string>()
  known.set(ledger, totals)
  const found = totals.get(student) ?? DATES.map((on) => totalsDigest(ledger.judge(student, on))).join(' ')
  totals.set(student, found)
  return found
}

function sameTotals(ours: Ledger, theirs: Ledger, students: Iterable<string>, who: string): void {
  for (const id of students) {
    const student = id as StudentId
    if (totalsOf(ours, student) === totalsOf(theirs, student)) continue
    const [a, b] = [ours, theirs].map((ledger) => JSON.stringify(DATES.map((on) => ledger.judge(student, on))))
    throw new Broken('I3', `totals of ${id} differ, ${who}:\n    ${a}\n    ${b}`)
  }
}

/** What this build makes of a stored event, read anew. */
const readRow = (row: EventRow): KeptEvent[] => {
  const event = keptEvent(row.event)
  return event ? [event] : []
}

/** The whole log and registry, put together without delivery: what every ledger must agree with. */
function plainLedger(world: World, log: readonly LogRow[]): Ledger {
  const ledger = openLedger()
  for (const kind of KINDS) for (const record of world.server.context.store.list(kind)) ledger.putRecord(record)
  ledger.putEvents(log.map((row) => keptEvent(JSON.parse(row.body))).filter((event) => event !== undefined))
  return ledger
}

async function holdsItsScope(world: World, log: readonly LogRow[], device: Device, tab: Tab, plain: Ledger): Promise<void> {
  const { accounts, deliver, ledgers } = world.server.context
  const { store, db } = tab
  const may = store.account ? accounts.scopeOf(store.account.me.staff) : undefined
  // Of somebody who may see every school one school is here at a time.
  const scope = may === 'all' ? [(await readFact(db, 'site')) ?? ''] : may
  if (!scope) throw new Broken('I11', `nobody is signed in on ${device.name}`)
  const page = deliver(scope, 0, EVERYTHING)
  const [rows, everyRecord] = [await db.events.toArray(), await db.records.toArray()]
  const held = new Map<string, EventRow>(rows.map((row) => [row.id, row]))
  const events = page.events.read()
  const told = new Set(events.map(({ event }) => (event as { id: string }).id))
  for (const id of told) if (!held.has(id)) throw new Broken('I4', `${tab.name} was never told of event ${id}`)
  for (const { event } of events) {
    const row = held.get((event as { id: string }).id)
    if (row?.attention && canonical(row.event) === canonical(event))
      throw new Broken('I8', `${tab.name} asks for attention to ${row.id}, which the district has taken`)
  }
  const ownOnes = await ownRows(tab)
  const own = new Set<string>(ownOnes.map((row) => row.id))
  const at = new Map(log.map((row) => [row.id, row.seq]))
  for (const row of ownOnes)
    if (row.outbox === undefined && row.attention === undefined && at.get(row.id) !== row.seq)
      throw new Broken('I8', `${tab.name} shows ${row.id} as number ${row.seq} of the log, where it is ${at.get(row.id) ?? 'not at all'}`)
  // What a tablet sent itself stays, also under the name it had before somebody signed in on its copy first.
  for (const [id, row] of held)
    if (!told.has(id) && !own.has(id) && !isOwn(row)) throw new Broken('I4', `${tab.name} holds event ${id}, which is not in its scope`)
  const records = new Map(everyRecord.map((record) => [`${record.kind} ${record.id}`, canonical([record.body, record.ended])]))
  for (const record of page.records)
    if (records.get(`${record.kind} ${record.id}`) !== canonical([record.body, record.ended]))
      throw new Broken('I4', `${tab.name} holds ${record.kind} ${record.id} as ${records.get(`${record.kind} ${record.id}`)}`)
  const names = new Set(page.records.map((record) => `${record.kind} ${record.id}`))
  if (records.size !== names.size) throw new Broken('I4', `${tab.name} holds ${records.size} records of ${names.size}`)

  // What waits for a person counts on the tablet and not in the district: it is left out before totals are compared.
  const waits = rows.some((row) => row.attention !== undefined)
  const ledgerOf = (held: readonly EventRow[]): Ledger => {
    const ledger = openLedger()
    for (const record of everyRecord) ledger.putRecord(record)
    ledger.putEvents(held.flatMap(readRow))
    return ledger
  }
  const fromDisk = ledgerOf(rows)
  const counted = waits ? ledgerOf(rows.filter((row) => row.attention === undefined)) : fromDisk
  const { students } = ledgers.proof(scope, DATES[0] ?? day('2026-11-22'))
  const everybody = Object.keys(students)
  sameTotals(store.ledger, fromDisk, everybody, `${tab.name} in memory and on its disk`)
  sameTotals(counted, ledgers.of(scope), everybody, `${tab.name} and the server for its scope`)
  sameTotals(counted, plain, everybody, `${tab.name} and the whole log`)
  if (tab.parity && tab === device.tabs[0] && tab.parity.kind !== 'match' && !(waits && tab.parity.kind === 'provisional'))
    throw new Broken('I3', `${tab.name} says of its totals: ${JSON.stringify(tab.parity)}`)
}

/** Of a revoked tablet nothing can be read any more but what was recorded on it, also under the name it had before. (I5) */
async function holdsNothing(tab: Tab): Promise<void> {
  const [names, rows, own] = [await tab.db.records.count(), await tab.db.events.toArray(), await ownRows(tab)]
  const here = new Set(own.map(({ id }) => id))
  const others = rows.filter((row) => !here.has(row.id) && !isOwn(row)).length
  if (names > 0 || others > 0) throw new Broken('I5', `${tab.name} was revoked and holds ${names} records, ${others} events of others`)
}

/** Holds every promise against a healed world. */
export async function judge(world: World, history: History): Promise<string> {
  const log = lookAtLog(world, history)
  logHolds(world)
  await nothingLost(world, log)
  const plain = plainLedger(world, log)
  sameTotals(
    world.server.context.ledgers.of('all'),
    plain,
    [...plain.students()].map(({ student }) => student.id),
    'the server and its own log',
  )
  for (const device of world.devices) {
    await lookIntoLockers(world, device)
    for (const locker of await openable(device)) {
      if (isRevoked(world, device)) throw new Broken('I5', `${device.name} was revoked and opens for ${locker.person}`)
      const tab = await unlockOne(world, device, locker)
      await comeBack(world, device, tab)
      await syncNow(world, tab)
      await look(world, tab)
      await holdsItsScope(world, log, device, tab, plain)
      await lockNow(world, device)
    }
    for (const tab of device.tabs) {
      await look(world, tab)
      if (isRevoked(world, device)) await holdsNothing(tab)
      else await holdsItsScope(world, log, device, tab, plain)
    }
  }
  const totals = [...plain.students()].map(({ student }) => `${student.id} ${totalsOf(plain, student.id)}`).sort()
  return [`${log.length} events`, ...log.map((row) => `${row.seq} ${row.hash}`), ...totals].join('\n')
}
