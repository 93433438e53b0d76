/** One figure of the table: what was measured, what the reference took in the same run, and what it may be at most. */
export interface Line {
  readonly what: string
  readonly value: number
  readonly unit: 'ms' | 'KB' | 's' | 'MB' | ''
  /** The same work done by the least code that can do it. */
  readonly reference?: number
  /** Not above this value; or, for `ratio`, not above this many times the reference. */
  readonly most?: { readonly value: number } | { readonly ratio: number }
}

/** The value below which a share of the samples lies. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5)

/** Whether a figure keeps its budget; undefined when it has none. */
export function keeps({ value, reference, most }: Line): boolean | undefined {
  if (most === undefined) return undefined
  return 'value' in most ? value <= most.value : reference !== undefined && value <= most.ratio * reference
}

const number = (value: number) => (value >= 1000 ? Math.round(value).toLocaleString('en-US') : value.toFixed(value < 10 ? 2 : 1))

/** The table as text. */
export function table(lines: readonly Line[]): string {
  const cells = lines.map((line) => [
    line.what,
    `${number(line.value)} ${line.unit}`,
    line.reference === undefined ? '' : `${number(line.reference)} ${line.unit}`,
    line.reference === undefined ? '' : `${(line.value / line.reference).toFixed(2)}x`,
    line.most === undefined ? '' : 'value' in line.most ? `${line.most.value} ${line.unit}` : `${Number(line.most.ratio.toFixed(2))}x`,
    { true: 'ok', false: 'OVER', undefined: '' }[String(keeps(line))] ?? '',
  ])
  const rows = [['', 'value', 'reference', 'ratio', 'most', ''], ...cells]
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
