// A coordinator signs in where the whole district does; a stranger is told what to do.
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../server/config.ts'
import { openForCommand } from '../../server/main.ts'
import { as, type StaffId } from '../../shared/ids.ts'
import { openBrowser } from '../support/chromium.ts'
import type { OpenBrowser } from '../support/chromium.ts'
import { type IdentityProvider, openIdentityProvider } from '../support/identityProvider.ts'
import { openDistrict } from '../support/server.ts'
import type { District } from '../support/server.ts'
import { accessibilityFaults, button, newPage, tellOfFailures } from './steps.ts'

let idp: IdentityProvider
let district: District
let desk: OpenBrowser
tellOfFailures(() => desk?.context)

beforeAll(async () => {
  district = await openDistrict(async (url) => {
    idp = await openIdentityProvider(`${url}/sso/return`)
    return {
      RECOUP_URL: url,
      RECOUP_SSO_ISSUER: idp.issuer,
      RECOUP_SSO_CLIENT: idp.client,
      RECOUP_SSO_SECRET: idp.secret,
      RECOUP_SSO_NAME: 'Valley Unified',
      RECOUP_SSO_ROLES: 'Recoup=coordinator',
    }
  })
  await district.start()
  const administrator = { name: 'Ada Long', username: 'ada@valley.example', password: 'a long enough password' }
  const body = JSON.stringify({ name: 'Valley Unified', zone: 'America/Los_Angeles', lea: null, administrator, secondFactor: false })
  const headers = { origin: district.url, 'content-type': 'application/json' }
  const made = await fetch(`${district.url}/api/setup/district`, { method: 'POST', headers, body })
  if (!made.ok) throw new Error(await made.text())
  const config = readConfig({ RECOUP_DATA: district.data })
  if ('fault' in config) throw new Error(config.fault)
  const office = openForCommand(config)
  const grace = { id: as<StaffId>('grace'), name: 'Grace Hall', email: 'grace@valley.example', sites: [], title: '' }
  office.store.apply([{ kind: 'staff', id: grace.id, ended: false, body: { ...grace, certificated: false, employee: true } }])
  office.close()
  desk = await openBrowser({ width: 1280, height: 900 })
})
afterAll(async () => {
  await desk?.close()
  await district?.close()
  await idp?.close()
})

test('A stranger of the district’s sign-in is told in a sentence what to do, and can go back', async () => {
  const page = await newPage(desk.context)
  idp.person = { sub: 'u-9', email: 'nobody@valley.example', groups: ['Recoup'] }
  await page.goto(district.url)
  await button(page, 'Sign in with Valley Unified').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await button(page, 'Sign in with Valley Unified').click()
  await page.getByText(/no one person of the staff with your e-mail address/).waitFor()
  expect(new URL(page.url()).search).toBe('')
  await button(page, 'Go to the sign-in page').click()
  await page.getByLabel('User name').waitFor()
  await page.close()
})

test('Somebody of the staff list comes in without a password of Recoup, and stays after a reload', async () => {
  // Another person at the same desk: the provider has forgotten the one before.
  await desk.context.clearCookies()
  const page = await newPage(desk.context)
  // The administrator signed up with an address; the provider knows the same one.
  idp.person = { sub: 'u-1', email: 'ada@valley.example', amr: ['mfa'] }
  await page.goto(district.url)
  await button(page, 'Sign in with Valley Unified').click()
  await page.waitForURL(/\/(district|import)/)
  await page.reload()
  await page.getByText('Ada Long').first().waitFor()
  await page.close()
})

/** Nobody touches the desk, as the server sees it. */
function leaveForHalfAnHour(): void {
  const db = new Database(path.join(district.data, 'recoup.db'))
  db.prepare('UPDATE web_session SET last_seen_at = last_seen_at - 31 * 60000').run()
  db.close()
}

test('Half an hour later the same sign-in leads back to the page on which it was asked for', async () => {
  const page = await newPage(desk.context)
  await page.goto(`${district.url}/people`)
  await page.getByText('Ada Long').first().waitFor()
  leaveForHalfAnHour()
  await page.reload()
  await button(page, 'Sign in again').click()
  await page.getByText(/The district’s own sign-in leaves it and comes back/).waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await button(page, 'Sign in with Valley Unified').click()
  await page.getByRole('row').filter({ hasText: 'Ada Long' }).waitFor()
  expect([new URL(page.url()).pathname, await button(page, 'Sign in again').count()]).toEqual(['/people', 0])
  await page.close()
})

test('Somebody else who comes back from there is nobody at this desk, and finds nothing of the one before', async () => {
  const page = await newPage(desk.context)
  await page.goto(`${district.url}/people`)
  await page.getByRole('row').filter({ hasText: 'Ada Long' }).waitFor()
  leaveForHalfAnHour()
  await page.reload()
  await button(page, 'Sign in again').click()
  // The provider has forgotten Ada: Grace sits at the desk now.
  await desk.context.clearCookies({ name: /^_/ })
  idp.person = { sub: 'u-2', email: 'grace@valley.example', groups: ['Recoup'] }
  await button(page, 'Sign in with Valley Unified').click()
  // The dialog has a field of this name, too: only the page of its own says that all of it is over.
  await page.waitForURL(`${district.url}/sign-in`)
  await page.getByLabel('User name').waitFor()
  expect((await page.request.get(`${district.url}/api/me`)).status()).toBe(401)
  await page.goto(`${district.url}/people`)
  await page.getByLabel('User name').waitFor()
  expect(await page.getByText('Ada Long').count()).toBe(0)
  await page.close()
})
