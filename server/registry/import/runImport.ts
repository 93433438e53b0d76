import type { ImportReport, ImportSource } from '../../../shared/api/registry.ts'
import type { SchoolDate } from '../../../shared/time.ts'
import { RegistryMoved, type RegistryStore } from '../store.ts'
import { readClever } from './clever/clever.ts'
import { openDirectory } from './directory.ts'
import { openFaults } from './faults.ts'
import { readOneRoster } from './oneroster/oneroster.ts'
import { openPlan } from './plan.ts'
import type { Wishes } from './plan.ts'
import { openInput } from './read/entries.ts'
import { Refusal } from './read/refusal.ts'
import { readAbsences } from './sis/absences.ts'
import { readCalendar } from './sis/calendar.ts'
import { readCodes } from './sis/codes.ts'
import { readSchools } from './sis/schools.ts'
import { readStudents } from './sis/students.ts'
import { openWork } from './source.ts'
import type { Work } from './source.ts'

const READERS: Readonly<Record<ImportSource, (work: Work) => Promise<void>>> = {
  oneroster: readOneRoster,
  clever: readClever,
  schools: readSchools,
  students: readStudents,
  codes: readCodes,
  calendar: readCalendar,
  absences: readAbsences,
}

export interface ImportOrder {
  readonly source: ImportSource
  /** A CSV file, a zip, or a folder. */
  readonly path: string
  /** Today at the district: transfers date from it. */
  readonly today: SchoolDate
  readonly commit: boolean
  /** Write nothing when anything is wrong. */
  readonly allOrNothing: boolean
  /** Told the rows read so far, every few thousand. */
  readonly onProgress?: (rows: number) => void
}

/** What became of an import. `withheld`: all or nothing was asked for, and there were faults. `refused`: the file cannot be read at all. */
export interface ImportDone {
  readonly outcome: 'previewed' | 'committed' | 'withheld' | 'refused'
  readonly report: ImportReport
  /** How many faults there were; the report lists the first of them. */
  readonly faults: number
  readonly notes: readonly string[]
}

/**
 * Reads the files of a source, compares them with the registry, and writes the difference in one transaction when asked to. A faulty
 * row is reported and passed over; the same files again change nothing.
 */
export async function runImport(store: RegistryStore, order: ImportOrder): Promise<ImportDone> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const from = store.head()
    const planned = await planImport(store, order)
    if (planned.outcome === 'refused') return planned
    const { report, faults, wishes } = planned
    const done = (outcome: ImportDone['outcome']): ImportDone => ({ outcome, report, faults, notes: wishes.notes })
    if (!order.commit) return done('previewed')
    if (order.allOrNothing && faults > 0) return done('withheld')
    if (isApplied(store, wishes, from)) return done('committed')
  }
  return refused({ file: '', line: 0, said: { expected: BUSY } })
}

/** Somebody else may write while the files are read: then what is to be changed is worked out again. */
const MOST_TRIES = 5
const BUSY =
  'the registry to itself for a moment: others changed it each time this import was about to write. Nothing was written; import it again'

/** False, and nothing is written, when the registry is not what the plan was made on. */
function isApplied(store: RegistryStore, { changes, sources }: Wishes, from: number): boolean {
  try {
    store.apply(changes, sources, from)
    return true
  } catch (error) {
    if (error instanceof RegistryMoved) return false
    throw error
  }
}

function refused({ file, line, said }: Pick<Refusal, 'file' | 'line' | 'said'>): ImportDone & { readonly outcome: 'refused' } {
  const fault = { file, line, column: '', value: '', ...said }
  const report = { rows: {}, added: {}, changed: {}, unchanged: {}, ended: {}, faults: [fault] }
  return { outcome: 'refused', report, faults: 1, notes: [] }
}

type Planned =
  | (ImportDone & { readonly outcome: 'refused' })
  | { readonly outcome: 'planned'; readonly report: ImportReport; readonly faults: number; readonly wishes: Wishes }

async function planImport(store: RegistryStore, { source, path, today, onProgress }: ImportOrder): Promise<Planned> {
  const faults = openFaults()
  let close = (): void => undefined
  try {
    const input = await openInput(path)
    close = input.close
    const plan = openPlan(store, today)
    const directory = openDirectory(plan)
    const work = openWork(input, plan, directory, faults, onProgress)
    await READERS[source](work)
    directory.settle()
    const wishes = plan.finish()
    const notes = wishes.notes.length === 0 ? {} : { notes: [...wishes.notes] }
    const report = { rows: work.rows(), ...wishes.counts, faults: faults.list(), ...notes }
    return { outcome: 'planned', report, faults: faults.count(), wishes }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return refused(error)
  } finally {
    close()
  }
}
