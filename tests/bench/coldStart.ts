/** The tablet is switched on where there is no network: how long until a student can be checked in, at a CPU four times slower. */
import { instant, schoolDateOf } from '../../shared/time.ts'
import { openBrowser } from '../support/chromium.ts'
import { openBare } from './bare.ts'
import { median } from './line.ts'
import type { Line } from './line.ts'
import { slowDown, watchStart } from './page.ts'
import { openTablet } from './tablet.ts'

const STARTS = 7
const HISTORY = 10_000

export async function coldStart(): Promise<Line[]> {
  const tablet = await openTablet(HISTORY, schoolDateOf(instant(Date.now()), 'America/Los_Angeles'))
  const app = { profile: tablet.profile, url: tablet.page.url() }
  await tablet.page.evaluate(() => navigator.serviceWorker.ready)
  await tablet.leave()
  const bare = await bareProfile()
  const times = { app: [] as number[], bare: [] as number[] }
  try {
    for (let i = 0; i < STARTS; i++) {
      times.bare.push(await start(bare))
      times.app.push(await start(app))
    }
  } finally {
    await tablet.close()
    await (await openBrowser({ profile: bare.profile })).close()
  }
  return [
    {
      what: `offline cold start to an interactive roster, median of ${STARTS} at 4x`,
      value: median(times.app),
      unit: 'ms',
      reference: median(times.bare),
      most: { ratio: 1.5 },
    },
  ]
}

/** A new browser process on an old profile, and nobody who answers. */
async function start({ profile, url }: { readonly profile: string; readonly url: string }): Promise<number> {
  const browser = await openBrowser({ profile })
  try {
    const page = browser.context.pages()[0] ?? (await browser.context.newPage())
    await watchStart(page)
    await slowDown(page)
    await page.goto(url, { waitUntil: 'commit' })
    await page.waitForFunction(() => window.interactiveAt !== undefined, undefined, { timeout: 30_000, polling: 100 })
    return (await page.evaluate(() => window.interactiveAt)) ?? Number.NaN
  } finally {
    await browser.kill()
  }
}

async function bareProfile(): Promise<{ readonly profile: string; readonly url: string }> {
  const bare = await openBare()
  const browser = await openBrowser()
  const page = browser.context.pages()[0] ?? (await browser.context.newPage())
  await page.goto(bare.url)
  await page.getByRole('button').first().waitFor()
  await page.evaluate((count) => (window as unknown as { fill(n: number): Promise<void> }).fill(count), HISTORY)
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.reload()
  await browser.context.close()
  await bare.close()
  return { profile: browser.profile, url: bare.url }
}
