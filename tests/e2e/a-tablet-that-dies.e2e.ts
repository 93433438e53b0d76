// Batteries run empty, children fall over cables. What the row called saved must be there afterwards.
import { afterAll, beforeAll, test } from 'vitest'
import { openBrowser } from '../support/chromium.ts'
import type { OpenBrowser } from '../support/chromium.ts'
import { importedDistrict, PASSWORD } from './imported.ts'
import type { Imported } from './imported.ts'
import { button, checkIn, hereNow, newPage, readyForOffline, signIn, tap, tellOfFailures } from './steps.ts'

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
