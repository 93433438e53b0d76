// A part of the app that does not come, and a screen that the app itself gets wrong: nobody is left in front of a blank page.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type OpenBrowser } from '../support/chromium.ts'
import { type District, openDistrict } from '../support/server.ts'
import { enter } from './screens.ts'
import { accessibilityFaults, button, tellOfFailures } from './steps.ts'

let district: District
let browser: OpenBrowser
tellOfFailures(() => browser?.context)

beforeAll(async () => {
  district = await openDistrict()
  await district.start()
  await fetch(`${district.url}/api/setup/sample`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
  // The app is not kept here yet: what a screen needs comes when it is asked for.
  browser = await openBrowser({ width: 1280, height: 900, keepsNoApp: true })
})
afterAll(async () => {
  await browser?.close()
  await district?.close()
})

test('A page whose file does not come says so inside the desk, and is there once it comes', async () => {
  const page = await browser.context.newPage()
  await enter(page, district.url, 'district')
  await page.route('**/assets/RulebookPage-*.js', (route) => route.abort())
  await page.getByRole('link', { name: 'Rulebook' }).click()
  await page.getByRole('heading', { name: 'This page is not here yet' }).waitFor()
  await page.getByText(/Connect to the network, then try again/).waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  // The desk around it goes on: another page, and back.
  await page.getByRole('link', { name: 'Merged roster' }).click()
  await page.getByRole('heading', { level: 1, name: 'Merged roster' }).waitFor()
  await page.getByRole('link', { name: 'Rulebook' }).click()
  await page.getByRole('heading', { name: 'This page is not here yet' }).waitFor()
  // Trying again without a network does not throw away what is there.
  await browser.context.setOffline(true)
  await button(page, 'Try again').click()
  await page.getByText('The server does not answer yet.').waitFor()
  await browser.context.setOffline(false)
  await page.unroute('**/assets/RulebookPage-*.js')
  await button(page, 'Try again').click()
  await page.getByRole('heading', { level: 1, name: /rulebook/i }).waitFor()
  await page.close()
})

test('On the first visit a part of the app is lost on the way: that is said, and trying again brings it', async () => {
  const page = await browser.context.newPage()
  await page.route('**/assets/keepSafe-*.js', (route) => route.abort())
  await page.goto(`${district.url}/overview`)
  await page.getByText('A part of the app did not come.').waitFor()
  await page.unroute('**/assets/keepSafe-*.js')
  await button(page, 'Try again').click()
  await page.getByText('A part of the app did not come.').waitFor({ state: 'hidden' })
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/overview')
  await page.close()
})

test('An order that breaks inside the app is not passed over in silence', async () => {
  const page = await browser.context.newPage()
  await page.goto(`${district.url}/checkpoints`)
  await page.evaluate(() => {
    window.print = () => {
      throw new TypeError('no printer was ever heard of')
    }
  })
  await page
    .getByRole('button', { name: /^Print/ })
    .first()
    .click()
  await page
    .getByRole('alert')
    .filter({ hasText: /^The app made a mistake: what you just did may not have happened.*no printer was ever heard of/ })
    .waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await button(page, 'I understand').click()
  await page.getByRole('alert').waitFor({ state: 'hidden' })
  await page.close()
})
