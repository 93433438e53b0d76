/** Pages of text and tables. The same content gives the same bytes. */
import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import type { Stretch } from '../../../shared/attendance/presence.ts'
import { type Instant, localTimeOf } from '../../../shared/time.ts'

const resolve = createRequire(import.meta.url).resolve
const FONT = resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf')
const BOLD = resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf')
const MARGIN = 42
const SMALL = 7.5
const LINE = 11
/** Width of a letter of the small text, on the average of names and times. */
const LETTER = 3.9
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
  /** The bytes, each page with its foot and number. */
  done(foot: string): Promise<Buffer>
}

export function openPaper(title: string, madeAt: Instant): Paper {
  const made = new Date(madeAt)
  const doc = new PDFDocument({
    size: 'LETTER',
    margin: MARGIN,
    bufferPages: true,
    font: FONT,
    lang: 'en-US',
    displayTitle: true,
    info: { Title: title, Producer: 'Recoup', Creator: 'Recoup', CreationDate: made, ModDate: made },
  })
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((resolve) => void doc.on('end', resolve))
  const width = doc.page.width - 2 * MARGIN
  const bottom = doc.page.height - MARGIN - 16
  let y = MARGIN

  const room = (height: number): void => {
    if (y + height <= bottom) return
    doc.addPage()
    y = MARGIN
  }
  const write = (text: string, size: number, font: string, gap: number): void => {
    doc.font(font).fontSize(size)
    const height = doc.heightOfString(text, { width })
    room(height)
    doc.text(text, MARGIN, y, { width })
    y += height + gap
  }
  const cut = (text: string, wide: number): string => {
    const most = Math.max(1, Math.floor(wide / LETTER))
    return text.length <= most ? text : `${text.slice(0, most - 1)}…`
  }

  /** The lines of a cell: one, or as many as its parts between commas need. */
  function linesOf(text: string, wide: number, wrap: boolean): readonly string[] {
    if (!wrap) return [cut(text, wide)]
    const most = Math.max(1, Math.floor(wide / LETTER))
    const lines: string[] = []
    for (const part of text.split(/(?<=, )/)) {
      const last = lines.at(-1)
      if (last !== undefined && last.length + part.length <= most) lines[lines.length - 1] = last + part
      else lines.push(part)
    }
    return lines
  }

  function row(columns: readonly PaperColumn[], cells: readonly string[], bold: boolean): void {
    const lines = columns.map(({ share, wrap }, i) => {
      const wide = share * width - GAP
      return linesOf(cells[i] ?? '', bold ? wide * 0.9 : wide, wrap ?? false)
    })
    const height = Math.max(...lines.map((each) => each.length)) * LINE
    if (y + height > bottom) {
      doc.addPage()
      y = MARGIN
      if (!bold && columns.some((column) => column.head !== '')) head(columns)
    }
    doc.font(bold ? BOLD : FONT).fontSize(SMALL)
    let x = MARGIN
    for (const [i, { share, right }] of columns.entries()) {
      const wide = share * width - GAP
      for (const [n, text] of (lines[i] ?? []).entries()) {
        if (text !== '') doc.text(text, right ? x + wide - doc.widthOfString(text) : x, y + n * LINE, { lineBreak: false })
      }
      x += share * width
    }
    y += height
  }
  function head(columns: readonly PaperColumn[]): void {
    row(
      columns,
      columns.map((column) => column.head),
      true,
    )
    doc
      .moveTo(MARGIN, y - 1)
      .lineTo(MARGIN + width, y - 1)
      .lineWidth(0.5)
      .stroke('#666666')
    y += 2
  }

  return {
    title: (text) => write(text, 17, BOLD, 8),
    heading(text) {
      room(40)
      y += 6
      write(text, 11, BOLD, 4)
    },
    say: (text) => write(text, 8.5, FONT, 4),
    facts(pairs) {
      const columns = [0.2, 0.3, 0.2, 0.3].map((share) => ({ head: '', share }))
      for (let i = 0; i < pairs.length; i += 2) {
        room(LINE)
        row(columns, [...(pairs[i] ?? []), ...(pairs[i + 1] ?? [])], false)
      }
      y += 4
    },
    table(columns, rows) {
      room(LINE * 3)
      head(columns)
      for (const cells of rows) row(columns, cells, false)
      y += 6
    },
    signatures(lines) {
      room(lines.length * 30)
      for (const line of lines) {
        y += 22
        doc
          .moveTo(MARGIN, y)
          .lineTo(MARGIN + width * 0.62, y)
          .moveTo(MARGIN + width * 0.68, y)
          .lineTo(MARGIN + width, y)
          .lineWidth(0.7)
          .stroke('#222222')
        doc
          .font(FONT)
          .fontSize(SMALL)
          .text(line, MARGIN, y + 2, { lineBreak: false })
          .text('Date', MARGIN + width * 0.68, y + 2, { lineBreak: false })
        y += 12
      }
    },
    newPage() {
      doc.addPage()
      y = MARGIN
    },
    async done(foot) {
      const { start, count } = doc.bufferedPageRange()
      for (let i = 0; i < count; i++) {
        doc.switchToPage(start + i)
        doc.font(FONT).fontSize(7).fillColor('#444444')
        const at = doc.page.height - MARGIN - 6
        doc.text(foot, MARGIN, at, { lineBreak: false })
        const number = `${i + 1} / ${count}`
        doc.text(number, MARGIN + width - doc.widthOfString(number), at, { lineBreak: false })
      }
      doc.end()
      await ended
      return Buffer.concat(chunks)
    },
  }
}
