// Every export that people open in a spreadsheet, opened in one: no cell is a formula, and what stands in it is what we wrote.
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import type { RosterPageReply } from '../../shared/api/totals.ts'
import { studentRecord } from '../server/smallDistrict.ts'
import { newFolder, signedIn } from '../server/testServer.ts'
import { reportDistrict } from './reportDistrict.ts'

const GOLDEN = join(import.meta.dirname, 'golden')
const hasOffice = spawnSync('soffice', ['--version']).status === 0
if (!hasOffice)
  console.log('Skipped: LibreOffice is not installed here, so no spreadsheet is opened (apt-get install libreoffice-calc-nogui).')

/** Names that a spreadsheet would run, if it could. */
const HOSTILE = ['=HYPERLINK("http://evil.example","x")', '+1+1', '-2+3', '@SUM(A1)', '\t=1+1', "=cmd|' /C calc'!A0"] as const

interface OfficeCell {
  readonly text: string
  readonly type: string
  readonly formula: boolean
}
type Sheet = readonly (readonly OfficeCell[])[]

const plain = (xml: string): string =>
  xml
    .replace(/<text:s(?: text:c="(\d+)")?\/>/g, (_, n: string | undefined) => ' '.repeat(Number(n ?? 1)))
    .replaceAll(/<text:tab\/>/g, '\t')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')

/** The sheets of a flat OpenDocument file, without the empty end of rows. */
function sheetsOf(file: string): Sheet[] {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(/<table:table [\s\S]*?<\/table:table>/g)].map(([table]) =>
    [...table.matchAll(/<table:table-row[^>]*?(?:\/>|>([\s\S]*?)<\/table:table-row>)/g)]
      .map(([, row = '']) =>
        [...row.matchAll(/<table:table-cell([^>]*?)(?:\/>|>([\s\S]*?)<\/table:table-cell>)/g)].flatMap(([, head = '', body = '']) => {
          const times = Number(/number-columns-repeated="(\d+)"/.exec(head)?.[1] ?? 1)
          const cell = {
            text: plain([...body.matchAll(/<text:p[^>]*>([\s\S]*?)<\/text:p>/g)].map(([, each]) => each).join('\n')),
            type: /office:value-type="(\w+)"/.exec(head)?.[1] ?? '',
            formula: head.includes('table:formula='),
          }
          return Array.from({ length: Math.min(times, 100) }, () => cell)
        }),
      )
      .filter((row) => row.some((cell) => cell.text !== '')),
  )
}

/** Every export of the small district, with hostile names, and every golden file, as LibreOffice opens them. */
async function opened(): Promise<{ readonly folder: string; readonly sheets: ReadonlyMap<string, Sheet[]> }> {
  const opened = new Map<string, Sheet[]>()
  const { server, browser } = await reportDistrict()
  server.context.store.apply(
    HOSTILE.map((last, i) => {
      const record = studentRecord(['ana', 'ben', 'cleo', 'dora', 'eva', 'eva-oak'][i] ?? 'ana')
      return { ...record, body: { ...(record.body as object), last } } as never
    }),
  )
  const folder = newFolder()
  const take = async (name: string, path: string): Promise<void> => {
    const reply = await server.app.inject({
      method: 'GET',
      url: path,
      headers: { host: 'localhost', cookie: [...browser.cookies].map(([key, value]) => `${key}=${value}`).join('; ') },
    })
    expect([path, reply.statusCode]).toEqual([path, 200])
    writeFileSync(join(folder, name), reply.rawPayload)
  }
  const ready = (await (await signedIn(server, 'lund')).browser.ask('GET', '/api/totals/roster')).json<RosterPageReply>()
  expect(ready.ready).toBe(true)
  await take('roster.xlsx', '/api/totals/roster.xlsx')
  await take('roster.csv', '/api/totals/roster.csv')
  await take('padc.xlsx', '/api/periods/padc.xlsx?period=P-1')
  await take('padc.csv', '/api/periods/padc.csv?period=P-1')
  await take('stas.csv', '/api/reports/stas.csv')
  for (const name of readdirSync(GOLDEN)) if (name.endsWith('.csv')) copyFileSync(join(GOLDEN, name), join(folder, `golden-${name}`))
  const open = (names: readonly string[], filter: readonly string[]) =>
    execFileSync(
      'soffice',
      ['--headless', `-env:UserInstallation=file://${folder}/office`, ...filter, '--convert-to', 'fods', '--outdir', folder, ...names],
      { cwd: folder, stdio: 'ignore', timeout: 180_000 },
    )
  const files = readdirSync(folder)
  // Commas, double quotes, UTF-8, from the first line.
  open(
    files.filter((name) => name.endsWith('.csv')),
    ['--infilter=CSV:44,34,76,1'],
  )
  for (const name of files.filter((one) => one.endsWith('.csv'))) opened.set(name, sheetsOf(join(folder, name.replace('.csv', '.fods'))))
  open(
    files.filter((name) => name.endsWith('.xlsx')),
    [],
  )
  for (const name of files.filter((one) => one.endsWith('.xlsx'))) opened.set(name, sheetsOf(join(folder, name.replace('.xlsx', '.fods'))))
  return { folder, sheets: opened }
}

test.skipIf(!hasOffice)(
  'no cell of any export is a formula, and every value is the one that was written',
  { timeout: 240_000 },
  async () => {
    const { folder, sheets } = await opened()
    expect(sheets.size).toBeGreaterThan(10)
    noFormula(sheets)
    sameValues(sheets, folder)
    typedCells(sheets)
  },
)

/** Whatever a student is called. */
function noFormula(opened: ReadonlyMap<string, Sheet[]>): void {
  for (const [name, sheets] of opened) {
    const cells = sheets.flat(2)
    expect([name, cells.length > 0, cells.filter(({ formula }) => formula)]).toEqual([name, true, []])
  }
  const names =
    opened
      .get('roster.xlsx')
      ?.flat(2)
      .map(({ text }) => text) ?? []
  for (const name of HOSTILE) expect(names.some((text) => text.includes(name.trim()))).toBe(true)
}

/** A file of values opens with every row, every column and every value as it was written. */
function sameValues(opened: ReadonlyMap<string, Sheet[]>, folder: string): void {
  for (const [name, [sheet = []]] of opened) {
    if (!name.endsWith('.csv')) continue
    const lines = parse(readFileSync(join(folder, basename(name)), 'utf8'), { bom: true, relax_column_count: true }) as string[][]
    expect([name, sheet.length]).toEqual([name, lines.length])
    for (const [i, line] of lines.entries()) {
      const row = line.map((_, n) => sheet[i]?.[n]?.text ?? '')
      // A spreadsheet shows a number and a date in its own way: then their values are equal.
      const same = line.map((value, n) => {
        const shown = row[n] ?? ''
        const isNumber = sheet[i]?.[n]?.type === 'float' && Number(shown) === Number(value)
        const isDate = sheet[i]?.[n]?.type === 'date' && shown.replaceAll(/\D/g, '').length >= 6
        return isNumber || isDate ? value : shown
      })
      expect([name, i, same]).toEqual([name, i, line])
    }
  }
}

/** A workbook keeps numbers as numbers and identifiers as text, with their leading zeros. */
function typedCells(opened: ReadonlyMap<string, Sheet[]>): void {
  const [sheet = []] = opened.get('roster.xlsx') ?? []
  const [heads = []] = sheet
  const column = (head: string) => sheet.slice(1).map((row) => row[heads.findIndex(({ text }) => text === head)])
  expect(new Set(column('Student ID').map((cell) => cell?.type))).toEqual(new Set(['string']))
  expect(new Set(column('Earned Days').map((cell) => cell?.type))).toEqual(new Set(['float']))
  expect(new Set(column('Grade').map((cell) => cell?.text))).toEqual(new Set(['05']))
  const about = opened
    .get('padc.xlsx')
    ?.flat()
    ?.map((row) => [row[0]?.text, row[1]?.text])
  expect(about).toContainEqual(['Period', 'P-1'])
}
