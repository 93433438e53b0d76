/** Paper of text and tables, for reading. */
import type { Stretch } from '../../../shared/attendance/presence.ts'
import { type Instant, localTimeOf } from '../../../shared/time.ts'
import { MARGIN, openPdfPages, type Out, type Weight } from './pdfPages.ts'

const SMALL = 7.5
const LINE = 11
/** Between two columns. */
const GAP = 9

/** From when to when somebody was in, on a school's clocks; a question mark where nobody said when they left. */
export const stretchText = ({ in: came, out: left }: Stretch, zone: string): string =>
  `${localTimeOf(came, zone)} to ${left === null ? '?' : localTimeOf(left, zone)}`

export interface PaperColumn {
  readonly head: string
  /** Share of the page's width. */
  readonly share: number
  readonly right?: boolean
  /** Takes several lines, broken at commas, where others are cut. */
  readonly wrap?: boolean
}

export interface Paper {
  title(text: string): void
  heading(text: string): void
  say(text: string): void
  /** Pairs of what and value, two to a line. */
  facts(pairs: readonly (readonly [string, string])[]): void
  table(columns: readonly PaperColumn[], rows: readonly (readonly string[])[]): void
  /** Lines for names written by hand. */
  signatures(lines: readonly string[]): void
  newPage(): void
  /** Ends the paper; its last bytes were handed out. */
  done(): Promise<void>
}

/** A paper that is held whole: for some pages. */
export async function paperBytes(title: string, madeAt: Instant, foot: string, write: (paper: Paper) => void): Promise<Buffer> {
  const parts: Uint8Array[] = []
  const paper = openPaper(title, madeAt, foot, (bytes) => void parts.push(bytes))
  write(paper)
  await paper.done()
  return Buffer.concat(parts)
}

/** A paper whose pages are handed out as they are filled. */
export function openPaper(title: string, madeAt: Instant, foot: string, out: Out): Paper {
  const pages = openPdfPages(title, madeAt, foot, out)
  const { width, bottom, measure } = pages
  let y = MARGIN

  const turn = (): void => {
    pages.next()
    y = MARGIN
  }
  const room = (height: number): void => {
    if (y + height > bottom) turn()
  }
  const wide = (text: string, weight: Weight): number => measure(text, SMALL, weight)

  /** As much of a text as there is room for, its end told by three dots. */
  function cut(text: string, most: number, weight: Weight): string {
    if (wide(text, weight) <= most) return text
    let length = text.length - 1
    while (length > 1 && wide(`${text.slice(0, length)}…`, weight) > most) length--
    return `${text.slice(0, length)}…`
  }

  /** Parts put side by side as long as there is room; one that is wider than a line is broken where the line ends. */
  function broken(parts: readonly string[], most: number, widthOf: (text: string) => number): readonly string[] {
    const lines: string[] = []
    // The same parts come again on other lines: each is measured, and not what they are together.
    let taken = Number.POSITIVE_INFINITY
    for (const part of parts) {
      const wide = widthOf(part.trimEnd())
      if (taken + wide <= most) {
        lines[lines.length - 1] += part
        taken += widthOf(part)
        continue
      }
      let rest = part
      while (widthOf(rest.trimEnd()) > most) {
        let length = rest.length - 1
        while (length > 1 && widthOf(rest.slice(0, length)) > most) length--
        lines.push(rest.slice(0, length))
        rest = rest.slice(length)
      }
      lines.push(rest)
      taken = widthOf(rest)
    }
    return lines.map((line) => line.trimEnd())
  }

  function write(text: string, size: number, weight: Weight, gap: number): void {
    const height = size * 1.17
    const lines = broken(text.split(/(?<= )/), width, (part) => measure(part, size, weight))
    room(Math.min(lines.length, 3) * height)
    for (const line of lines) {
      room(height)
      pages.put(line, MARGIN, y, size, weight)
      y += height
    }
    y += gap
  }

  function row(columns: readonly PaperColumn[], cells: readonly string[], weight: Weight): void {
    const lines = columns.map(({ share, wrap }, i) => {
      const most = share * width - GAP
      const text = cells[i] ?? ''
      if (!wrap) return [cut(text, most, weight)]
      const widthOf = (part: string): number => wide(part, weight)
      const parts = text.split(/(?<=, )/).flatMap((part) => (widthOf(part.trimEnd()) > most ? part.split(/(?<=[ /])/) : [part]))
      return broken(parts, most, widthOf)
    })
    const height = Math.max(...lines.map((each) => each.length)) * LINE
    if (y + height > bottom) {
      turn()
      if (weight === 'plain' && columns.some((column) => column.head !== '')) head(columns)
    }
    let x = MARGIN
    for (const [i, { share, right }] of columns.entries()) {
      for (const [n, text] of (lines[i] ?? []).entries())
        pages.put(text, right ? x + share * width - GAP - wide(text, weight) : x, y + n * LINE, SMALL, weight)
      x += share * width
    }
    y += height
  }
  function head(columns: readonly PaperColumn[]): void {
    row(
      columns,
      columns.map((column) => column.head),
      'bold',
    )
    pages.line(MARGIN, y - 1, MARGIN + width, 0.5)
    y += 2
  }

  return {
    title: (text) => write(text, 17, 'bold', 8),
    heading(text) {
      room(40)
      y += 6
      write(text, 11, 'bold', 4)
    },
    say: (text) => write(text, 8.5, 'plain', 4),
    facts(pairs) {
      const columns = [0.2, 0.3, 0.2, 0.3].map((share) => ({ head: '', share }))
      for (let i = 0; i < pairs.length; i += 2) row(columns, [...(pairs[i] ?? []), ...(pairs[i + 1] ?? [])], 'plain')
      y += 4
    },
    table(columns, rows) {
      room(LINE * 3)
      head(columns)
      for (const cells of rows) row(columns, cells, 'plain')
      y += 6
    },
    signatures(lines) {
      room(lines.length * 34)
      for (const line of lines) {
        y += 22
        pages.line(MARGIN, y, MARGIN + width * 0.62, 0.7)
        pages.line(MARGIN + width * 0.68, y, MARGIN + width, 0.7)
        pages.put(line, MARGIN, y + 2, SMALL, 'plain')
        pages.put('Date', MARGIN + width * 0.68, y + 2, SMALL, 'plain')
        y += 12
      }
    },
    newPage: turn,
    done: () => pages.done(),
  }
}
