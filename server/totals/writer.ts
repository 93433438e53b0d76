/** Writes totals: of every line its text is remembered, and only a line whose text changed is written again. */
import { GRADES } from '../../shared/registry.ts'
import { needsAttention, tookPart } from '../../shared/report/needs.ts'
import type { Db } from '../log/openDatabase.ts'
import type { SessionFact, StudentFact } from './facts.ts'
import type { Facts } from './keeper.ts'

interface Of {
  readonly asOf: string
  readonly rules: string
  readonly epoch: string
}
export interface TotalsWriter {
  write(facts: Facts, of: Of): void
}

/** Text to look for: small letters, no accents. */
export const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** The columns of a student's line, in the order of the table. */
export function studentLine(fact: StudentFact, siteName: string): readonly (string | number | null)[] {
  const { row } = fact
  return [
    ...[
      row.student,
      row.last,
      row.first,
      row.localId,
      row.ssid,
      row.grade,
      row.grade === null ? null : GRADES.indexOf(row.grade),
      fact.span,
    ],
    ...[row.site, siteName, fact.counted ? 1 : 0, row.absences, row.hours, row.minutes, fact.minimumDayMinutes],
    ...[row.earnedDays, row.pendingDays, row.claimableDays, row.bankedDays, row.beyondCapDays, row.remainingDays, row.heldBy],
    ...[row.flags.join(' '), fact.attention.join(' '), fact.planned, fact.came, fact.missedInRow, fact.lastCame, fact.sections.join(' ')],
    ...[tookPart(row) ? 1 : 0, needsAttention(row) ? 1 : 0, folded(`${row.last} ${row.first} ${row.localId} ${row.ssid ?? ''}`)],
  ]
}

const sessionLine = (fact: SessionFact): readonly (string | number)[] => [
  ...[fact.id, fact.site, fact.section, fact.title, fact.staff, fact.on, fact.on.slice(0, 7), fact.from, fact.ended ? 1 : 0],
  ...[fact.certified ? 1 : 0, fact.missing, fact.minutes.size, [...fact.minutes.values()].reduce((sum, minutes) => sum + minutes, 0)],
]

export function openTotalsWriter(db: Db): TotalsWriter {
  const putStudent = db.prepare(
    'INSERT OR REPLACE INTO student VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const dropDays = db.prepare('DELETE FROM day WHERE student = ?')
  const putDay = db.prepare('INSERT INTO day VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const putSession = db.prepare('INSERT OR REPLACE INTO session VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const dropVisits = db.prepare('DELETE FROM visit WHERE session = ?')
  const putVisit = db.prepare('INSERT INTO visit VALUES (?, ?, ?)')
  const putCell = db.prepare('INSERT INTO cube VALUES (?, ?, ?, ?)')
  const putState = db.prepare('INSERT OR REPLACE INTO state VALUES (1, ?, ?, ?, ?, 0)')
  const students = new Map<string, string>()
  const days = new Map<string, string>()
  const sessions = new Map<string, SessionFact>()
  let isFirst = true

  const run = db.transaction((facts: Facts, of: Of): void => {
    // What an earlier process left is made anew: what it remembered is not known here.
    if (isFirst || facts.sessions.size < sessions.size || facts.students.size < students.size) {
      for (const held of [students, days, sessions]) held.clear()
      db.exec('DELETE FROM student; DELETE FROM day; DELETE FROM session; DELETE FROM visit')
    }
    for (const [id, fact] of facts.students) {
      const line = studentLine(fact, facts.names.get(fact.row.site ?? '') ?? '')
      const text = line.join('\u0000')
      if (students.get(id) !== text) putStudent.run(...line)
      students.set(id, text)
    }
    for (const id of facts.students.keys()) {
      const own = facts.days.get(id) ?? []
      const text = own.map((day) => Object.values(day).join(' ')).join('\n')
      if ((days.get(id) ?? '') === text) continue
      days.set(id, text)
      dropDays.run(id)
      for (const { student, n, earnedOn, status, site, section, staff, span, recovers, absenceSite } of own)
        putDay.run(student, n, earnedOn, earnedOn.slice(0, 7), status, site, section, staff, span, recovers, absenceSite)
    }
    for (const [id, fact] of facts.sessions) {
      if (sessions.get(id) === fact) continue
      putSession.run(...sessionLine(fact))
      if (sessions.has(id)) dropVisits.run(id)
      for (const [student, minutes] of fact.minutes) putVisit.run(id, student, minutes)
      sessions.set(id, fact)
    }
    db.exec('DELETE FROM cube')
    for (const { site, dimension, key, cell } of facts.cube) putCell.run(site, dimension, key, JSON.stringify(cell))
    putState.run(facts.seq, of.asOf, of.rules, of.epoch)
    isFirst = false
  })
  return { write: (facts, of) => run.immediate(facts, of) }
}
