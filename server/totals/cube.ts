/** Figures summed by school, month, grade span, section and teacher. Each school gives its own addition to them, and no two schools the same. Pure. */
import type { StudentId } from '../../shared/ids.ts'
import type { DayFact, SessionFact, StudentFact } from './facts.ts'

export const DIMENSIONS = ['all', 'site', 'month', 'span', 'section', 'teacher'] as const
export type Dimension = (typeof DIMENSIONS)[number]

/** Sums of one part of the district. */
export interface Cell {
  students: number
  sessions: number
  minutes: number
  earned: number
  claimed: number
  banked: number
  lost: number
  pending: number
  remaining: number
  absences: number
  enrolled: number
  /** Claimed days by grade span and by the school of the absence: what average daily attendance is worked out from. */
  readonly days: Record<string, number>
}
/** A cell of the district's own figures (`site` empty) or of one school's. */
export interface CubeRow {
  readonly site: string
  readonly dimension: Dimension
  readonly key: string
  readonly cell: Cell
}

const COUNTS = [
  'students',
  'sessions',
  'minutes',
  'earned',
  'claimed',
  'banked',
  'lost',
  'pending',
  'remaining',
  'absences',
  'enrolled',
] as const

/** A part in which nothing happened. */
export const nothing = (): Cell => ({ ...(Object.fromEntries(COUNTS.map((count) => [count, 0])) as Omit<Cell, 'days'>), days: {} })

type Cells = Map<string, CubeRow>
function cellIn(cells: Cells, site: string, dimension: Dimension, key: string): Cell {
  const name = `${site}\u0000${dimension}\u0000${key}`
  const held = cells.get(name)
  if (held) return held.cell
  const made = { site, dimension, key, cell: nothing() }
  cells.set(name, made)
  return made.cell
}

/** A student with every entry that is the same student for the law. */
export interface Person {
  readonly entries: readonly StudentId[]
  readonly span: string
  readonly sessions: Iterable<SessionFact>
}

/** What a school knows that goes into the sums. */
export interface SchoolFigures {
  readonly site: string
  /** The students at home here. */
  readonly students: Iterable<StudentFact>
  readonly days: Iterable<DayFact>
  /** The sessions held here. */
  readonly sessions: Iterable<SessionFact>
  /** The people at home here, with the sessions they were in, at any school. */
  readonly people: Iterable<Person>
  /** The entry that stands for a student with several; undefined for a name that nobody matched yet, who is no student. */
  readonly personOf: (student: string) => string | undefined
  /** The first day of the fiscal year. */
  readonly from: string
}

/** What one school adds to the figures: its sessions, and wherever they were, its students. */
export function cubeOf({ site, students, days, sessions, people, personOf, from }: SchoolFigures): readonly CubeRow[] {
  const cells: Cells = new Map()
  const cell = (scope: string, dimension: Dimension, key: string): Cell => cellIn(cells, scope, dimension, key)
  /** Every cell that something belongs to: of the district and of its school. */
  const each = (at: string, of: Partial<Record<Dimension, string>>, add: (to: Cell) => void): void => {
    for (const scope of ['', at]) {
      add(cell(scope, 'all', ''))
      for (const dimension of DIMENSIONS) {
        const key = of[dimension]
        if (key !== undefined && key !== '' && !(scope !== '' && dimension === 'site')) add(cell(scope, dimension, key))
      }
    }
  }
  for (const { row, span, counted, sections } of students) {
    if (!counted) continue
    // A student of several sections could recover in each of them: what is left is the first one's, so that it is promised once.
    each(site, { site, span, section: sections[0] ?? '' }, (to) => {
      to.pending += row.pendingDays
      to.remaining += row.remainingDays
      to.absences += row.absences
      if (sections.length > 0) to.enrolled++
    })
  }
  const here = new Map<Cell, Set<string>>()
  for (const session of sessions) {
    if (session.on < from || session.minutes.size === 0) continue
    const { section, staff, on } = session
    const total = [...session.minutes.values()].reduce((sum, minutes) => sum + minutes, 0)
    each(site, { site, month: on.slice(0, 7), section, teacher: staff }, (to) => {
      to.sessions++
      to.minutes += total
    })
    // Who came to this school, to its sections and teachers: known here alone.
    const own: [string, Dimension, string][] = [
      [site, 'all', ''],
      [site, 'month', on.slice(0, 7)],
      [site, 'section', section],
      [site, 'teacher', staff],
      ['', 'site', site],
      ['', 'section', section],
    ]
    for (const [scope, dimension, key] of own) {
      if (key === '' && dimension !== 'all') continue
      const to = cell(scope, dimension, key)
      const who = here.get(to) ?? new Set<string>()
      here.set(to, who)
      for (const student of session.minutes.keys()) {
        const person = personOf(student)
        if (person !== undefined) who.add(person)
      }
    }
  }
  for (const [to, who] of here) to.students += who.size
  // Who came at all, in a month, to a teacher of several schools: known where the student is at home.
  for (const { entries, span, sessions: own } of people) {
    const met = new Set<Cell>()
    for (const { site: at, on, staff, minutes } of own) {
      if (on < from) continue
      met.add(cell('', 'all', '')).add(cell('', 'month', on.slice(0, 7)))
      if (staff !== '') met.add(cell('', 'teacher', staff))
      if (span === '') continue
      for (const scope of ['', at]) {
        const to = cell(scope, 'span', span)
        met.add(to)
        for (const entry of entries) to.minutes += minutes.get(entry) ?? 0
      }
    }
    for (const to of met) to.students++
  }
  for (const day of days) {
    const { site: at, section, staff, span, status, earnedOn, absenceSite } = day
    each(at, { site: at, month: earnedOn.slice(0, 7), span, section, teacher: staff }, (to) => {
      to.earned++
      to[status]++
      if (status === 'claimed') to.days[`${span} ${absenceSite}`] = (to.days[`${span} ${absenceSite}`] ?? 0) + 1
    })
  }
  return [...cells.values()]
}

/** The additions of all schools as one. */
export function sumOf(parts: Iterable<readonly CubeRow[]>): readonly CubeRow[] {
  const cells: Cells = new Map()
  for (const rows of parts) {
    for (const { site, dimension, key, cell } of rows) {
      const to = cellIn(cells, site, dimension, key)
      for (const count of COUNTS) to[count] += cell[count]
      for (const [name, n] of Object.entries(cell.days)) to.days[name] = (to.days[name] ?? 0) + n
    }
  }
  return [...cells.values()]
}
