// What changes in the office while a tablet is in a room without a network: who is enrolled where, and who may what.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { QuarantineReply, RosterReply, StudentReply } from '../../shared/api/desk.ts'
import type { Person } from '../../shared/api/people.ts'
import type { SiteId } from '../../shared/ids.ts'
import { openBrowser } from '../support/chromium.ts'
import type { OpenBrowser } from '../support/chromium.ts'
import { type Device, openDevice } from '../support/device.ts'
import { account, importedDistrict, PASSWORD } from './imported.ts'
import type { Imported } from './imported.ts'
import { accessibilityFaults, button, checkIn, newPage, readyForOffline, signIn, tellOfFailures } from './steps.ts'

const STUDENTS = path.resolve(import.meta.dirname, '../../server/sample/district/sis/students.csv')

let school: Imported
let tablet: OpenBrowser
let page: Page
let roster: string
tellOfFailures(() => tablet?.context)

beforeAll(async () => {
  school = await importedDistrict()
  tablet = await openBrowser()
  page = await newPage(tablet.context)
  await page.goto(school.district.url)
  await signIn(page, school.teacher.username, PASSWORD)
  await readyForOffline(page)
})
afterAll(async () => {
  await tablet?.close()
  await school?.district.close()
})

const at = (i: number) => school.students[i] ?? { id: '', name: '' }

/** The check-ins of a student that somebody is shown. */
async function checkInsSeenBy(device: Device, student: string): Promise<number> {
  const { events } = await device.ask<StudentReply>('GET', `/api/students/${student}?asOf=${school.today}`)
  const isCheckIn = (event: { type?: string; student?: string }) => event.type === 'StudentCheckedIn' && event.student === student
  return events.filter((event) => isCheckIn(event as { type?: string; student?: string })).length
}

async function coordinatorOf(site: SiteId): Promise<Device> {
  const { people } = await school.administrator.ask<{ people: Person[] }>('GET', '/api/people')
  const somebody = people.find((each) => each.account === null && each.sites.length === 1 && each.sites[0] === site)
  if (!somebody) throw new Error(`Nobody without an account works at ${site}`)
  return openDevice(school.district.url, await account(school.administrator, somebody.staff, 'coordinator'), PASSWORD)
}

/** The school's list of students, with one of them at another school, imported anew. */
async function moveTo(other: SiteId, student: string): Promise<void> {
  const { rows } = await school.administrator.ask<RosterReply>('GET', `/api/roster?asOf=${school.today}`)
  const numberOf = (wanted: (row: RosterReply['rows'][number]) => boolean) => rows.find(wanted)?.localId ?? ''
  const [own, theirs] = [numberOf((row) => row.student === student), numberOf((row) => row.site === other)]
  const lines = readFileSync(STUDENTS, 'utf8').split('\n')
  const code = lines
    .find((line) => line.startsWith(`${theirs},`))
    ?.trimEnd()
    .split(',')
    .at(-1)
  const moved = lines.map((line) => (line.startsWith(`${own},`) ? line.trimEnd().replace(/,[^,]*$/, `,${code}`) : line))
  const file = path.join(school.district.data, 'students-moved.csv')
  writeFileSync(file, moved.join('\n'))
  await school.district.recoup('import', 'students', file, '--commit')
  const after = await school.administrator.ask<RosterReply>('GET', `/api/roster?asOf=${school.today}`)
  expect(after.rows.find((row) => row.student === student)?.site).toBe(other)
}

async function everythingConfirmed(): Promise<void> {
  await page.goto(`${school.district.url}/outbox`)
  await page.getByText('Everything is confirmed').waitFor({ timeout: 60_000 })
}

test('F73 A student changes schools while the tablet is away: the entry stays where it happened, and both schools see it', async () => {
  await tablet.context.setOffline(true)
  await button(page, 'Start session: Study hall').click()
  await page.getByRole('heading', { name: 'Study hall' }).waitFor()
  roster = page.url()
  await checkIn(page, at(0).name)
  await checkIn(page, at(1).name)
  await page
    .getByRole('listitem')
    .filter({ hasText: at(1).name })
    .getByText('Saved here')
    .waitFor()

  await moveTo(school.otherSite, at(0).id)
  await tablet.context.setOffline(false)
  await everythingConfirmed()
  const [before, after] = [await coordinatorOf(school.section.site), await coordinatorOf(school.otherSite)]
  expect([await checkInsSeenBy(before, at(0).id), await checkInsSeenBy(after, at(0).id)]).toEqual([1, 1])
  // The other student is no business of the other school.
  await expect(checkInsSeenBy(after, at(1).id)).rejects.toThrow('404')
  await page.goto(`${school.district.url}/device`)
  await page.getByText(/^Totals match the district/).waitFor()
})

test('[S7] The office limits the teacher to the one section: with the next contact its students alone are on the tablet, and can be found', async () => {
  const { rows } = await school.administrator.ask<RosterReply>('GET', `/api/roster?asOf=${school.today}`)
  const other = rows.find((row) => row.site === school.section.site && !school.section.students.includes(row.student))
  if (!other) throw new Error('Everybody is in the section')
  const held = (): Promise<string> =>
    page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const open = indexedDB.open('recoup')
          open.onsuccess = () => {
            const all = open.result.transaction('records').objectStore('records').getAll()
            all.onsuccess = () => resolve(JSON.stringify(all.result))
          }
        }),
    )
  expect(await held()).toContain(other.localId)

  const desk = await openBrowser({ width: 1440, height: 900 })
  const office = await newPage(desk.context)
  await office.goto(school.district.url)
  await signIn(office, 'ada', PASSWORD)
  await office.goto(`${school.district.url}/people`)
  await office.getByRole('searchbox').fill(school.teacher.name)
  await button(office, `Change ${school.teacher.name}`).click()
  await office.getByText('The whole school. Pick sections').waitFor()
  expect(await accessibilityFaults(office)).toEqual([])
  await office.getByRole('checkbox', { name: /^Study hall/ }).check()
  await button(office, 'Save').click()
  await office.getByText('Teacher · only 1 section').waitFor()
  await desk.close()

  await page.reload()
  await expect.poll(held, { timeout: 60_000 }).not.toContain(other.localId)
  await page.goto(`${school.district.url}/device`)
  await page.getByText(/^Totals match the district/).waitFor({ timeout: 60_000 })
  await page.goto(roster)
  await page.getByRole('heading', { name: 'Study hall' }).waitFor()
  await page.getByText(at(1).name).first().waitFor()
  const answer = await page.request.get(`${school.district.url}/api/students/${other.student}`)
  expect(answer.status()).toBe(404)
})

test('F71 A role changes while the tablet is away: what was recorded in the old one counts, and the tablet shows what the new one may', async () => {
  await page.goto(roster)
  await page.getByRole('heading', { name: 'Study hall' }).waitFor()
  await tablet.context.setOffline(true)
  await checkIn(page, at(2).name)
  await page
    .getByRole('listitem')
    .filter({ hasText: at(2).name })
    .getByText('Saved here')
    .waitFor()

  const until = Date.now() + 24 * 3_600_000
  await school.administrator.ask('PATCH', `/api/people/${school.section.staff[0] ?? ''}`, { role: 'auditor', until })
  await tablet.context.setOffline(false)
  await expect.poll(() => checkInsSeenBy(school.administrator, at(2).id), { timeout: 60_000 }).toBe(1)
  const { rows } = await school.administrator.ask<QuarantineReply>('GET', '/api/quarantine')
  expect(rows).toEqual([])

  await page
    .getByText(/^Sign in again to send/)
    .first()
    .waitFor()
  await page.goto(`${school.district.url}/device`)
  await button(page, 'Sign out').click()
  await signIn(page, school.teacher.username, PASSWORD)
  await page.getByRole('link', { name: 'Merged roster' }).waitFor()
  await page.goto(roster)
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(await page.getByRole('button', { name: /check (in|out) /i }).count()).toBe(0)
})
