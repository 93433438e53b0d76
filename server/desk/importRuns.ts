/** What became of the imports that were to be written. */
import type { ImportSource } from '../../shared/api/registry.ts'
import type { Instant } from '../../shared/time.ts'
import type { Db } from '../log/openDatabase.ts'
import type { ImportDone } from '../registry/import/runImport.ts'

export interface FailedImport {
  readonly id: number
  readonly at: number
  readonly source: ImportSource
}
export interface ImportRuns {
  /** Notes an import that was to be written; `failed` when the work itself ended in an error. */
  note(by: string, source: ImportSource, outcome: ImportDone['outcome'] | 'failed', faults: number): void
  /** Of each source, the last import if nothing of it was written. */
  failed(): readonly FailedImport[]
}

export function openImportRuns({ db, sources }: { readonly db: Db; readonly sources: { readonly now: () => Instant } }): ImportRuns {
  const add = db.prepare('INSERT INTO import_run (at, by, source, outcome, faults) VALUES (?, ?, ?, ?, ?)')
  const failed = db.prepare<[], FailedImport>(
    `SELECT id, at, source FROM import_run
     WHERE id IN (SELECT max(id) FROM import_run GROUP BY source) AND outcome <> 'committed' ORDER BY id`,
  )
  return {
    note: (by, source, outcome, faults) => void add.run(sources.now(), by, source, outcome, faults),
    failed: () => failed.all(),
  }
}
