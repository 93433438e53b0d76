// A coordinator at the desk: a day with two problem sessions is closed, and a student near the limit is followed up before it is too late.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenBrowser } from '../support/chromium.ts'
import type { District } from '../support/server.ts'
import { openSampleDesk } from './sampleDesk.ts'
import { accessibilityFaults, tellOfFailures } from './steps.ts'

let district: District
let browser: OpenBrowser
let page: Page
const folder = mkdtempSync(path.join(tmpdir(), 'recoup-paper-'))
tellOfFailures(() => browser?.context)

beforeAll(async () => {
  ;({ district, browser, page } = await openSampleDesk('coordinator'))
  await page.getByRole('table').first().waitFor({ timeout: 60_000 })
})
afterAll(async () => {
  await browser?.close()
  await district?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('A check-out nobody recorded is entered with its reason and the photo of the paper; what it changes is said first', async () => {
  await page.goto(`${district.url}/site?days=35`)
  await page
    .getByRole('button', { name: /^Resolve: / })
    .first()
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'At the end of each session' }).click()
  await dialog.getByText('1 student gets a check-out, in 1 session').waitFor()
  await dialog.getByText('1 certified session asks for a new signature of the teacher').waitFor()
  const photo = path.join(folder, 'roster.jpg')
  writeFileSync(photo, Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70]))
  await dialog.getByLabel('Choose a photo or PDF').setInputFiles(photo)
  await dialog.getByText(/^Kept: roster\.jpg/).waitFor()
  await dialog.getByLabel('Reason', { exact: true }).fill('The teacher told me; it stands on the paper list')
  expect(await accessibilityFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Change this' }).click()
  await page.getByText(/^Done\./).waitFor()
  await page.getByRole('link', { name: 'roster.jpg' }).waitFor()
})

test('The second session waits for a name: the walk-in is matched, and nothing stands out any more but signatures', async () => {
  await page.getByRole('link', { name: '1 walk-in to match' }).click()
  await page.getByLabel('Find another student').fill('Navarro')
  await page
    .getByRole('button', { name: /^It is .*Navarro/ })
    .first()
    .click()
  await page.getByText('Every walk-in is matched').waitFor()
  await page.goto(`${district.url}/site?days=35`)
  await page.getByRole('button', { name: /^All/ }).waitFor()
  expect(await page.getByRole('button', { name: /^Resolve: / }).count()).toBe(0)
  expect(await page.getByText('Not certified', { exact: true }).count()).toBeGreaterThan(0)
  await page.goto(`${district.url}/outbox`)
  await page.getByText('Everything is confirmed').waitFor({ timeout: 30_000 })
})

test('The page of a session is printed for a signature by hand', async () => {
  await page.goto(`${district.url}/site?days=35`)
  const link = page.getByRole('link', { name: /^PDF to sign by hand: / }).first()
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  expect(
    readFileSync(await download.path())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
})

test('A student near the limit is found, followed up by keyboard alone, and the family gets a letter', async () => {
  await page.goto(`${district.url}/site/follow-up?show=nearCap`)
  const follow = page.getByRole('button', { name: /^Follow up: / }).first()
  await follow.waitFor()
  const name = ((await follow.getAttribute('aria-label')) ?? '').replace('Follow up: ', '')
  await follow.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Text', { exact: true }).focus()
  await page.keyboard.type('Called: only two more days count this year.')
  await dialog.getByRole('button', { name: 'Write it down' }).focus()
  await page.keyboard.press('Enter')
  await dialog.getByRole('listitem').filter({ hasText: 'only two more days' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByText('Noted').first().waitFor()
  await page.getByRole('checkbox', { name: `Choose ${name}` }).check()
  await page.getByRole('link', { name: 'Letters…' }).click()
  await page.getByLabel('Letter', { exact: true }).selectOption('nearCap')
  expect(await page.getByRole('article').allInnerTexts()).toEqual([expect.stringContaining(name), expect.stringContaining(name)])
  expect(await accessibilityFaults(page)).toEqual([])
})
