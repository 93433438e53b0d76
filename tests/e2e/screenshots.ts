/**
 * `npm run screenshots`: every screen, and the main ones empty, on their way, refused and offline, on a phone, a tablet and a desk, light and
 * dark, and in Spanish, into `screenshots/`. Further words choose: only screens whose name holds one of them are kept.
 * With `--readme` only the two pictures of the README, into `docs/images/`.
 */
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { buildPages } from '../../server/cli/build.ts'
import { openDistrict } from '../support/server.ts'
import { walkEveryScreen } from './screens.ts'
import { walkStates } from './states.ts'

const root = path.resolve(import.meta.dirname, '../..')
const SIZES = { phone: [390, 844], tablet: [820, 1180], desk: [1440, 900] } as const
const README: Readonly<Record<string, keyof typeof SIZES>> = { 'teacher-roster': 'tablet', 'district-roster': 'desk' }

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const forReadme = process.argv.includes('--readme')
const folder = path.join(root, forReadme ? 'docs/images' : 'screenshots')
mkdirSync(folder, { recursive: true })

async function take(page: Page, name: string, size: keyof typeof SIZES, colorScheme: 'light' | 'dark', file: string): Promise<void> {
  const [width, height] = SIZES[size]
  await page.setViewportSize({ width, height })
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await page.waitForTimeout(150)
  await page.screenshot({ path: path.join(folder, file) })
  console.log(`${name} ${size} ${colorScheme}`)
}

/** The tablet as it is meant to be seen: without a network. The desk with those who took part. */
async function forTheReadme(page: Page, name: string, size: keyof typeof SIZES): Promise<void> {
  if (name === 'teacher-roster') {
    await page.context().setOffline(true)
    await page
      .getByText(/^Offline/)
      .first()
      .waitFor()
  } else {
    await page.getByRole('button', { name: /^Took part/ }).click()
  }
  await take(page, name, size, 'light', `${name}.png`)
  await page.context().setOffline(false)
}

/** Every size and scheme, and in Spanish in the light: words that are longer break what fits. */
async function takeAll(name: string, page: Page): Promise<void> {
  if (words.length > 0 && !words.some((word) => name.includes(word))) return
  const print = await page.evaluate(() => matchMedia('print').matches)
  for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[]) {
    for (const scheme of print ? (['light'] as const) : (['light', 'dark'] as const)) {
      await take(page, name, size, scheme, `${name}-${size}-${scheme}.png`)
    }
    await speak(page, 'es')
    await take(page, name, size, 'light', `${name}-${size}-es.png`)
    await speak(page, 'en')
  }
  await page.setViewportSize({ width: 820, height: 1180 })
}

/** Also where a dialog lies over the button. */
const speak = (page: Page, language: string): Promise<void> =>
  page.evaluate((id) => document.querySelector<HTMLElement>(`button[lang="${id}"]`)?.click(), language)

await buildPages(path.join(root, 'dist'), process)
const district = await openDistrict()
try {
  await district.start()
  if (!forReadme) rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  await walkEveryScreen(district.url, {}, async (name, page) => {
    const only = README[name]
    if (forReadme) return only && forTheReadme(page, name, only)
    return takeAll(name, page)
  })
  if (!forReadme) await walkStates(district.url, {}, (name, page) => takeAll(name, page))
} finally {
  await district.close()
}
