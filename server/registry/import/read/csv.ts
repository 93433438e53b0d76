import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { expected } from '../expected.ts'
import { decodeCell } from './decode.ts'
import { guardLines } from './guard.ts'
import { LIMITS } from './limits.ts'
import { Refusal } from './refusal.ts'

/** One row of a file: its cells, trimmed, and the line it begins on, counted from 1 with the header. */
export interface CsvRow {
  readonly line: number
  readonly cells: readonly string[]
}

const BREAK = /\r\n|\n|\r/g

/**
 * The rows of a comma-separated file, header first, as its bytes stream by. Lines may end in LF, CRLF or a bare CR; a cell in quotes
 * may hold line breaks; empty lines are passed over. Throws a `Refusal` when the bytes are no such file.
 */
export async function* readCsv(file: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRow> {
  const parser = parse({
    info: true,
    // Bytes as characters: `decodeCell` decides each cell's encoding.
    encoding: 'latin1',
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LIMITS.rowBytes,
  })
  const source = Readable.from(guardLines(file, bytes), { objectMode: false })
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  // The parser counts a CRLF inside quotes as two lines.
  let doubled = 0
  let next = 1
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      let breaks = 0
      for (const cell of record) {
        for (const found of cell.match(BREAK) ?? []) {
          breaks += 1
          if (found.length === 2) doubled += 1
        }
      }
      const line = info.lines - doubled - breaks
      next = info.lines - doubled + 1
      if (record.length > LIMITS.columns)
        throw new Refusal(file, expected('columnsAtMost', { n: LIMITS.columns, line, has: record.length }), line)
      yield { line, cells: record.map((cell) => decodeCell(cell).trim()) }
    }
  } catch (error) {
    throw error instanceof CsvError ? refusalOf(file, error, next) : error
  } finally {
    source.destroy()
  }
}

/** Why the parser stopped; `line` is the first it could not read. */
function refusalOf(file: string, error: CsvError, line: number): Refusal {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
    case 'CSV_MAX_RECORD_SIZE':
      return new Refusal(file, expected('openQuote', { line }), line)
    default:
      return new Refusal(file, expected('commaRows', { said: error.message }), line)
  }
}
