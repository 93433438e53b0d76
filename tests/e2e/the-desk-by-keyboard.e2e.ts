// A coordinator and somebody of the district without a mouse: every screen of the desk is walked by the Tab key alone.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenBrowser } from '../support/chromium.ts'
import type { District } from '../support/server.ts'
import { openSampleDesk } from './sampleDesk.ts'
import { tellOfFailures } from './steps.ts'

let district: District
let browser: OpenBrowser
let page: Page
tellOfFailures(() => browser?.context)

beforeAll(async () => {
  ;({ district, browser, page } = await openSampleDesk('district'))
})
afterAll(async () => {
  await browser?.close()
  await district?.close()
})

const DISTRICT = [
  '/overview',
  '/overview/behind?figure=claimed&as=money',
  '/district',
  '/periods',
  '/state-file',
  '/sis-files',
  '/packets',
  '/registry',
  '/import',
  '/people',
  '/policy',
  '/rates',
  '/checkpoints',
  '/rulebook',
]
const SCHOOL = [
  '/site',
  '/site/follow-up',
  '/site/students',
  '/site/letters',
  '/site/paper',
  '/site/paper/key',
  '/calendar',
  '/planner',
  '/site/walk-ins',
  '/sections',
  '/site/devices',
  '/site/set-aside',
  '/alerts',
  '/help',
]
/** A long page repeats what its first controls are. */
const MOST = 70

/** Presses Tab through a page: what it came to, and what was wrong on the way. */
async function walk(): Promise<{ readonly stops: number; readonly reachable: number; readonly faults: readonly string[] }> {
  await page.evaluate(() => {
    // A page may put the focus on its heading: the walk begins before everything.
    document.body.tabIndex = -1
    document.body.focus()
    scrollTo(0, 0)
  })
  const seen = new Set<string>()
  const faults: string[] = []
  const reachable = await page.evaluate(
    () =>
      [
        ...document.querySelectorAll<HTMLElement>('a[href], button:not(:disabled), input, select, textarea, summary, [tabindex="0"]'),
      ].filter((one) => one.tabIndex >= 0 && one.checkVisibility()).length,
  )
  // What comes late may move the focus on: after the end the walk goes round once more. A time has a stop for each of its parts.
  for (let i = 0; i < 4 * Math.min(MOST, reachable) && seen.size < Math.min(MOST, reachable); i++) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(() => {
      const one = document.activeElement
      if (!(one instanceof HTMLElement) || one === document.body) return null
      const { outlineStyle, outlineWidth } = getComputedStyle(one)
      const { top, left, width, height } = one.getBoundingClientRect()
      const inner = one.querySelector('input')
      const shows = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
      const name = one.getAttribute('aria-label') ?? (one as HTMLInputElement).labels?.[0]?.textContent ?? one.textContent ?? ''
      one.dataset.walked ??= String(performance.now())
      return {
        id: one.dataset.walked,
        key: `${one.tagName} ${name.trim().slice(0, 40)} ${Math.round(left + scrollX)} ${Math.round(top + scrollY)}`,
        // A field for a date or a time has stops of the browser's own inside, with marks of its own.
        shows: shows || inner !== null || (one instanceof HTMLInputElement && ['date', 'time'].includes(one.type)),
        inSight: width > 0 && height > 0 && top < innerHeight && top + height > 0,
        named: name.trim() !== '',
      }
    })
    if (at === null) continue
    seen.add(at.id)
    if (!at.shows) faults.push(`the focus does not show: ${at.key}`)
    if (!at.inSight) faults.push(`out of sight: ${at.key}`)
    if (!at.named) faults.push(`without a name: ${at.key}`)
  }
  return { stops: seen.size, reachable, faults }
}

test.each([...DISTRICT, ...SCHOOL])('%s is walked by keyboard: every stop shows where one is, is in sight and has a name', async (path) => {
  await page.goto(`${district.url}${path}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await expect.poll(() => page.getByText('Getting ', { exact: false }).count(), { timeout: 20_000 }).toBe(0)
  const { stops, reachable, faults } = await walk()
  expect(faults).toEqual([])
  // Nothing holds the focus: it comes to all there is, or to as much as is asked of a long page.
  expect(stops).toBeGreaterThanOrEqual(Math.min(MOST, reachable) - 3)
})

test('A dialog that is opened from a table shows every sentence to its end', async () => {
  await page.goto(`${district.url}/site/devices`)
  await page
    .getByRole('button', { name: /^Change/ })
    .first()
    .click()
  const dialog = page.getByRole('dialog')
  const cut = () =>
    dialog.locator('p').evaluateAll((all) => all.filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.textContent))
  await dialog.getByRole('button', { name: 'Revoke this device' }).waitFor()
  expect(await cut()).toEqual([])
  // The question that comes before it is done has the longest sentences.
  await dialog.getByRole('button', { name: 'Revoke this device' }).press('Enter')
  await dialog.getByText(/^For a lost tablet/).waitFor()
  expect(await cut()).toEqual([])
  // Out of the question, and out of the dialog.
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
})

test('Another school is chosen by keyboard, and its day comes to the device', async () => {
  await page.goto(`${district.url}/site`)
  await page.getByRole('table').first().waitFor()
  const picker = page.getByRole('combobox').filter({ has: page.locator('option', { hasText: 'Mesa Verde' }) })
  await picker.focus()
  await page.keyboard.press('ArrowDown')
  await page.getByText('Totals match the district').waitFor()
  await page.getByRole('table').first().waitFor()
  expect(await picker.locator('option:checked').innerText()).toContain('Mesa Verde')
})
