/** From the finger to the eye, with a history of 10,000 events and a CPU four times slower. */
import { instant, schoolDateOf } from '../../shared/time.ts'
import { openBrowser } from '../support/chromium.ts'
import { openBare } from './bare.ts'
import { quantile } from './line.ts'
import type { Line } from './line.ts'
import { slowDown, tapRows, watchTaps } from './page.ts'
import type { Tap } from './page.ts'
import { openTablet } from './tablet.ts'

const TAPS = 250
const HISTORY = 10_000

/** Of who has no PIN. */
export const tap = (): Promise<Line[]> => measured('tap', 60)

/** The same out of a locker: every row sealed, and sealed for the district besides. */
export const sealedTap = (): Promise<Line[]> => measured('tap with a PIN', 60, '702948')

async function measured(what: string, most: number, pin?: string): Promise<Line[]> {
  const bare = await bareTaps()
  const tablet = await openTablet(HISTORY, schoolDateOf(instant(Date.now()), 'America/Los_Angeles'), pin)
  let taps: Tap[]
  try {
    await slowDown(tablet.page)
    await watchTaps(tablet.page)
    taps = await tapRows(tablet.page, TAPS, tablet.names)
  } finally {
    await tablet.close()
  }
  const p95 = (of: keyof Tap, from: readonly Tap[]) =>
    quantile(
      from.map((one) => one[of]),
      0.95,
    )
  return [
    {
      what: `${what}: the row answers, p95 at 4x`,
      value: p95('answered', taps),
      unit: 'ms',
      reference: p95('answered', bare),
      most: { value: 32 },
    },
    {
      what: `${what}: durable and says so, p95 at 4x`,
      value: p95('saved', taps),
      unit: 'ms',
      reference: p95('saved', bare),
      most: { value: most },
    },
  ]
}

async function bareTaps(): Promise<Tap[]> {
  const bare = await openBare()
  const browser = await openBrowser()
  try {
    const page = browser.context.pages()[0] ?? (await browser.context.newPage())
    await page.goto(bare.url)
    await page.getByRole('button').first().waitFor()
    await page.evaluate((count) => (window as unknown as { fill(n: number): Promise<void> }).fill(count), HISTORY)
    await slowDown(page)
    await watchTaps(page)
    return await tapRows(
      page,
      TAPS,
      Array.from({ length: 30 }, (_, i) => `Student ${i}`),
    )
  } finally {
    await browser.close()
    await bare.close()
  }
}
