// Judged by a machine on every screen, in light and in dark; and by the keyboard alone where it matters most.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/chromium.ts'
import { openDistrict } from '../support/server.ts'
import type { District } from '../support/server.ts'
import { enter, walkEveryScreen } from './screens.ts'
import { accessibilityFaults, newPage } from './steps.ts'

let district: District

beforeAll(async () => {
  district = await openDistrict()
  await district.start()
})
afterAll(() => district?.close())

test('No screen has a fault of WCAG 2.2 AA that a machine can find', { timeout: 300_000 }, async () => {
  const faults: string[] = []
  const seen: string[] = []
  await walkEveryScreen(district.url, {}, async (name, page) => {
    seen.push(name)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      for (const fault of await accessibilityFaults(page)) faults.push(`${name} (${colorScheme}): ${fault}`)
    }
    await page.emulateMedia({ colorScheme: 'light' })
  })
  expect(faults).toEqual([])
  expect(seen.length).toBeGreaterThan(20)
})

test('A teacher without a mouse holds a whole session: every step by keys, the focus seen, and back where it was after every dialog', async () => {
  const browser = await openBrowser({ width: 1440, height: 900 })
  try {
    const page = await newPage(browser.context)
    await enter(page, district.url, 'teacher')
    await page.getByText(/^Ready for offline/).waitFor()
    const keys = keyboard(page)
    await keys.to(/^(Start session: |Open )/)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Add walk-in' }).waitFor()

    await keys.to(/^Check in /)
    await page.keyboard.press('Space')
    expect(await keys.name()).toMatch(/^Here since .*Check out /)
    await page.keyboard.press('ArrowDown')
    expect(await keys.name()).toMatch(/^Check in /)
    await page.keyboard.press('End')
    await keys.seen()
    await page.keyboard.press('Home')
    await keys.seen()
    await page.keyboard.press('ArrowUp')
    expect(await keys.name()).toMatch(/check (in|out) /i)

    await keys.to(/^More about /)
    const more = await keys.name()
    await page.keyboard.press('Enter')
    await keys.to(/^Change the check-in at/)
    await page.keyboard.press('Enter')
    await keys.to(/^Reason$/)
    await page.keyboard.type('came earl')
    // A reload in the middle of a word: the form comes back as it was left.
    await page.reload()
    await keys.to(/^More about /)
    await page.keyboard.press('Enter')
    await keys.to(/^Change the check-in at/)
    await page.keyboard.press('Enter')
    await keys.to(/^Reason$/)
    expect(await page.getByLabel('Reason').inputValue()).toBe('came earl')
    await page.keyboard.press('Enter')
    await keys.to(/^Change the check-in at/)
    await page.keyboard.press('Escape')
    expect(await keys.name()).toBe(more)

    await keys.to(/^Add walk-in$/)
    await page.keyboard.press('Enter')
    expect(await keys.name()).toBe('Name')
    await page.keyboard.type('Kim Keys')
    await keys.to(/^Add “Kim Keys”/)
    await page.keyboard.press('Enter')
    expect(await keys.name()).toBe('Add walk-in')

    await keys.to(/^End session$/)
    await page.keyboard.press('Enter')
    await keys.to(/^All leave now/)
    await page.keyboard.press('Space')
    await keys.to(/^End session$/)
    await page.keyboard.press('Enter')
    await keys.to(/^Type your name to sign$/)
    await page.keyboard.type('Kim Keys')
    await page.keyboard.press('Enter')
    await page.getByText(/^Certified by Kim Keys/).waitFor()

    // On paper: who was there and who signed, and nothing that can only be pressed.
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    await page
      .getByText(/Certified by Kim Keys/)
      .and(page.locator(':visible'))
      .waitFor()
    const line = page.getByRole('row').filter({ hasText: 'Kim Keys' })
    expect(await line.innerText()).toMatch(/\d.[ap]m – \d+:\d+.[ap]m/)
    expect(await page.getByRole('button').and(page.locator(':visible')).count()).toBe(0)
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)')
  } finally {
    await browser.close()
  }
})

/** The Tab key, and what it came to. */
function keyboard(page: Page) {
  const name = () =>
    page.evaluate(() => {
      const at = document.activeElement
      const label = at instanceof HTMLInputElement ? at.labels?.[0]?.textContent : undefined
      return (at?.getAttribute('aria-label') ?? label ?? at?.textContent ?? '').trim()
    })
  /** The element with the focus shows it, and nothing lies over it. */
  const seen = async () => {
    const faults = await page.evaluate(() => {
      const at = document.activeElement
      if (!(at instanceof HTMLElement)) return ['nothing has the focus']
      const { outlineStyle, outlineWidth } = getComputedStyle(at)
      const { left, top, width, height } = at.getBoundingClientRect()
      const above = document.elementFromPoint(left + width / 2, top + height / 2)
      return [
        ...(outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 2 ? ['the focus does not show'] : []),
        ...(above && (at.contains(above) || above.contains(at)) ? [] : ['something lies over it']),
      ]
    })
    expect(faults, await name()).toEqual([])
  }
  return {
    name,
    seen,
    async to(wanted: RegExp): Promise<void> {
      for (let i = 0; i < 150; i++) {
        if (wanted.test(await name())) return seen()
        await page.keyboard.press('Tab')
      }
      throw new Error(`The Tab key never came to ${wanted}`)
    },
  }
}
