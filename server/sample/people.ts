/** The sample district's schools, staff, students, classes and absences: real imports of the files beside this one. */
import { join } from 'node:path'
import type { ImportSource } from '../../shared/api/registry.ts'
import { addDays } from '../../shared/time.ts'
import { runImport } from '../registry/import/runImport.ts'
import type { RegistryStore } from '../registry/store.ts'
import { moveDates, type SampleTime } from './when.ts'

const FILES: readonly (readonly [ImportSource, string])[] = [
  ['oneroster', 'oneroster'],
  ['schools', 'sis/schools.csv'],
  ['calendar', 'sis/calendar.csv'],
  ['students', 'sis/students.csv'],
  ['codes', 'sis/attendance-codes.csv'],
  ['absences', 'sis/absences.csv'],
]

/** Imports the files as if it were their year, and keeps what they hold in this one. */
export async function importPeople(store: RegistryStore, { today, moved }: SampleTime): Promise<void> {
  const then = inFilesYear(store, moved)
  for (const [source, file] of FILES) {
    const path = join(import.meta.dirname, 'district', file)
    const { outcome, report } = await runImport(then, { source, path, today: addDays(today, -moved), commit: true, allOrNothing: true })
    if (outcome !== 'committed') throw new Error(`The sample's ${file} was not taken: ${JSON.stringify(report.faults[0])}`)
  }
}

/** The registry as an import sees it that lives in the year of the files. */
function inFilesYear(store: RegistryStore, moved: number): RegistryStore {
  return {
    get: (kind, id) => moveDates(store.get(kind, id), -moved),
    list: (kind) => moveDates(store.list(kind), -moved),
    sources: (kind) => moveDates(store.sources(kind), -moved),
    head: store.head,
    apply: (changes, sources = [], from) =>
      store.apply(
        [...changes].map((change) => ({ ...change, body: moveDates(change.body, moved) }) as typeof change),
        [...sources].map((source) => ({ ...source, body: moveDates(source.body, moved) })),
        from,
      ),
  }
}
