// An auditor has a file and a page on a stick, and no network.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { canonical } from '../../shared/sync/chain.ts'
import { openBrowser } from '../support/chromium.ts'
import type { OpenBrowser } from '../support/chromium.ts'
import { evidenceLog } from '../support/evidenceLog.ts'
import { packetOf } from '../support/packetOf.ts'
import { accessibilityFaults, newPage, tellOfFailures } from './steps.ts'

const page = pathToFileURL(path.resolve(import.meta.dirname, '../../dist/verify.html')).href
const folder = mkdtempSync(path.join(tmpdir(), 'recoup-packet-'))
const [honest, falsified] = ['honest.json', 'falsified.json'].map((name) => path.join(folder, name)) as [string, string]
let key: string
let browser: OpenBrowser
tellOfFailures(() => browser?.context)

beforeAll(async () => {
  const log = await evidenceLog(5, 60)
  const packet = await packetOf(log.context)
  key = packet.receiptKey
  log.close()
  writeFileSync(honest, canonical(packet))
  const events = packet.events.map((event, i) => (i === 20 ? { ...event, text: event.text.replace('"v":1', '"v":1 ') } : event))
  writeFileSync(falsified, canonical({ ...packet, events }))
  browser = await openBrowser({ width: 1024, height: 800 })
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('The page says that all holds, or names the first thing that does not', async () => {
  const asked: string[] = []
  const open = await newPage(browser.context)
  open.on('request', (request) => asked.push(request.url()))
  await browser.context.setOffline(true)
  await open.goto(page)
  await open.getByLabel('Key on a printed checkpoint, if you have one').fill(key)
  await open.getByLabel('Audit packet (a .json file)').setInputFiles(honest)
  await open.getByRole('heading', { name: 'All holds' }).waitFor()
  await open.getByText(/the totals of 12 students are as they were signed for/).waitFor()
  expect(await accessibilityFaults(open)).toEqual([])
  await open.getByLabel('Audit packet (a .json file)').setInputFiles(falsified)
  await open.getByRole('heading', { name: 'Something does not hold' }).waitFor()
  await open.getByText(/^The first: number \d+ of the log\. The text is not the one that was signed for\.$/).waitFor()
  expect(asked).toEqual([page])
})
