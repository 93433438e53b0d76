import type { ImportFault } from '../../../../shared/api.ts'

/** A cell that a spreadsheet will not take for a formula: what begins like one gets an apostrophe before it. */
const cell = (value: string | number): string => {
  const text = String(value)
  const safe = /^[=+\-@\t\r\0＝＋－＠]/.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}

/** The faults as a file for whoever corrects them in the student information system. With BOM: spreadsheets then read the accents. */
export function faultsCsv(faults: readonly ImportFault[]): string {
  const rows = faults.map((f) => [f.file, f.line, f.column, f.value, f.expected])
  return `\uFEFF${[['file', 'line', 'column', 'value', 'expected'], ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}
