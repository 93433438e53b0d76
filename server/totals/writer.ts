/** Writes the totals of a school: only the lines that changed. */
import { createHash } from 'node:crypto'
import { folded } from '../../shared/finding.ts'
import { GRADES } from '../../shared/registry.ts'
import { needsAttention, tookPart } from '../../shared/report/needs.ts'
import { readAt } from '../../shared/report/stillIn.ts'
import { type Instant, instant, type SchoolDate } from '../../shared/time.ts'
import type { Db } from '../log/openDatabase.ts'
import { type CubeRow, sumOf } from './cube.ts'
import type { DayFact, SessionFact, StudentFact } from './facts.ts'
import type { OfSite } from './ofSite.ts'

type Value = string | number | null
export type Lines = readonly (readonly Value[])[]

/** Up to where a school's totals reach, and how long they hold. */
export interface PartOf {
  readonly site: string
  readonly seq: number
  readonly asOf: SchoolDate
  readonly until: SchoolDate
  readonly madeBy: string
}
/** Of what the totals of all schools together are. */
export interface Whole {
  readonly seq: number
  readonly asOf: SchoolDate
  readonly rules: string
  readonly epoch: string
}
export interface TotalsWriter {
  write(part: PartOf, of: OfSite): void
  /** Sums the schools' parts up. */
  finish(whole: Whole): void
}

/** Whether somebody should look at a student's line: 1 now, 2 once the session is over in which the student still is. */
function needsOf(row: StudentFact['row'], until: Instant | null): 0 | 1 | 2 {
  if (!needsAttention(row)) return 0
  return needsAttention(readAt(row, until, instant(0))) ? 1 : 2
}

function studentLine(fact: StudentFact, siteName: string): readonly Value[] {
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
    ...[
      tookPart(row) ? 1 : 0,
      needsOf(row, fact.stillUntil),
      folded(`${row.last} ${row.first} ${row.localId} ${row.ssid ?? ''}`),
      fact.stillUntil,
    ],
  ]
}

const dayLine = (
  home: string,
  { student, n, earnedOn, status, site, section, staff, span, recovers, absenceSite }: DayFact,
): readonly Value[] => [...[student, n, earnedOn, earnedOn.slice(0, 7), status, site, section, staff, span, recovers, absenceSite, home]]

/** The last value is a mark of the whole, with everybody's minutes: visits are written again only where it differs. */
function sessionLine(fact: SessionFact): readonly Value[] {
  const line = [
    ...[fact.id, fact.site, fact.section, fact.title, fact.staff, fact.on, fact.on.slice(0, 7), fact.from, fact.ended ? 1 : 0],
    ...[fact.certified ? 1 : 0, fact.missing, fact.minutes.size, [...fact.minutes.values()].reduce((sum, minutes) => sum + minutes, 0)],
  ]
  const mark = createHash('sha1').update(JSON.stringify([line, [...fact.minutes]]))
  return [...line, mark.digest('base64')]
}

/** The tables of a school's lines, by the column that says whose they are. */
const TABLES = { student: 'site', day: 'home', session: 'site' } as const
type Table = keyof typeof TABLES

/** The lines of a school as they are to be kept. The first value, of a day the first two, tell them apart. */
export const linesOf = (site: string, of: OfSite): Readonly<Record<Table, Lines>> => ({
  student: [...of.students.values()].map((fact) => studentLine(fact, of.name)),
  day: [...of.days.values()].flat().map((day) => dayLine(site, day)),
  session: [...of.sessions.values()].map(sessionLine),
})

const keyOf = (table: Table, line: readonly unknown[]): string =>
  table === 'day' ? `${String(line[0])} ${String(line[1])}` : String(line[0])
export const textOf = (line: readonly unknown[]): string => JSON.stringify(line)

/** The lines that are kept of a school, by key. */
export const keptLines = (db: Db, table: Table, site: string): Map<string, readonly unknown[]> =>
  new Map(
    (db.prepare(`SELECT * FROM ${table} WHERE ${TABLES[table]} = ?`).raw().all(site) as unknown[][]).map((line) => [
      keyOf(table, line),
      line,
    ]),
  )

/** How the lines of a school differ from those that are kept: what is to be written, and what is to go. */
export function changes(
  db: Db,
  table: Table,
  site: string,
  lines: Lines,
): { readonly put: Lines; readonly drop: readonly (readonly unknown[])[] } {
  const kept = keptLines(db, table, site)
  const put = lines.filter((line) => {
    const key = keyOf(table, line)
    const before = kept.get(key)
    kept.delete(key)
    return before === undefined || textOf(before) !== textOf(line)
  })
  return { put, drop: [...kept.values()] }
}

export function openTotalsWriter(db: Db): TotalsWriter {
  const marks = (n: number): string => Array.from({ length: n }, () => '?').join(', ')
  const insert = {
    student: db.prepare(`INSERT OR REPLACE INTO student VALUES (${marks(33)})`),
    day: db.prepare(`INSERT OR REPLACE INTO day VALUES (${marks(12)})`),
    session: db.prepare(`INSERT OR REPLACE INTO session VALUES (${marks(14)})`),
  }
  // What went to another school in the meantime is that school's line by now.
  const remove = {
    student: db.prepare('DELETE FROM student WHERE id = ? AND site = ?'),
    day: db.prepare('DELETE FROM day WHERE student = ? AND n = ? AND home = ?'),
    session: db.prepare('DELETE FROM session WHERE id = ? AND site = ?'),
  }
  const dropVisits = db.prepare('DELETE FROM visit WHERE session = ?')
  const putVisit = db.prepare('INSERT INTO visit VALUES (?, ?, ?)')
  const putPart = db.prepare('INSERT OR REPLACE INTO part VALUES (@site, @seq, @asOf, @until, @madeBy, @cube)')
  const putCell = db.prepare('INSERT INTO cube VALUES (?, ?, ?, ?)')
  const putState = db.prepare('INSERT OR REPLACE INTO state VALUES (1, ?, ?, ?, ?)')
  const parts = db.prepare<[], string>('SELECT cube FROM part ORDER BY site').pluck()

  const write = db.transaction((part: PartOf, of: OfSite): void => {
    const { site } = part
    const lines = linesOf(site, of)
    for (const table of ['student', 'day', 'session'] as const) {
      const { put, drop } = changes(db, table, site, lines[table])
      for (const line of drop) {
        remove[table].run(...(table === 'day' ? line.slice(0, 2) : line.slice(0, 1)), site)
        if (table === 'session') dropVisits.run(line[0])
      }
      for (const line of put) {
        insert[table].run(...line)
        if (table !== 'session') continue
        dropVisits.run(line[0])
        for (const [student, minutes] of of.sessions.get(String(line[0]))?.minutes ?? []) putVisit.run(line[0], student, minutes)
      }
    }
    putPart.run({ ...part, cube: JSON.stringify(of.cube) })
  })
  const finish = db.transaction(({ seq, asOf, rules, epoch }: Whole): void => {
    db.exec('DELETE FROM cube')
    const all = parts.all().map((text) => JSON.parse(text) as readonly CubeRow[])
    for (const { site, dimension, key, cell } of sumOf(all)) putCell.run(site, dimension, key, JSON.stringify(cell))
    putState.run(seq, asOf, rules, epoch)
  })
  return { write: (part, of) => write.immediate(part, of), finish: (whole) => finish.immediate(whole) }
}
