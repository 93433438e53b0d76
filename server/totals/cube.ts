/** The district's figures, summed by school, month, grade span, section and teacher, for the whole and for each school. Pure. */
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

interface Working extends Cell {
  readonly who: Set<string>
}
export interface CubeRow {
  readonly site: string
  readonly dimension: Dimension
  readonly key: string
  readonly cell: Cell
}

const empty = (): Working => ({
  ...{
    students: 0,
    sessions: 0,
    minutes: 0,
    earned: 0,
    claimed: 0,
    banked: 0,
    lost: 0,
    pending: 0,
    remaining: 0,
    absences: 0,
    enrolled: 0,
  },
  days: {},
  who: new Set(),
})

/** @param personOf the entry that stands for a student with several; undefined for a name that nobody matched yet, who is no student */
export function cubeOf(
  students: Iterable<StudentFact>,
  days: Iterable<DayFact>,
  sessions: Iterable<SessionFact>,
  personOf: (student: string) => string | undefined,
  from: string,
): readonly CubeRow[] {
  const cells = new Map<string, { readonly site: string; readonly dimension: Dimension; readonly key: string; readonly cell: Working }>()
  const cell = (site: string, dimension: Dimension, key: string): Working => {
    const name = `${site}\u0000${dimension}\u0000${key}`
    const held = cells.get(name)
    if (held) return held.cell
    const made = { site, dimension, key, cell: empty() }
    cells.set(name, made)
    return made.cell
  }
  /** Every cell that something belongs to: of the district and of its school. */
  const each = (site: string, of: Partial<Record<Dimension, string>>, add: (to: Working) => void): void => {
    for (const scope of ['', site]) {
      add(cell(scope, 'all', ''))
      for (const dimension of DIMENSIONS) {
        const key = of[dimension]
        if (key !== undefined && key !== '' && !(scope !== '' && dimension === 'site')) add(cell(scope, dimension, key))
      }
    }
  }
  const meet = (to: Working, student: string): void => {
    const person = personOf(student)
    if (person !== undefined) to.who.add(person)
  }
  const spans = new Map<string, string>()
  for (const { row, span, counted, sections } of students) {
    spans.set(row.student, span)
    if (!counted) continue
    // A student of several sections could recover in each of them: what is left is the first one's, so that it is promised once.
    each(row.site ?? '-', { site: row.site ?? '-', span, section: sections[0] ?? '' }, (to) => {
      to.pending += row.pendingDays
      to.remaining += row.remainingDays
      to.absences += row.absences
      if (sections.length > 0) to.enrolled++
    })
  }
  for (const session of sessions) {
    if (session.on < from || session.minutes.size === 0) continue
    const { site, section, staff, on } = session
    const total = [...session.minutes.values()].reduce((sum, minutes) => sum + minutes, 0)
    each(site, { site, month: on.slice(0, 7), section, teacher: staff }, (to) => {
      to.sessions++
      to.minutes += total
      for (const student of session.minutes.keys()) meet(to, student)
    })
    for (const [student, minutes] of session.minutes) {
      const span = spans.get(student) ?? ''
      if (span === '') continue
      for (const scope of ['', site]) {
        const to = cell(scope, 'span', span)
        to.minutes += minutes
        meet(to, student)
      }
    }
  }
  for (const day of days) {
    const { site, section, staff, span, status, earnedOn, absenceSite } = day
    each(site, { site, month: earnedOn.slice(0, 7), span, section, teacher: staff }, (to) => {
      to.earned++
      to[status]++
      if (status === 'claimed') to.days[`${span} ${absenceSite}`] = (to.days[`${span} ${absenceSite}`] ?? 0) + 1
    })
  }
  return [...cells.values()].map(({ cell: { who, ...sums }, ...rest }) => ({ ...rest, cell: { ...sums, students: who.size } }))
}
