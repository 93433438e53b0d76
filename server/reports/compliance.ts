/** Whether a period is ready to be reported: everything an auditor would ask about, each as a list that can be worked off. */
import type { ComplianceItem, ComplianceRow } from '../../shared/api/periods.ts'
import type { SessionState } from '../../shared/attendance/fold.ts'
import type { Ledger, StudentView } from '../../shared/attendance/ledger.ts'
import { as, type StudentId } from '../../shared/ids.ts'
import type { Flag } from '../../shared/rules/california/flags.ts'
import { stasRows } from '../../shared/report/stas.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { isUnsigned, sessionsUpTo } from './unfinished.ts'

/** What the checklist is told that is not in the ledger. */
export interface Besides {
  /** Terms of the school year, when they were imported. */
  readonly terms: readonly { readonly title: string; readonly from: SchoolDate; readonly until: SchoolDate }[]
  /** Events that wait for a decision. */
  readonly setAside: number
  /** Devices that hold events they have not sent. */
  readonly holding: readonly { readonly name: string; readonly unsent: number }[]
}

/** Rows of a list that are shown; the count says how many there are. */
const MOST = 500

const NOBODY: ComplianceRow = { session: null, on: null, site: null, siteName: '', student: null, name: '', detail: '' }

/** The checklist as of a date, in the order of its weight. An item without rows is fulfilled. */
export function compliance(ledger: Ledger, asOf: SchoolDate, besides: Besides): readonly ComplianceItem[] {
  const sessions = sessionsUpTo(ledger, asOf)
  const people = onceEach(ledger)
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
  const lost = lostOf(ledger, people, asOf)
  const flagged = (flag: Flag): ComplianceRow[] =>
    (lost.get(flag) ?? []).map(({ session, student, minutes }) => ({
      ...(session ? ofSession(session) : NOBODY),
      ...named(student),
      detail: minutes > 0 ? String(minutes) : '',
    }))
  const stas = stasRows(ledger, asOf)
  const problem = (wanted: readonly string[]): ComplianceRow[] =>
    stas.flatMap((row) =>
      row.problems.some((each) => wanted.includes(each))
        ? [
            {
              ...NOBODY,
              student: row.student,
              name: `${row.last}, ${row.first}`,
              site: row.site,
              siteName: row.siteName,
              detail: String(row.days),
            },
          ]
        : [],
    )
  const item = (
    key: ComplianceItem['key'],
    weight: ComplianceItem['weight'],
    found: readonly ComplianceRow[],
    count = found.length,
  ): ComplianceItem => ({
    key,
    weight,
    count,
    rows: found.slice(0, MOST),
  })
  return [
    item('uncertified', 'stop', sessions.filter(isUnsigned).map(ofSession)),
    item(
      'missingCheckOut',
      'stop',
      sessions.flatMap((session) => openMarks(session).map((id) => ({ ...ofSession(session), ...named(id) }))),
    ),
    item('ratioBreached', 'stop', flagged('ratioBreached')),
    item('noCertificatedTeacher', 'stop', flagged('noCertificatedTeacher')),
    item('insideSchoolDay', 'stop', flagged('insideSchoolDay')),
    item('overlap', 'stop', flagged('overlap')),
    item('daysAgainstAbsences', 'stop', problem(['daysAgainstAbsences', 'STAS0739', 'STAS0740E1'])),
    item('noSsid', 'stop', problem(['noSsid'])),
    item('noSchoolCode', 'stop', problem(['noSchoolCode', 'noLea', 'STAS0651'])),
    item('noCalendar', 'stop', schoolsWithout(ledger, sessions)),
    item('setAside', 'warn', besides.setAside === 0 ? [] : [{ ...NOBODY, detail: String(besides.setAside) }], besides.setAside),
    item(
      'holding',
      'warn',
      besides.holding.map(({ name, unsent }) => ({ ...NOBODY, name, detail: String(unsent) })),
    ),
    item('termWithout', 'warn', termsWithout(ledger, sessions, besides.terms, asOf)),
    item('lateEntry', 'warn', flagged('lateEntry')),
    item('clockSuspect', 'warn', flagged('clockSuspect')),
  ]
}

const openMarks = (session: SessionState): StudentId[] =>
  [...session.students.values()].filter((student) => student.missingCheckOut).map((student) => student.student)

const onceEach = (ledger: Ledger): StudentView[] =>
  [...ledger.students()].filter(({ student, sameStudent }) => sameStudent[0] === student.id)

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

/** Schools where sessions were held and whose calendar is not known: nothing there can be divided. */
function schoolsWithout(ledger: Ledger, sessions: readonly SessionState[]): ComplianceRow[] {
  const held = new Set(sessions.map((session) => session.site))
  return [...ledger.sites()]
    .filter((site) => held.has(site.id) && site.years.length === 0)
    .map((site) => ({ ...NOBODY, site: site.id, siteName: site.name }))
}

/** Terms that began in the year, up to the date, in which a school that offers recovery offered none: it is to be offered in each. */
function termsWithout(ledger: Ledger, sessions: readonly SessionState[], terms: Besides['terms'], asOf: SchoolDate): ComplianceRow[] {
  const offering = new Set(sessions.map((session) => session.site))
  return [...ledger.sites()]
    .filter((site) => offering.has(site.id))
    .flatMap((site) =>
      terms
        .filter(({ until }) => until <= asOf)
        .filter(({ from, until }) => !sessions.some((session) => session.site === site.id && from <= session.on && session.on <= until))
        .map(({ title }) => ({ ...NOBODY, site: site.id, siteName: site.name, detail: title })),
    )
}
