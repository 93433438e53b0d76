// @vitest-environment jsdom
// What was done with a session as a whole can be taken back: its end, and its beginning. Nothing is deleted, and nothing is expected of what was not held.
import { NO_PIN } from './noPin.ts'
import 'fake-indexeddb/auto'
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { ReactElement } from 'react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { recordCertification, recordCheckIn, recordEnd, recordStart } from '../../client/log/commands.ts'
import { DeviceContext } from '../../client/log/useAttendance.ts'
import { expectedOf } from '../../client/screens/coordinator/deviceBoard.ts'
import { boardOf } from '../../client/screens/coordinator/day/board.ts'
import { meetingsAt } from '../../client/screens/coordinator/calendar/plannedDays.ts'
import { siteDay } from '../../client/screens/coordinator/siteDay.ts'
import { CertifyPage } from '../../client/screens/teacher/CertifyPage.tsx'
import { EndPage } from '../../client/screens/teacher/EndPage.tsx'
import { Roster } from '../../client/screens/teacher/Roster.tsx'
import { planOf, todayView } from '../../client/screens/teacher/sessions.ts'
import { Today } from '../../client/screens/teacher/Today.tsx'
import type { SessionState } from '../../shared/attendance/fold.ts'
import type { SessionId } from '../../shared/ids.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { HOUR, instant } from '../../shared/time.ts'
import { ELM, SECTION, smallDistrict, student } from '../server/smallDistrict.ts'
import type { RealTablet } from './realTablet.ts'
import { openRealTablet } from './realTablet.ts'

/** A Saturday, on which the section meets. */
const TODAY = '2026-11-21' as SchoolDate
const ZONE = 'America/Los_Angeles'
/** 9:00 in California. */
const MORNING = Date.parse('2026-11-21T17:00:00Z')
const ana = student('ana')

beforeEach(() => {
  // jsdom has the element but not its being modal.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true
  }
  HTMLDialogElement.prototype.close = function () {
    this.open = false
  }
})
afterEach(cleanup)

async function teaching() {
  const tablet = await openRealTablet(await smallDistrict())
  tablet.clock.now = MORNING
  await tablet.signIn('rivera')
  await waitFor(() => expect(tablet.store.phase).toBe('ready'))
  const section = tablet.store.ledger.section(SECTION)
  if (!section) throw new Error('the section was not pulled')
  const { session } = recordStart(tablet.store, v7, planOf(section, TODAY, ZONE))
  return { tablet, id: session, show: showing(tablet) }
}

const showing =
  (tablet: RealTablet) =>
  (page: ReactElement): void => {
    const { db, store, sync, session: keeper } = tablet
    cleanup()
    render(<DeviceContext value={{ db, store, sync, session: keeper, newId: v7, version: 'test', ...NO_PIN }}>{page}</DeviceContext>)
  }

function stateOf({ store }: RealTablet, id: SessionId): SessionState {
  const state = store.ledger.session(id)
  if (!state) throw new Error('the session is not here')
  return state
}

/** Ends the session on its page, everybody leaving now. */
async function endIt(show: (page: ReactElement) => void, id: SessionId): Promise<void> {
  show(<EndPage id={id} />)
  await userEvent.click(screen.getByRole('button', { name: /^All leave now/ }))
  await userEvent.click(screen.getByRole('button', { name: 'End session' }))
}

const expected = ({ store }: RealTablet, now: number) => expectedOf(store.ledger, [ELM], TODAY, instant(now), [])
const board = ({ store }: RealTablet, now: number) =>
  boardOf({ ledger: store.ledger, site: ELM, today: TODAY, now: instant(now), unsent: new Set(), resolutions: [], days: 1 })

test('Right after a session was ended, Undo opens it again with everybody still in', async () => {
  const { tablet, id, show } = await teaching()
  await recordCheckIn(tablet.store, stateOf(tablet, id), [ana]).done
  tablet.clock.now += HOUR
  await endIt(show, id)
  expect(stateOf(tablet, id).endedAt).not.toBeNull()
  show(<CertifyPage id={id} />)
  await screen.findByText('Session ended')
  await userEvent.click(screen.getByRole('button', { name: 'Undo' }))
  const state = stateOf(tablet, id)
  expect(state.endedAt).toBeNull()
  expect(state.students.get(ana)?.since).toBe(MORNING)
  expect(state.supervision.map(({ until }) => until)).toEqual([null])
  expect(location.pathname).toBe(`/session/${id}`)
})

test('Some time after the end no Undo is offered where the session is signed', async () => {
  const { tablet, id, show } = await teaching()
  await recordEnd(tablet.store, stateOf(tablet, id), tablet.store.now(), []).done
  tablet.clock.now += 60_000
  show(<CertifyPage id={id} />)
  await screen.findByRole('button', { name: 'Certify' })
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(screen.queryByText('Session ended')).toBeNull()
})

test.each([
  ['stay', false],
  ['are taken back as well', true],
])('A session that is not certified is opened again; the check-outs recorded with its end %s', async (_how, isAlso) => {
  const { tablet, id, show } = await teaching()
  await recordCheckIn(tablet.store, stateOf(tablet, id), [ana]).done
  tablet.clock.now += HOUR
  await endIt(show, id)
  tablet.clock.now += HOUR / 2
  show(<Roster id={id} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Open it again' }))
  const dialog = await screen.findByRole('dialog')
  const also = within(dialog).getByRole<HTMLInputElement>('checkbox', { name: /check-out/ })
  // Its time is not over: whoever was said to leave with the end is most likely in the room.
  expect(also.checked).toBe(true)
  if (!isAlso) await userEvent.click(also)
  await userEvent.click(within(dialog).getByRole('button', { name: 'Open it again' }))
  expect(stateOf(tablet, id).endedAt).toBeNull()
  expect(stateOf(tablet, id).students.get(ana)?.since).toBe(isAlso ? MORNING : null)
  expect(await screen.findByRole('button', { name: 'End session' })).toBeTruthy()
  // Both stand in the record: the end, and who took it back.
  expect(stateOf(tablet, id).events.filter(({ voidedBy }) => voidedBy !== null).length).toBe(isAlso ? 2 : 1)
})

test('A certified session is not opened again', async () => {
  const { tablet, id, show } = await teaching()
  await recordCheckIn(tablet.store, stateOf(tablet, id), [ana]).done
  await recordEnd(tablet.store, stateOf(tablet, id), tablet.store.now(), [{ student: ana, at: tablet.store.now() }]).done
  await recordCertification(tablet.store, stateOf(tablet, id), 'as said', 'Rivera').done
  show(<Roster id={id} />)
  await screen.findByText(/^Certified by/)
  await new Promise((resolve) => setTimeout(resolve, 400))
  expect(screen.queryByRole('button', { name: 'Open it again' })).toBeNull()
  expect(screen.queryByRole('button', { name: 'This session did not take place' })).toBeNull()
})

/** Says on its page that the session did not take place. */
async function didNotTakePlace(show: (page: ReactElement) => void, id: SessionId): Promise<void> {
  show(<Roster id={id} />)
  await userEvent.click(await screen.findByRole('button', { name: 'This session did not take place' }))
  const dialog = await screen.findByRole('dialog')
  await userEvent.click(within(dialog).getByRole('button', { name: 'It did not take place' }))
  expect(within(dialog).getByText('Say why in a few words.')).toBeTruthy()
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'Reason' }), 'wrong section')
  await userEvent.click(within(dialog).getByRole('button', { name: 'It did not take place' }))
}

test('A session begun by mistake is said not to have taken place: nothing is expected of it any more, and nothing is to be signed', async () => {
  const { tablet, id, show } = await teaching()
  await didNotTakePlace(show, id)
  expect(await screen.findByText(/wrong section/)).toBeTruthy()
  expect(stateOf(tablet, id).started).toBe(false)
  const later = MORNING + 10 * HOUR
  const { me } = tablet.store.account ?? {}
  if (!me) throw new Error('nobody is signed in')
  const view = todayView(tablet.store.ledger, me, TODAY, instant(later))
  expect([view.running, view.toFinish, view.recent]).toEqual([[], [], []])
  expect(view.planned.map(({ notHeld }) => notHeld)).toEqual([id])
  expect(expected(tablet, later)).toEqual({ due: 0, received: 0, missing: [] })
  const day = siteDay(tablet.store.ledger, ELM, TODAY, instant(later), new Set())
  expect([...day.today, ...day.unfinished]).toEqual([])
  expect(board(tablet, later).map(({ state, problems }) => [state.kind, problems])).toEqual([['notHeld', []]])
  expect(meetingsAt(tablet.store.ledger, ELM, [TODAY], TODAY, instant(later)).map(({ state }) => state)).toEqual(['notHeld'])
  show(<Today />)
  await screen.findByText('Did not take place')
  expect(screen.queryByRole('button', { name: /^Start session/ })).toBeNull()
  expect(screen.getByRole('link', { name: 'Open Saturday school' }).getAttribute('href')).toBe(`/session/${id}`)
})

test('What was said not to have taken place did after all: the session is there again', async () => {
  const { tablet, id, show } = await teaching()
  await didNotTakePlace(show, id)
  await userEvent.click(await screen.findByRole('button', { name: 'It took place after all' }))
  expect(stateOf(tablet, id).started).toBe(true)
  expect(await screen.findByRole('button', { name: 'Check in ana Tester' })).toBeTruthy()
})

test('A session that somebody came to cannot be said not to have taken place', async () => {
  const { tablet, id, show } = await teaching()
  await recordCheckIn(tablet.store, stateOf(tablet, id), [ana]).done
  show(<Roster id={id} />)
  await screen.findByRole('button', { name: /Check out ana Tester$/ })
  await new Promise((resolve) => setTimeout(resolve, 400))
  expect(screen.queryByRole('button', { name: 'This session did not take place' })).toBeNull()
})

test('Where a tablet without a network had checked somebody in all the same, the school is told, and so is who opens the session', async () => {
  const { tablet, id, show } = await teaching()
  const before = stateOf(tablet, id)
  await didNotTakePlace(show, id)
  await recordCheckIn(tablet.store, before, [ana]).done
  expect(board(tablet, MORNING).map(({ session, title, state }) => [session, title, state.kind])).toEqual([
    [id, 'Saturday school', 'cameAllTheSame'],
  ])
  expect(expected(tablet, MORNING).received).toBe(1)
  show(<Roster id={id} />)
  expect(await screen.findByText(/^1 student was checked in all the same/)).toBeTruthy()
})
