import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSheet } from 'read-excel-file/node'
import { expect, test } from 'vitest'
import { checklist, writePacket, setSetting, signPeriod } from '../../server/cli/district.ts'
import { exportMoney, exportPadc } from '../../server/cli/exportPadc.ts'
import { exportStas } from '../../server/cli/exportStas.ts'
import { exportWriteBack, reconcileFile } from '../../server/cli/exportWriteBack.ts'
import { type Io, Stop } from '../../server/cli/io.ts'
import { verifyPacketFile } from '../../server/cli/verify.ts'
import { openSettings } from '../../server/reports/settings.ts'
import { absent, ELM, studentRecord } from '../server/smallDistrict.ts'
import { newFolder } from '../server/testServer.ts'
import { OTHER_SESSION, reportDistrict, stasLine } from './reportDistrict.ts'

const GOLDEN = join(import.meta.dirname, 'golden')
const golden = (name: string): string => join(GOLDEN, name)

/** Runs an export: what came out, what was said, and the exit code. */
async function ran(work: (io: Io) => Promise<void>): Promise<{ out: string; err: string[]; code: number }> {
  const out: Buffer[] = []
  let err = ''
  const io: Io = {
    stdout: { write: (content) => out.push(Buffer.from(content)) },
    stderr: { write: (text: string) => (err += text) },
  }
  const code = await work(io).then(
    () => 0,
    (error: unknown) => {
      if (!(error instanceof Stop)) throw error
      err += error.message
      return error.exit
    },
  )
  return { out: Buffer.concat(out).toString('latin1'), err: err.split('\n').filter((line) => line !== ''), code }
}

test('the list of recovery days has one line for each student, school and year, with the absences and the days that recover them', async () => {
  const { server } = await reportDistrict()
  const { out, err, code } = await ran((io) => exportStas(server.context, {}, io))
  await expect(out).toMatchFileSnapshot(golden('stas-list.csv'))
  expect(code).toBe(0)
  expect(err).toEqual([expect.stringContaining('never a part of it')])
})

test('a row that cannot be sent is named, with what to do, and the exit code says that there is something to do', async () => {
  const { server } = await reportDistrict()
  server.context.store.apply([studentRecord('ana', null)])
  const { err, code } = await ran((io) => exportStas(server.context, {}, io))
  expect(err[0]).toBe('Tester, ana (L-ana), Elm School: no statewide identifier: import it for this student')
  expect(code).toBe(1)
})

test.each(['^', ','])('a STAS file comes back byte for byte, but for position 24 (%s between positions)', async (by) => {
  const { server } = await reportDistrict()
  const name = join(newFolder(), 'sis.txt')
  // A name in an older encoding: no valid UTF-8, and none of our business.
  const before = Buffer.from(
    stasLine('1000000001', '6000001', '', by).replace('Tester', 'Pe\xF1a') +
      stasLine('1234567890', '6000002', '', by) +
      stasLine('1000000002', '6000001', '3', by),
    'latin1',
  )
  writeFileSync(name, before)
  const { out, err, code } = await ran((io) => exportStas(server.context, { merge: name }, io))
  const positions = (text: string) => text.split('\r\n').map((line) => line.split(by))
  const after = positions(out)
  for (const [i, line] of positions(before.toString('latin1')).entries()) expect(after[i]?.slice(0, 23)).toEqual(line.slice(0, 23))
  expect(after.slice(0, 3).map((line) => line[23])).toEqual(['1', '1', ''])
  expect(err[0]).toBe('3 lines were changed, in position 24 only.')
  expect(code).toBe(0)
  await expect(out).toMatchFileSnapshot(golden(by === '^' ? 'stas-merged.caret.txt' : 'stas-merged.comma.txt'))
})

test('in July the file of the year that is over is filled with its days; asked for another year, it stays as it is and says why', async () => {
  const { server } = await reportDistrict()
  server.wait(Date.parse('2027-07-11T18:00:00Z') - server.context.log.sources.now())
  const name = join(newFolder(), 'sis.txt')
  writeFileSync(name, stasLine('1000000001', '6000001', '2'))
  const filled = await ran((io) => exportStas(server.context, { merge: name }, io))
  expect(filled.out.trimEnd().split('^').at(-1)).toBe('1')
  expect(filled.err).toContain('1 lines were changed, in position 24 only.')
  const other = await ran((io) => exportStas(server.context, { merge: name, year: '2027-2028' }, io))
  expect(other.out).toBe(readFileSync(name, 'latin1'))
  expect(other.err[0]).toBe(
    'line 1: of 2026-2027, which is another year than the days. Lines of it were left as they are: give --year 2026-2027',
  )
  expect(other.code).toBe(1)
  // The list without a file is of the year that is reported next.
  expect((await ran((io) => exportStas(server.context, {}, io))).out).toContain('2026-2027')
})

test('a STAS file with faults names each, by line, position and the number CALPADS gives the check', async () => {
  const { server } = await reportDistrict()
  const name = join(newFolder(), 'sis.txt')
  const lines = [
    stasLine('1000000001', '6000001', '').replace('^180^', '^179^'),
    stasLine('1234567890', '6000002', '', '^', '\n'),
    stasLine('1000000009', '0000001', ''),
    stasLine('1000000008', '6000001', '').replace('^N^', '^^'),
    'STAS^too^short\r\n',
  ]
  writeFileSync(name, lines.join(''))
  const { err, code } = await ran((io) => exportStas(server.context, { merge: name }, io))
  expect(err.slice(0, 5)).toEqual([
    'line 1, 13.15 Expected Attendance Days: STAS0318: "179"',
    'line 2: lineEnd: "\\\\n"',
    'line 3, 13.05 School of Attendance: STAS0651: "0000001"',
    'line 4, 13.14 Hourly Attendance School Type Indicator: STAS0303',
    'line 5: positions: "3"',
  ])
  expect(code).toBe(1)
  const asJson = await ran((io) => exportStas(server.context, { merge: name, json: true }, io))
  const { faults } = JSON.parse(asJson.err.join('\n')) as { faults: { line: number; number: string | null }[] }
  expect(faults.map((fault) => [fault.line, fault.number])).toEqual([
    [1, 'STAS0318'],
    [2, null],
    [3, 'STAS0651'],
    [4, 'STAS0303'],
    [5, null],
  ])
})

test('days of a student who has no line in the file are named: they would be lost', async () => {
  const { server } = await reportDistrict()
  const name = join(newFolder(), 'sis.txt')
  writeFileSync(name, stasLine('1000000001', '6000001', ''))
  const { err, code } = await ran((io) => exportStas(server.context, { merge: name }, io))
  expect(err).toContain('Tester, eva-oak (L-eva-oak), Oak School: 1 days have no line in the file')
  expect(code).toBe(1)
})

test('the PADC worksheet has a row for each grade span and their sum, as CSV and as a workbook without a formula', async () => {
  const { server } = await reportDistrict()
  server.context.store.apply([
    { ...studentRecord('ana', '1000000001'), body: { ...(studentRecord('ana', '1000000001').body as object), last: '=1+1' } } as never,
  ])
  const csv = await ran((io) => exportPadc(server.context, { period: 'annual' }, io))
  await expect(csv.out).toMatchFileSnapshot(golden('padc-annual.csv'))
  expect(csv.err.at(-1)).toMatch(/^As of 2026-11-22, log position \d+; the period ends on 2027-06-30 and is not over\.$/)
  expect(csv.code).toBe(0)
  const name = join(newFolder(), 'b8.xlsx')
  await ran((io) => exportPadc(server.context, { period: 'annual', out: name }, io))
  const sheets = await Promise.all(['Line B-8', 'Schools', 'Students'].map((sheet) => readSheet(name, sheet)))
  await expect(`${JSON.stringify(sheets, null, 1)}\n`).toMatchFileSnapshot(golden('padc-annual.xlsx.txt'))
  expect(sheets[2]?.flat()).toContain("'=1+1")
  expect(readFileSync(name).toString('latin1')).not.toContain('<f>')
})

test('sessions without a signature are not in a report, and it says how many', async () => {
  const { server, tablet } = await reportDistrict()
  tablet.recordSaturday(['cleo'], OTHER_SESSION)
  await tablet.push()
  const { err, code } = await ran((io) => exportPadc(server.context, { period: 'P-1' }, io))
  expect(err[0]).toBe('1 sessions are not certified; 1 days wait for that and are not counted.')
  expect(code).toBe(1)
})

test('money is estimated at the rate that holds, and a span without one is named', async () => {
  const { server } = await reportDistrict()
  const settings = openSettings(server.context.log)
  expect((await ran((io) => exportMoney(server.context, { period: 'P-1' }, io))).err[0]).toContain('4-6: no rate holds on 2026-11-22')
  for (const [from, cents] of [
    ['2026-07-01', 1_100_000],
    ['2027-07-01', 9_900_000],
  ] as const)
    settings.put({ kind: 'rate', ended: false, body: { span: '4-6', from: from as never, cents } }, 'lund')
  settings.put(
    { kind: 'cost', ended: false, body: { id: 'c1', site: ELM, on: '2026-11-21' as never, what: 'Teacher', cents: 20_000 } },
    'lund',
  )
  settings.put({ kind: 'cost', ended: false, body: { id: 'c2', site: null, on: '2026-11-21' as never, what: 'Mistake', cents: 1 } }, 'lund')
  settings.put({ kind: 'cost', ended: true, body: { id: 'c2', site: null, on: '2026-11-21' as never, what: 'Mistake', cents: 1 } }, 'lund')
  const { out, err, code } = await ran((io) => exportMoney(server.context, { period: 'P-1' }, io))
  await expect(out).toMatchFileSnapshot(golden('money-p1.csv'))
  expect(err).toEqual(['Estimate 220.00, cost 200.00. An estimate at your own rates; no part of a report.'])
  expect(code).toBe(0)
})

test.each([
  [{ period: 'P-9' }, '--period P-9: give P-1, P-2 or annual.'],
  [{ period: 'P-1', year: '26' }, '--year 26: give a school year such as 2026-2027.'],
  [{ period: 'P-1', year: '2026-2029' }, '--year 2026-2029: give a school year such as 2026-2027.'],
])('an export of %j is not possible, in one sentence', async (options, sentence) => {
  const { server } = await reportDistrict()
  await expect(exportPadc(server.context, options, { stdout: { write: () => 0 }, stderr: { write: () => 0 } })).rejects.toThrow(sentence)
})

test('the list of another year holds nothing of this one', async () => {
  const { server } = await reportDistrict()
  server.context.store.apply([absent('ana', ELM, '2026-03-03')])
  const { out } = await ran((io) => exportStas(server.context, { year: '2025-2026' }, io))
  expect(out.split('\r\n')).toEqual([expect.stringContaining('SSID,'), ''])
})

test.each([
  ['rate', [], { span: '4-6', from: '2026-07-01', dollars: '' }, '--dollars ""'],
  ['rate', [], { span: '4-6', from: '2026-07-01', dollars: '0x10' }, '--dollars "0x10"'],
  ['rate', [], { span: '4-6', from: '2026-07-01', dollars: '1.005' }, '--dollars "1.005"'],
  ['cost', [], { what: 'Teachers', on: '2026-11-21' }, '--dollars ""'],
  ['mapping', ['serviceType=AR=Sat'], { sis: 'ic' }, '"AR=Sat" cannot be a code'],
  ['mapping', ['mark=+'], { sis: 'schoolwise' }, '"+" cannot be a code'],
  ['mapping', ['serviceType=-AR'], { sis: 'ic' }, '"-AR" cannot be a code'],
  ['mapping', ['school:elm=@1'], { sis: 'aeries' }, 'a code cannot begin with'],
  ['mapping', ['mark'], { sis: 'schoolwise' }, 'give name=value'],
])('set %s %j %j is refused, and nothing is kept', async (kind, values, options, sentence) => {
  const { server } = await reportDistrict()
  const said = await ran(async (io) => setSetting(server.context, kind, values, options, io))
  expect(said.err[0]).toContain(sentence)
  expect(openSettings(server.context.log).all()).toMatchObject({ rates: [], costs: [], mappings: [] })
})

test('the desk works from the command line too: codes and rates are kept, a period is looked at and signed, a packet is made', async () => {
  const { server } = await reportDistrict()
  const { context } = server
  const set = (kind: string, values: string[], options: object) => ran(async (io) => setSetting(context, kind, values, options, io))
  await set('rate', [], { span: '4-6', from: '2026-07-01', dollars: '11000' })
  await set('cost', [], { what: 'Teachers', on: '2026-11-21', dollars: '450', site: 'elm' })
  await set('mapping', ['program=AR', 'makeUpCode=R'], { sis: 'aeries' })
  expect(openSettings(context.log).all()).toMatchObject({
    rates: [{ span: '4-6', cents: 1_100_000 }],
    costs: [{ site: 'elm', cents: 45_000 }],
    mappings: [{ sis: 'aeries', codes: { program: 'AR', makeUpCode: 'R' } }],
  })
  expect((await set('rate', [], { span: '5', from: '2026-07-01', dollars: '1' })).err[0]).toContain(
    '--span 5: choose one of TK/K-3, 4-6, 7-8, 9-12.',
  )
  const folder = newFolder()
  expect((await ran((io) => exportWriteBack(context, { sis: 'aeries', out: folder }, io))).err).toEqual([
    'aeries-atd-sessions.csv: 3 rows, 0 left out',
    'aeries-att-make-up.csv: 2 rows, 0 left out',
  ])
  expect((await ran((io) => reconcileFile(context, join(folder, 'aeries-att-make-up.csv'), { sis: 'aeries' }, io))).code).toBe(0)
  expect((await ran((io) => checklist(context, { period: 'P-1' }, io))).err).toEqual(['Everything is in order.'])
  const signed = await ran((io) => signPeriod(context, { period: 'P-1', name: 'Rosa Lin' }, io))
  expect(signed.out).toMatch(/^Signed: 2 days, log position \d+\.\n$/)
  expect((await ran((io) => signPeriod(context, { period: 'P-1', name: 'Rosa Lin' }, io))).err).toEqual([
    'These figures are signed already.',
  ])
  const made = await ran((io) => writePacket(context, { period: 'P-1', out: folder }, io))
  expect(made.out).toBe(`1 sessions, 3 students: packet.json and packet.pdf in ${folder}.\n`)
  const verified = await ran(async (io) => void verifyPacketFile(join(folder, 'packet.json'), undefined, io))
  expect(verified.out).toContain('All holds')
})

test('what is open on the checklist is said item by item, and a file of the system that differs row by row', async () => {
  const { server, tablet } = await reportDistrict()
  const { context } = server
  tablet.recordSaturday(['cleo'], OTHER_SESSION)
  await tablet.push()
  const open = await ran((io) => checklist(context, { period: 'P-1' }, io))
  expect(open.err.slice(0, 2)).toEqual(['uncertified: 1 to put right', '  2026-11-21, Elm School, Saturday'])
  expect(open.code).toBe(1)
  const file = join(newFolder(), 'marks.csv')
  writeFileSync(file, 'Student ID,School,Date,Mark,Days\nL-ana,elm,11/21/2026,AR,2\n')
  openSettings(context.log).put({ kind: 'mapping', ended: false, body: { sis: 'schoolwise', codes: { mark: 'AR' } } }, 'lund')
  const found = await ran((io) => reconcileFile(context, file, { sis: 'schoolwise' }, io))
  expect(found.err[0]).toBe('L-ana elm 11/21/2026 Tester, ana: Days here 1, there 2 (+1) was in no file that was made')
  expect(found.code).toBe(1)
  expect((await ran((io) => exportWriteBack(context, { sis: 'ic' }, io))).err.at(-1)).toBe('No file was written.')
})
