/** Some weeks of past sessions at one site, laid out so that every figure and flag the product shows can be seen in the sample. */
import { as, type StudentId } from '../../shared/ids.ts'
import { addDays, dayNumber, type SchoolDate, weekday } from '../../shared/time.ts'
import { type Attended, type PastSession, recordPastSession, sessionId } from './pastSession.ts'
import type { SampleSections } from './sections.ts'
import type { Tablet } from './tablet.ts'
import type { SampleTime } from './when.ts'

/** How many Saturdays the first students of the list come: at the year's most, one and two below it, and beyond it. */
const SATURDAYS_OF_THE_FIRST = [11, 9, 8, 10, 5] as const

export interface SampleSite {
  readonly sections: SampleSections
  readonly zone: string
  readonly teachers: PastSession['teachers']
  /** Sessions are of days before the one on which the sample is made. */
  readonly time: SampleTime
  /** Whether the last tutoring of this site had more students than its one teacher may have. */
  readonly crowded: boolean
  readonly everyone: readonly StudentId[]
  /** Whether the school has the student absent on a date: who is ill stays at home. */
  readonly isAbsent: (student: StudentId, on: SchoolDate) => boolean
}

/** A number from 0 to 99 that looks like chance and is always the same. */
const chance = (...of: readonly number[]): number => {
  let h = 2_166_136_261
  for (const n of of) h = Math.imul(h ^ n, 16_777_619)
  h ^= h >>> 15
  return ((Math.imul(h, 2_246_822_507) >>> 0) % 10_007) % 100
}

/** Records the sessions on the site's tablet, oldest first. */
export function recordHistory(tablet: Tablet, site: SampleSite): void {
  const { since, today } = site.time
  const days = Array.from({ length: dayNumber(today) - dayNumber(since) }, (_, i) => addDays(since, i))
  const saturdays = days.filter((on) => weekday(on) === 6)
  const tutorings = days.filter((on) => weekday(on) === 2 || weekday(on) === 4)
  for (const on of days) {
    if (weekday(on) === 6) recordPastSession(tablet, sessionId(site.sections.saturday, on), saturdaySession(site, on, saturdays))
    if (weekday(on) === 2 || weekday(on) === 4) {
      recordPastSession(tablet, sessionId(site.sections.afterSchool, on), tutoringSession(site, on, tutorings))
    }
  }
}

function saturdaySession(site: SampleSite, on: SchoolDate, saturdays: readonly SchoolDate[]): PastSession {
  const { saturday: section } = site.sections
  const n = saturdays.indexOf(on)
  const isLast = n === saturdays.length - 1
  const attended = section.students.flatMap((student, i): Attended[] => {
    const most = SATURDAYS_OF_THE_FIRST[i]
    const comes = most === undefined ? chance(n, i) < 42 : n >= saturdays.length - most
    if (!comes) return []
    const leaves = most === undefined && chance(i, n, 7) < 12 ? 110 + chance(n, i, 3) : chance(i, n, 5) / 50
    return [
      {
        student,
        late: chance(n, i, 1) < 2 ? -4 : chance(n, i, 19) / 20,
        early: leaves,
        stays: isLast && i === 6,
        corrected: isLast && i === 7,
      },
    ]
  })
  const isWalkInDay = n === saturdays.length - 1 || n === saturdays.length - 3
  const guest = site.everyone.at(-1 - (n % 5))
  const walkIns = isWalkInDay
    ? [
        {
          name: isLast ? 'Jordan (new this week)' : 'Sam from room 9',
          temporary: as<StudentId>(`walk-in-${section.site}-${on}`),
          matched: isLast ? null : (guest ?? null),
        },
      ]
    : []
  return { section, on, zone: site.zone, teachers: site.teachers.slice(0, 2), attended, walkIns, certified: !isLast }
}

function tutoringSession(site: SampleSite, on: SchoolDate, tutorings: readonly SchoolDate[]): PastSession {
  const { afterSchool: section } = site.sections
  const n = tutorings.indexOf(on)
  const isCrowded = site.crowded && n === tutorings.length - 2
  const list = isCrowded ? [...section.students, ...site.everyone.slice(-6)] : section.students
  const attended = list.flatMap((student, i): Attended[] => {
    if (!isCrowded && (chance(n, i, 11) >= 55 || site.isAbsent(student, on))) return []
    return [{ student, late: chance(n, i, 13) / 30, early: chance(i, n, 17) < 15 ? 40 : 0, stays: n === tutorings.length - 4 && i === 3 }]
  })
  return { section, on, zone: site.zone, teachers: site.teachers.slice(0, 1), attended, walkIns: [], certified: n !== tutorings.length - 1 }
}
