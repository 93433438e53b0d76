import { expected } from '../expected.ts'
import { filesTogether } from '../read/entries.ts'
import type { Entry } from '../read/entries.ts'
import { Refusal } from '../read/refusal.ts'
import { foldRosters } from '../roster.ts'
import type { Work } from '../source.ts'
import { readSchools, readStudents, readTeachers } from './people.ts'
import type { Known } from './people.ts'
import { readEnrollments, readSections } from './sections.ts'

const FILES = ['schools', 'students', 'teachers', 'sections', 'enrollments'] as const

/** The five files of a Clever export. They are always whole. Ids may have any length: what is kept of them is hashed when long. */
export async function readClever(work: Work): Promise<void> {
  const files = filesTogether(work.input, FILES, FILES)
  const missing = FILES.filter((name) => !files.has(name))
  if (missing.length > 0) {
    throw new Refusal(work.input.name, expected('cleverFiles', { files: missing.map((name) => `${name}.csv`).join(', ') }))
  }
  const file = (name: (typeof FILES)[number]): Entry => {
    const entry = files.get(name)
    if (!entry) throw new Error('missing files were refused above')
    return entry
  }
  const known: Known = { schools: new Map(), teachers: new Map(), students: new Map(), sections: new Map() }
  await readSchools(work, file('schools'), known)
  await readTeachers(work, file('teachers'), known)
  const begins = await readSections(work, file('sections'), known)
  await readStudents(work, file('students'), known, begins)
  await readEnrollments(work, file('enrollments'), known)
  foldRosters(work.plan, 'clever')
}
