// Judged by a machine on every screen, in light and in dark; and by the keyboard alone where it matters most.
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
      await page.waitForTimeout(400)
      for (const fault of await accessibilityFaults(page)) faults.push(`${name} (${colorScheme}): ${fault}`)
    }
    await page.emulateMedia({ colorScheme: 'light' })
  })
  expect(faults).toEqual([])
  expect(seen.length).toBeGreaterThan(20)
})

test('A teacher without a mouse checks a student in and out', async () => {
  const browser = await openBrowser({ width: 1440, height: 900 })
  try {
    const page = await newPage(browser.context)
    await enter(page, district.url, 'teacher')
    await page.getByText(/^Ready for offline/).waitFor()
    await page.goto(`${district.url}/session/new`)
    await page.getByLabel('Name of the session').fill('Keyboard club')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Add walk-in' }).waitFor()
    const tabTo = async (name: RegExp, role: 'button' | 'textbox' = 'button') => {
      const target = page.getByRole(role, { name })
      for (let i = 0; i < 60; i++) {
        if (await target.evaluateAll((all) => all.includes(document.activeElement as HTMLElement))) return
        await page.keyboard.press('Tab')
      }
      throw new Error(`The Tab key never came to ${name}`)
    }
    await tabTo(/^Add walk-in$/)
    await page.keyboard.press('Enter')
    await tabTo(/^Name$/, 'textbox')
    await page.keyboard.type('Kim Keys')
    await tabTo(/^Add “Kim Keys”/)
    await page.keyboard.press('Enter')
    await tabTo(/check out Kim Keys$/i)
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: /check in Kim Keys again$/i }).waitFor()
  } finally {
    await browser.close()
  }
})
