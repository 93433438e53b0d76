import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { ImportReport, ImportSource } from '../../shared/api/registry.ts'
import { as } from '../../shared/ids.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { runImport } from '../../server/registry/import/runImport.ts'
import type { ImportDone } from '../../server/registry/import/runImport.ts'
import type { RegistryStore } from '../../server/registry/store.ts'

/** Where the sample district's files are. */
export const DISTRICT = join(import.meta.dirname, '../../server/sample/district')

/** A folder that goes when the test is over. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'recoup-import-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** Writes files under a folder of their own and gives its path. Values are texts, bytes, or lines. */
export async function files(contents: Readonly<Record<string, string | Buffer | readonly string[]>>): Promise<string> {
  const path = folder()
  for (const [name, content] of Object.entries(contents)) {
    await mkdir(dirname(join(path, name)), { recursive: true })
    await writeFile(join(path, name), typeof content === 'string' || Buffer.isBuffer(content) ? content : `${content.join('\n')}\n`)
  }
  return path
}

interface Wish {
  readonly today?: string
  readonly commit?: boolean
  readonly allOrNothing?: boolean
}

/** Imports a path into a registry; writes it unless told otherwise. */
export const bring = (store: RegistryStore, source: ImportSource, path: string, wish: Wish = {}): Promise<ImportDone> =>
  runImport(store, {
    source,
    path,
    today: as<SchoolDate>(wish.today ?? '2026-11-20'),
    commit: wish.commit ?? true,
    allOrNothing: wish.allOrNothing ?? false,
  })

/** Imports one CSV file given as lines. */
export async function bringLines(
  store: RegistryStore,
  source: ImportSource,
  lines: readonly string[],
  wish: Wish = {},
): Promise<ImportDone> {
  return bring(store, source, join(await files({ [`${source}.csv`]: lines }), `${source}.csv`), wish)
}

/** Counts without the faults. */
export function counts({ report }: ImportDone): Omit<ImportReport, 'faults'> {
  const { rows, added, changed, unchanged, ended } = report
  return { rows, added, changed, unchanged, ended }
}

/** Each fault as `file:line column expected`. */
export const faultsOf = ({ report }: ImportDone): string[] =>
  report.faults.map(({ file, line, column, expected }) => `${file}:${line} ${column} ${expected}`)
