// Batteries run empty, children fall over cables. What the row called saved must be there afterwards.
import { afterAll, beforeAll, test } from 'vitest'
import type { StudentReply } from '../../shared/api/desk.ts'
import { openBrowser } from '../support/chromium.ts'
import type { OpenBrowser } from '../support/chromium.ts'
import { until } from '../support/server.ts'
import { importedDistrict, PASSWORD } from './imported.ts'
import type { Imported } from './imported.ts'
import { button, checkIn, hereNow, newPage, readyForOffline, signIn, tap, tellOfFailures, wakeTheWorker } from './steps.ts'

let school: Imported
let tablet: OpenBrowser
tellOfFailures(() => tablet?.context)

beforeAll(async () => {
  school = await importedDistrict()
  tablet = await openBrowser()
})
afterAll(async () => {
  await tablet?.close()
  await school?.district.close()
})

test('The browser is killed between two taps and nothing is lost', async () => {
  const [first = '', second = ''] = school.students.map(({ name }) => name)
  const dayBefore = await newPage(tablet.context)
  await dayBefore.goto(school.district.url)
  await signIn(dayBefore, school.teacher.username, PASSWORD)
  await readyForOffline(dayBefore)
  // Closed in peace, once: browsers write cookies down some seconds late, and this tablet was signed in days ago.
  await tablet.context.close()

  tablet = await openBrowser({ profile: tablet.profile })
  const before = await newPage(tablet.context)
  await before.goto(school.district.url)
  await school.district.kill()
  await button(before, 'Start session: Study hall').click()
  await checkIn(before, first)
  await before.getByRole('listitem').filter({ hasText: first }).getByText('Saved here').waitFor()
  const roster = before.url()
  await tablet.kill()

  tablet = await openBrowser({ profile: tablet.profile })
  const after = await newPage(tablet.context)
  await after.goto(roster)
  await tap(after, 'out', first).waitFor()
  await checkIn(after, second)
  await hereNow(after, 2)
  await after.getByRole('listitem').filter({ hasText: second }).getByText('Saved here').waitFor()

  await school.district.start()
  await after.goto(`${school.district.url}/outbox`)
  await button(after, 'Try now').click()
  await after.getByText('Everything is confirmed').waitFor({ timeout: 90_000 })
})

test('[S13] What was tapped without a network is sent when there is one again, with nobody looking', async () => {
  const third = school.students[2] ?? { id: '', name: '' }
  const page = await newPage(tablet.context)
  // This browser has the interface and nobody behind it: the wish is noted, and fulfilled below.
  await page.addInitScript(() => {
    const { SyncManager } = globalThis as unknown as { SyncManager: { prototype: { register(tag: string): Promise<void> } } }
    SyncManager.prototype.register = async (tag) => localStorage.setItem('wished', tag)
  })
  await page.goto(school.district.url)
  await page.getByRole('link', { name: 'Open Study hall' }).click()
  await school.district.kill()
  await checkIn(page, third.name)
  await page.getByText(/^Offline/).waitFor()
  await until(() => page.evaluate(() => localStorage.getItem('wished') === 'recoup-sync'))
  const tabs = tablet.context.pages()
  const elsewhere = await tablet.context.newPage()
  await Promise.all(tabs.map((open) => open.close()))
  await school.district.start()
  // The browser says that there is a network again. An address of the server that is not the app is where this can be said from.
  await elsewhere.goto(`${school.district.url}/api/health`)
  await wakeTheWorker(elsewhere, school.district.url)
  const asked = `/api/students/${third.id}?asOf=${school.today}`
  await until(async () => {
    const { events } = await school.administrator.ask<StudentReply>('GET', asked)
    return events.some((event) => (event as { type?: string }).type === 'StudentCheckedIn')
  })
})
