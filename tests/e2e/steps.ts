/** What people do, in the words that stand on the screen. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { afterEach } from 'vitest'

/** When a step fails, leaves a picture and the text of every open page in `screenshots/failures`. */
export function tellOfFailures(...contexts: readonly (() => BrowserContext | undefined)[]): void {
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    const folder = path.resolve(import.meta.dirname, '../../screenshots/failures')
    mkdirSync(folder, { recursive: true })
    for (const [i, page] of contexts.flatMap((context) => context()?.pages() ?? []).entries()) {
      const name = path.join(folder, `${task.name.replaceAll(/[^a-zA-Z]+/g, '-').slice(0, 80)}-${i}`)
      await page.screenshot({ path: `${name}.png` }).catch(() => undefined)
      writeFileSync(`${name}.txt`, `${page.url()}\n${await page.locator('body').innerText().catch(String)}\n`)
    }
  })
}

/** A new page that fails the scenario when the app throws. */
export async function newPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  page.on('pageerror', (error) => {
    throw new Error(`The page ${page.url()} threw: ${error.stack ?? error.message}`)
  })
  return page
}

export async function signIn(page: Page, username: string, password: string): Promise<void> {
  const other = page.getByText('Sign in with a user name')
  const name = page.getByRole('textbox', { name: 'User name' })
  await other.or(name).first().waitFor()
  if (!(await name.isVisible())) await other.click()
  await name.fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  const enter = page.getByRole('button', { name: 'Sign in', exact: true })
  await enter.click()
  await enter.waitFor({ state: 'hidden' })
}

/** A button by the name it has for everybody, also for who cannot see it. */
export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true })

/** The button of a roster row: it says how things stand and what a tap does. */
export const tap = (page: Page, does: 'in' | 'out', name: string): Locator =>
  page.getByRole('button', { name: new RegExp(`check ${does} ${name}( again)?$`, 'i') })
export const checkIn = (page: Page, name: string): Promise<void> => tap(page, 'in', name).click()
export const checkOut = (page: Page, name: string): Promise<void> => tap(page, 'out', name).click()

/** Waits until the roster counts so many in the room. */
export const hereNow = (page: Page, count: number): Promise<void> =>
  page.getByRole('button', { name: new RegExp(`^Here\\s*${count}$`) }).waitFor()

/** Waits until the app can be opened without a network: its worker holds every file, the data is there. */
export async function readyForOffline(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.getByText(/^Ready for offline/).waitFor()
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  readonly id: string
  readonly help: string
  readonly nodes: readonly { readonly html: string }[]
}

/** Violations of WCAG 2.2 A and AA that a machine can find on the screen as it is, one line each. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await atRest(page)
  // The page's own policy forbids strangers' scripts; the tool that judges comes in through the debugger, which may.
  await page.evaluate(axe)
  const violations = await page.evaluate(async () => {
    const runner = (globalThis as unknown as { axe: { run(options: unknown): Promise<{ violations: Violation[] }> } }).axe
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
    return (await runner.run({ runOnly: { type: 'tag', values: tags } })).violations
  })
  return violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}: ${nodes
        .slice(0, 2)
        .map((node) => node.html.slice(0, 160))
        .join(' ; ')}`,
  )
}

/** Nothing on the page is on its way from one look to another any more: half-way colours are nobody's choice. */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    await drawn()
    await drawn()
    for (const animation of document.getAnimations()) if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish()
    await drawn()
  })
}

/** As the browser does it when a network is there again, at once instead of when it sees fit. */
export async function wakeTheWorker(page: Page, url: string): Promise<void> {
  const browser = await page.context().newCDPSession(page)
  const known = new Promise<string>((resolve) => {
    browser.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ scopeURL, isDeleted }) => scopeURL === `${url}/` && !isDeleted)
      if (own) resolve(own.registrationId)
    })
  })
  await browser.send('ServiceWorker.enable')
  const registrationId = await known
  await browser.send('ServiceWorker.dispatchSyncEvent', { origin: url, registrationId, tag: 'recoup-sync', lastChance: false })
}
