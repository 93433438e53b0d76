/** A scenario file's bytes as a scenario, or as the list of its faults, one line each. Never an exception, whatever the bytes are. */
import { type Document, isNode, LineCounter, parseAllDocuments } from 'yaml'
import { type Scenario, scenario } from './format.ts'
import { type Fault, type Path } from './reader.ts'
import { nonsense } from './sense.ts'

export type ScenarioRead = { readonly scenario: Scenario } | { readonly faults: readonly string[] }

/** The most a scenario may weigh, in bytes: a district's year is a tenth of it. */
const MOST_BYTES = 16_000_000

export function readScenario(bytes: Uint8Array): ScenarioRead {
  if (bytes.length > MOST_BYTES) return { faults: [`document: expected at most ${MOST_BYTES} bytes`] }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { faults: ['document: expected YAML in UTF-8'] }
  }
  if (text.includes('\0')) return { faults: ['document: expected YAML text, found binary data'] }
  const lines = new LineCounter()
  try {
    const documents = parseAllDocuments(text, { lineCounter: lines, version: '1.2', uniqueKeys: true, prettyErrors: false, merge: false })
    const [document] = documents
    if (!document) return { faults: ['document: expected a scenario, found nothing'] }
    if (documents.length > 1) return { faults: ['document: expected one document, found several'] }
    return readDocument(document as Document, lines)
  } catch (error) {
    // The library refuses some texts (too many aliases, too deep) by throwing.
    return { faults: [`document: expected YAML that can be read: ${firstLine(error)}`] }
  }
}

function readDocument(document: Document, lines: LineCounter): ScenarioRead {
  const broken = [...document.errors, ...document.warnings]
  if (broken.length > 0) {
    return { faults: broken.map((error) => `document: expected YAML: ${firstLine(error)} (line ${lines.linePos(error.pos[0]).line})`) }
  }
  const faults: Fault[] = []
  const read = scenario({
    doc: document,
    node: document.contents,
    path: [],
    tell: (path, expected) => void faults.push({ path, expected }),
  })
  if (read) faults.push(...nonsense(read))
  if (read && faults.length === 0) return { scenario: read }
  return { faults: faults.map((fault) => sentence(fault, document, lines)) }
}

const firstLine = (error: unknown): string => (error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))

/** `marks[0].out: expected a time at or after in (08:00), found 07:00 (line 12)`. Always one line, whatever the names in the file are. */
function sentence({ path, expected }: Fault, document: Document, lines: LineCounter): string {
  const where = path.length === 0 ? 'document' : written(path)
  const line = lineOf(path, document, lines)
  return `${where}: ${expected}${line === undefined ? '' : ` (line ${line})`}`.replaceAll(/[\r\n\u2028\u2029]+/g, ' ')
}

const written = (path: Path): string =>
  path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i === 0 ? '' : '.'}${key}`)).join('')

/** The line of a place, or of the nearest place around it. */
function lineOf(path: Path, document: Document, lines: LineCounter): number | undefined {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return undefined
}
