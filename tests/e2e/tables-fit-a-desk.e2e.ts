// A desk of 1280 by 800, the smallest that offices have: the tables of the devices and of the planner fit it, in both languages.
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { District } from '../support/server.ts'
import { openDistrict } from '../support/server.ts'
import { as, enter } from './screens.ts'

let district: District

beforeAll(async () => {
  district = await openDistrict()
  await district.start()
  const made = await fetch(`${district.url}/api/setup/sample`, { method: 'POST', headers: { origin: district.url } })
  if (!made.ok) throw new Error(await made.text())
  await as({ width: 820, height: 1180 }, (page) => enter(page, district.url, 'teacher'))
  aTabletInTrouble()
})
afterAll(() => district?.close())

/** The tablet there is so far becomes one about which there is much to say. */
function aTabletInTrouble(): void {
  const db = new Database(path.join(district.data, 'recoup.db'))
  const longAgo = Date.now() - 9 * 24 * 3_600_000
  const report = {
    ...{ unsent: 12, openSessions: 1, oldestUnsentAt: longAgo, totals: 'provisional', clockOffset: 400_000, quotaFree: null },
    ...{ persisted: false, storage: 'temporary', appVersion: '0.0.1' },
  }
  db.prepare('UPDATE device SET name = ?, report = ?, last_seen_at = ?, last_confirmed_at = ?').run(
    ...['Library tablet 4, Linux, Chrome', JSON.stringify(report), longAgo, longAgo],
  )
  db.close()
}

test.each(['coordinator', 'administrator'])('What a %s reads of a device and in the planner stands on a small desk whole', async (role) => {
  const over: string[] = []
  await as({ width: 1280, height: 800 }, async (page) => {
    await enter(page, district.url, role)
    for (const where of ['site/devices', 'planner']) {
      await page.goto(`${district.url}/${where}`)
      const table = page.getByRole('table').first()
      await table.getByRole('row').nth(2).waitFor()
      // The names of schools come with the first download.
      if (where === 'site/devices' && role === 'administrator') await table.getByText('Alder Creek Elementary School').first().waitFor()
      for (const language of ['es', 'en']) {
        await page.evaluate((id) => document.querySelector<HTMLElement>(`button[lang="${id}"]`)?.click(), language)
        const beyond = await table.evaluate((node) => node.scrollWidth - (node.parentElement?.clientWidth ?? 0))
        if (beyond > 0) over.push(`${where} ${language}: ${beyond} px`)
        if (process.env['PICTURES'])
          await page.screenshot({ path: path.join(process.env['PICTURES'], `${role}-${where.replace('/', '-')}-${language}.png`) })
      }
    }
  })
  expect(over).toEqual([])
})
