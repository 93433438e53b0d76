/**
 * Pages of a PDF, handed out as they are filled: a paper of thousands of pages is never held whole. Text is placed by what each run of
 * letters measures, found out once. The same content gives the same bytes.
 */
import { createRequire } from 'node:module'
import type PDFDocument from 'pdfkit'
import type { Instant } from '../../../shared/time.ts'

const require = createRequire(import.meta.url)
/** Read with the first paper that is made: it holds 15 MB, and most servers make none for days. */
const documents = (): typeof PDFDocument => require('pdfkit') as typeof PDFDocument
export type Weight = 'plain' | 'bold'
const FILES: Readonly<Record<Weight, string>> = {
  plain: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'),
  bold: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'),
}
export const MARGIN = 42
const FOOT = 7
/** Room for the number of all pages, which is only known after the last. */
const COUNT_WIDTH = 24
/** Runs of letters remembered for each font: names and times come again, and some never do. */
const MOST_RUNS = 40_000

/** Takes the bytes of a paper as they are made. */
export type Out = (bytes: Uint8Array) => void

export interface PdfPages {
  readonly width: number
  /** Where the text of a page ends. */
  readonly bottom: number
  /** How wide a text is at a size, in points. */
  measure(text: string, size: number, weight: Weight): number
  /** Writes one line with its upper left corner there. */
  put(text: string, x: number, y: number, size: number, weight: Weight): void
  line(x: number, y: number, until: number, thick: number): void
  next(): void
  /** Ends the last page and the file. */
  done(): Promise<void>
}

/** A font as pdfkit holds it, which tells nobody what a text is in it. */
interface Face {
  readonly id: string
  readonly ascender: number
  encode(text: string): [glyphs: string[], positions: readonly { readonly xAdvance: number; readonly advanceWidth: number }[]]
  ref(): unknown
}
/** A text as a page shows it; the width is in thousandths of the size. */
interface Run {
  readonly shown: string
  readonly width: number
}

/** @param foot stands on every page, before its number */
export function openPdfPages(title: string, madeAt: Instant, foot: string, out: Out): PdfPages {
  const made = new Date(madeAt)
  const Document = documents()
  const doc = new Document({
    size: 'LETTER',
    margin: MARGIN,
    font: FILES.plain,
    lang: 'en-US',
    displayTitle: true,
    info: { Title: title, Producer: 'Recoup', Creator: 'Recoup', CreationDate: made, ModDate: made },
  })
  doc.on('data', out)
  const ended = new Promise<void>((done) => void doc.on('end', done))
  const faces = { plain: openFace(doc, 'plain'), bold: openFace(doc, 'bold') }
  const { height } = doc.page
  const width = doc.page.width - 2 * MARGIN
  const { face: footFace } = faces.plain
  const count = doc.ref({
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [0, -3, COUNT_WIDTH, FOOT],
    Resources: { Font: { [footFace.id]: footFace.ref() } },
  })
  let texts: string[] = []
  let lines: string[] = []
  let pages = 1
  let font = ''

  function put(text: string, x: number, y: number, size: number, weight: Weight): void {
    if (text === '') return
    const { face, runOf } = faces[weight]
    const wanted = `/${face.id} ${size} Tf`
    const at = `1 0 0 1 ${short(x)} ${short(height - y - (face.ascender / 1000) * size)} Tm`
    texts.push(wanted === font ? at : `${wanted} ${at}`, `${runOf(text).shown} TJ`)
    font = wanted
  }

  function endPage(): void {
    const number = `${pages} / `
    const [right, y] = [MARGIN + width - COUNT_WIDTH, height - MARGIN - 6]
    put(foot, MARGIN, y, FOOT, 'plain')
    put(number, right - (faces.plain.runOf(number).width / 1000) * FOOT, y, FOOT, 'plain')
    for (const { face } of Object.values(faces)) doc.page.fonts[face.id] = face.ref()
    doc.page.xobjects['Pages'] = count
    const base = height - y - (footFace.ascender / 1000) * FOOT
    // pdfkit begins each page with its own upside-down axes: these are turned back.
    doc.addContent(
      [
        `q 1 0 0 -1 0 ${height} cm 0.13 g 0.4 G`,
        ...lines,
        `BT\n${texts.join('\n')}\nET`,
        `q 1 0 0 1 ${short(right)} ${short(base)} cm /Pages Do Q Q`,
      ].join('\n'),
    )
    texts = []
    lines = []
    font = ''
  }

  return {
    width,
    bottom: height - MARGIN - 16,
    measure: (text, size, weight) => (faces[weight].runOf(text).width / 1000) * size,
    put,
    line: (x, y, until, thick) =>
      void lines.push(`${short(thick)} w ${short(x)} ${short(height - y)} m ${short(until)} ${short(height - y)} l S`),
    next() {
      endPage()
      pages++
      doc.addPage()
    },
    async done() {
      endPage()
      const { shown } = faces.plain.runOf(String(pages))
      count.end(`0.13 g BT /${footFace.id} ${FOOT} Tf ${shown} TJ ET\n`)
      doc.end()
      await ended
    },
  }
}

const short = (points: number): string => String(Math.round(points * 100) / 100)

function openFace(doc: PDFKit.PDFDocument, weight: Weight): { readonly face: Face; runOf(text: string): Run } {
  const face = (doc.font(FILES[weight]) as unknown as { readonly _font: Face })._font
  const runs = new Map<string, Run>()
  return {
    face,
    runOf(text) {
      const known = runs.get(text)
      if (known) return known
      if (runs.size >= MOST_RUNS) runs.clear()
      const run = runIn(face, text)
      runs.set(text, run)
      return run
    },
  }
}

/** Letters side by side, moved together where the font says so. */
function runIn(face: Face, text: string): Run {
  const [glyphs, positions] = face.encode(text)
  let width = 0
  let shown = ''
  let hex = ''
  for (const [i, { xAdvance, advanceWidth }] of positions.entries()) {
    width += xAdvance
    hex += glyphs[i]
    if (xAdvance === advanceWidth) continue
    shown += `<${hex}> ${short(advanceWidth - xAdvance)} `
    hex = ''
  }
  return { shown: `[${shown}${hex === '' ? '' : `<${hex}>`}]`, width }
}
