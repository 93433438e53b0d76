// The day this program is for: the network is gone before the session begins and comes back after it was certified.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person, RosterReply } from '../../shared/api.ts'
import { instant, localTimeOf } from '../../shared/time.ts'
import { openBrowser } from '../support/chromium.ts'
import type { OpenBrowser } from '../support/chromium.ts'
import { until } from '../support/server.ts'
import { account, importedDistrict, PASSWORD } from './imported.ts'
import type { Imported } from './imported.ts'
import { button, checkIn, checkOut, newPage, readyForOffline, signIn } from './steps.ts'

let school: Imported
let tablet: OpenBrowser
let page: Page
let names: string[]
let roster: string

beforeAll(async () => {
  school = await importedDistrict()
  tablet = await openBrowser()
  page = await newPage(tablet.context)
  names = school.students.map(({ name }) => name)
})
afterAll(async () => {
  await tablet?.close()
  await school?.district.close()
})

test('A teacher signs in once, with the network, and the tablet says that it is ready for offline', async () => {
  await page.goto(school.district.url)
  await signIn(page, school.teacher.username, PASSWORD)
  await readyForOffline(page)
})

test('With the server gone the app opens again, and a session starts', async () => {
  await school.district.kill()
  await page.reload()
  await button(page, 'Start session: Study hall').click()
  await page.getByRole('heading', { name: 'Study hall' }).waitFor()
  roster = page.url()
})

test('Five students are checked in, each saved on the tablet at once', async () => {
  for (const name of names.slice(0, 5)) await checkIn(page, name)
  for (const name of names.slice(0, 5)) await row(name).getByText('Saved here').waitFor()
  await page.getByText(/^5 of 12 here/).waitFor()
})

test('One leaves early', async () => {
  await checkOut(page, at(0))
  await row(at(0)).getByText('Saved here').waitFor()
  await page.getByText(/^4 of 12 here/).waitFor()
})

test('One was tapped by mistake and is undone', async () => {
  await checkIn(page, at(5))
  await page.getByText(/^5 of 12 here/).waitFor()
  await button(page, 'Undo').click()
  await page.getByText(/^4 of 12 here/).waitFor()
  await button(page, `Check in ${at(5)}`).waitFor()
})

test('One came earlier than tapped: the time is corrected, with a reason', async () => {
  await button(page, `More about ${at(1)}`).click()
  await page.getByRole('button', { name: /^Change the check-in at/ }).click()
  const twoHoursAgo = localTimeOf(instant(Date.now() - 130 * 60_000), school.zone)
  await page.getByLabel('Right time').fill(twoHoursAgo)
  await page.getByLabel('Reason').fill('came while the tablet was charging')
  await button(page, 'Save the change').click()
  await page.keyboard.press('Escape')
  await row(at(1))
    .getByText(/2 h 1\d min|2:1\d/)
    .first()
    .waitFor()
})

test('A student nobody expected is added as a walk-in', async () => {
  await button(page, 'Add walk-in').click()
  await page.getByLabel('Name', { exact: true }).fill('Rosa New')
  await button(page, 'Add “Rosa New” and match later').click()
  await row('Rosa New').waitFor()
})

test('The session is ended: who is still in leaves now, nobody at a time that was made up', async () => {
  await button(page, 'End session').click()
  await page.getByText('5 students are still in').waitFor()
  await page.getByRole('button', { name: /^All leave now/ }).click()
  await page.getByRole('button', { name: 'End session' }).last().click()
})

test('The teacher certifies it by typing a name', async () => {
  await page
    .getByRole('button', { name: /^Certify/ })
    .first()
    .click()
  await page.getByLabel('Type your name to sign').fill(school.teacher.name)
  await page.getByRole('button', { name: 'Certify' }).last().click()
  await page.getByText(`Certified by ${school.teacher.name}`).first().waitFor()
})

test('A second tab, still without a network, shows all of it', async () => {
  const second = await newPage(tablet.context)
  await second.goto(roster)
  await second.getByText(`Certified by ${school.teacher.name}`).first().waitFor()
  await second.getByRole('listitem').filter({ hasText: 'Rosa New' }).waitFor()
  await second.close()
})

test('The server comes back at its address and everything turns Confirmed', async () => {
  await school.district.start()
  await page.goto(`${school.district.url}/outbox`)
  const tryNow = button(page, 'Try now')
  if (await tryNow.isVisible()) await tryNow.click()
  await page.getByText('Everything is confirmed').waitFor({ timeout: 90_000 })
  await page.goto(roster)
  await row(at(1)).getByText('Confirmed').waitFor()
})

test('The tablet says that its totals match the district', async () => {
  await page.goto(`${school.district.url}/device`)
  await page.getByText(/^Totals match the district/).waitFor({ timeout: 60_000 })
})

test("The district's page shows the same totals", async () => {
  const asked = await school.administrator.ask<RosterReply>('GET', `/api/roster?asOf=${school.today}`)
  const corrected = asked.rows.find((each) => each.student === school.students[1]?.id)
  expect(corrected).toMatchObject({ hours: 2 })
  const username = await account(school.administrator, await anotherPerson(), 'district')
  const desk = await openBrowser({ width: 1440, height: 900 })
  try {
    const office = await newPage(desk.context)
    await office.goto(school.district.url)
    await signIn(office, username, PASSWORD)
    await office.goto(`${school.district.url}/district`)
    const [first = '', last = ''] = at(1).split(' ')
    await office.getByRole('searchbox').fill(last)
    const cells = office.getByRole('row').filter({ hasText: first })
    await until(async () => (await cells.first().innerText()).includes(last))
    expect((await cells.first().innerText()).split(/\s+/)).toContain('2')
  } finally {
    await desk.close()
  }
})

const at = (i: number): string => names[i] ?? ''
const row = (name: string) => page.getByRole('listitem').filter({ hasText: name })

async function anotherPerson() {
  const { people } = await school.administrator.ask<{ people: Person[] }>('GET', '/api/people')
  const person = people.find((each) => each.account === null)
  if (person === undefined) throw new Error('Everybody has an account')
  return person.staff
}
