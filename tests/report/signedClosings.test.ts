// A signed period is what was signed: every word and figure of it, wherever it is read.
import { expect, test } from 'vitest'
import type { PeriodReply } from '../../shared/api/periods.ts'
import { checklist } from '../../server/cli/district.ts'
import { verify } from '../../server/cli/verify.ts'
import { verifyLog } from '../../server/log/verify.ts'
import { sha256 } from '../../server/log/serverChain.ts'
import type { Browser, TestServer } from '../server/testServer.ts'
import { type ReportDistrict, reportDistrict } from './reportDistrict.ts'

const look = (browser: Browser) => browser.ask('GET', '/api/periods?period=P-1')
const file = (browser: Browser, number = '&number=0') => browser.ask('GET', `/api/periods/padc.csv?period=P-1${number}`)
const findings = ({ context }: TestServer) => verifyLog(context.log, context.receiptKey.publicKey).findings
const sign = async (browser: Browser) => {
  const { figures } = (await look(browser)).json<PeriodReply>()
  const { period, year, digest } = figures
  return browser.ask('POST', '/api/periods', { period, year, digest, name: 'D. Lund', statement: 'These are our records.', note: 'all in' })
}

/** P-1 is signed, and whoever holds the file has taken away what keeps it. */
async function signedDistrict(): Promise<ReportDistrict> {
  const district = await reportDistrict()
  expect((await sign(district.browser)).status).toBe(200)
  expect(findings(district.server)).toEqual([])
  district.server.context.log.db.exec('DROP TRIGGER closing_never_changes; DROP TRIGGER closing_never_goes')
  return district
}

const WAYS: readonly (readonly [string, string])[] = [
  ['the figures', `report = replace(report, '"days":2', '"days":502')`],
  ['who signed', "name = 'Somebody Else'"],
  ['the statement', "statement = 'I have seen nothing.'"],
  ['the note', "note = ''"],
  ['what was open', `open = '[{"key":"uncertified","count":9}]'`],
  ['the time', 'at = at + 1'],
  ['the place in the log', 'seq = seq + 1'],
  ['the day it is of', "as_of = '2026-12-30'"],
  ['whose period it is', "period = 'P-2'"],
]
test.each(WAYS)('recoup verify finds a closing that was changed: %s', async (_, set) => {
  const { server } = await signedDistrict()
  expect(server.context.log.db.prepare(`UPDATE period_closing SET ${set}`).run().changes).toBe(1)
  expect(findings(server).map(({ fault }) => fault)).toContain('closingChanged')
})

test('figures that were changed with their hash are found too, and nothing of them is shown, handed out or signed after', async () => {
  const { server, browser } = await signedDistrict()
  const { db } = server.context.log
  const { report } = db.prepare<[], { report: string }>('SELECT report FROM period_closing').get() ?? { report: '' }
  const changed = report.replaceAll('"days":2', '"days":502')
  db.prepare('UPDATE period_closing SET report = ?, digest = ?').run(changed, sha256(changed))
  expect(findings(server)).toEqual([{ fault: 'closingChanged', seq: server.context.log.head(), what: 'P-1 2026, closing' }])
  for (const answer of [await look(browser), await file(browser)]) {
    expect(answer.status).toBe(409)
    expect(answer.json()).toMatchObject({ code: 'closingChanged', message: expect.stringContaining('P-1 2026, closing') as string })
    expect(answer.text).toContain('recoup verify')
  }
  expect((await browser.ask('GET', '/api/periods/padc.xlsx?period=P-1&number=0')).status).toBe(409)
  // The figures of now are worked out of the log, and are no signed ones.
  expect((await file(browser, '')).status).toBe(200)
  expect((await look(browser)).text).not.toContain('502')
  const io = { stdout: { write: () => true }, stderr: { write: () => true } }
  await expect(checklist(server.context, { period: 'P-1' }, io)).rejects.toThrow('P-1 2026, closing')
})

test('a closing that is gone is found: the only one, one before a supplement, and one with its entry in the log', async () => {
  const { server } = await signedDistrict()
  const { db } = server.context.log
  const { head } = server.context.log
  const before = server.context.checkpoints.now()
  const after = (sql: string) => {
    db.exec('BEGIN')
    db.exec(sql)
    const found = verifyLog(server.context.log, server.context.receiptKey.publicKey, [before]).findings.map(({ fault, seq }) => [
      fault,
      seq,
    ])
    db.exec('ROLLBACK')
    return found
  }
  expect(after('DELETE FROM period_closing')).toEqual([['closingMissing', head()]])
  expect(after('UPDATE period_closing SET number = 1').map(([fault]) => fault)).toEqual(['closingChanged', 'closingMissing'])
  for (const name of ['chain_never_goes', 'record_version_never_goes']) db.exec(`DROP TRIGGER IF EXISTS ${name}`)
  const cut = `WHERE seq = ${head()}`
  expect(
    after(
      `DELETE FROM period_closing; DELETE FROM chain ${cut}; DELETE FROM record_version ${cut}; DELETE FROM checkpoint; UPDATE head SET seq = seq - 1`,
    ),
  ).toEqual([['logEndsEarly', head()]])
})

test('a closing from when the figures alone were signed for holds, and recoup verify says what of it cannot be checked', async () => {
  const { server, browser } = await signedDistrict()
  const { log, receiptKey } = server.context
  const row = log.db.prepare<[], { at: number; digest: string }>('SELECT at, digest FROM period_closing').get()
  const signature = receiptKey.signText(`recoup-period P-1 2026 0 ${row?.at} ${row?.digest}`)
  log.db.prepare('UPDATE period_closing SET signature = ?').run(signature)
  expect(findings(server)).toEqual([])
  expect((await file(browser)).status).toBe(200)
  let out = ''
  const write = (text: string | Uint8Array): unknown => (out += String(text))
  expect(await verify(server.context, {}, { stdout: { write }, stderr: { write } })).toBe(0)
  expect(out).toContain('cannot be checked: P-1 2026, closing')
  log.db.exec(`UPDATE period_closing SET report = replace(report, '"days":2', '"days":502')`)
  expect(findings(server)).toEqual([expect.objectContaining({ fault: 'closingChanged' })])
  expect((await file(browser)).status).toBe(409)
})
