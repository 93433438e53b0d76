import type { SessionFacts } from '../facts.ts'
import { type Parameter, valueOn } from '../parameter.ts'
import { NEVER, type Spans } from '../spans.ts'

export const mostForTeacher: Parameter<number> = {
  label: 'Most students for each certificated teacher, grades 1 to 12',
  unit: 'students for each teacher',
  values: [{ from: '2025-07-01', value: 20, cite: 'EC 46211 ratio' }],
}
export const mostYoungestForTeacher: Parameter<number> = {
  label: 'Most students for each certificated teacher, while any is in transitional kindergarten or kindergarten',
  unit: 'students for each teacher',
  values: [{ from: '2025-07-01', value: 10, cite: 'EC 46211 ratio', reading: 'A mixed room takes the stricter ratio.' }],
}

/** Most students for each teacher in a room on a date; no limit before the law set one. */
export function mostStudents(on: SessionFacts['on'], withYoungest: boolean): number {
  const most = valueOn(withYoungest ? mostYoungestForTeacher : mostForTeacher, on)
  return most === 'none' ? Number.POSITIVE_INFINITY : most
}

/** What the nth moment of some stretches does: one more in the room, or one less. */
const stepOf = (n: number): number => (n % 2 === 0 ? 1 : -1)

/** The time in which a session had more students for each certificated teacher than the law allows.
 *  @cite EC 46211 ratio
 *  @reading Judged at every moment, breaks included; ten to one while any kindergartner is among them. Time without any
 *  certificated teacher is not a matter of the ratio: it counts for nobody in the first place. */
export function ratioBreach(session: SessionFacts): Spans {
  const { crowd } = session
  const anyYoungest = crowd.some((student) => student.youngest)
  // Whoever is in the room is in the crowd: as few as one teacher may have cannot breach anything.
  if (crowd.length <= mostStudents(session.on, anyYoungest)) return NEVER

  const changes: { readonly at: number; readonly students: number; readonly youngest: number; readonly teachers: number }[] = []
  for (const { presence, youngest } of crowd) {
    presence.spans.forEach((at, i) => {
      const step = stepOf(i)
      changes.push({ at, students: step, youngest: youngest ? step : 0, teachers: 0 })
    })
  }
  for (const spans of session.certificated) {
    spans.forEach((at, i) => changes.push({ at, students: 0, youngest: 0, teachers: stepOf(i) }))
  }
  changes.sort((a, b) => a.at - b.at)

  const breached: number[] = []
  let students = 0
  let youngest = 0
  let teachers = 0
  changes.forEach((change, i) => {
    students += change.students
    youngest += change.youngest
    teachers += change.teachers
    // What happens at one moment is judged when all of it has happened.
    if (changes[i + 1]?.at === change.at) return
    const isBreached = teachers > 0 && students > teachers * mostStudents(session.on, youngest > 0)
    if (isBreached !== (breached.length % 2 === 1)) breached.push(change.at)
  })
  return breached
}
