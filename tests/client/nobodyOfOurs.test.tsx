// @vitest-environment jsdom
// A name was typed for somebody who turns out to be no student of the district: the coordinator says so, with a reason, and may take it back.
import { screen, waitFor, within } from '@testing-library/react'
import { cleanup, render } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { v7 } from 'uuid'
import { recordCheckOut, recordEnd, recordStart, recordVoid, recordWalkIn } from '../../client/log/commands.ts'
import { DeviceContext } from '../../client/log/useAttendance.ts'
import { boardOf } from '../../client/screens/coordinator/day/board.ts'
import { Roster } from '../../client/screens/teacher/Roster.tsx'
import { planOf } from '../../client/screens/teacher/sessions.ts'
import { WORDS } from '../../client/words/index.ts'
import type { SessionState } from '../../shared/attendance/fold.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { HOUR, MINUTE } from '../../shared/time.ts'
import { ELM, SECTION } from '../server/smallDistrict.ts'
import type { Desk } from './deskAt.tsx'
import { atDesk } from './deskAt.tsx'
import { NO_PIN } from './noPin.ts'

const TODAY = '2026-11-22' as SchoolDate

/** A session of today with a walk-in whose name was typed. */
async function withWalkIn(username = 'marsh') {
  const desk = await atDesk('/site/walk-ins', username)
  const section = desk.store.ledger.section(SECTION)
  if (!section) throw new Error('the section was not pulled')
  const { session: id } = recordStart(desk.store, v7, planOf(section, TODAY, 'America/Los_Angeles'))
  const session = (): SessionState => {
    const state = desk.store.ledger.session(id)
    if (!state) throw new Error('the session is not here')
    return state
  }
  await recordWalkIn(desk.store, v7, session(), 'Little Brother').done
  const temporary = session().walkIns[0]?.student
  if (!temporary) throw new Error('nobody walked in')
  return { desk, session, temporary }
}

/** Says on the list that whoever was typed is nobody of the district's. */
async function nobodyOfOurs(): Promise<void> {
  const card = (await screen.findByRole('heading', { name: 'Typed: “Little Brother”' })).closest('section') as HTMLElement
  await userEvent.click(within(card).getByRole('button', { name: 'Nobody of ours' }))
  const dialog = await screen.findByRole('dialog')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Nobody of ours' }))
  expect(within(dialog).getByText('Say why in a few words.')).toBeTruthy()
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'Reason' }), 'the sibling of a student')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Nobody of ours' }))
}

function showSession({ db, store, sync, session: keeper }: Desk, id: string): void {
  cleanup()
  render(
    <DeviceContext value={{ db, store, sync, session: keeper, newId: v7, version: 'test', ...NO_PIN }}>
      <Roster id={id} />
    </DeviceContext>,
  )
}

const walkInsOnBoard = ({ store }: Desk) =>
  boardOf({ ledger: store.ledger, site: ELM, today: TODAY, now: store.now(), unsent: new Set(), resolutions: [], days: 1 }).flatMap(
    ({ problems }) => problems.filter(({ kind }) => kind === 'walkIn' || kind === 'missing'),
  )

test('A walk-in who is nobody of ours waits for nobody any more, is in no list, and no check-out is missing', async () => {
  const { desk, session, temporary } = await withWalkIn()
  await nobodyOfOurs()
  expect(await screen.findByText('Every walk-in is matched')).toBeDefined()
  expect(session().walkIns).toEqual([])
  expect(session().students.has(temporary)).toBe(false)
  desk.clock.now += 10 * HOUR
  await recordEnd(desk.store, session(), desk.store.now(), []).done
  expect(walkInsOnBoard(desk)).toEqual([])
})

test('It is undone at once, or later from the list of those settled, and the walk-in waits again with the time checked in', async () => {
  const { session, temporary } = await withWalkIn()
  for (const button of ['Undo', 'Take back: Little Brother']) {
    await nobodyOfOurs()
    await userEvent.click(await screen.findByRole('button', { name: button }))
    await screen.findByRole('heading', { name: 'Typed: “Little Brother”' })
    expect(session().walkIns.map(({ name }) => name)).toEqual(['Little Brother'])
    expect(session().students.get(temporary)?.intervals.length).toBe(1)
  }
})

test('What had been taken back before stays taken back when it is undone', async () => {
  const { desk, session, temporary } = await withWalkIn()
  const [out] = recordCheckOut(desk.store, session(), [temporary]).events
  await recordVoid(desk.store, session(), out ? [out] : [], 'left later').done
  desk.clock.now += MINUTE
  await nobodyOfOurs()
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(session().students.get(temporary)?.since).not.toBeNull())
  expect(session().students.get(temporary)?.marks.length).toBe(1)
})

test('The session shows whom it was said of, and why', async () => {
  const { desk, session } = await withWalkIn()
  await nobodyOfOurs()
  showSession(desk, session().id)
  const line = (await screen.findByText('Little Brother')).closest('li') as HTMLElement
  expect(line.textContent).toContain('the sibling of a student')
})

test('A tap that was undone is no such case: nobody is listed for it', async () => {
  const { desk, session } = await withWalkIn()
  const { events } = recordWalkIn(desk.store, v7, session(), 'A slip')
  await recordVoid(desk.store, session(), events, WORDS.es.teacher.undone).done
  await nobodyOfOurs()
  await screen.findByText('Every walk-in is matched')
  expect(screen.queryByText('A slip')).toBeNull()
})

test('A check-out that arrives afterwards from another tablet is shown to whoever settles it', async () => {
  const { desk, session, temporary } = await withWalkIn()
  await nobodyOfOurs()
  await screen.findByText('Every walk-in is matched')
  desk.clock.now += MINUTE
  await recordCheckOut(desk.store, session(), [temporary]).done
  expect(await screen.findByRole('heading', { name: 'Typed: “Little Brother”' })).toBeDefined()
  await nobodyOfOurs()
  expect(await screen.findByText('Every walk-in is matched')).toBeDefined()
  await userEvent.click(screen.getByRole('button', { name: 'Take back: Little Brother' }))
  await waitFor(() => expect(session().students.get(temporary)?.marks.length).toBe(2))
})
