/** From the PIN to the open locker, on a tablet four times slower than this machine: the cost is chosen there, when the PIN is set. */
import type { Page } from 'playwright-core'
import { instant, schoolDateOf } from '../../shared/time.ts'
import { type Line, quantile } from './line.ts'
import { slower } from './slower.ts'
import { openTablet } from './tablet.ts'

const TIMES = 12
const HISTORY = 500
const PIN = '702948'

export async function unlockBench(): Promise<Line[]> {
  let end: (() => void) | undefined
  const tablet = await openTablet(HISTORY, schoolDateOf(instant(Date.now()), 'America/Los_Angeles'))
  const { page } = tablet
  try {
    await page.goto(new URL('/pin', page.url()).href)
    await page.getByLabel('The same once more').waitFor()
    end = slower(tablet.profile)
    await setPin(page)
    const took: number[] = []
    for (let i = 0; i < TIMES; i++) {
      await page.getByLabel('PIN', { exact: true }).fill(PIN)
      took.push(await unlocked(page))
      await page.getByRole('button', { name: 'Lock', exact: true }).click({ timeout: 120_000 })
      await page.getByRole('button', { name: 'Unlock' }).waitFor({ timeout: 120_000 })
    }
    const line = (what: string, value: number): Line => ({ what: `unlock at 4x, ${what}`, value, unit: 'ms', most: { value: 1000 } })
    const least = Math.min(...took)
    if (least < 250) throw new Error(`A PIN opens within ${Math.round(least)} ms: whoever guesses does so as fast.`)
    return [line('the fastest (250 at least)', least), line('median', quantile(took, 0.5)), line('p95', quantile(took, 0.95))]
  } finally {
    end?.()
    await tablet.close()
  }
}

async function setPin(page: Page): Promise<void> {
  await page.getByLabel('PIN', { exact: true }).fill(PIN)
  await page.getByLabel('The same once more').fill(PIN)
  await page.getByRole('button', { name: 'Set it' }).click()
  await page.getByRole('button', { name: 'Unlock' }).waitFor({ timeout: 120_000 })
}

/** Milliseconds from the press to the moment in which the lock screen has gone. */
const unlocked = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const pressed = [...document.querySelectorAll('button')].find(({ type }) => type === 'submit')
        if (!pressed) return reject(new Error('There is nothing to press'))
        const began = performance.now()
        const watch = new MutationObserver(() => {
          if (pressed.isConnected) return
          watch.disconnect()
          resolve(performance.now() - began)
        })
        watch.observe(document, { subtree: true, childList: true })
        pressed.click()
      }),
  )
