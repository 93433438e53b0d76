/** Rows as CSV: RFC 4180, and safe to open in a spreadsheet. */

export type Cell = string | number | boolean | null

/** What a spreadsheet would run as a formula, also in its full-width forms, or that hides one. */
const FORMULA = /^[=+\-@\t\r\0\uFF1D\uFF0B\uFF0D\uFF20]/

/** A text that no spreadsheet takes for a formula: one that it would is prefixed with an apostrophe. */
export const guarded = (text: string): string => (FORMULA.test(text) ? `'${text}` : text)

/** One cell. A text that a spreadsheet would take for a formula is prefixed with an apostrophe; numbers stay numbers. */
function cell(value: Cell): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const safe = guarded(value)
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A header line and one line a row, each ended by CR LF. */
export function toCsv(headers: readonly string[], rows: Iterable<readonly Cell[]>): string {
  const lines = [headers.map(cell).join(',')]
  for (const row of rows) lines.push(row.map(cell).join(','))
  return `${lines.join('\r\n')}\r\n`
}
