/** What people do on a tablet: the orders of the real app, at random. Each gives a word for the trace, or undefined when nothing could be done. */
import {
  recordCertification,
  recordCheckIn,
  recordCheckOut,
  recordCorrection,
  recordEnd,
  recordMatch,
  recordNote,
  recordStart,
  recordSupervision,
  recordVoid,
  recordWalkIn,
} from '../../../client/log/commands.ts'
import type { SessionState } from '../../../shared/attendance/fold.ts'
import type { StudentId } from '../../../shared/ids.ts'
import { addDays, HOUR, instant, localInstant, MINUTE } from '../../../shared/time.ts'
import type { Random } from '../../support/random.ts'
import { oneIn, weighted } from './chance.ts'
import type { Tab } from './device.ts'
import { clockTime, day, noteOn, typedName, ZONE } from './district.ts'

type Tap = (tab: Tab, chance: Random, session: SessionState) => string | undefined

/** A session of the last two weeks, on a weekday after school or on a Saturday. */
function start(tab: Tab, chance: Random): string | undefined {
  const site = tab.store.account?.me.sites
  if (!site || site.length === 0) return undefined
  const at = chance.pick(site)
  const on = addDays(day('2026-11-21'), -chance.below(14))
  const from = localInstant(on, clockTime('15:00'), ZONE)
  const window = { from, until: instant(from + 4 * HOUR) }
  const section = [...tab.store.ledger.sections()].find((each) => each.site === at)?.id ?? null
  const entered = { at: from, reason: 'Entered from paper' }
  recordStart(tab.store, tab.device.newId, { site: at, section, on, window, breaks: [], room: 'Library', title: 'After school' }, entered)
  return `starts a session at ${at} on ${on}`
}

function someStudents(tab: Tab, chance: Random, session: SessionState): StudentId[] {
  const all = [...tab.store.ledger.students()].filter(({ student }) => student.last !== '').map(({ student }) => student.id)
  const here = all.filter((id) => tab.store.ledger.student(id)?.enrollments.some((each) => each.site === session.site))
  // A student of another school comes too, now and then.
  const from = here.length > 0 && !oneIn(chance, 3) ? here : all
  return from.length === 0 ? [] : [...new Set(Array.from({ length: 1 + chance.below(3) }, () => chance.pick([...from].sort())))]
}

const within = (chance: Random, { window }: SessionState) =>
  instant(window.from + chance.below(Math.max(1, Math.floor((window.until - window.from) / MINUTE))) * MINUTE)
const present = (session: SessionState): StudentId[] =>
  [...session.students.values()].filter((each) => each.marks.at(-1)?.type === 'StudentCheckedIn').map((each) => each.student)
const entered = (chance: Random, session: SessionState) => ({ at: within(chance, session), reason: 'Entered from paper' })

const checkIn: Tap = (tab, chance, session) => {
  const students = someStudents(tab, chance, session)
  if (students.length === 0) return undefined
  recordCheckIn(tab.store, session, students, oneIn(chance, 4) ? undefined : { at: session.window.from, reason: 'Entered from paper' })
  return `checks in ${students.join(', ')}`
}
const checkOut: Tap = (tab, chance, session) => {
  const students = present(session)
  if (students.length === 0) return undefined
  const student = chance.pick(students)
  recordCheckOut(tab.store, session, [student], oneIn(chance, 4) ? undefined : entered(chance, session))
  return `checks out ${student}`
}
const undo: Tap = (tab, chance, session) => {
  const events = session.events.filter(({ event, voidedBy }) => !voidedBy && event.type !== 'SessionStarted').map(({ event }) => event.id)
  if (events.length === 0) return undefined
  recordVoid(tab.store, session, [chance.pick(events)], 'A slip of the hand')
  return 'takes something back'
}
const correct: Tap = (tab, chance, session) => {
  const marks = [...session.students.values()].flatMap((each) => each.marks)
  if (marks.length === 0) return undefined
  recordCorrection(tab.store, session, chance.pick(marks), entered(chance, session))
  return 'corrects a time'
}
const walkIn: Tap = (tab, chance, session) => {
  recordWalkIn(tab.store, tab.device.newId, session, typedName(session.site), entered(chance, session))
  return 'adds a walk-in'
}
const match: Tap = (tab, chance, session) => {
  const open = session.walkIns.filter((each) => each.matched === null)
  const [student] = someStudents(tab, chance, session)
  if (open.length === 0 || !student) return undefined
  recordMatch(tab.store, session, chance.pick(open).student, student)
  return `says that a walk-in is ${student}`
}
const end: Tap = (tab, _chance, session) => {
  const at = session.window.until
  recordEnd(
    tab.store,
    session,
    at,
    present(session).map((student) => ({ student, at })),
    'Entered from paper',
  )
  return 'ends the session'
}
const certify: Tap = (tab, _chance, session) => {
  recordCertification(tab.store, session, 'This is true and correct', tab.store.account?.me.name ?? '')
  return 'certifies'
}
const note: Tap = (tab, chance, session) => {
  const [student] = someStudents(tab, chance, session)
  if (!student) return undefined
  recordNote(tab.store, session, student, noteOn(student, session.site))
  return `notes something on ${student}`
}
const supervise: Tap = (tab, chance, session) => {
  const people = [...tab.store.ledger.allStaff()].map((each) => each.id).sort()
  if (people.length === 0) return undefined
  const staff = chance.pick(people)
  recordSupervision(tab.store, session, staff, oneIn(chance, 3) ? 'SupervisionEnded' : 'SupervisionStarted', entered(chance, session))
  return `changes the supervision of ${staff}`
}
/** Everybody in at the beginning, out at the end, and signed: what most afternoons are. */
const wholeAfternoon: Tap = (tab, chance, session) => {
  const students = someStudents(tab, chance, session)
  if (students.length === 0) return undefined
  recordCheckIn(tab.store, session, students, { at: session.window.from, reason: 'Entered from paper' })
  const now = (): SessionState => tab.store.ledger.session(session.id) ?? session
  end(tab, chance, now())
  certify(tab, chance, now())
  return `records a whole afternoon of ${students.join(', ')}`
}

const TAPS: readonly (readonly [number, Tap])[] = [
  [8, checkIn],
  [6, checkOut],
  [3, undo],
  [3, correct],
  [2, walkIn],
  [2, match],
  [2, end],
  [3, certify],
  [1, note],
  [2, supervise],
  [6, wholeAfternoon],
]

/** One order of the person at this tab. */
export function tap(tab: Tab, chance: Random): string | undefined {
  if (!tab.store.account) return undefined
  const mine = new Set<string>(tab.store.account.me.sites)
  const sessions = [...tab.store.ledger.sessions()].filter((each) => each.started && mine.has(each.site))
  if (sessions.length === 0 || oneIn(chance, 8)) return start(tab, chance)
  sessions.sort((a, b) => (a.id < b.id ? -1 : 1))
  return weighted(chance, TAPS)(tab, chance, chance.pick(sessions.slice(-4)))
}

/** What a newer version of the app, since taken back, recorded on this device. */
export const typeOfTomorrow = (tab: Tab, session: SessionState): object => ({
  id: tab.device.newId(),
  type: 'StudentFed',
  v: 1,
  device: tab.store.account?.device.id,
  actor: tab.store.account?.me.staff,
  site: session.site,
  at: tab.device.now(),
  recordedAt: tab.device.now(),
  clock: { offset: null, age: null },
  session: session.id,
  student: 'ana',
  meal: { kind: 'lunch', of: 1 },
})
