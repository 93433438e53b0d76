// Somebody has heard of Recoup, starts it, and wants to know within the hour whether it is any good.
import { readdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SecondFactorBegun } from '../../shared/api/trust.ts'
import { codeAt, stepAt } from '../../server/people/totp.ts'
import { openBrowser } from '../support/chromium.ts'
import type { OpenBrowser } from '../support/chromium.ts'
import { openDistrict } from '../support/server.ts'
import type { District } from '../support/server.ts'
import { PASSWORD } from './imported.ts'
import { enter } from './screens.ts'
import { newPage, tellOfFailures } from './steps.ts'

const FILES = path.resolve(import.meta.dirname, '../../server/sample/district/oneroster')
let district: District
let own: District
let browser: OpenBrowser
let tablet: OpenBrowser | undefined
let page: Page
tellOfFailures(
  () => browser?.context,
  () => tablet?.context,
)

beforeAll(async () => {
  district = await openDistrict()
  own = await openDistrict()
  await Promise.all([district.start(), own.start()])
  browser = await openBrowser({ width: 1440, height: 900 })
  page = await newPage(browser.context)
})
afterAll(async () => {
  await tablet?.close()
  await browser?.close()
  await district?.close()
  await own?.close()
})

test('One press makes the sample district, another signs in as its teacher', async () => {
  await page.goto(district.url)
  await page.getByRole('button', { name: 'Make the sample district' }).click()
  await page.getByText('Try it as…').waitFor()
  await enter(page, district.url, 'teacher')
  await page.getByText(/^Ready for offline/).waitFor({ timeout: 60_000 })
  await page
    .getByRole('button', { name: /^Start session: / })
    .first()
    .waitFor()
})

test('The same screens speak Spanish, and stay so when the app is opened again', async () => {
  await page.getByRole('button', { name: /^ES$|Español/ }).click()
  await page
    .getByRole('button', { name: /^Iniciar sesión|^Empezar sesión|^Comenzar/ })
    .first()
    .waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('es')
  await page.reload()
  await page
    .getByRole('button', { name: /^Iniciar sesión|^Empezar sesión|^Comenzar/ })
    .first()
    .waitFor()
  await page.getByRole('button', { name: /^EN$|English/ }).click()
})

test('A district of one’s own begins with four questions', async () => {
  await page.goto(own.url)
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.getByLabel('District name').fill('Willow Valley')
  await page.getByLabel('Your name').fill('Ada Admin')
  await page.getByLabel('User name').fill('ada')
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByLabel('Password again').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create my district' }).click()
})

test('Before anything else the administrator sets up a second factor, and has ten codes for paper', async () => {
  await page.getByText(/The district asks this of everybody/).waitFor()
  const [reply] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/api/second-factor/begin')),
    page.getByRole('button', { name: 'Set it up' }).click(),
  ])
  const { secret } = (await reply.json()) as SecondFactorBegun
  await page.getByLabel('Code', { exact: true }).fill(codeAt(secret, stepAt(Date.now())))
  await page.getByRole('button', { name: 'Turn it on' }).click()
  await page.getByRole('heading', { name: 'Print these codes now' }).waitFor()
  await page.getByRole('button', { name: 'I have them on paper' }).click()
  await page.getByRole('link', { name: 'Go on' }).click()
  await page.goto(`${own.url}/import`)
  await page.getByRole('heading', { name: 'Import', exact: true }).waitFor()
})

test('The OneRoster files are read first, and nothing changes before somebody has seen what would', async () => {
  await page.getByText('OneRoster 1.1').click()
  await page.locator('input[type=file]').setInputFiles(readdirSync(FILES).map((name) => path.join(FILES, name)))
  await page.getByRole('button', { name: 'Read the files' }).click()
  await page.getByText('What would change').waitFor()
  await page.getByText('No faults found').waitFor()
  expect(await summary(own)).toEqual([0, 0])
})

test('They are imported, and every student of the district stands on the roster', async () => {
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByText('What changed').waitFor()
  expect((await summary(own))[0]).toBe(2)
  await page.goto(`${own.url}/district`)
  await page.getByText('of 400 students').waitFor()
})

test('A teacher is invited, opens the link on a tablet, chooses a password and is there', async () => {
  await page.goto(`${own.url}/people`)
  await page.getByRole('searchbox').fill('Sato')
  await page.getByRole('checkbox', { name: /^Select Sara Sato/ }).check()
  await page.getByRole('button', { name: 'Invite 1 person' }).click()
  await page.getByLabel('Role of all of them').selectOption({ label: 'Teacher' })
  await page.getByRole('button', { name: 'Make the links' }).click()
  await page.getByRole('heading', { name: 'Links', exact: true }).waitFor()
  const link = /http\S+\/invite\/[\w-]+/.exec(await page.locator('body').innerText())?.[0] ?? ''
  expect(link).toContain(own.url)

  tablet = await openBrowser()
  const hers = await newPage(tablet.context)
  await hers.goto(link)
  await hers.getByRole('heading', { name: 'Welcome, Sara Sato' }).waitFor()
  await hers.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await hers.getByLabel('Password again').fill(PASSWORD)
  await hers.getByRole('button', { name: 'Choose this password and sign in' }).click()
  await hers.getByText(/^Ready for offline/).waitFor({ timeout: 60_000 })
})

/** How many schools and students the page of schools and data counts, asked as the page asks. */
async function summary({ url }: District): Promise<number[]> {
  const reply = await page.request.get(`${url}/api/registry`)
  const { sites, students } = (await reply.json()) as { sites: unknown[]; students: number }
  return [sites.length, students]
}
