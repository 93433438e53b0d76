// A tablet that meets no network: another device carries what it holds. One whose disk is full. One that the browser emptied.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { decodeQR } from 'qr/decode.js'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../shared/api/people.ts'
import { openBrowser } from '../support/chromium.ts'
import type { OpenBrowser } from '../support/chromium.ts'
import { cameraFlags, filmOf } from '../support/film.ts'
import { until } from '../support/server.ts'
import { account, importedDistrict, PASSWORD } from './imported.ts'
import type { Imported } from './imported.ts'
import { accessibilityFaults, button, checkIn, newPage, readyForOffline, signIn, tellOfFailures } from './steps.ts'

let school: Imported
let tablet: OpenBrowser
let desk: OpenBrowser | undefined
let page: Page
let office: Page
let parcel: string
let roster: string
let codes: string[]
tellOfFailures(
  () => tablet?.context,
  () => desk?.context,
)

beforeAll(async () => {
  school = await importedDistrict()
  tablet = await openBrowser()
})
afterAll(async () => {
  await desk?.close()
  await tablet?.close()
  await school?.district.close()
})

const row = (i: number) => page.getByRole('listitem').filter({ hasText: school.students[i]?.name ?? '' })
const give = (to: Page, file: string) => to.locator('input[type=file]').first().setInputFiles(file)

async function download(from: Page, name: string): Promise<string> {
  const [file] = await Promise.all([from.waitForEvent('download'), button(from, name).first().click()])
  const to = path.join(tmpdir(), `recoup-e2e-${process.pid}-${file.suggestedFilename()}`)
  await file.saveAs(to)
  return to
}

test('[S14] Without a network a teacher records, and saves what waits as a sealed file', async () => {
  page = await newPage(tablet.context)
  await page.goto(school.district.url)
  await signIn(page, school.teacher.username, PASSWORD)
  await readyForOffline(page)
  // Heard is not yet kept.
  await until(() => page.evaluate(holds, 'relay'))
  await tablet.context.setOffline(true)
  await button(page, 'Start session: Study hall').click()
  await page.getByRole('heading', { name: 'Study hall' }).waitFor()
  roster = page.url()
  for (const { name } of school.students.slice(0, 3)) await checkIn(page, name)
  await row(2).getByText('Saved here').waitFor()
  await page.goto(`${school.district.url}/outbox`)
  parcel = await download(page, 'Save as a file')
  await page.getByText(/^Saved: \d+ entries, sealed/).waitFor()
  expect(readFileSync(parcel).toString('latin1')).not.toContain('StudentCheckedIn')
  expect(await accessibilityFaults(page)).toEqual([])
})

test('[S14] The same as codes: each is read from the screen as it is drawn', async () => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await button(page, 'Show as codes').click()
  const code = page.locator('svg[data-code]')
  const says = await code.getAttribute('data-code')
  const drawn = await code.evaluate(async (svg) => {
    const image = new Image()
    image.src = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(svg)], { type: 'image/svg+xml' }))
    await image.decode()
    const canvas = Object.assign(document.createElement('canvas'), { width: 460, height: 460 })
    const context = canvas.getContext('2d')
    context?.drawImage(image, 0, 0, 460, 460)
    return [...(context?.getImageData(0, 0, 460, 460).data ?? [])]
  })
  const read = decodeQR({ width: 460, height: 460, data: Uint8Array.from(drawn) })
  expect(read).toMatch(/^RCP1\/[0-9A-F]{16}\/\d+\/\d+\//)
  expect(read).toBe(says)
  const of = Number(read.split('/')[3])
  const seen = new Set<string>([read])
  for (let i = 1; i < of; i++) {
    await button(page, 'Next code').click()
    seen.add((await code.getAttribute('data-code')) ?? '')
  }
  expect(seen.size).toBe(of)
  codes = [...seen]
})

test('[S14] The coordinator reads the codes with the camera, in whatever order they pass: it is in the log at once', async () => {
  const { people } = await school.administrator.ask<{ people: Person[] }>('GET', '/api/people')
  const colleague = people.find((each) => each.account === null && each.sites.includes(school.section.site) && each.sites.length === 1)
  if (colleague === undefined) throw new Error('Nobody else works at this school')
  const coordinator = await account(school.administrator, colleague.staff, 'coordinator')
  const film = path.join(tmpdir(), `recoup-e2e-${process.pid}.y4m`)
  filmOf([...codes.toReversed(), ...codes], film)
  desk = await openBrowser({ width: 1440, height: 900, flags: cameraFlags(film) })
  office = await newPage(desk.context)
  await office.goto(school.district.url)
  await signIn(office, coordinator, PASSWORD)
  await office.goto(`${school.district.url}/site/devices`)
  await button(office, 'Use the camera').click()
  await office.getByText(/: [1-9]\d* new, 0 known already, 0 set aside$/).waitFor({ timeout: 30_000 })
  rmSync(film)
})

test('[S14] The file brings the same once more, and nothing is counted twice; a changed or foreign file is refused with a sentence', async () => {
  const letter = path.join(tmpdir(), `recoup-e2e-${process.pid}-letter.recoup`)
  writeFileSync(letter, 'Dear parents')
  await give(office, letter)
  await office.getByText('This is not a parcel of Recoup.').waitFor()
  const bytes = readFileSync(parcel)
  writeFileSync(letter, bytes.fill((bytes.at(-1) ?? 0) ^ 1, bytes.length - 1))
  await give(office, letter)
  await office.getByText('This parcel was changed or damaged').first().waitFor()
  await give(office, parcel)
  await office.getByText(/: 0 new, [1-9]\d* known already, 0 set aside$/).waitFor({ timeout: 30_000 })
  for (const file of [letter, parcel]) rmSync(file)
})

test('[S14] The receipts go back by file, and the tablet is confirmed without ever meeting a network', async () => {
  const receipts = await download(office, 'Save the receipts as a file')
  await give(page, receipts)
  await page.getByText(/^Confirmed by receipts: \d+ entries/).waitFor()
  await page.getByText('Everything is confirmed').waitFor()
  await tablet.context.setOffline(false)
})

test('[S1] On a full disk a tap is still saved, in the space kept for it, and the screen says so', async () => {
  await page.goto(roster)
  await row(0).waitFor()
  const cdp = await tablet.context.newCDPSession(page)
  await until(() => page.evaluate(async () => (await indexedDB.databases()).some(({ name }) => name === 'recoup-reserve')))
  // What the browser writes twice for a while is counted twice: it is asked once nobody has the storage open any more.
  await page.goto('about:blank')
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  await page.goto(`${school.district.url}/api/health`)
  const { usage } = await page.evaluate(() => navigator.storage.estimate())
  // Others have taken what was left, and a little more: only what the app itself gives up makes space. The browser remembers for a while
  // how much there was, until nobody has the storage open any more.
  await page.goto('about:blank')
  await cdp.send('Storage.overrideQuotaForOrigin', { origin: new URL(roster).origin, quotaSize: (usage ?? 0) - 2_000_000 })
  await new Promise((resolve) => setTimeout(resolve, 5_000))
  await page.goto(roster)
  await row(0).waitFor()
  await checkIn(page, school.students[3]?.name ?? '')
  await row(3)
    .getByText(/Saved here|Sent|Confirmed/)
    .waitFor()
  await page.getByText('This device’s storage is full.').waitFor()
  await cdp.send('Storage.overrideQuotaForOrigin', { origin: new URL(roster).origin })
})

test('[S9] When the browser empties the storage, the tablet says what is safe and what may be lost', async () => {
  await until(() => page.evaluate(() => localStorage.getItem('recoup-held') !== null))
  const cdp = await tablet.context.newCDPSession(page)
  await page.goto('about:blank')
  await cdp.send('Storage.clearDataForOrigin', { origin: new URL(roster).origin, storageTypes: 'indexeddb' })
  await page.goto(school.district.url)
  await page.getByText('This device’s storage was emptied by the browser').waitFor()
  await page.getByText(/entries of it were confirmed by the district and are safe there/).waitFor()
  await button(page, 'I have read this').click()
  await page.getByText('This device’s storage was emptied by the browser').waitFor({ state: 'hidden' })
})

/** Whether the tablet keeps a fact of this name: asked in the page. */
const holds = (name: string): Promise<boolean> =>
  new Promise((resolve) => {
    const request = indexedDB.open('recoup')
    request.onsuccess = () => {
      const asked = request.result.transaction('meta').objectStore('meta').count(name)
      asked.onsuccess = () => {
        request.result.close()
        resolve(asked.result > 0)
      }
    }
  })
