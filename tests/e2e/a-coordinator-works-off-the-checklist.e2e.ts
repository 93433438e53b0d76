// A coordinator works off the school's checklist: from a line to the session, where it is put right, and the line is gone.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenBrowser } from '../support/chromium.ts'
import type { District } from '../support/server.ts'
import { openSampleDesk } from './sampleDesk.ts'
import { accessibilityFaults, tellOfFailures } from './steps.ts'

let district: District
let browser: OpenBrowser
let page: Page
tellOfFailures(() => browser?.context)

beforeAll(async () => {
  ;({ district, browser, page } = await openSampleDesk('coordinator'))
  await page.getByRole('table').first().waitFor({ timeout: 60_000 })
})
afterAll(async () => {
  await browser?.close()
  await district?.close()
})

const UNSIGNED = 'Sessions not certified'
const BY_OTHER = 'Signed by somebody who did not supervise'
const item = (name: string) => page.locator('li').filter({ has: page.getByText(name, { exact: true }) })
const openCount = async (name: string): Promise<number> => Number(/([\d,]+) open/.exec(await item(name).innerText())?.[1] ?? 0)

/** By the desk's navigation, as soon as the district has everything that was recorded here. */
async function checklist(): Promise<void> {
  await page.goto(`${district.url}/outbox`)
  await page.getByText('Everything is confirmed').waitFor({ timeout: 30_000 })
  await page.goto(`${district.url}/site`)
  await page.getByRole('link', { name: 'Checklist', exact: true }).click()
  await page.getByRole('heading', { name: 'Are we ready?' }).waitFor()
}

/** Opens an item of the list and follows its first line. */
async function follow(name: string): Promise<void> {
  await item(name).locator('summary').click()
  await item(name).getByRole('table').getByRole('link').first().click()
  await page.waitForURL(/\/session\//)
}

test('A session that nobody signed is found on the checklist, and signed where its line leads to', async () => {
  await checklist()
  expect(await accessibilityFaults(page)).toEqual([])
  const before = await openCount(UNSIGNED)
  expect([before > 0, await openCount(BY_OTHER)]).toEqual([true, 0])
  await follow(UNSIGNED)
  await page.getByRole('button', { name: /^Certify/ }).click()
  await page.getByText(/^By this record you did not supervise/).waitFor()
  await page.getByLabel('Your name').fill('The coordinator')
  await page.getByRole('button', { name: 'Certify', exact: true }).click()
  await page.getByText(/^By this record, whoever certified this session did not supervise it/).waitFor()
  await checklist()
  expect([await openCount(UNSIGNED), await openCount(BY_OTHER)]).toEqual([before - 1, 1])
})

test('What the coordinator signed in place of the teacher leads back to the session: the signature is taken back, and the line is gone', async () => {
  await follow(BY_OTHER)
  await page.getByRole('button', { name: 'Take this signature back' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill('The teacher was there, and signs.')
  expect(await accessibilityFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Take this signature back' }).click()
  await page.getByRole('button', { name: /^Certify/ }).waitFor()
  await checklist()
  expect(await openCount(BY_OTHER)).toBe(0)
  await item(BY_OTHER).getByText('In order').waitFor()
})
