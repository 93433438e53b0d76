import type { ImportFault, ImportReport } from '../../shared/api/registry.ts'

const COLUMNS = ['rows', 'added', 'changed', 'unchanged', 'ended'] as const
/** Lines of faults of one sort that are named one by one. */
const NAMED = 5

/** An import's counts as a table, one line a kind of record. */
export function countsTable(report: ImportReport): string {
  const kinds = [...new Set(COLUMNS.flatMap((column) => Object.keys(report[column])))]
  if (kinds.length === 0) return ''
  const lines = [['', ...COLUMNS], ...kinds.map((kind) => [kind, ...COLUMNS.map((column) => String(report[column][kind] ?? '-'))])]
  const widths = lines[0]?.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0))) ?? []
  return `${lines.map((line) => line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ')).join('\n')}\n`
}

/** Faults, those of one sort together: file, column, what was expected, and the first lines with what stands there. */
export function faultsText(faults: readonly ImportFault[]): string {
  const sorts = new Map<string, ImportFault[]>()
  for (const fault of faults) {
    const sort = [fault.file, fault.column === '' ? '' : `${fault.column}: `, `expected ${fault.expected}`]
    const key = sort[0] === '' ? fault.expected : `${sort[0]}: ${sort[1]}${sort[2]}`
    sorts.set(key, [...(sorts.get(key) ?? []), fault])
  }
  return [...sorts].map(([sort, found]) => `${sort}\n${isWhole(found) ? '' : `  ${places(found)}\n`}`).join('')
}

/** Whether the fault is one of the file, whose sentence already says all. */
const isWhole = ([first, ...others]: readonly ImportFault[]): boolean => others.length === 0 && first?.column === '' && first.value === ''

function places(found: readonly ImportFault[]): string {
  const named = found
    .slice(0, NAMED)
    .map(
      ({ line, value, column }) =>
        `line ${line}${column === '' && value === '' ? '' : ` has ${value === '' ? 'nothing' : JSON.stringify(value)}`}`,
    )
  return `${named.join('; ')}${found.length > NAMED ? `; and ${found.length - NAMED} more` : ''}`
}
