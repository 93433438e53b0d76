// A teacher's own telephone: finger or face open it instead of the PIN, without a network, until somebody else is let in. The browser's own
// authenticator stands in for the one in a telephone.
import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../shared/api/people.ts'
import { openBrowser } from '../support/chromium.ts'
import type { OpenBrowser } from '../support/chromium.ts'
import { account, importedDistrict, PASSWORD } from './imported.ts'
import type { Imported } from './imported.ts'
import { accessibilityFaults, button, checkIn, newPage, readyForOffline, signIn, tellOfFailures } from './steps.ts'

const PIN = '702948'

let school: Imported
/** Browsers know no passkeys for a numeric address. */
let url: string
let phone: OpenBrowser
let page: Page
let finger: CDPSession
let authenticatorId: string
tellOfFailures(() => phone?.context)

beforeAll(async () => {
  school = await importedDistrict()
  url = school.district.url.replace('127.0.0.1', 'localhost')
  phone = await openBrowser({ width: 390, height: 844 })
  page = await newPage(phone.context)
  finger = await phone.context.newCDPSession(page)
  await finger.send('WebAuthn.enable')
  const made = await finger.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', ctap2Version: 'ctap2_1', transport: 'internal', hasPrf: true },
      ...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
    },
  })
  ;({ authenticatorId } = made)
  await finger.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: true })
})
afterAll(async () => {
  await phone?.close()
  await school?.district.close()
})

const isHerFinger = (isHers: boolean) => finger.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: isHers })
const byFinger = () => button(page, 'Unlock with finger or face')
const unlock = async (): Promise<void> => {
  await page.getByLabel('PIN', { exact: true }).fill(PIN)
  await button(page, 'Unlock').click()
}
const lock = async (): Promise<void> => {
  await button(page, 'Lock').click()
  await button(page, 'Sign in with a password').waitFor()
}
async function setPin(): Promise<void> {
  await page.getByLabel('PIN', { exact: true }).fill(PIN)
  await page.getByLabel('The same once more').fill(PIN)
  await button(page, 'Set it').click()
  await button(page, 'Sign in with a password').waitFor()
}

test('With a PIN set, the page about the device offers finger or face, and says for whom that is', async () => {
  await page.goto(url)
  await signIn(page, school.teacher.username, PASSWORD)
  await readyForOffline(page)
  await page.goto(`${url}/pin`)
  await setPin()
  expect(await byFinger().count()).toBe(0)
  await unlock()
  await readyForOffline(page)
  await page.getByRole('link', { name: 'This device' }).click()
  await page.getByText(/Only where nobody but you can unlock it/).waitFor()
  await button(page, 'Let finger or face unlock').click()
  await page.getByText('What unlocks this device opens Recoup too, and so does the PIN.').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
})

test('Without a network the finger opens it, and what was recorded is there', async () => {
  await school.district.kill()
  await page.goto(`${url}/today`)
  await byFinger().click()
  await button(page, 'Start session: Study hall').click()
  await checkIn(page, school.students[0]?.name ?? '')
  await page.getByText('Saved here').first().waitFor()
  await lock()
  expect(await accessibilityFaults(page)).toEqual([])
  await byFinger().click()
  await page
    .getByRole('listitem')
    .filter({ hasText: school.students[0]?.name ?? '' })
    .getByText('Saved here')
    .waitFor()
})

test('Somebody else’s finger opens nothing; the PIN still does', async () => {
  await lock()
  await isHerFinger(false)
  await byFinger().click()
  await page.getByText('The device did not say that it is you. Try again, or use the PIN.').waitFor()
  await unlock()
  await page.getByText('Saved here').first().waitFor()
  await isHerFinger(true)
})

test('When a colleague gets a PIN on it, each opens with the PIN alone', async () => {
  await school.district.start()
  const { people } = await school.administrator.ask<{ people: Person[] }>('GET', '/api/people')
  const colleague = people.find((each) => each.account === null && each.sites.includes(school.section.site) && each.certificated)
  if (!colleague) throw new Error('Nobody else teaches at this school')
  const username = await account(school.administrator, colleague.staff, 'teacher')
  await lock()
  await button(page, 'Sign in with a password').click()
  await signIn(page, username, PASSWORD)
  await setPin()
  await page.getByText('Who are you?').or(page.getByLabel('User name')).first().waitFor()
  expect(await byFinger().count()).toBe(0)
  await page.getByRole('button', { name: school.teacher.name }).click()
  expect(await byFinger().count()).toBe(0)
  await unlock()
  await page.getByRole('link', { name: 'This device' }).click()
  await button(page, 'Let finger or face unlock').click()
  await page.getByText(/^Somebody else has a PIN on this device/).waitFor()
})
