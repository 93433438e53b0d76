// The day this program is for: the network is gone before the session begins and comes back after it was certified.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RosterReply } from '../../shared/api/desk.ts'
import type { Person } from '../../shared/api/people.ts'
import { instant, localTimeOf } from '../../shared/time.ts'
import { openBrowser } from '../support/chromium.ts'
import type { OpenBrowser } from '../support/chromium.ts'
import { account, importedDistrict, PASSWORD } from './imported.ts'
import type { Imported } from './imported.ts'
import { button, checkIn, checkOut, hereNow, newPage, readyForOffline, signIn, tap, tellOfFailures } from './steps.ts'

let school: Imported
let tablet: OpenBrowser
let desk: OpenBrowser | undefined
let page: Page
let names: string[]
let roster: string
const START = 'Start session: Study hall'
tellOfFailures(
  () => tablet?.context,
  () => desk?.context,
)

beforeAll(async () => {
  school = await importedDistrict()
  tablet = await openBrowser()
  page = await newPage(tablet.context)
  names = school.students.map(({ name }) => name)
})
afterAll(async () => {
  await desk?.close()
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
  await page.addInitScript(notePlaces, START)
  await page.reload()
  await opened()
  expect(await places()).toHaveLength(1)
  // Once more for somebody who was here before and is asked the next question.
  await button(page, 'Skip').click()
  await page.reload()
  await page.getByText('Set a PIN').first().waitFor()
  await opened()
  expect(await places()).toHaveLength(1)
  await button(page, START).click()
  await page.getByRole('heading', { name: 'Study hall' }).waitFor()
  roster = page.url()
})

test('Five students are checked in, each saved on the tablet at once', async () => {
  for (const name of names.slice(0, 5)) await checkIn(page, name)
  for (const name of names.slice(0, 5)) await row(name).getByText('Saved here').waitFor()
  await hereNow(page, 5)
})

test('One leaves early', async () => {
  await checkOut(page, at(0))
  await row(at(0)).getByText('Saved here').waitFor()
  await hereNow(page, 4)
})

test('One was tapped by mistake and is undone', async () => {
  await checkIn(page, at(5))
  await hereNow(page, 5)
  await button(page, 'Undo').click()
  await hereNow(page, 4)
  await tap(page, 'in', at(5)).waitFor()
})

test('One came earlier than tapped: the time is corrected, with a reason', async () => {
  await button(page, `More about ${at(1)}`).click()
  await page.getByRole('button', { name: /^Change the check-in at/ }).click()
  await page.getByLabel('Right time').fill(ago(130))
  await page.getByLabel('Reason').fill('came while the tablet was charging')
  await button(page, 'Save the change').click()
  await page.keyboard.press('Escape')
  await row(at(1))
    .getByText(/2.h.1\d.min|2:1\d/)
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
  await certify()
})

test('A second tab, still without a network, shows all of it', async () => {
  const second = await newPage(tablet.context)
  await second.goto(roster)
  await second.getByText(`Certified by ${school.teacher.name}`).first().waitFor()
  await second.getByRole('listitem').filter({ hasText: 'Rosa New' }).waitFor()
  await second.close()
})

test('A session of this morning, kept on paper, is recorded with the reason', async () => {
  await page.goto(`${school.district.url}/session/past`)
  await page.getByLabel('Section').selectOption({ label: 'Study hall' })
  await page.getByLabel('Date').fill(school.today)
  await page.getByLabel('Begins').fill(ago(200))
  await page.getByLabel('Ends').fill(ago(20))
  await page.getByLabel('Why it is recorded later').fill('the tablet was empty')
  await button(page, 'Record the session').click()
  // The section has met today already: that is said before anything is stored.
  await page.getByText('This section has a session on that date already').waitFor()
  await button(page, 'Record another all the same').click()
  await record('in', ago(190))
  await record('out', ago(60))
  await row(at(6)).getByText('2 h 10 min').waitFor()
  await button(page, 'End session').click()
  await page.getByText('Everybody is checked out.').waitFor()
  await button(page, 'End session').click()
  await certify()
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
  const onPaper = asked.rows.find((each) => each.student === school.students[6]?.id)
  expect(onPaper).toMatchObject({ hours: 2, earnedDays: 0, pendingDays: 0 })
  const username = await account(school.administrator, await anotherPerson(), 'district')
  desk = await openBrowser({ width: 1440, height: 900 })
  const office = await newPage(desk.context)
  await office.goto(school.district.url)
  await signIn(office, username, PASSWORD)
  await office.getByRole('searchbox').fill(at(6))
  const line = office.getByRole('row').filter({ hasText: new RegExp(`\\b${at(6).split(' ').at(-1)}\\b`) })
  await line.first().waitFor()
  const cells = await line.first().locator('th, td').allInnerTexts()
  const heads = await office.getByRole('columnheader').allInnerTexts()
  const hours = heads.findIndex((head) => head.includes('Hours'))
  expect(cells[hours]?.trim(), cells.join(' | ')).toBe('2')
})

const at = (i: number): string => names[i] ?? ''
const row = (name: string) => page.getByRole('listitem').filter({ hasText: name })

/** What the wall clock at the school showed so many minutes ago. */
const ago = (minutes: number): string => localTimeOf(instant(Date.now() - minutes * 60_000), school.zone)

/** Taps a row of a session that is over: the time is asked for, and why it is entered late. */
async function record(way: 'in' | 'out', time: string): Promise<void> {
  await tap(page, way, at(6)).click()
  await page.getByLabel('Time', { exact: true }).fill(time)
  await page.getByLabel('Reason').fill('from the paper list')
  await button(page, 'Record').click()
}

async function certify(): Promise<void> {
  await page
    .getByRole('button', { name: /^Certify/ })
    .first()
    .click()
  await page.getByLabel('Type your name to sign').fill(school.teacher.name)
  await page.getByRole('button', { name: 'Certify' }).last().click()
  await page.getByText(`Certified by ${school.teacher.name}`).first().waitFor()
}

async function anotherPerson() {
  const { people } = await school.administrator.ask<{ people: Person[] }>('GET', '/api/people')
  const person = people.find((each) => each.account === null)
  if (person === undefined) throw new Error('Everybody has an account')
  return person.staff
}

/** Notes every place at which a button stood since the page began, frame by frame. */
function notePlaces(name: string): void {
  const places: number[] = []
  Object.assign(window, { places })
  const look = (): void => {
    const top = document.querySelector(`[aria-label="${name}"]`)?.getBoundingClientRect().top
    if (top !== undefined && top !== places.at(-1)) places.push(top)
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

/** Waits until the tablet has said all it says when it is opened. */
async function opened(): Promise<void> {
  await button(page, START).waitFor()
  await readyForOffline(page)
  await page.getByText(/^New on this device/).waitFor()
}

const places = (): Promise<number[]> => page.evaluate(() => (window as unknown as { places: number[] }).places)
