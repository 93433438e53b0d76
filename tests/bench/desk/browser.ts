/** The desk's pages of a large district as a person sees them: in a Chromium, from the address to what is drawn, and from a key to the rows. */
import type { Page } from 'playwright-core'
import { signIn } from '../../e2e/steps.ts'
import { openBrowser } from '../../support/chromium.ts'
import { type Line, median, quantile } from '../line.ts'
import type { Desk } from './pusher.ts'

const ROUNDS = 5
const TABLE = 'main table tbody tr[data-index]'

/** Opens the pages of the whole district; then the students of one school, which the browser sorts and filters by itself. */
export async function browserLines({ server }: Desk): Promise<Line[]> {
  const browser = await openBrowser({ width: 1440, height: 900 })
  try {
    const page = await browser.context.newPage()
    await page.goto(server.url)
    await signIn(page, 'district', 'large-district-password')
    await page.waitForURL(/\/(overview|district|site|periods)/)
    // The first school comes onto the device first, so that nothing else is under way when the pages are measured.
    await page.goto(`${server.url}/site/students`)
    await page.locator(TABLE).first().waitFor({ timeout: 120_000 })
    await page.waitForTimeout(10_000)
    const school = `a school of ${Number(await page.locator('main table').getAttribute('aria-rowcount')) - 2} students`
    const own = [await opened(page, page.url(), TABLE, school), await sorts(page, school, 'Earned'), await types(page, school)]
    return [
      await opened(page, `${server.url}/overview`, 'main table', 'overview', 1000),
      await opened(page, `${server.url}/district`, TABLE, 'merged roster', 1000),
      await sorts(page, 'merged roster', 'Earned'),
      await types(page, 'merged roster'),
      ...own,
    ]
  } finally {
    await browser.close()
  }
}

/** From the address to the first painted words, and to the rows. */
async function opened(page: Page, url: string, selector: string, what: string, most?: number): Promise<Line> {
  const took: number[] = []
  for (let i = 0; i < ROUNDS; i++) {
    await page.goto(url, { waitUntil: 'commit' })
    took.push(
      await page.evaluate(async (wanted) => {
        while (!document.querySelector(wanted)) await new Promise(requestAnimationFrame)
        await new Promise(requestAnimationFrame)
        return performance.now()
      }, selector),
    )
  }
  return {
    what: `${what}, opened until its rows are drawn`,
    value: median(took),
    unit: 'ms',
    ...(most !== undefined && { most: { value: most } }),
  }
}

/** From a press on a column's head to the rows in the other order. */
async function sorts(page: Page, what: string, head: string): Promise<Line> {
  const press = await page.getByRole('columnheader', { name: head }).getByRole('button').elementHandle()
  const took: number[] = []
  for (let i = 0; i < ROUNDS * 4; i++) {
    took.push(
      await page.evaluate(
        async ([button, rows]) => {
          const shown = () =>
            [...document.querySelectorAll(rows)]
              .slice(0, 20)
              .map((row) => row.textContent)
              .join()
          const before = shown()
          const from = performance.now()
          if (button instanceof HTMLElement) button.click()
          while (shown() === before && performance.now() - from < 5_000) await new Promise(requestAnimationFrame)
          return performance.now() - from
        },
        [press, TABLE] as const,
      ),
    )
    await page.waitForTimeout(60)
  }
  return { what: `${what}, sorted, p95`, value: quantile(took, 0.95), unit: 'ms', most: { value: 100 } }
}

/** From a letter typed into the search to the rows it finds. */
async function types(page: Page, what: string): Promise<Line> {
  const field = await page.getByRole('searchbox').first().elementHandle()
  const took: number[] = []
  for (const typed of ['garcia', '', 'lee', '', 'nguyen', '', 'nguyen a', '', 'lopez', '']) {
    took.push(
      await page.evaluate(
        async ([input, text, rows]) => {
          const shown = () =>
            [...document.querySelectorAll(rows)]
              .slice(0, 20)
              .map((row) => row.textContent)
              .join()
          const before = shown()
          const from = performance.now()
          Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text)
          input?.dispatchEvent(new Event('input', { bubbles: true }))
          while (shown() === before && performance.now() - from < 5_000) await new Promise(requestAnimationFrame)
          return performance.now() - from
        },
        [field, typed, TABLE] as const,
      ),
    )
    await page.waitForTimeout(120)
  }
  return { what: `${what}, found while typing, p95`, value: quantile(took, 0.95), unit: 'ms', most: { value: 100 } }
}
