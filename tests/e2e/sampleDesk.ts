/** A sample district with one person at a desk in it: what many scenarios begin with. */
import type { Page } from 'playwright-core'
import { openBrowser, type OpenBrowser } from '../support/chromium.ts'
import { type District, openDistrict } from '../support/server.ts'
import { enter } from './screens.ts'
import { newPage } from './steps.ts'

export interface SampleDesk {
  readonly district: District
  readonly browser: OpenBrowser
  readonly page: Page
}

/** Begins it; whoever asks ends both, the browser and the district. */
export async function openSampleDesk(role: string): Promise<SampleDesk> {
  const district = await openDistrict()
  await district.recoup('sample')
  await district.start()
  const browser = await openBrowser({ width: 1440, height: 900 })
  const page = await newPage(browser.context)
  await enter(page, district.url, role)
  return { district, browser, page }
}
