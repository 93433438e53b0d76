import type { ImportFault } from '../../../../shared/api/registry.ts'
import { toCsv } from '../../../../shared/report/csv.ts'

/** The faults as a file for whoever corrects them in the student information system. With a BOM: spreadsheets then read the accents. */
export const faultsCsv = (faults: readonly ImportFault[]): string =>
  `\uFEFF${toCsv(
    ['file', 'line', 'column', 'value', 'expected'],
    faults.map((f) => [f.file, f.line, f.column, f.value, f.expected]),
  )}`
