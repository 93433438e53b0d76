// An administrator has had enough of passwords alone; a tablet is lost in a bus.
import path from 'node:path'
import Database from 'better-sqlite3'
import decodeQR from 'qr/decode.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SecondFactorBegun } from '../../shared/api/trust.ts'
import { codeAt, stepAt } from '../../server/people/totp.ts'
import { openBrowser } from '../support/chromium.ts'
import type { OpenBrowser } from '../support/chromium.ts'
import { openDistrict } from '../support/server.ts'
import type { District } from '../support/server.ts'
import { enter } from './screens.ts'
import { accessibilityFaults, button, newPage, tellOfFailures } from './steps.ts'

let district: District
let desk: OpenBrowser
let tablet: OpenBrowser
let secret: string
tellOfFailures(
  () => desk?.context,
  () => tablet?.context,
)

beforeAll(async () => {
  district = await openDistrict()
  await district.start()
  const made = await fetch(`${district.url}/api/setup/sample`, { method: 'POST', headers: { origin: district.url } })
  if (!made.ok) throw new Error(await made.text())
  desk = await openBrowser({ width: 1280, height: 900 })
  tablet = await openBrowser({ width: 820, height: 1180 })
})
afterAll(async () => {
  await desk?.close()
  await tablet?.close()
  await district?.close()
})

test('Half an hour later the desk asks who is here, once; its person comes back to the page, and nothing has to be looked for', async () => {
  const page = await newPage(desk.context)
  await enter(page, district.url, 'coordinator')
  await page.goto(`${district.url}/site/devices`)
  await page.getByRole('row').nth(1).waitFor()
  const db = new Database(path.join(district.data, 'recoup.db'))
  db.prepare('UPDATE web_session SET last_seen_at = last_seen_at - 31 * 60000').run()
  db.close()
  await page.reload()
  await page.getByText('Your sign-in has ended. Sign in again; nothing on this device is lost.').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  expect(await button(page, 'Try again').count()).toBe(0)
  await button(page, 'Sign in again').click()
  await page.getByRole('dialog', { name: 'Sign in again' }).waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await page.getByRole('button', { name: /^Sign in as / }).click()
  await page.getByRole('row').nth(1).waitFor()
  expect(new URL(page.url()).pathname).toBe('/site/devices')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await button(page, 'Sign out').first().click()
  await page.getByText('Try it as…').waitFor()
  await page.close()
})

test('The lost tablet is revoked: it is signed out, and its names are gone at its next contact', async () => {
  const page = await newPage(tablet.context)
  await enter(page, district.url, 'teacher')
  await page.getByText(/^Ready for offline/).waitFor({ timeout: 60_000 })
  const coordinator = await newPage(desk.context)
  await enter(coordinator, district.url, 'district')
  await coordinator.goto(`${district.url}/site/devices`)
  const row = coordinator.getByRole('row').filter({ hasText: 'Sara Sato' }).filter({ hasText: 'Linux' })
  await row.getByRole('button', { name: 'Change' }).click()
  await button(coordinator, 'Revoke this device').click()
  await button(coordinator, 'Revoke it').click()
  await coordinator
    .getByText(/^Revoked /)
    .first()
    .waitFor()
  await page.reload()
  await page.getByText('Try it as…').waitFor({ timeout: 60_000 })
  const left = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const open = indexedDB.open('recoup')
        open.onsuccess = () => {
          const count = open.result.transaction('records').objectStore('records').count()
          count.onsuccess = () => resolve(count.result)
        }
      }),
  )
  expect(left).toBe(0)
  await page.close()
  await coordinator.close()
})

test('A new device reads the coordinator’s code with its camera, and is on the sign-in page with the code filled in', async () => {
  const page = await newPage(desk.context)
  await page.goto(`${district.url}/site/devices`)
  await button(page, 'New device').click()
  const dialog = page.getByRole('dialog', { name: 'A code for a new device' })
  const code = await dialog.locator('code').innerText()
  // Read as a camera reads it: from what is painted.
  const picture = await dialog.getByRole('img', { name: 'The code for a camera' }).screenshot()
  const { width, height, pixels } = await page.evaluate(async (base64) => {
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))]))
    const canvas = new OffscreenCanvas(image.width, image.height)
    const drawing = canvas.getContext('2d')
    drawing?.drawImage(image, 0, 0)
    return { width: image.width, height: image.height, pixels: [...(drawing?.getImageData(0, 0, image.width, image.height).data ?? [])] }
  }, picture.toString('base64'))
  const address = decodeQR({ width, height, data: Uint8Array.from(pixels) })
  expect(address).toBe(`${district.url}/sign-in#enrol=${code}`)
  const fresh = await openBrowser({ width: 820, height: 1180 })
  const other = await newPage(fresh.context)
  await other.goto(address)
  await other.waitForFunction((typed) => [...document.querySelectorAll('input')].some(({ value }) => value === typed), code)
  // Once it has been read, nobody sees it in the address.
  await other.waitForFunction(() => location.hash === '')
  await fresh.close()
  await page.close()
})

test('Whoever has been at it for a while shows again who it is before a file with many students, and the record says who took it', async () => {
  const page = await newPage(desk.context)
  await page.goto(`${district.url}/district`)
  await page.getByRole('row').nth(3).waitFor()
  // Six minutes later, as the server would see it.
  await page.route('**/api/step-up', async (route) => {
    if (route.request().method() !== 'GET') return route.continue()
    const response = await route.fetch()
    return route.fulfill({ response, json: { ...((await response.json()) as object), fresh: false } })
  })
  await page.getByRole('link', { name: 'CSV' }).click()
  const dialog = page.getByRole('dialog', { name: 'Show again that it is you' })
  await dialog.getByLabel('Password').fill('not this one')
  expect(await accessibilityFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Take the file' }).click()
  await dialog.getByRole('alert').waitFor()
  await dialog.getByLabel('Password').fill('sample-district-password')
  const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Take the file' }).click()])
  expect(await download.failure()).toBe(null)
  await dialog.waitFor({ state: 'hidden' })
  await page.getByRole('row').nth(3).getByRole('link').first().click()
  await page.getByRole('link', { name: 'Who saw this record' }).click()
  await page.getByRole('row').filter({ hasText: 'Diana Okafor' }).filter({ hasText: 'Took the roster as a file' }).waitFor()
  await page.getByLabel('Only this record').check()
  await page.getByRole('row').filter({ hasText: 'Looked at the record' }).waitFor()
  await page.close()
})

test('Whoever turns the second factor on is led to setting it up, and gets codes for paper', async () => {
  const page = await newPage(desk.context)
  await page.goto(`${district.url}/people`)
  await page.getByLabel('Ask for a second factor').click()
  await page.getByText(/The district asks this of everybody/).waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  const [reply] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/api/second-factor/begin')),
    button(page, 'Set it up').click(),
  ])
  secret = ((await reply.json()) as SecondFactorBegun).secret
  await page.getByLabel('Code', { exact: true }).fill(codeAt(secret, stepAt(Date.now())))
  await button(page, 'Turn it on').click()
  await page.getByRole('heading', { name: 'Print these codes now' }).waitFor()
  expect(
    await page
      .getByRole('listitem')
      .filter({ hasText: /^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/ })
      .count(),
  ).toBe(10)
  await button(page, 'I have them on paper').click()
  await page.getByText('It is on. 10 codes on paper are left.').waitFor()
  await page.close()
})
