/** The sites that know students by name, during one transaction: those of everybody a push speaks of are asked for at once. */
import type { Db } from './openDatabase.ts'
import { isPlain, remembered, statementsOf } from './statements.ts'

/** Asks for students beforehand; whoever else is asked about is looked up then. */
export function openKnownAt(db: Db): (students: Iterable<string>) => { of(student: string): readonly string[] } {
  const ofOne = statementsOf(db).texts('SELECT site FROM student_site WHERE student = ?')
  const ofAll = db.prepare<[string], { student: string; site: string | null }>(
    'SELECT j.value AS student, k.site FROM json_each(?) j LEFT JOIN student_site k ON k.student = j.value',
  )
  return (students) => {
    const asked = [...students].filter(isPlain)
    const known = new Map<string, string[]>(asked.map((student) => [student, []]))
    for (const { student, site } of asked.length > 0 ? ofAll.all(JSON.stringify(asked)) : [])
      if (site !== null) known.get(student)?.push(site)
    return remembered(ofOne, known)
  }
}
