/** The rules over a large district's year, beside the least code that gives the same days; and one tap more for one student. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type Ledger, openLedger } from '../../shared/attendance/ledger.ts'
import type { EventOf } from '../../shared/events.ts'
import { as, type EventId } from '../../shared/ids.ts'
import { type Line, median, quantile } from './line.ts'
import { bare, type Days, withDateFns } from './rulesBare.ts'
import { AS_OF, makeYear, type Year } from './rulesData.ts'

const STUDENTS = 40_000
const EVENTS = 800_000
const ROUNDS = 5
const MEBIBYTE = 1_048_576

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const timed = <T>(work: () => T): { readonly ms: number; readonly result: T } => {
  const begun = performance.now()
  const result = work()
  return { ms: performance.now() - begun, result }
}
const heap = (): number => {
  collect()
  return process.memoryUsage().heapUsed / MEBIBYTE
}

function ledgerOf({ records }: Year): Ledger {
  const ledger = openLedger()
  for (const record of records) ledger.putRecord(record)
  return ledger
}

function judgeAll(ledger: Ledger, { events, students }: Year): Days {
  ledger.putEvents(events)
  const days: Days = { earned: 0, claimable: 0 }
  for (const student of students) {
    const { earnedDays, claimableDays } = ledger.judge(student, AS_OF)
    days.earned += earnedDays
    days.claimable += claimableDays
  }
  return days
}

export async function rules(): Promise<Line[]> {
  const year = makeYear(STUDENTS, EVENTS)
  const times = year.events.map(({ at }) => new Date(at).toISOString())
  const took = { pack: [] as number[], bare: [] as number[], dateFns: [] as number[] }
  const held: number[] = []
  let kept: Ledger | undefined
  for (let round = 0; round < ROUNDS; round++) {
    kept = undefined
    const ledger = ledgerOf(year)
    const before = heap()
    const pack = timed(() => judgeAll(ledger, year))
    kept = ledger
    held.push(heap() - before)
    const least = timed(() => bare(year))
    if (round < 2) {
      const other = timed(() => withDateFns(year, times))
      took.dateFns.push(other.ms)
      agree(pack.result, other.result)
    }
    agree(pack.result, least.result)
    took.pack.push(pack.ms)
    took.bare.push(least.ms)
  }
  if (!kept) throw new Error('nothing was measured')
  const what = `${year.events.length.toLocaleString('en-US')} events of ${STUDENTS.toLocaleString('en-US')} students`
  return [
    { what: `fold and judge ${what}`, value: median(took.pack), unit: 'ms', reference: median(took.bare), most: { ratio: 2 } },
    {
      what: 'the same, beside date-fns for the dates of each event',
      value: median(took.pack),
      unit: 'ms',
      reference: median(took.dateFns),
      most: { ratio: 1 / 3 },
    },
    { what: 'memory that this year takes', value: median(held), unit: 'MB', most: { value: 600 } },
    {
      what: 'one event more for a student with 200, p95',
      value: taps(100, (ledger, { student }) => ledger.judge(student, AS_OF)),
      unit: 'ms',
      most: { value: 1 },
    },
    // 5 ms on a tablet a quarter as fast.
    { what: 'one event more, and every row of the room anew, median', value: taps(40, everyRow, 0.5), unit: 'ms', most: { value: 1.25 } },
  ]
}

function agree(one: Days, other: Days): void {
  if (one.earned !== other.earned || one.claimable !== other.claimable || one.earned === 0)
    throw new Error(`The passes disagree: ${JSON.stringify(one)}, ${JSON.stringify(other)}`)
}

function everyRow(ledger: Ledger, { session }: Tap): void {
  for (const student of ledger.session(session)?.students.keys() ?? []) {
    ledger.sessionCredit(session, student)
    ledger.judge(student, AS_OF)
  }
}

type Tap = EventOf<'StudentCheckedIn'>

/** A class of thirty with some sessions behind it: a late mark in one of them, and what the screen asks then. */
function taps(sessions: number, ask: (ledger: Ledger, tap: Tap) => void, share = 0.95): number {
  const year = makeYear(30, sessions * 63, 30)
  const ledger = ledgerOf(year)
  judgeAll(ledger, year)
  const marks = year.events.filter((event) => event.type === 'StudentCheckedIn')
  const samples: number[] = []
  for (let n = 0; n < 500; n++) {
    // Another student in another session each time: nobody comes to have marks that nobody has.
    const mark = marks[(n * 31) % marks.length] as Tap
    const tap = { ...mark, id: as<EventId>(`${mark.id}-${n}`) }
    const again = timed(() => {
      ledger.putEvents([tap])
      ask(ledger, tap)
    })
    if (n >= 100) samples.push(again.ms)
  }
  return quantile(samples, share)
}
