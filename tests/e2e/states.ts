/** The main screens as they are seldom seen: empty, on their way, refused, without a network. For the gallery. */
import type { BrowserContext, Page, Route } from 'playwright-core'
import type { BrowserOptions } from '../support/chromium.ts'
import type { Visit } from './screens.ts'
import { as, at, enter, settle } from './screens.ts'

/** Walks the states of the sample district at `url`; its teacher's sessions of today are begun by it. */
export async function walkStates(url: string, options: BrowserOptions, visit: Visit): Promise<void> {
  await as(options, (page) => beforeSignIn(page, url, visit))
  await as(options, (page) => teacher(page, url, visit))
  await as(options, (page) => locked(page, url, visit))
  await as(options, async (page) => {
    await enter(page, url, 'coordinator')
    await answers(page, url, 'site/devices', '**/api/devices**', visit)
  })
  await as(options, async (page) => {
    await enter(page, url, 'administrator', 'district')
    await answers(page, url, 'district', '**/api/roster**', visit)
    await answers(page, url, 'people', '**/api/people', visit)
    await answers(page, url, 'registry', '**/api/registry**', visit)
  })
}

/** A tablet that goes from hand to hand. */
async function locked(page: Page, url: string, visit: Visit): Promise<void> {
  await enter(page, url, 'teacher')
  await at(page, `${url}/pin`)
  await visit('state-pin', page)
  for (const field of ['PIN', 'The same once more']) await page.getByLabel(field, { exact: true }).fill('702948')
  await page.getByRole('button', { name: 'Set it' }).click()
  await page.getByRole('button', { name: 'Sign in with a password' }).waitFor()
  await page.getByLabel('PIN', { exact: true }).fill('111111')
  await page.getByRole('button', { name: 'Unlock' }).click()
  await page.getByText('This is not right.').waitFor()
  await visit('state-locked', page)
}

async function beforeSignIn(page: Page, url: string, visit: Visit): Promise<void> {
  const context = page.context()
  await at(page, `${url}/sign-in`)
  await page.getByRole('textbox', { name: 'User name' }).fill('nobody')
  await page.getByLabel('Password', { exact: true }).fill('not this one')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('alert').waitFor()
  await visit('state-sign-in-wrong', page)
  await context.route('**/api/setup', (route) => route.abort())
  await at(page, `${url}/sign-in`)
  await visit('state-sign-in-offline', page)
}

async function teacher(page: Page, url: string, visit: Visit): Promise<void> {
  const context = page.context()
  const held = await hold(context, '**/api/sync/pull')
  await enter(page, url, 'teacher')
  await page.getByText('Getting ready for offline…').waitFor()
  await visit('state-today-preparing', page)
  await held()
  await page.getByText(/^Ready for offline/).waitFor({ timeout: 60_000 })

  await at(page, `${url}/session/past`)
  await page.getByRole('button', { name: 'Record the session' }).click()
  await visit('state-past-faults', page)
  await at(page, `${url}/session/nowhere`)
  await visit('state-session-unknown', page)
  await at(page, `${url}/student/nobody`)
  await visit('state-student-unknown', page)

  await at(page, `${url}/session/new`)
  await page.getByLabel('Name of the session').fill('Reading room')
  await page.getByRole('button', { name: 'Start session' }).click()
  await page.getByRole('button', { name: 'Add walk-in' }).waitFor()
  const empty = page.url()
  await visit('state-roster-empty', page)
  await at(page, `${empty}/end`)
  await visit('state-end-nobody', page)
  await at(page, `${url}/outbox`)
  await page.getByText('Everything is confirmed').waitFor({ timeout: 60_000 })
  await visit('state-outbox-empty', page)

  await page.goto(url)
  const start = page.getByRole('button', { name: /^Start session: / })
  const open = page.getByRole('link', { name: /^Open (?!Reading)/ })
  await start.or(open).first().click()
  const rows = page.getByRole('button', { name: /^Check in (?!.*again$)/ })
  await rows.first().waitFor()
  await context.setOffline(true)
  for (let i = 0; i < 3; i++) await rows.first().click()
  await page.getByRole('button', { name: 'Undo' }).waitFor()
  await page.getByText(/^Offline/).waitFor({ timeout: 60_000 })
  await rows.first().click()
  await page.getByRole('button', { name: 'Undo' }).waitFor()
  await page.getByRole('button', { name: 'Undo' }).focus()
  await visit('state-roster-offline', page)
  const roster = page.url()
  await page.getByRole('button', { name: 'Select several' }).click()
  await page
    .getByRole('button', { name: /Select / })
    .first()
    .click()
  await visit('state-roster-selecting', page)
  await page.getByRole('button', { name: 'Done selecting' }).click()
  await page.getByRole('searchbox').fill('zzz')
  await visit('state-roster-nobody-found', page)
  await page.getByRole('searchbox').fill('')
  await page
    .getByRole('button', { name: /^More about / })
    .first()
    .click()
  await page.getByRole('button', { name: 'Check in at another time' }).click()
  await page.getByRole('button', { name: 'Record' }).click()
  await visit('state-time-faults', page)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Teachers' }).click()
  await visit('state-teachers', page)
  await page.keyboard.press('Escape')
  await page.goto(`${url}/outbox`)
  await page.getByText('Saved here').first().waitFor()
  await visit('state-outbox-offline', page)
  await page.goto(`${url}/device`)
  await visit('state-device-offline', page)
  await page.goto(`${roster}/end`)
  await page.getByRole('button', { name: /^All leave now/ }).click()
  await visit('state-end-answered', page)
  await page.getByRole('button', { name: 'End session' }).last().click()
  await page.getByRole('button', { name: 'Certify' }).click()
  await visit('state-certify-faults', page)
  await page.getByLabel('Type your name to sign').fill('Kim Keys')
  await page.getByRole('button', { name: 'Certify' }).click()
  await page.getByText(/^Certified by/).waitFor()
  await visit('state-roster-certified', page)
  await page.emulateMedia({ media: 'print' })
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  await visit('state-roster-printed', page)
  await page.emulateMedia({ media: null })
  await page.goto(`${url}/today`)
  await page.getByText(/^Ready for offline/).waitFor()
  await visit('state-today-offline', page)
  await context.setOffline(false)
}

/** One page of a desk while the answer is on its way, when it is refused, and with nobody there to ask. */
async function answers(page: Page, url: string, path: string, route: string, visit: Visit): Promise<void> {
  const context = page.context()
  const name = path.replaceAll('/', '-')
  const held = await hold(context, route)
  await page.goto(`${url}/${path}`)
  await page.waitForTimeout(900)
  await visit(`state-${name}-loading`, page)
  await held()
  await settle(page)
  const failing = (answer: Route) =>
    answer.fulfill({
      status: 500,
      headers: { 'x-recoup-api': '1', 'content-type': 'application/json' },
      body: JSON.stringify({ code: 'failed', message: 'It failed.' }),
    })
  await context.route(route, failing)
  await at(page, `${url}/${path}`)
  await visit(`state-${name}-failed`, page)
  await context.unroute(route, failing)
  const nobody = (answer: Route) => answer.abort()
  await context.route(route, nobody)
  await at(page, `${url}/${path}`)
  await visit(`state-${name}-offline`, page)
  await context.unroute(route, nobody)
}

/** Keeps every answer of a route back until the function given is called. */
async function hold(context: BrowserContext, route: string): Promise<() => Promise<void>> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const wait = async (answer: Route) => {
    await promise
    await answer.continue().catch(() => undefined)
  }
  await context.route(route, wait)
  return async () => {
    resolve()
    await context.unroute(route, wait)
  }
}
