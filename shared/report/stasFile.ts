/** A STAS file as a student information system writes it: carets or commas, no header, every record ended by CR LF. */
import { STAS_FIELDS, type StasField, type StasFault, stasFault } from './stasLayout.ts'

export interface StasLine {
  /** From 1. */
  readonly line: number
  /** The positions as they stand in the file, quotes included: written back, they are the same bytes. */
  readonly written: readonly string[]
  /** What ends the line in the file. */
  readonly end: string
}

export interface StasFile {
  readonly delimiter: '^' | ','
  /** Every line, faulty ones and blank ones too. */
  readonly lines: readonly StasLine[]
  /** Faults of the file as a file: line ends, positions, a header. */
  readonly faults: readonly StasFault[]
}

/** Takes a file apart and reads no meaning into it. Never throws: what is wrong with a line is a fault of that line. */
export function readStasFile(text: string): StasFile {
  const faults: StasFault[] = []
  const rows = text.split(/(?<=\n)/)
  const delimiter = (rows[0] ?? '').includes('^') ? '^' : ','
  const lines = rows
    .filter((row) => row !== '')
    .map((row, i): StasLine => {
      const line = i + 1
      const end = /\r?\n$/.exec(row)?.[0] ?? ''
      const body = row.slice(0, row.length - end.length)
      if (end !== '\r\n') faults.push(stasFault(line, null, 'lineEnd', end === '' ? '' : '\\n'))
      const written = delimiter === '^' ? body.split('^') : splitQuoted(body)
      if (!written) faults.push(stasFault(line, null, 'quote', body.slice(0, 40)))
      else if (i === 0 && isHeader(written)) faults.push(stasFault(line, null, 'header', body.slice(0, 40)))
      else if (written.length !== STAS_FIELDS.length) faults.push(stasFault(line, null, 'positions', String(written.length)))
      return { line, written: written ?? [body], end }
    })
  return { delimiter, lines, faults }
}

/** The file's text: of an unchanged file, the text it was read from. */
export const writeStasFile = ({ delimiter, lines }: StasFile): string =>
  lines.map(({ written, end }) => written.join(delimiter) + end).join('')

/** Whether a line has the positions of a record; other lines are carried along as they are. */
export const isRecord = ({ line, written }: StasLine): boolean =>
  written.length === STAS_FIELDS.length && !(line === 1 && isHeader(written))

/** What a position holds, without the quotes around it. */
export function valueOf({ written }: StasLine, field: StasField): string {
  const text = written[STAS_FIELDS.indexOf(field)] ?? ''
  return /^".*"$/s.test(text) ? text.slice(1, -1).replaceAll('""', '"') : text
}

const isHeader = (written: readonly string[]): boolean => /record|type|ssid/i.test(written[0] ?? '') && !/^"?STAS/.test(written[0] ?? '')

/** Positions between commas, quotes kept; undefined when a quote is left open. */
function splitQuoted(body: string): readonly string[] | undefined {
  const parts: string[] = []
  let from = 0
  let quoted = false
  for (let i = 0; i < body.length; i++) {
    if (body[i] === '"') quoted = !quoted
    else if (body[i] === ',' && !quoted) {
      parts.push(body.slice(from, i))
      from = i + 1
    }
  }
  parts.push(body.slice(from))
  return quoted ? undefined : parts
}
