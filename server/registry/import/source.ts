import type { Directory } from './directory.ts'
import type { Faults } from './faults.ts'
import type { Plan } from './plan.ts'
import type { Entry, Input } from './read/entries.ts'
import { readTable } from './read/table.ts'
import type { Columns, Table } from './read/table.ts'
import type { SsidAt } from './ssids.ts'

/** What reading a source works with. */
export interface Work {
  readonly input: Input
  readonly plan: Plan
  readonly directory: Directory
  readonly faults: Faults
  /** Opens a file as a table. Its rows are counted under the name; without one they are no records, and not counted. */
  table<Name extends string>(name: string | undefined, entry: Entry, columns: Columns<Name>): Table<Name>
  /** How a column's statewide identifiers are reported when they turn out to be somebody else's. */
  ssidFault(entry: Entry, column: string): SsidAt['report']
  /** Rows read so far, by file. */
  rows(): Record<string, number>
}

/** The work on an input. */
export function openWork(input: Input, plan: Plan, directory: Directory, faults: Faults, onProgress?: (rows: number) => void): Work {
  const counts = new Map<string, () => number>()
  let read = 0
  async function* told<Row>(rows: AsyncIterable<Row>): AsyncGenerator<Row> {
    for await (const row of rows) {
      read += 1
      if (read % 2_000 === 0) onProgress?.(read)
      yield row
    }
  }
  return {
    input,
    plan,
    directory,
    faults,
    table(name, entry, columns) {
      const table = readTable(entry, columns, faults)
      if (name !== undefined) counts.set(name, table.count)
      return { ...table, rows: told(table.rows) }
    },
    ssidFault: (entry, column) => (line, value, said) => faults.add({ file: entry.name, line, column, value, ...said }),
    rows: () => Object.fromEntries([...counts].map(([name, count]) => [name, count()])),
  }
}
