// A PIN is being set, and somebody goes back and taps on meanwhile: what reached the disk is there afterwards.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/chromium.ts'
import type { OpenBrowser } from '../support/chromium.ts'
import { importedDistrict, PASSWORD } from './imported.ts'
import type { Imported } from './imported.ts'
import { button, checkIn, newPage, readyForOffline, signIn, tap } from './steps.ts'

const PIN = '702948'

let school: Imported
let tablet: OpenBrowser
let page: Page

beforeAll(async () => {
  school = await importedDistrict()
  tablet = await openBrowser()
  page = await newPage(tablet.context)
})
afterAll(async () => {
  await tablet?.close()
  await school?.district.close()
})

/** The ids of all events in the databases of the app: they stand in clear. */
async function idsOnDisk(): Promise<readonly string[]> {
  const asked = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result))
      request.addEventListener('error', () => reject(request.error ?? new Error('no answer')))
    })
  const ids: string[] = []
  for (const { name = '' } of await indexedDB.databases()) {
    const db = await asked(indexedDB.open(name))
    if (db.objectStoreNames.contains('events'))
      for (const row of (await asked(db.transaction('events').objectStore('events').getAll())) as { id: string }[]) ids.push(row.id)
    db.close()
  }
  return ids
}

test('[S1] Somebody goes back while a PIN is being set and taps on: everything that was stored is in the locker', async () => {
  await page.goto(school.district.url)
  await signIn(page, school.teacher.username, PASSWORD)
  await readyForOffline(page)
  await page.waitForTimeout(1_500)
  await tablet.context.setOffline(true)
  await button(page, 'Start session: Study hall').click()
  await page.getByRole('heading', { name: 'Study hall' }).waitFor()
  const roster = new URL(page.url()).pathname
  await checkIn(page, school.students[0]?.name ?? '')
  await page.goto(new URL('/device', page.url()).href)
  await page.getByRole('link', { name: /PIN/ }).first().click()
  await page.getByLabel('PIN', { exact: true }).fill(PIN)
  await page.getByLabel('The same once more').fill(PIN)
  await button(page, 'Set it').click()
  await page.getByText('Wait a moment: everything recorded is being moved').waitFor()
  await page.goBack()
  await page.getByRole('link', { name: 'Today' }).first().click()
  await page.locator(`a[href="${roster}"]`).first().click()
  await page.getByRole('heading', { name: 'Study hall' }).waitFor()
  const stored = new Set<string>()
  let taps = 0
  try {
    for (let round = 0; round < 40; round++)
      for (const { name } of school.students.slice(1)) {
        await tap(page, round % 2 === 0 ? 'in' : 'out', name).click({ timeout: 1_500 })
        taps++
        for (const id of await page.evaluate(idsOnDisk)) stored.add(id)
      }
  } catch {
    // The tablet has locked.
  }
  await button(page, 'Sign in with a password').waitFor({ timeout: 20_000 })
  const kept = new Set(await page.evaluate(idsOnDisk))
  expect(taps).toBeGreaterThan(0)
  expect([...stored].filter((id) => !kept.has(id))).toEqual([])
  expect(kept.size).toBeGreaterThanOrEqual(taps)
})
