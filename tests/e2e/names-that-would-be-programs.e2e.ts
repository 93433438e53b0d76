// Somebody has put programs where names belong. They are read, printed and handed on as the odd names they are.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/chromium.ts'
import type { OpenBrowser } from '../support/chromium.ts'
import { until } from '../support/server.ts'
import { importedDistrict, PASSWORD } from './imported.ts'
import type { Imported } from './imported.ts'
import { button, newPage, readyForOffline, signIn, tap, tellOfFailures } from './steps.ts'

/** Each would set `window.ran`, or open a dialog, if anything took it for more than a text. */
const PAYLOADS = [
  '<script>window.ran=1</script>',
  '<img src=x onerror=window.ran=1>',
  '"><svg onload=window.ran=1>',
  "';window.ran=1;//",
  'javascript:window.ran=1',
  '<iframe srcdoc="<script>parent.ran=1</script>">',
  '{{constructor.constructor("window.ran=1")()}}',
  '${window.ran=1}',
  '<a href="javascript:window.ran=1">x</a>',
  '</title><script>alert(1)</script>',
  '<style>@import"data:,*{x:1}"</style>',
  '&lt;script&gt;window.ran=1&lt;/script&gt;',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=window.ran=1>',
  '\u2028<script>window.ran=1</script>',
]

let school: Imported
let desk: OpenBrowser
let tablet: OpenBrowser
tellOfFailures(
  () => desk?.context,
  () => tablet?.context,
)

beforeAll(async () => {
  school = await importedDistrict()
  const sample = path.resolve(import.meta.dirname, '../../server/sample/district/sis/students.csv')
  const [head = '', ...lines] = readFileSync(sample, 'utf8').trimEnd().split(/\r?\n/)
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
  const odd = lines.map((line, i) => {
    const cells = line.split(',')
    const name = PAYLOADS[i % PAYLOADS.length] ?? ''
    return [cells[0], cells[1], quoted(name), quoted(`${i} ${name}`), ...cells.slice(4)].join(',')
  })
  const file = path.join(school.district.data, 'odd.csv')
  writeFileSync(file, [head, ...odd].join('\n'))
  await school.district.recoup('import', 'students', file, '--commit')
  const [first = '', second = ''] = PAYLOADS
  await school.administrator.ask('PUT', '/api/sections', { section: { ...school.section, name: second, room: first }, ended: false })
  desk = await openBrowser({ width: 1280, height: 900 })
  tablet = await openBrowser({ width: 820, height: 1180 })
})
afterAll(async () => {
  await desk?.close()
  await tablet?.close()
  await school?.district.close()
})

/** A page on which nothing of it may happen. */
async function watched(browser: OpenBrowser): Promise<{ page: Page; happened: () => Promise<readonly string[]> }> {
  const said: string[] = []
  await browser.context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`refused by policy: ${violatedDirective} ${blockedURI}`),
    )
  })
  const page = await newPage(browser.context)
  page.on('dialog', (dialog) => {
    said.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    if (/refused by policy|Content Security Policy/.test(message.text())) said.push(message.text())
  })
  return {
    page,
    async happened() {
      const ran = await page.evaluate(() => 'ran' in window)
      return ran ? [...said, 'something ran'] : said
    },
  }
}

test('S09 Names, titles, rooms and notes that are programs are shown as they are written, on every screen, and none of them runs', async () => {
  const { page, happened } = await watched(desk)
  await page.goto(school.district.url)
  await signIn(page, 'ada', PASSWORD)
  await page.getByRole('row').nth(3).waitFor()
  const shown = new Set<string>()
  const look = async (): Promise<void> => {
    const text = await page.locator('body').innerText()
    for (const payload of PAYLOADS) if (text.includes(payload.trim())) shown.add(payload)
    expect(await happened(), page.url()).toEqual([])
  }
  await look()
  await page.getByRole('row').nth(3).getByRole('link').first().click()
  await page.waitForURL(/\/student\//)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await look()
  for (const at of [
    'site/students',
    'site/walk-ins',
    'site/follow-up',
    'site/paper',
    'sections',
    'planner',
    'periods',
    'state-file',
    'people',
    'alerts',
  ]) {
    await page.goto(`${school.district.url}/${at}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    await look()
  }
  // A long list draws the rows that are in sight, and shows of these kinds what it shows of the others.
  expect(shown.size).toBeGreaterThanOrEqual(8)
  // What is looked for would be seen: put in as markup, the policy is asked.
  await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.ran=1">'))
  await until(async () => (await happened()).length > 0)
  expect((await happened()).join()).not.toContain('something ran')
  await page.close()
})

test('S09 On a tablet as well: a room, a title, a student and a walk-in typed there', async () => {
  const { page, happened } = await watched(tablet)
  await page.goto(school.district.url)
  await signIn(page, school.teacher.username, PASSWORD)
  await readyForOffline(page)
  const [, title = ''] = PAYLOADS
  await page.getByRole('button', { name: `Start session: ${title}` }).click()
  await page.getByRole('heading', { name: title }).waitFor()
  await tap(page, 'in', '.*').first().click()
  await button(page, 'Add walk-in').click()
  const [, , walkIn = ''] = PAYLOADS
  await page.getByLabel('Name', { exact: true }).fill(walkIn)
  await button(page, `Add “${walkIn}” and match later`).click()
  await page.getByText(walkIn).first().waitFor()
  expect(await happened()).toEqual([])
  await page.close()
})
