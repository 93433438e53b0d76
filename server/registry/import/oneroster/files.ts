import { type Expected, expected } from '../expected.ts'
import { tellsMissing } from '../ends.ts'
import type { Entry } from '../read/entries.ts'
import { filesTogether } from '../read/entries.ts'
import { Refusal } from '../read/refusal.ts'
import type { Row, Table } from '../read/table.ts'
import type { Work } from '../source.ts'

/** The tables of OneRoster 1.1 that are read. */
export const TABLES = ['orgs', 'academicSessions', 'courses', 'users', 'classes', 'enrollments', 'demographics'] as const
export type TableName = (typeof TABLES)[number]

/** A table of the export: whole (`bulk`), or the rows that changed (`delta`). */
export interface OneRosterFile {
  readonly entry: Entry
  readonly mode: 'bulk' | 'delta'
}
export type OneRosterFiles = ReadonlyMap<TableName, OneRosterFile>

/** What an export holds, by its manifest; without a manifest every file that is there is taken whole. */
export async function openOneRoster(work: Work): Promise<OneRosterFiles> {
  const found = filesTogether(work.input, ['manifest', ...TABLES], ['manifest', 'orgs', 'users'])
  const manifest = found.get('manifest')
  const properties = manifest ? await readManifest(work, manifest) : new Map<string, string>()
  const version = properties.get('oneroster.version') ?? '1.1'
  if (!/^1\.[01]/.test(version)) {
    throw new Refusal(manifest?.name ?? '', expected('oneRosterVersion', { version }))
  }
  const files = new Map<TableName, OneRosterFile>()
  for (const table of TABLES) {
    const entry = found.get(table)
    const said = properties.get(`file.${table.toLowerCase()}`)
    const fault = (value: string, said: Expected) =>
      work.faults.add({ file: manifest?.name ?? `${table}.csv`, line: 0, column: `file.${table}`, value, ...said })
    if (said !== undefined && !['bulk', 'delta', 'absent'].includes(said)) fault(said, expected('manifestWord'))
    else if (said === 'absent') {
      if (entry) fault(said, expected('manifestAbsent', { file: `${table}.csv` }))
    } else if (entry) files.set(table, { entry, mode: said === 'delta' ? 'delta' : 'bulk' })
    else if (said !== undefined) fault(said, expected('manifestMissing', { file: `${table}.csv` }))
  }
  const needed = (['orgs', 'users'] as const).filter((table) => !files.has(table))
  const isDelta = [...files.values()].some(({ mode }) => mode === 'delta')
  if (needed.length > 0 && !isDelta)
    throw new Refusal(work.input.name, needed.length > 1 ? expected('orgsAndUsers') : expected('fileNeeded', { file: `${needed[0]}.csv` }))
  return files
}

async function readManifest(work: Work, entry: Entry): Promise<ReadonlyMap<string, string>> {
  const table = work.table(undefined, entry, { required: ['propertyName', 'value'], optional: [] })
  const properties = new Map<string, string>()
  for await (const row of table.rows) properties.set(row.cell('propertyName').toLowerCase(), row.cell('value').toLowerCase())
  return properties
}

/** Whether a row holds or was withdrawn: `active` or blank, `tobedeleted` (`inactive` in OneRoster 1.0). */
export const statusOf = (text: string): 'active' | 'gone' | undefined => {
  const word = text.toLowerCase()
  return word === '' || word === 'active' ? 'active' : word === 'tobedeleted' || word === 'inactive' ? 'gone' : undefined
}

/** A row that says which record it speaks of. */
export interface KeyedRow<Name extends string> {
  readonly row: Row<Name>
  readonly id: string
  readonly gone: boolean
}

/** The rows of a table by `sourcedId`. `named` gathers the ids, also of rows that turn out to be unusable: those are not missing. */
export async function* keyed<Name extends string>(
  table: Table<Name | 'sourcedId' | 'status'>,
  named: Set<string>,
): AsyncGenerator<KeyedRow<Name | 'sourcedId' | 'status'>> {
  for await (const row of table.rows) {
    const id = row.text('sourcedId', 'sourcedId')
    if (id === undefined) {
      table.notWhole()
      continue
    }
    if (named.has(id)) {
      row.fault('sourcedId', 'sourcedIdOnce')
      continue
    }
    named.add(id)
    const status = row.take('status', statusOf, 'status')
    if (status) yield { row, id, gone: status === 'gone' }
  }
}

/** Whether records the file does not name are to be taken as gone. */
export const endsMissing = (file: OneRosterFile, table: Table<string>): boolean => file.mode === 'bulk' && tellsMissing(table)

/** The ids in a cell that lists several. */
export const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
