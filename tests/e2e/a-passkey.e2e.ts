// The district office stops typing codes. The browser's own authenticator stands in for the one in a laptop.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/chromium.ts'
import type { OpenBrowser } from '../support/chromium.ts'
import { openDistrict } from '../support/server.ts'
import type { District } from '../support/server.ts'
import { enter } from './screens.ts'
import { accessibilityFaults, button, newPage, signIn, tellOfFailures } from './steps.ts'

let district: District
let url: string
let desk: OpenBrowser
tellOfFailures(() => desk?.context)

beforeAll(async () => {
  district = await openDistrict()
  await district.start()
  // Browsers know no passkeys for a numeric address.
  url = district.url.replace('127.0.0.1', 'localhost')
  const made = await fetch(`${district.url}/api/setup/sample`, { method: 'POST', headers: { origin: district.url } })
  if (!made.ok) throw new Error(await made.text())
  desk = await openBrowser({ width: 1280, height: 900 })
})
afterAll(async () => {
  await desk?.close()
  await district?.close()
})

test('S14 A passkey is made, named and asked for after the password; paper stays for the day it is lost; other sign-ins are ended', async () => {
  const page = await newPage(desk.context)
  const cdp = await desk.context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  })
  await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: true })
  await enter(page, url, 'district')
  await page.goto(`${url}/second-factor`)
  await page.getByLabel('What to call it').fill('Grey laptop')
  await button(page, 'Add a passkey').click()
  await page.getByRole('heading', { name: 'Print these codes now' }).waitFor()
  const paper = await page
    .getByRole('listitem')
    .filter({ hasText: /^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/ })
    .first()
    .innerText()
  await button(page, 'I have them on paper').click()
  await button(page, 'Change Grey laptop').click()
  const dialog = page.getByRole('dialog', { name: 'Passkey Grey laptop' })
  await dialog.getByLabel('What to call it').fill('Blue laptop')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await button(page, 'Change Blue laptop').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])

  // Out, and in again: the password alone is not enough, the passkey is.
  await page.goto(`${url}/district`)
  await page.getByRole('button', { name: 'Sign out' }).first().click()
  await page.getByText('Try it as…').waitFor()
  await page.getByRole('textbox', { name: 'User name' }).fill('district')
  await page.getByLabel('Password', { exact: true }).fill('sample-district-password')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByText(/^Give the code of your authenticator app/).waitFor()
  await button(page, 'Use a passkey').click()
  await page.getByRole('row').nth(3).waitFor()

  // Elsewhere, with a code from paper; then ended from here.
  const elsewhere = await openBrowser({ width: 820, height: 1180 })
  try {
    const other = await newPage(elsewhere.context)
    await other.goto(`${url}/sign-in`)
    await other.getByRole('textbox', { name: 'User name' }).fill('district')
    await other.getByLabel('Password', { exact: true }).fill('sample-district-password')
    await other.getByRole('button', { name: 'Sign in', exact: true }).click()
    await other.getByLabel('Code', { exact: true }).fill(paper)
    await other.getByRole('button', { name: 'Sign in', exact: true }).click()
    await other.getByRole('row').nth(3).waitFor()
    await page.goto(`${url}/second-factor`)
    await page.getByText('It is on. 9 codes on paper are left.').waitFor()
    await page.getByRole('list', { name: 'Where you are signed in' }).getByRole('listitem').nth(1).waitFor()
    await button(page, 'Sign out everywhere else').click()
    await button(page, 'Sign out everywhere else').waitFor({ state: 'hidden' })
    expect(await other.evaluate(async () => (await fetch('/api/me')).status)).toBe(401)
  } finally {
    await elsewhere.close()
  }

  // Removed, the password is enough again.
  await button(page, 'Change Blue laptop').click()
  await button(page, 'Remove this passkey').click()
  await page.getByText('There is none yet.').waitFor()
  await page.goto(`${url}/district`)
  await page.getByRole('button', { name: 'Sign out' }).first().click()
  await page.getByText('Try it as…').waitFor()
  await signIn(page, 'district', 'sample-district-password')
  await page.getByRole('row').nth(3).waitFor()
  await page.close()
})
