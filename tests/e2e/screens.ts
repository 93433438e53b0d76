/** A walk through every screen of the sample district, as each of its people. */
import type { Page } from 'playwright-core'
import { openBrowser } from '../support/chromium.ts'
import type { BrowserOptions } from '../support/chromium.ts'
import { newPage } from './steps.ts'

export type Visit = (name: string, page: Page) => Promise<void>

/** Walks from the empty server at `url` on; `visit` is called on each screen when it has come to rest. */
export async function walkEveryScreen(url: string, options: BrowserOptions, visit: Visit): Promise<void> {
  await as(options, async (page) => {
    await page.goto(url)
    await page.getByRole('button', { name: 'Make the sample district' }).waitFor()
    await visit('setup', page)
    await page.getByRole('button', { name: 'Begin' }).click()
    await page.getByLabel('District name').waitFor()
    await visit('setup-district', page)
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('button', { name: 'Make the sample district' }).click()
    await page.getByText('Try it as…').waitFor()
    await visit('sign-in', page)
  })
  await as(options, async (page) => {
    await enter(page, url, 'teacher')
    await page.getByText(/^Ready for offline/).waitFor({ timeout: 60_000 })
    await teacher(page, url, visit)
  })
  await as(options, async (page) => {
    await enter(page, url, 'coordinator')
    for (const path of [
      'site',
      'site/students',
      'site/follow-up',
      'site/paper',
      'site/paper/key',
      'calendar',
      'alerts',
      'help',
      'site/walk-ins',
      'site/devices',
      'site/set-aside',
      'site/checklist',
      'sections',
      'sections/new',
      'planner',
      'rulebook',
    ]) {
      await at(page, `${url}/${path}`)
      await visit(`coordinator-${path.replaceAll('/', '-')}`, page)
    }
  })
  await as(options, async (page) => {
    await enter(page, url, 'administrator', 'district')
    await at(page, `${url}/district`)
    await page.getByRole('row').nth(3).waitFor()
    await visit('district-roster', page)
    await page.getByRole('row').nth(5).getByRole('link').first().click()
    await page.waitForURL(/\/district\/student\//)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await settle(page)
    await visit('district-student', page)
    await page.getByRole('link', { name: 'Who saw this record' }).click()
    await page.getByRole('row').nth(1).waitFor()
    await settle(page)
    await visit('district-student-seen', page)
    for (const path of [
      'periods',
      'state-file',
      'sis-files',
      'rates',
      'packets',
      'overview',
      'overview/behind',
      'registry',
      'import',
      'people',
      'planner',
      'policy',
      'checkpoints',
      'second-factor',
      'rulebook',
    ]) {
      await at(page, `${url}/${path}`)
      await visit(path, page)
    }
    await at(page, `${url}/policy`)
    await visit('policy', page)
    await page.getByRole('button', { name: 'Change policy' }).click()
    await page.getByLabel('How time adds up').selectOption('minutes')
    await page.getByLabel('Holds from').fill('2026-08-01')
    await page.getByLabel('Why').fill('As the board decided.')
    await page.getByRole('button', { name: 'Show what would change' }).click()
    await page.getByRole('heading', { name: /^What would change/ }).waitFor()
    await settle(page)
    await visit('policy-preview', page)
    await at(page, `${url}/nowhere`)
    await visit('not-found', page)
    const invite = await invitation(page)
    await at(page, url + invite)
    await page.getByRole('button', { name: /^Sign out .* and go on$/ }).waitFor()
    await inBothLanguages('invite-somebody-signed-in', page, visit)
    // Whoever goes on finds the invitation itself at the same address.
    await page.getByRole('button', { name: /^Sign out .* and go on$/ }).click()
    await page.getByLabel('Password again').waitFor()
    await inBothLanguages('invite', page, visit)
    await at(page, `${url}/invite/of-last-year`)
    await visit('invite-gone', page)
  })
}

/** Invites somebody who has no account; gives the address of the invitation. */
async function invitation(page: Page): Promise<string> {
  const made = await page.evaluate(async () => {
    const { people } = (await (await fetch('/api/people')).json()) as { people: { staff: string; account: unknown }[] }
    const staff = people
      .filter((person) => person.account === null)
      .slice(-1)
      .map((person) => person.staff)
    const headers = { 'content-type': 'application/json' }
    const reply = await fetch('/api/people/invites', { method: 'POST', headers, body: JSON.stringify({ staff, role: 'teacher' }) })
    return (await reply.json()) as { invites: { path: string }[] }
  })
  const [first] = made.invites
  if (first === undefined) throw new Error('Everybody has an account')
  return first.path
}

/** The screen as it is, then in Spanish, then as it was. */
async function inBothLanguages(name: string, page: Page, visit: Visit): Promise<void> {
  await visit(name, page)
  await page.getByRole('button', { name: 'Español' }).click()
  await visit(`${name}-es`, page)
  await page.getByRole('button', { name: 'English' }).click()
}

async function teacher(page: Page, url: string, visit: Visit): Promise<void> {
  await visit('teacher-today', page)
  await page
    .getByRole('button', { name: /^Start session: / })
    .first()
    .click()
  const rows = page.getByRole('button', { name: /^Check in (?!.*again$)/ })
  await rows.first().waitFor()
  for (let i = 0; i < 6; i++) await rows.first().click()
  await page.getByText('Saved here').or(page.getByText('Confirmed')).nth(5).waitFor()
  await visit('teacher-roster', page)
  const roster = page.url()
  await page
    .getByRole('button', { name: /^More about / })
    .first()
    .click()
  await page.getByRole('dialog').waitFor()
  await visit('teacher-student-sheet', page)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Add walk-in' }).click()
  await page.getByLabel('Name', { exact: true }).fill('An')
  await visit('teacher-walk-in', page)
  await page.keyboard.press('Escape')
  for (const [name, address] of [
    ['teacher-end', `${roster}/end`],
    ['teacher-certify', `${roster}/certify`],
    ['teacher-unplanned', `${url}/session/new`],
    ['teacher-past', `${url}/session/past`],
    ['teacher-outbox', `${url}/outbox`],
    ['teacher-device', `${url}/device`],
  ] as const) {
    await at(page, address)
    await visit(name, page)
  }
  await at(page, roster)
  await page
    .getByRole('button', { name: /^More about / })
    .nth(1)
    .click()
  await page.getByRole('link', { name: 'All sessions and days' }).click()
  await page.waitForURL(/\/student\//)
  await settle(page)
  await visit('teacher-student', page)
}

/** Signs in by the card of the first role that the sample district has. */
export async function enter(page: Page, url: string, ...roles: readonly string[]): Promise<void> {
  const setup = (await (await fetch(`${url}/api/setup`)).json()) as { accounts: { role: string; name: string }[] }
  const account = roles.map((role) => setup.accounts.find((each) => each.role === role)).find((found) => found !== undefined)
  if (account === undefined) throw new Error(`The sample district has no ${roles.join(' or ')}`)
  await page.goto(url)
  const card = page.getByRole('button', { name: new RegExp(account.name) })
  await card.click()
  await card.waitFor({ state: 'hidden' })
}

/** One person's own browser, closed afterwards. */
export async function as(options: BrowserOptions, work: (page: Page) => Promise<void>): Promise<void> {
  const browser = await openBrowser(options)
  try {
    await work(await newPage(browser.context))
  } finally {
    await browser.close()
  }
}

/** Opens an address and waits until the page has come to rest. */
export async function at(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await settle(page)
}

/** Nothing is asked for any more, and what came is drawn. */
export async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(300)
}
