import type { Scope } from './deliver.ts'
import type { Db } from './openDatabase.ts'

/** Whether a student is known by name, enrolled or listed, at a place of a scope. */
export function openPlacedAt(db: Db): (student: string, scope: Scope) => boolean {
  const places = db.prepare<[string], string>('SELECT site FROM student_site WHERE student = ?').pluck()
  return (student, scope) => scope === 'all' || places.all(student).some((site) => scope.includes(site))
}
