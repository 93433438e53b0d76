// The tablet's first visit loses a file of the app on the way: it is not called ready, says so, and gets ready by itself.
import { cpSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type OpenBrowser } from '../support/chromium.ts'
import { type District, openDistrict } from '../support/server.ts'
import { enter } from './screens.ts'
import { newPage, readyForOffline, tellOfFailures } from './steps.ts'

let district: District
let tablet: OpenBrowser
let dist: string
tellOfFailures(() => tablet?.context)

beforeAll(async () => {
  dist = mkdtempSync(path.join(tmpdir(), 'recoup-dist-'))
  cpSync(path.resolve(import.meta.dirname, '../../dist'), dist, { recursive: true, preserveTimestamps: true })
  district = await openDistrict({ RECOUP_DIST: dist })
  await district.start()
  await fetch(`${district.url}/api/setup/sample`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
  tablet = await openBrowser()
})
afterAll(async () => {
  await tablet?.close()
  await district?.close()
  rmSync(dist, { recursive: true, force: true })
})

/** Files of a part of the app that the first screens do not need, as they lie there and as they are put away. */
const parts = (): (readonly [string, string])[] =>
  readdirSync(path.join(dist, 'assets'))
    .filter((name) => name.replace('away-', '').startsWith('RulebookPage-'))
    .map((name) => [path.join(dist, 'assets', name.replace('away-', '')), path.join(dist, 'assets', `away-${name.replace('away-', '')}`)])

test('The tablet says that the app is not kept on it, and is ready by itself once the file comes', async () => {
  for (const [here, away] of parts()) renameSync(here, away)
  const page = await newPage(tablet.context)
  await enter(page, district.url, 'teacher')
  await page.getByText(/^The app is not kept on this device yet/).waitFor()
  expect(await page.getByText(/^Ready for offline/).count()).toBe(0)
  for (const [here, away] of parts()) renameSync(away, here)
  await readyForOffline(page)
  await district.kill()
  await page.reload()
  await page.getByText(/^Ready for offline/).waitFor()
  await page.close()
})
