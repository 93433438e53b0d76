// A teacher types what a child says its name is; somebody at the school's office knows who that is.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RosterReply } from '../../shared/api/desk.ts'
import type { Person } from '../../shared/api/people.ts'
import { openBrowser } from '../support/chromium.ts'
import type { OpenBrowser } from '../support/chromium.ts'
import { openDevice } from '../support/device.ts'
import { account, importedDistrict, PASSWORD } from './imported.ts'
import type { Imported } from './imported.ts'
import { button, newPage, readyForOffline, signIn, tellOfFailures } from './steps.ts'

let school: Imported
let coordinator: string
let browser: OpenBrowser
/** At the same school, on no list of the session. */
let known: RosterReply['rows'][number]
tellOfFailures(() => browser?.context)

beforeAll(async () => {
  school = await importedDistrict()
  const { people } = await school.administrator.ask<{ people: Person[] }>('GET', '/api/people')
  const colleague = people.find((each) => each.account === null && each.sites.includes(school.section.site) && each.sites.length === 1)
  if (colleague === undefined) throw new Error('Nobody else works at this school')
  coordinator = await account(school.administrator, colleague.staff, 'coordinator')
  const { rows } = await school.administrator.ask<RosterReply>('GET', `/api/roster?asOf=${school.today}`)
  const stranger = rows.find((row) => row.site === school.section.site && !school.section.students.includes(row.student))
  if (stranger === undefined) throw new Error('Everybody is on the list')
  known = stranger
  browser = await openBrowser({ width: 1440, height: 900 })
})
afterAll(async () => {
  await browser?.close()
  await school?.district.close()
})

test('The teacher types a name that is nearly right', async () => {
  const page = await newPage(browser.context)
  await page.goto(school.district.url)
  await signIn(page, school.teacher.username, PASSWORD)
  await readyForOffline(page)
  await button(page, 'Start session: Study hall').click()
  await button(page, 'Add walk-in').click()
  const heard = `${known.first} ${known.last.slice(0, -1)}x`
  await page.getByLabel('Name', { exact: true }).fill(heard)
  await button(page, `Add “${heard}” and match later`).click()
  await page.getByRole('listitem').filter({ hasText: heard }).getByText('Confirmed').waitFor({ timeout: 60_000 })
  await page.goto(`${school.district.url}/device`)
  await button(page, 'Sign out').click()
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
  await page.close()
})

test('The coordinator finds the likely student and matches them', async () => {
  const page = await newPage(browser.context)
  await page.goto(school.district.url)
  await signIn(page, coordinator, PASSWORD)
  await page
    .getByRole('link', { name: /^Walk-ins/ })
    .first()
    .click()
  await button(page, `It is ${known.first} ${known.last}`).click()
  await page.getByText('Every walk-in is matched').waitFor()
  await page.goto(`${school.district.url}/outbox`)
  await page.getByText('Everything is confirmed').waitFor({ timeout: 60_000 })
  await page.close()
})

test('A student of another school is not there for them: not found, not forbidden', async () => {
  const { rows } = await school.administrator.ask<RosterReply>('GET', `/api/roster?asOf=${school.today}`)
  const foreign = rows.find((row) => row.site === school.otherSite)
  const device = await openDevice(school.district.url, coordinator, PASSWORD)
  await expect(device.ask('GET', `/api/students/${foreign?.student}?asOf=${school.today}`)).rejects.toThrow(': 404 ')
  await expect(device.ask('GET', `/api/students/${known.student}?asOf=${school.today}`)).resolves.toMatchObject({ student: known.student })
})
