/** Tables as a workbook: text, numbers and nothing that a spreadsheet would run. */
import type { SheetData } from 'write-excel-file/node'
import { type Cell, guarded } from '../../shared/report/csv.ts'

export interface Sheet {
  /** At most 31 characters, none of \ / * ? : [ ]. */
  readonly name: string
  readonly headers: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
  /** Widths of the columns, in characters. */
  readonly widths?: readonly number[]
}

/** A workbook of some sheets, each with a bold head that stays in sight. A text that looks like a formula stays the text it is. */
export async function toXlsx(sheets: readonly Sheet[]): Promise<Buffer> {
  // Read when the first is made: a server that makes none need not hold it.
  const { default: writeExcelFile } = await import('write-excel-file/node')
  const made = sheets.map(({ name, headers, rows, widths }) => ({
    sheet: name,
    stickyRowsCount: 1,
    columns: headers.map((header, i) => ({ width: widths?.[i] ?? Math.max(12, header.length + 2) })),
    data: [headers.map((value) => ({ value, type: String, fontWeight: 'bold' as const })), ...rows.map(rowOf)] as SheetData,
  }))
  return writeExcelFile(made).toBuffer()
}

const rowOf = (row: readonly Cell[]) =>
  row.map((value) => {
    if (value === null || value === '') return null
    return typeof value === 'string' ? { value: guarded(value), type: String } : value
  })
