/** Totals worked out a second and a third way, a school at a time, to be compared with those that people are shown. */
import { as, type StudentId } from '../../shared/ids.ts'
import { totalsDigest } from '../../shared/sync/digest.ts'
import type { SchoolDate } from '../../shared/time.ts'
import type { Log } from '../log/log.ts'
import { openStudentLedger } from '../log/studentLedger.ts'
import type { RegistryStore } from '../registry/store.ts'
import { NOWHERE, type Schools } from './schools.ts'

export interface Refolded {
  readonly students: number
  /** One digest for the totals of all students. */
  readonly digest: string
  /** Students whose totals came out another way, and which way that was. */
  readonly differ: readonly { readonly student: string; readonly where: string }[]
}

/**
 * Folds every school as it is told, and its students once more from the log itself and from its end, with nothing but the sessions they were
 * in; compares every student's totals at the end of a date, also between the schools that know the student.
 * @param digestOf one digest of many, in their order
 */
export function refold(log: Log, schools: Schools, store: RegistryStore, asOf: SchoolDate, digestOf: (all: string) => string): Refolded {
  const studentLedger = openStudentLedger(log)
  const shown = new Map<string, string>()
  const differ: { student: string; where: string }[] = []
  const ofSite = log.db.prepare<[string], string>('SELECT DISTINCT student FROM student_site WHERE site = ? ORDER BY student').pluck()
  log.read(() => {
    for (const site of schools.ids()) {
      const told = schools.ledger(site)
      const students =
        site === NOWHERE ? [...told.students()].map(({ student }) => student.id) : ofSite.all(site).map((id) => as<StudentId>(id))
      const again = studentLedger({ students, backwards: true })
      for (const student of students) {
        if (!told.student(student)) continue
        const digest = totalsDigest(told.judge(student, asOf))
        if (totalsDigest(again.judge(student, asOf)) !== digest) differ.push({ student, where: 'folded again' })
        const before = shown.get(student)
        if (before !== undefined && before !== digest)
          differ.push({ student, where: `as ${store.get('site', site)?.body.name ?? 'nobody'} is told it` })
        shown.set(student, before ?? digest)
      }
    }
  })
  const all = [...shown].sort(([a], [b]) => (a < b ? -1 : 1)).map(([student, digest]) => `${student} ${digest}`)
  return { students: shown.size, digest: digestOf(all.join('\n')), differ }
}
