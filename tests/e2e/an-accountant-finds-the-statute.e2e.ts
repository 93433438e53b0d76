// An attendance accountant sits down with the sample district and asks of its figures: on whose word?
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/chromium.ts'
import type { OpenBrowser } from '../support/chromium.ts'
import { openDistrict } from '../support/server.ts'
import type { District } from '../support/server.ts'
import { enter } from './screens.ts'
import { newPage, tellOfFailures } from './steps.ts'

let district: District
let browser: OpenBrowser
let page: Page
tellOfFailures(() => browser?.context)

beforeAll(async () => {
  district = await openDistrict()
  await district.start()
  browser = await openBrowser({ width: 1440, height: 900 })
  page = await newPage(browser.context)
  await page.goto(district.url)
  await page.getByRole('button', { name: 'Make the sample district' }).click()
  await page.getByText('Try it as…').waitFor()
  await enter(page, district.url, 'district', 'administrator')
})
afterAll(async () => {
  await browser?.close()
  await district?.close()
})

const open = (name: string): Promise<void> => page.getByRole('link', { name, exact: true }).first().click()
const policies = async (): Promise<unknown> => page.evaluate(async () => (await fetch('/api/policy')).json())

test('The rulebook says where the ten days come from, and what nobody has answered', async () => {
  await open('Rulebook')
  await page.getByRole('heading', { name: 'Rulebook', level: 1 }).waitFor()
  await page.getByLabel('Find in the rulebook').fill('ten days')
  const sources = page.getByRole('region', { name: 'Sources' })
  await sources.getByRole('row').nth(1).waitFor()
  expect(await sources.getByRole('link').first().getAttribute('href')).toMatch(/^https:\/\//)
  await page.getByLabel('Find in the rulebook').fill('trailer bill')
  const questions = page.getByRole('region', { name: 'Open questions' })
  await questions.getByText('Has a trailer bill of 2025 changed the wording of Education Code 46211?').waitFor()
})

test('A student’s claimable days open down to the sessions, the absence and the statute', async () => {
  await page.goto(`${district.url}/district`)
  const claimable = page.getByRole('columnheader', { name: /Claimable/ })
  await page.getByRole('row').nth(5).waitFor()
  await claimable.getByRole('button').click()
  if ((await claimable.getAttribute('aria-sort')) !== 'descending') await claimable.getByRole('button').click()
  expect(await claimable.getAttribute('aria-sort')).toBe('descending')
  await page.getByRole('row').nth(1).getByRole('link').first().click()
  await page.waitForURL(/\/district\/student\//)
  const days = page.locator('section', { has: page.getByRole('heading', { name: 'Days earned' }) })
  const day = days.getByRole('listitem').first()
  await day.getByText(/Recovers/).waitFor()
  await day.getByText(/^Made of/).waitFor()
  await day.locator('summary').click()
  const statute = day.getByRole('link', { name: /46211/ }).first()
  const pin = await statute.innerText()
  await statute.click()
  await page.waitForURL(/\/rulebook#/)
  expect(await page.evaluate(() => document.activeElement?.textContent ?? '')).toContain(pin)
})

test('Another policy shows whose days it would change, and nothing is saved by looking', async () => {
  const before = await policies()
  await open('Policy')
  await page.getByRole('button', { name: 'Change policy' }).click()
  await page.getByLabel('How time adds up').selectOption('minutes')
  await page.getByLabel('Holds from').fill('2026-08-01')
  await page.getByLabel('Decided by').fill('The board')
  await page.getByLabel('Why').fill('To see what it would do.')
  await page.getByRole('button', { name: 'Show what would change' }).click()
  await page.getByRole('heading', { name: /^What would change/ }).waitFor()
  await page.getByText(/students? would have other figures/).waitFor()
  expect(await page.getByRole('table').last().getByRole('row').count()).toBeGreaterThan(1)
  await page.getByRole('button', { name: 'Cancel' }).click()
  expect(await policies()).toEqual(before)
})

test('The planner is asked by keyboard alone who should come next', async () => {
  const out = page.getByRole('button', { name: 'Sign out' })
  await out.click()
  await out.waitFor({ state: 'hidden' })
  await enter(page, district.url, 'coordinator')
  await open('Planner')
  const section = page.getByLabel('Section')
  await section.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Tab')
  await page.getByRole('table').last().getByRole('row').nth(1).waitFor()
  const others = page.getByRole('button', { name: /^Others/ })
  for (let i = 0; i < 12 && !(await others.evaluate((chip) => chip === document.activeElement)); i++) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  expect(await others.getAttribute('aria-pressed')).toBe('true')
})
