import { expect, test } from 'vitest'
import type { RosterReply } from '../../shared/api/desk.ts'
import type { SetupState } from '../../shared/api/people.ts'
import type { SectionsReply } from '../../shared/api/registry.ts'
import { meetsOn } from '../../shared/attendance/planned.ts'
import { DAY, fiscalYear, fiscalYearOf, instant, schoolDateOf } from '../../shared/time.ts'
import { NOW, signedIn, testServer } from './testServer.ts'

/** A server with the sample, made so many days after 22 November 2026. */
async function withSample(daysLater = 0) {
  const server = await testServer()
  server.wait(daysLater * DAY)
  const answer = await server.browser().ask('POST', '/api/setup/sample', {})
  expect(answer.status).toBe(200)
  return server
}

test('the sample is ready in one step: accounts for each role, shown where one signs in, and they work', async () => {
  const server = await withSample()
  const state = (await server.browser().ask('GET', '/api/setup')).json<SetupState>()
  expect(state).toMatchObject({ needed: false, sample: true, district: 'Willow Valley Unified School District' })
  expect(new Set(state.accounts.map((account) => account.role))).toEqual(
    new Set(['teacher', 'coordinator', 'district', 'administrator', 'data']),
  )
  for (const { username, password, role, name } of state.accounts) {
    const { reply } = await signedIn(server, username, password)
    expect(reply.me).toMatchObject({ role, name })
  }
})

test('the sample shows every kind of case: days claimed up to the most, days that wait, hours, and each flag a school meets', async () => {
  const server = await withSample()
  const { browser } = await signedIn(server, 'district', 'sample-district-password')
  const { rows } = (await browser.ask('GET', '/api/roster')).json<RosterReply>()
  expect(rows).toHaveLength(400)
  const claimable = new Set(rows.map((row) => row.claimableDays))
  expect([8, 9, 10].filter((days) => !claimable.has(days))).toEqual([])
  expect(rows.some((row) => row.bankedDays > 0)).toBe(true)
  expect(rows.some((row) => row.pendingDays > 0)).toBe(true)
  expect(rows.some((row) => row.hours > 0)).toBe(true)
  const flags = new Set(rows.flatMap((row) => row.flags))
  const wanted = ['uncertified', 'missingCheckOut', 'ratioBreached', 'outsideWindow', 'capNear', 'capReached', 'absencesExhausted'] as const
  expect(wanted.filter((flag) => !flags.has(flag))).toEqual([])
})

test.each([
  ['New Year', 40],
  ['the second day of the fiscal year', 222],
  ['July', 240],
  ['the first week of most schools', 270],
  ['September', 290],
])(
  'there is something to see also when it is made in %s: the newest year that holds days shows them, and nothing was set aside',
  async (_, days) => {
    const server = await withSample(days)
    const { browser } = await signedIn(server, 'district', 'sample-district-password')
    const of = async (asOf: string) => (await browser.ask('GET', `/api/roster?asOf=${asOf}`)).json<RosterReply>().rows
    const today = schoolDateOf(instant(NOW + days * DAY), 'America/Los_Angeles')
    const now = await of(today)
    expect(now.filter((row) => row.site !== null && row.eligibleAbsences > 0).length).toBeGreaterThan(10)
    const before = await of(fiscalYear(fiscalYearOf(today) - 1).last)
    const recovered = [...now, ...before].filter((row) => row.claimableDays >= 5)
    expect(recovered.length).toBeGreaterThan(5)
    expect(server.context.log.db.prepare('SELECT count(*) FROM quarantine').pluck().get()).toBe(0)
  },
)

test("the sample's tablets recorded everything as real ones do: nothing was set aside", async () => {
  const server = await withSample()
  expect(server.context.log.db.prepare('SELECT count(*) FROM quarantine').pluck().get()).toBe(0)
  expect(Number(server.context.log.db.prepare('SELECT count(*) FROM event').pluck().get())).toBeGreaterThan(1000)
})

// Two days later is one that the calendar closes.
test.each([0, 1, 2, 45, 200, 250, 800])('there is something to start today, also when the sample is made %i days later', async (days) => {
  const server = await withSample(days)
  const { browser } = await signedIn(server, 'teacher', 'sample-teacher-password')
  const { sections } = (await browser.ask('GET', '/api/sections')).json<SectionsReply>()
  const today = schoolDateOf(instant(NOW + days * DAY), 'America/Los_Angeles')
  const meetsToday = sections.filter(
    ({ section }) => section.name === 'Open lab' && meetsOn(section, today, server.context.store.get('site', section.site)?.body),
  )
  expect(meetsToday).toHaveLength(1)
  expect(meetsToday[0]?.section.students.length).toBeGreaterThan(10)
})

test('the sample is not poured into a district that has data', async () => {
  const server = await testServer()
  server.context.store.apply([
    { kind: 'district', id: 'district', ended: false, body: { name: 'Real', zone: 'UTC', lea: null, sample: false } },
  ])
  expect((await server.browser().ask('POST', '/api/setup/sample', {})).json()).toMatchObject({ code: 'notEmpty' })
})
