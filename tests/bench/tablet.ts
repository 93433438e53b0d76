/** A teacher's tablet with a history on it and a session running, as the benches need it. */
import type { Page } from 'playwright-core'
import type { SchoolDate } from '../../shared/time.ts'
import { openBrowser } from '../support/chromium.ts'
import { openDevice } from '../support/device.ts'
import { openDistrict } from '../support/server.ts'
import { pushes, recordHistory } from './history.ts'
import { signInToSample, studentsOf } from './sample.ts'

export interface BenchTablet {
  /** On the roster of a running session. */
  readonly page: Page
  /** Names of the students on the roster. */
  readonly names: readonly string[]
  readonly profile: string
  /** Browser and server go; what the browser stored stays. */
  leave(): Promise<void>
  close(): Promise<void>
}

/** The sample district with `events` more of history, pulled by a real browser, which then starts a session; with a PIN, out of a locker. */
export async function openTablet(events: number, today: SchoolDate, pin?: string): Promise<BenchTablet> {
  const district = await openDistrict()
  await district.start()
  const teacher = await signInToSample(district.url)
  const other = await openDevice(district.url, teacher.username, teacher.password)
  for (const part of pushes(recordHistory(other, await studentsOf(other), events, today))) await other.push(part)

  const browser = await openBrowser()
  const page = browser.context.pages()[0] ?? (await browser.context.newPage())
  await page.goto(district.url)
  await page.getByRole('button', { name: new RegExp(teacher.name) }).click()
  await page.getByText(/^Ready for offline/).waitFor({ timeout: 120_000 })
  if (pin) await giveItAPin(page, pin)
  await page
    .getByRole('button', { name: /^Start session: / })
    .first()
    .click()
  const buttons = page.getByRole('button', { name: /^Check in / })
  await buttons.first().waitFor()
  const labels = await buttons.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? ''))
  let open = true
  return {
    page,
    names: labels.map((label) => label.replace(/^Check in /, '').replace(/ again$/, '')).slice(0, 30),
    profile: browser.profile,
    async leave() {
      await browser.context.close()
      await district.kill()
      open = false
    },
    async close() {
      if (open) await browser.close()
      else await (await openBrowser({ profile: browser.profile })).close()
      await district.close()
    },
  }
}

/** Moves what was pulled into a locker, and opens it. */
async function giveItAPin(page: Page, pin: string): Promise<void> {
  // The first steps are offered before the PIN is.
  await page.getByRole('button', { name: 'Skip' }).click()
  await page.getByRole('link', { name: 'Set a PIN' }).click()
  await page.getByLabel('PIN', { exact: true }).fill(pin)
  await page.getByLabel('The same once more').fill(pin)
  await page.getByRole('button', { name: 'Set it' }).click()
  await page.getByRole('button', { name: 'Unlock' }).waitFor({ timeout: 120_000 })
  await page.getByLabel('PIN', { exact: true }).fill(pin)
  await page.getByRole('button', { name: 'Unlock' }).click()
  await page.getByText(/^Ready for offline/).waitFor({ timeout: 120_000 })
}
