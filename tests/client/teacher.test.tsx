// @vitest-environment jsdom
// What the teacher sees: a tap answers at once, moves one row, can be taken back, and nothing is decided for anybody.
import { NO_PIN } from './noPin.ts'
import 'fake-indexeddb/auto'
import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import { v7 } from 'uuid'
import type { ReactElement } from 'react'
import type { Section } from '../../shared/registry.ts'
import type { LocalTime, SchoolDate } from '../../shared/time.ts'
import { DAY, HOUR, instant, MINUTE } from '../../shared/time.ts'
import type { SessionId } from '../../shared/ids.ts'
import { openAttendanceStore } from '../../client/log/attendanceStore.ts'
import { recordCheckIn, recordCheckOut, recordEnd, recordStart } from '../../client/log/commands.ts'
import { DeviceContext } from '../../client/log/useAttendance.ts'
import { DevicePage } from '../../client/screens/teacher/DevicePage.tsx'
import { OutboxPage } from '../../client/screens/teacher/OutboxPage.tsx'
import { Readiness, useKeeping } from '../../client/screens/teacher/Readiness.tsx'
import { Roster } from '../../client/screens/teacher/Roster.tsx'
import { Today } from '../../client/screens/teacher/Today.tsx'
import { planOf, stageOf, todayView } from '../../client/screens/teacher/sessions.ts'
import { meetsOn } from '../../shared/attendance/planned.ts'
import { statusSentence } from '../../client/screens/teacher/SyncLine.tsx'
import { momentIn } from '../../client/screens/teacher/wallClock.ts'
import { NOTHING_YET } from '../../client/sync/syncState.ts'
import { setLanguage, WORDS } from '../../client/words/index.ts'
import { SECTION, smallDistrict, student } from '../server/smallDistrict.ts'
import { offline, openRealTablet } from './realTablet.ts'
import type { RealTablet } from './realTablet.ts'

const TODAY = '2026-11-22' as SchoolDate
const ZONE = 'America/Los_Angeles'
const ana = student('ana')

afterEach(cleanup)

async function teaching(): Promise<{
  tablet: RealTablet
  id: ReturnType<typeof recordStart>['session']
  show: (page: ReactElement) => void
}> {
  const tablet = await openRealTablet(await smallDistrict())
  await tablet.signIn('rivera')
  await waitFor(() => expect(tablet.store.phase).toBe('ready'))
  const { session } = recordStart(tablet.store, v7, planOf(sectionOf(tablet), TODAY, ZONE))
  const { db, store, sync, session: keeper } = tablet
  return {
    tablet,
    id: session,
    show: (page) =>
      render(<DeviceContext value={{ db, store, sync, session: keeper, newId: v7, version: 'test', ...NO_PIN }}>{page}</DeviceContext>),
  }
}

function sectionOf(tablet: RealTablet): Section {
  const section = tablet.store.ledger.section(SECTION)
  if (!section) throw new Error('the section was not pulled')
  return section
}

const rowOf = (name: string): HTMLElement => {
  const row = screen.getByText(name).closest('li')
  if (!row) throw new Error(`${name} has no row`)
  return row
}

test('Nothing is offered to start while only the session of the address has been read: it may be running', async () => {
  const { tablet } = await teaching()
  // A Saturday, on which the section meets.
  tablet.clock.now -= DAY
  recordStart(tablet.store, v7, planOf(sectionOf(tablet), '2026-11-21' as SchoolDate, ZONE))
  const past = recordStart(tablet.store, v7, planOf(sectionOf(tablet), '2026-11-14' as SchoolDate, ZONE))
  await waitFor(async () => expect(await tablet.db.events.where('session').equals(past.session).count()).toBe(1))
  const { db, sync, session: keeper } = tablet
  const hints = { post: () => undefined, listen: () => () => undefined }
  const store = openAttendanceStore({ db, hints, now: tablet.store.now, newId: v7, breathe: () => Promise.resolve() })
  const painted = Promise.withResolvers<void>()
  const { rest } = await store.start(past.session, { painted: () => painted.promise })
  render(<DeviceContext value={{ db, store, sync, session: keeper, newId: v7, version: 'test', ...NO_PIN }}>{<Today />}</DeviceContext>)
  // As long as a browser is given to say how it keeps us.
  await new Promise((resolve) => setTimeout(resolve, 1_200))
  expect(screen.queryByRole('button', { name: /^Start session/ })).toBeNull()
  painted.resolve()
  await rest
  await screen.findByRole('heading', { name: 'Now' })
  expect(screen.queryByRole('button', { name: /^Start session/ })).toBeNull()
})

test('[S1] One tap checks in, in the same moment, and says "Saved here" when it is', async () => {
  const { tablet, id, show } = await teaching()
  tablet.network = offline
  show(<Roster id={id} />)
  screen.getByRole('button', { name: 'Check in ana Tester' }).click()
  await screen.findByRole('button', { name: /Check out ana Tester$/ })
  await within(rowOf('ana Tester')).findByText('Saved here')
  expect(await screen.findByText('1 of 3 here')).toBeTruthy()
})

test('A tap draws its own row and no other', async () => {
  const { id, show } = await teaching()
  show(<Roster id={id} />)
  const list = rowOf('ana Tester').parentElement
  if (!list) throw new Error('there is no list')
  const touched = new Set<string>()
  const observer = new MutationObserver((changes) => {
    for (const { target } of changes)
      touched.add((target instanceof Element ? target : target.parentElement)?.closest('li')?.textContent ?? 'the list')
  })
  observer.observe(list, { subtree: true, childList: true, attributes: true, characterData: true })
  await userEvent.click(screen.getByRole('button', { name: 'Check in ana Tester' }))
  await within(rowOf('ana Tester')).findByText(/Saved here|Confirmed/)
  observer.disconnect()
  expect([...touched].every((text) => text.includes('ana Tester'))).toBe(true)
  expect(touched.size).toBeGreaterThan(0)
})

test('Undo takes the last tap back', async () => {
  const { id, show } = await teaching()
  show(<Roster id={id} />)
  await userEvent.click(screen.getByRole('button', { name: 'Check in ana Tester' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }))
  expect(await screen.findByRole('button', { name: 'Check in ana Tester' })).toBeTruthy()
  expect(await screen.findByText('0 of 3 here')).toBeTruthy()
})

test('Ready for offline is said when all of the first download is here, not when a part of it is; and for each person anew', async () => {
  Object.defineProperty(navigator, 'serviceWorker', { configurable: true, value: { ready: Promise.resolve() } })
  const tablet = await openRealTablet(await smallDistrict())
  const whole = tablet.network
  let more = Promise.withResolvers<void>()
  tablet.network = async (schema, method, path, body) => {
    if (path !== '/api/sync/pull') return whole(schema, method, path, body)
    if ((body as { cursor: unknown }).cursor !== null) await more.promise
    return whole(schema, method, path, { ...(body as object), limit: 5 })
  }
  const { db, store, sync, session: keeper } = tablet
  let signedIn = tablet.signIn('rivera')
  await waitFor(() => expect(store.ledger.district()).toBeTruthy())
  render(<DeviceContext value={{ db, store, sync, session: keeper, newId: v7, version: 'test', ...NO_PIN }}>{<Asked />}</DeviceContext>)
  expect(await screen.findByText('Getting ready for offline…')).toBeTruthy()
  more.resolve()
  await signedIn
  expect(await screen.findByText(/^Ready for offline: 1 section, 3 students/)).toBeTruthy()
  more = Promise.withResolvers()
  await keeper.signOut()
  signedIn = tablet.signIn('osei')
  await waitFor(() => expect(store.ledger.district()).toBeTruthy())
  expect(await screen.findByText('Getting ready for offline…')).toBeTruthy()
  more.resolve()
  await signedIn
  expect(await screen.findByText(/^Ready for offline/)).toBeTruthy()
  Reflect.deleteProperty(navigator, 'serviceWorker')
})

/** Asks the browser, and says what it said. */
const Asked = () => <Readiness {...useKeeping()} />

test('Ready for offline is said when the app itself is kept, not before; and where it cannot be kept, that is said', async () => {
  const { tablet, show } = await teaching()
  await tablet.sync.now()
  show(<Asked />)
  expect(screen.getByText(/cannot open Recoup without a network/)).toBeTruthy()
  cleanup()
  const { promise, resolve } = Promise.withResolvers<void>()
  Object.defineProperty(navigator, 'serviceWorker', { configurable: true, value: { ready: promise } })
  show(<Asked />)
  expect(screen.getByText('Getting ready for offline…')).toBeTruthy()
  resolve()
  expect(await screen.findByText(/^Ready for offline/)).toBeTruthy()
  Reflect.deleteProperty(navigator, 'serviceWorker')
})

test('[S11] The device says how its clock stands as soon as the server has answered, late in a minute too', async () => {
  const { tablet, show } = await teaching()
  tablet.clock.now += 50_000
  await tablet.sync.now()
  show(<DevicePage />)
  expect(await screen.findByText(/^50 s ahead of the district/)).toBeTruthy()
})

test('[S14] Handing over to another device is offered while something waits, and only then', async () => {
  const { tablet, id, show } = await teaching()
  await tablet.sync.now()
  show(<OutboxPage />)
  await screen.findByText('Everything is confirmed')
  expect(screen.queryByRole('button', { name: 'Save as a file' })).toBeNull()
  tablet.network = offline
  const session = tablet.store.ledger.session(id as SessionId)
  if (session) recordCheckIn(tablet.store, session, [ana])
  expect(session).toBeDefined()
  expect(await screen.findByRole('button', { name: 'Save as a file' })).toBeTruthy()
})

test('What was done is said in the language of the screen, also when that changes while it is said', async () => {
  const { id, show } = await teaching()
  show(<Roster id={id} />)
  await userEvent.click(screen.getByRole('button', { name: 'Check in ana Tester' }))
  await screen.findByText('ana Tester checked in')
  act(() => setLanguage('es'))
  expect(screen.getByText(WORDS.es.teacher.checkedIn('ana Tester'))).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Deshacer' })).toBeTruthy()
  act(() => setLanguage('en'))
})

test('Printed, a session shows every time in and out, also of who came twice, and asks for a signature until it is certified', async () => {
  const { tablet, id, show } = await teaching()
  const { store, clock } = tablet
  const now = () => store.ledger.session(id as SessionId)
  const tap = async (record: typeof recordCheckIn, minutes: number) => {
    clock.now += minutes * MINUTE
    const session = now()
    if (session) await record(store, session, [ana]).done
  }
  for (const record of [recordCheckIn, recordCheckOut, recordCheckIn, recordCheckOut]) await tap(record, 10)
  show(<Roster id={id} />)
  expect(screen.queryByRole('table')).toBeNull()
  act(() => void window.dispatchEvent(new Event('beforeprint')))
  const row = within(screen.getByRole('table')).getByRole('row', { name: /^ana Tester/ })
  expect(row.textContent?.match(/\d+:\d\d.[ap]m – \d+:\d\d.[ap]m/g)).toHaveLength(2)
  expect(screen.getByText(/^Not certified\. I certify/)).toBeTruthy()
  act(() => void window.dispatchEvent(new Event('afterprint')))
  expect(screen.queryByRole('table')).toBeNull()
})

test('Nobody’s time runs on after the session has ended, or after its day when nobody ended it', async () => {
  const { tablet, id, show } = await teaching()
  const { store, clock } = tablet
  const session = () => {
    const state = store.ledger.session(id)
    if (!state) throw new Error('the session is not there')
    return state
  }
  await recordCheckIn(store, session(), [ana]).done
  clock.now += 50 * MINUTE
  show(<Roster id={id} />)
  const running = () => within(rowOf('ana Tester')).queryByText(/ now$/)
  expect(running()?.textContent).toMatch(/^50\smin now$/)
  cleanup()
  clock.now += 3 * DAY
  show(<Roster id={id} />)
  expect(running()).toBeNull()
  cleanup()
  clock.now -= 3 * DAY
  show(<Roster id={id} />)
  expect(running()).not.toBeNull()
  await act(() => recordEnd(store, session(), store.now(), []).done)
  await waitFor(() => expect(running()).toBeNull())
  expect(within(rowOf('ana Tester')).getByText(/^0\smin/)).toBeTruthy()
})

test('The teacher who leaves no longer counts, and one who comes in does', async () => {
  const { tablet, id, show } = await teaching()
  show(<Roster id={id} />)
  // A document without a browser has no modal dialogs.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true
  }
  HTMLDialogElement.prototype.close = function () {
    this.open = false
  }
  const teaches = () => tablet.store.ledger.session(id as SessionId)?.supervision.filter((shift) => shift.until === null)
  await userEvent.click(screen.getByRole('button', { name: 'Teachers' }))
  tablet.clock.now += 10 * MINUTE
  await userEvent.click(screen.getByRole('button', { name: 'I am leaving' }))
  expect(teaches()).toEqual([])
  tablet.clock.now += 10 * MINUTE
  await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'Who else is teaching?' }), 'rivera of the staff')
  await userEvent.click(screen.getByRole('button', { name: 'Comes in now' }))
  expect(teaches()).toMatchObject([{ staff: 'rivera' }])
})

test('[S13] What another tab taps appears on this roster', async () => {
  const { tablet, id, show } = await teaching()
  await tablet.store.catchUp()
  show(<Roster id={id} />)
  const other = await tablet.tab()
  const session = other.ledger.session(id)
  if (!session) throw new Error('the session is not in the other tab')
  await recordCheckIn(other, session, [ana]).done
  expect(await screen.findByRole('button', { name: /Check out ana Tester$/ })).toBeTruthy()
})

test('[S15] The row turns to Confirmed when the receipt is there', async () => {
  const { tablet, id, show } = await teaching()
  show(<Roster id={id} />)
  await userEvent.click(screen.getByRole('button', { name: 'Check in ana Tester' }))
  await within(rowOf('ana Tester')).findByText('Saved here')
  await tablet.sync.now()
  expect(await within(rowOf('ana Tester')).findByText('Confirmed')).toBeTruthy()
})

test('Several students are checked in with one press', async () => {
  const { id, show } = await teaching()
  show(<Roster id={id} />)
  await userEvent.click(screen.getByRole('button', { name: 'Select several' }))
  for (const name of ['ana', 'ben']) await userEvent.click(screen.getByRole('button', { name: new RegExp(`Select ${name} Tester$`) }))
  await userEvent.click(screen.getByRole('button', { name: 'Check in 2 selected' }))
  expect(await screen.findByText('2 of 3 here')).toBeTruthy()
})

test('Filters and search show whom they name', async () => {
  const { id, show } = await teaching()
  show(<Roster id={id} />)
  await userEvent.click(screen.getByRole('button', { name: 'Check in ben Tester' }))
  await userEvent.click(screen.getByRole('button', { name: /^Not here/ }))
  expect(screen.queryByText('ben Tester')).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: /^All/ }))
  await userEvent.type(screen.getByRole('searchbox', { name: 'Find a student' }), 'CLÉ')
  expect(screen.getAllByRole('listitem').map((row) => row.textContent)).toEqual([expect.stringContaining('cleo Tester')])
})

test('A pattern meets on its weekdays from its first date until the day before its last', () => {
  const section = { meets: { kind: 'weekly', weekdays: [6], from: '2026-11-07', until: '2026-11-28' } } as Section
  const meets = (on: string): boolean => meetsOn(section, on as SchoolDate, undefined)
  expect([meets('2026-10-31'), meets('2026-11-07'), meets('2026-11-08'), meets('2026-11-21'), meets('2026-11-28')]).toEqual([
    false,
    true,
    false,
    true,
    false,
  ])
})

test('Today lists what is planned until it is started, then what runs, then what is left to finish', async () => {
  const tablet = await openRealTablet(await smallDistrict())
  const { me } = await tablet.signIn('rivera')
  const { store } = tablet
  const saturday = '2026-11-28' as SchoolDate
  const plan = planOf(sectionOf(tablet), saturday, ZONE)
  const noon = instant(plan.window.from + 4 * HOUR)
  const view = (now = noon) => todayView(store.ledger, me, saturday, now)
  expect(view().planned).toHaveLength(1)
  tablet.clock.now = plan.window.from
  const { session } = recordStart(store, v7, plan)
  expect([view().planned.length, view().running.length]).toEqual([0, 1])
  const evening = instant(plan.window.until + HOUR)
  expect(view(evening).toFinish.map((each) => stageOf(each, evening))).toEqual(['toEnd'])
  const state = store.ledger.session(session)
  if (!state) throw new Error('the session is not there')
  await recordEnd(store, state, evening, []).done
  expect(view(evening).toFinish.map((each) => stageOf(each, evening))).toEqual(['toCertify'])
})

test('A time typed for a session over midnight belongs to the night it names', () => {
  const on = '2026-11-21' as SchoolDate
  const time = (text: string): LocalTime => text as LocalTime
  const plan = planOf(
    {
      name: '',
      room: '',
      window: { from: '22:00', until: '01:00' },
      breaks: [],
      meets: { kind: 'dates', dates: [on] },
    } as unknown as Section,
    on,
    ZONE,
  )
  expect(momentIn(plan, time('22:30'), ZONE) - plan.window.from).toBe(HOUR / 2)
  expect(momentIn(plan, time('00:30'), ZONE) - plan.window.from).toBe(2.5 * HOUR)
  expect(plan.window.until - plan.window.from).toBe(3 * HOUR)
})

test('[S15] The status line says what is saved, what is sent and when it was last confirmed', () => {
  const at = instant(Date.UTC(2026, 10, 22, 22, 58))
  const state = { ...NOTHING_YET, network: 'offline' as const, unsent: 7, lastConfirmedAt: at }
  const say = (change: Partial<typeof state>, language: 'en' | 'es' = 'en') =>
    statusSentence(WORDS[language], { ...state, ...change }, ZONE, at).replaceAll('\u00a0', ' ')
  expect(say({})).toBe('Offline · 7 saved here · Last confirmed 2:58 pm')
  expect(say({ network: 'online' as 'offline', unsent: 3, sent: 3 })).toBe('3 sent · Last confirmed 2:58 pm')
  expect(say({ unsent: 0, attention: 1 })).toBe('Offline · 1 needs attention · Last confirmed 2:58 pm')
  expect(say({ unsent: 0 })).toBe('Offline · All confirmed 2:58 pm')
  expect(say({}, 'es')).toBe('Sin conexión · 7 guardados aquí · Última confirmación 2:58 p. m.')
})
