/** Whether a period is ready to be reported: everything an auditor would ask about, each as a list that can be worked off. */
import type { ComplianceItem, ComplianceRow } from '../../shared/api/periods.ts'
import type { SessionState } from '../../shared/attendance/fold.ts'
import type { Ledger, StudentView } from '../../shared/attendance/ledger.ts'
import { isSignedByOther, isUnsigned, signerOf } from '../../shared/attendance/signed.ts'
import { as, type StudentId } from '../../shared/ids.ts'
import type { Student } from '../../shared/registry.ts'
import type { Flag } from '../../shared/rules/california/flags.ts'
import type { StasRow } from '../../shared/report/stas.ts'
import type { Instant, SchoolDate } from '../../shared/time.ts'
import { absentThatDay, manyChanged, outsideHours, sameMinutes, type Suspect } from './madeUp.ts'

/** What the checklist is told that is not in the ledger. */
export interface Besides {
  readonly now: Instant
  /** Terms of the school year, when they were imported. */
  readonly terms: readonly { readonly title: string; readonly from: SchoolDate; readonly until: SchoolDate }[]
  /** Events that wait for a decision. */
  readonly setAside: number
  /** Students who share a statewide identifier with one of another name. */
  readonly sharedSsids: readonly Student[]
  /** Schools of which no state code is known, and the district (no site) when neither it nor a school names its own. */
  readonly uncoded: readonly { readonly site: string | null; readonly name: string }[]
  /** Devices that hold events they have not sent. */
  readonly holding: readonly { readonly name: string; readonly unsent: number }[]
}

/** Rows of a list that are shown; the count says how many there are. */
const MOST = 500

const NOBODY: ComplianceRow = { session: null, on: null, site: null, siteName: '', student: null, name: '', detail: '', n: null, of: null }

/** What a school's sessions and students leave open, item by item; `heldOn` are the dates on which it held a session. */
export interface Found {
  readonly items: Readonly<Partial<Record<ComplianceItem['key'], { readonly count: number; readonly rows: readonly ComplianceRow[] }>>>
  /** Students in a session that nobody ended: their check-outs are missing from the end of its time on. */
  readonly stillIn: readonly { readonly until: Instant; readonly row: ComplianceRow }[]
  readonly heldOn: readonly SchoolDate[]
}

/** @param sessions those held at the school
 *  @param people the students at home there, each once */
export function found(ledger: Ledger, sessions: readonly SessionState[], people: readonly StudentView[], asOf: SchoolDate): Found {
  const ofSession = (session: SessionState): ComplianceRow => ({
    ...NOBODY,
    session: session.id,
    on: session.on,
    site: session.site,
    siteName: ledger.site(session.site)?.name ?? '',
    detail: session.title,
  })
  const named = (id: StudentId): Pick<ComplianceRow, 'student' | 'name'> => {
    const student = ledger.student(id)?.student
    return { student: id, name: student ? `${student.last}, ${student.first}` : '' }
  }
  const items: Record<string, { count: number; rows: ComplianceRow[] }> = {}
  const add = (key: ComplianceItem['key'], rows: readonly ComplianceRow[]): void => {
    if (rows.length > 0) items[key] = { count: rows.length, rows: rows.slice(0, MOST) }
  }
  add('uncertified', sessions.filter(isUnsigned).map(ofSession))
  const opens = sessions.flatMap((session) => openMarks(session).map((id) => ({ session, row: { ...ofSession(session), ...named(id) } })))
  add(
    'missingCheckOut',
    opens.flatMap(({ session, row }) => (session.endedAt === null ? [] : [row])),
  )
  const stillIn = opens.flatMap(({ session, row }) => (session.endedAt === null ? [{ until: session.window.until, row }] : []))
  for (const [flag, lost] of lostOf(ledger, people, asOf)) {
    if (!isListed(flag)) continue
    add(
      flag,
      lost.map(({ session, student, minutes }) => ({
        ...(session ? ofSession(session) : NOBODY),
        ...named(student),
        detail: minutes > 0 ? String(minutes) : '',
      })),
    )
  }
  add(
    'signedByOther',
    sessions.filter(isSignedByOther).map((session) => ({ ...ofSession(session), name: signerOf(ledger, session) })),
  )
  const suspect = ({ session, n, of }: Suspect): ComplianceRow => ({
    ...ofSession(session),
    name: (session.startedBy && ledger.staff(session.startedBy)?.name) ?? '',
    ...{ n, of },
  })
  add('sameMinutes', sameMinutes(sessions).map(suspect))
  add('manyChanged', manyChanged(sessions).map(suspect))
  add('outsideHours', outsideHours(ledger, sessions).map(suspect))
  add(
    'absentThatDay',
    absentThatDay(ledger, sessions).map(({ session, student, minutes }) => ({ ...ofSession(session), ...named(student), n: minutes })),
  )
  const [any] = sessions
  const school = any && ledger.site(any.site)
  // Nothing there can be divided.
  if (school && school.years.length === 0) add('noCalendar', [{ ...NOBODY, site: school.id, siteName: school.name }])
  return { items, stillIn, heldOn: [...new Set(sessions.map(({ on }) => on))] }
}

/** A school's part of the checklist. */
export interface FoundAt {
  readonly site: string
  readonly siteName: string
  readonly found: Found
}

/** The checklist as of a date, in the order of its weight. An item without rows is fulfilled. */
export function compliance(
  schools: readonly FoundAt[],
  stas: readonly StasRow[],
  asOf: SchoolDate,
  besides: Besides,
): readonly ComplianceItem[] {
  const problem = (wanted: readonly string[]): ComplianceRow[] =>
    stas.flatMap((row) => {
      if (!row.problems.some((each) => wanted.includes(each))) return []
      const { student, last, first, site, siteName, days } = row
      return [{ ...NOBODY, student, name: `${last}, ${first}`, site, siteName, detail: String(days) }]
    })
  const item = (
    key: ComplianceItem['key'],
    weight: ComplianceItem['weight'],
    rows: readonly ComplianceRow[],
    count = rows.length,
  ): ComplianceItem => ({ key, weight, count, rows: rows.slice(0, MOST) })
  const ofSchools = (key: ComplianceItem['key'], weight: ComplianceItem['weight']): ComplianceItem => {
    const own = schools.flatMap(({ found: { items } }) => items[key] ?? [])
    return item(
      key,
      weight,
      own.flatMap(({ rows }) => rows),
      own.reduce((sum, { count }) => sum + count, 0),
    )
  }
  const { holding, now, setAside } = besides
  const missing = ofSchools('missingCheckOut', 'stop')
  const over = schools.flatMap(({ found: { stillIn } }) => stillIn.flatMap(({ until, row }) => (until <= now ? [row] : [])))
  const unsendable = problem(['noSchoolCode', 'noLea', 'STAS0651'])
  // A school with students who cannot be reported is told of by each of them.
  const uncoded = besides.uncoded.filter(({ site }) => site === null || !unsendable.some((row) => row.site === site))
  return [
    ofSchools('uncertified', 'stop'),
    item('missingCheckOut', 'stop', [...missing.rows, ...over], missing.count + over.length),
    ofSchools('ratioBreached', 'stop'),
    ofSchools('noCertificatedTeacher', 'stop'),
    ofSchools('insideSchoolDay', 'stop'),
    ofSchools('overlap', 'stop'),
    item('daysAgainstAbsences', 'stop', problem(['daysAgainstAbsences', 'STAS0739', 'STAS0740E1'])),
    item('noSsid', 'stop', problem(['noSsid'])),
    item(
      'sharedSsid',
      'stop',
      besides.sharedSsids.map(({ id, last, first, ssid }) => ({ ...NOBODY, student: id, name: `${last}, ${first}`, detail: ssid ?? '' })),
    ),
    item('noSchoolCode', 'stop', [...uncoded.map((one) => ({ ...NOBODY, ...one })), ...unsendable]),
    ofSchools('noCalendar', 'stop'),
    item('setAside', 'warn', setAside === 0 ? [] : [{ ...NOBODY, detail: String(setAside) }], setAside),
    item(
      'holding',
      'warn',
      holding.map(({ name, unsent }) => ({ ...NOBODY, name, detail: String(unsent) })),
    ),
    item('termWithout', 'warn', termsWithout(schools, besides.terms, asOf)),
    ofSchools('lateEntry', 'warn'),
    ofSchools('clockSuspect', 'warn'),
    ofSchools('signedByOther', 'warn'),
    ofSchools('sameMinutes', 'warn'),
    ofSchools('manyChanged', 'warn'),
    ofSchools('absentThatDay', 'warn'),
    ofSchools('outsideHours', 'warn'),
  ]
}

/** The flags that are items of the checklist. */
const LISTED = ['ratioBreached', 'noCertificatedTeacher', 'insideSchoolDay', 'overlap', 'lateEntry', 'clockSuspect'] as const
const isListed = (flag: Flag): flag is (typeof LISTED)[number] => LISTED.some((each) => each === flag)

const openMarks = (session: SessionState): StudentId[] =>
  [...session.students.values()].filter((student) => student.missingCheckOut).map((student) => student.student)

interface LostIn {
  readonly session: SessionState | null
  readonly student: StudentId
  readonly minutes: number
}

const BY_SESSION: readonly Flag[] = ['ratioBreached', 'noCertificatedTeacher', 'insideSchoolDay', 'overlap']

/** Whose time was taken by what, session by session; asked only of students whose totals carry the flag. */
function lostOf(ledger: Ledger, people: readonly StudentView[], asOf: SchoolDate): ReadonlyMap<Flag, readonly LostIn[]> {
  const found = new Map<Flag, LostIn[]>()
  const add = (flag: Flag, lost: LostIn): void => {
    const list = found.get(flag)
    if (list) list.push(lost)
    else found.set(flag, [lost])
  }
  for (const { student } of people) {
    const { flags } = ledger.judge(student.id, asOf)
    const lost = flags.some((flag) => BY_SESSION.includes(flag)) ? ledger.explain(student.id, asOf).notCounted : []
    for (const flag of flags) {
      const taken = lost.filter(({ reason, minutes }) => reason === flag && minutes > 0)
      // A district that only flags a breach takes no minute for it: then the student alone is named.
      if (taken.length === 0) add(flag, { session: null, student: student.id, minutes: 0 })
      for (const { session, minutes } of taken) add(flag, { session: ledger.session(as(session)) ?? null, student: student.id, minutes })
    }
  }
  return found
}

/** Terms that began in the year, up to the date, in which a school that offers recovery offered none: it is to be offered in each. */
const termsWithout = (schools: readonly FoundAt[], terms: Besides['terms'], asOf: SchoolDate): ComplianceRow[] =>
  schools
    .filter(({ found: { heldOn } }) => heldOn.length > 0)
    .flatMap(({ site, siteName, found: { heldOn } }) =>
      terms
        .filter(({ from, until }) => until <= asOf && !heldOn.some((on) => from <= on && on <= until))
        .map(({ title }) => ({ ...NOBODY, site, siteName, detail: title })),
    )
