// @vitest-environment jsdom
// A reload in the middle of a sentence: an update, an empty battery, a finger on the wrong key. What was typed is there again.
import { NO_PIN } from './noPin.ts'
import 'fake-indexeddb/auto'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { ReactElement } from 'react'
import { v7 } from 'uuid'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { QuarantinedRow } from '../../shared/api/desk.ts'
import { HOUR, instant } from '../../shared/time.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { recordCheckIn, recordEnd, recordStart } from '../../client/log/commands.ts'
import { DeviceContext } from '../../client/log/useAttendance.ts'
import { DecideDialog } from '../../client/screens/coordinator/setAside/DecideDialog.tsx'
import { CertifyPage } from '../../client/screens/teacher/CertifyPage.tsx'
import { EndPage } from '../../client/screens/teacher/EndPage.tsx'
import { NewSession } from '../../client/screens/teacher/NewSession.tsx'
import { Roster } from '../../client/screens/teacher/Roster.tsx'
import { planOf } from '../../client/screens/teacher/sessions.ts'
import { dropAllHalfTyped, keepHalfTyped, readHalfTyped } from '../../client/trust/halfTyped.ts'
import '../../client/words/late.ts'
import { SECTION, smallDistrict, staff, student } from '../server/smallDistrict.ts'
import { openRealTablet } from './realTablet.ts'
import type { RealTablet } from './realTablet.ts'

const TODAY = '2026-11-22' as SchoolDate
const ZONE = 'America/Los_Angeles'

beforeAll(() => {
  // A document without a browser has no modal dialogs.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true
  }
  HTMLDialogElement.prototype.close = function () {
    this.open = false
  }
})
beforeEach(() => localStorage.clear())
afterEach(cleanup)

interface Teaching {
  readonly tablet: RealTablet
  readonly id: string
  readonly show: (page: ReactElement) => void
  /** The page is gone and drawn anew from what is stored. */
  readonly reload: (page: ReactElement) => void
  /** Everything that was sent to the server. */
  readonly sent: () => string
}

async function teaching(): Promise<Teaching> {
  const tablet = await openRealTablet(await smallDistrict())
  const wire = tablet.network
  const bodies: unknown[] = []
  tablet.network = (schema, method, path, body) => {
    bodies.push(body)
    return wire(schema, method, path, body)
  }
  await tablet.signIn('rivera')
  await waitFor(() => expect(tablet.store.phase).toBe('ready'))
  const section = tablet.store.ledger.section(SECTION)
  if (!section) throw new Error('the section was not pulled')
  const { session } = recordStart(tablet.store, v7, planOf(section, TODAY, ZONE))
  const { db, store, sync, session: keeper } = tablet
  const show = (page: ReactElement) =>
    void render(<DeviceContext value={{ db, store, sync, session: keeper, newId: v7, version: 'test', ...NO_PIN }}>{page}</DeviceContext>)
  return {
    tablet,
    id: session,
    show,
    reload: (page) => {
      cleanup()
      show(page)
    },
    sent: () => JSON.stringify(bodies),
  }
}

const stateOf = ({ tablet, id }: Teaching) => {
  const state = [...tablet.store.ledger.sessions()].find((each) => each.id === id)
  if (!state) throw new Error('the session is not there')
  return state
}
const press = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }))
const field = (label: string | RegExp): HTMLInputElement => screen.getByLabelText(label)
const typed = () => Object.keys(localStorage).filter((key) => key.startsWith('recoup.typing.'))

test('A correction that was half typed is there again after a reload, is gone once it is saved, and was never sent', async () => {
  const t = await teaching()
  await recordCheckIn(t.tablet.store, stateOf(t), [student('ana')]).done
  const open = async () => {
    await press('More about ana Tester')
    await press(/^Change the check-in at/)
  }
  t.show(<Roster id={t.id} />)
  await open()
  await userEvent.type(field('Reason'), 'came while the tab')
  t.reload(<Roster id={t.id} />)
  await open()
  expect(field('Reason').value).toBe('came while the tab')
  await t.tablet.sync.now()
  expect(t.sent()).toContain('StudentCheckedIn')
  expect(t.sent()).not.toContain('came while')
  await userEvent.type(field('Reason'), 'let was charging')
  await press('Save the change')
  t.reload(<Roster id={t.id} />)
  await open()
  expect(field('Reason').value).toBe('')
  expect(typed()).toEqual([])
})

test('A correction that was given up does not come back', async () => {
  const t = await teaching()
  await recordCheckIn(t.tablet.store, stateOf(t), [student('ana')]).done
  t.show(<Roster id={t.id} />)
  await press('More about ana Tester')
  await press(/^Change the check-in at/)
  await userEvent.type(field('Reason'), 'no, it was right')
  await press('Cancel')
  await press(/^Change the check-in at/)
  expect(field('Reason').value).toBe('')
})

test('A note and the name of a walk-in are there again after a reload', async () => {
  const t = await teaching()
  t.show(<Roster id={t.id} />)
  await press('More about ana Tester')
  await userEvent.type(field('Note'), 'left her glas')
  t.reload(<Roster id={t.id} />)
  await press('More about ana Tester')
  expect(field('Note').value).toBe('left her glas')
  t.reload(<Roster id={t.id} />)
  await press('More about ben Tester')
  expect(field('Note').value).toBe('')
  t.reload(<Roster id={t.id} />)
  await press('Add walk-in')
  await userEvent.type(field('Name'), 'Rosa N')
  t.reload(<Roster id={t.id} />)
  await press('Add walk-in')
  expect(field('Name').value).toBe('Rosa N')
  await press('Add “Rosa N” and match later')
  await press('Add walk-in')
  expect(field('Name').value).toBe('')
})

test('Who left when, and the name typed to sign, are there again after a reload', async () => {
  const t = await teaching()
  await recordCheckIn(t.tablet.store, stateOf(t), [student('ana'), student('ben')]).done
  t.show(<EndPage id={t.id} />)
  await userEvent.type(field('ana Tester left at'), '23:30')
  t.reload(<EndPage id={t.id} />)
  expect([field('ana Tester left at').value, field('ben Tester left at').value]).toEqual(['23:30', ''])
  await recordEnd(t.tablet.store, stateOf(t), t.tablet.store.now(), []).done
  t.reload(<CertifyPage id={t.id} />)
  await userEvent.type(field('Type your name to sign'), 'rivera of')
  t.reload(<CertifyPage id={t.id} />)
  expect(field('Type your name to sign').value).toBe('rivera of')
  await press('Certify')
  expect(stateOf(t).certification).toMatchObject({ state: 'certified', name: 'rivera of' })
  expect(typed().filter((key) => key.includes('certify'))).toEqual([])
})

test('Who was given a time of their own keeps it when all others leave now, and a time for all can be chosen anew', async () => {
  const t = await teaching()
  await recordCheckIn(t.tablet.store, stateOf(t), [student('ana'), student('ben')]).done
  t.show(<EndPage id={t.id} />)
  await userEvent.type(field('ana Tester left at'), '23:30')
  await press(/^All leave now/)
  const first = field('ben Tester left at').value
  expect([field('ana Tester left at').value, first]).toEqual(['23:30', expect.stringMatching(/^\d\d:\d\d$/)])
  t.tablet.clock.now += HOUR
  t.reload(<EndPage id={t.id} />)
  await press(/^All leave now/)
  expect(field('ben Tester left at').value).toBe(first)
  await userEvent.clear(field('ben Tester left at'))
  await press(/^All leave now/)
  expect([field('ana Tester left at').value, field('ben Tester left at').value]).toEqual(['23:30', expect.not.stringContaining(first)])
})

test('A time that has not come yet is refused: of a mark, of who left, and of a session said to be past', async () => {
  const t = await teaching()
  await recordCheckIn(t.tablet.store, stateOf(t), [student('ana')]).done
  t.show(<Roster id={t.id} />)
  await press('More about ana Tester')
  await press('Check out at another time')
  await userEvent.type(field('Time'), '23:00')
  await userEvent.type(field('Reason'), 'forgotten')
  await press('Record')
  expect(screen.getByText('This time has not come yet.')).toBeTruthy()
  t.reload(<EndPage id={t.id} />)
  await userEvent.type(field('ana Tester left at'), '23:00')
  await press('End session')
  expect(screen.getAllByText('This time has not come yet.')).not.toHaveLength(0)
  expect([stateOf(t).students.get(student('ana'))?.marks.length, stateOf(t).endedAt]).toEqual([1, null])
  t.reload(<NewSession past />)
  await userEvent.type(field('Name of the session'), 'Homework club')
  await userEvent.type(field('Date'), TODAY)
  await userEvent.type(field('Begins'), '07:00')
  await userEvent.type(field('Ends'), '10:30')
  await userEvent.type(field(/^Why it is recorded later/), 'no tablet')
  await press('Record the session')
  expect(screen.getByText('This time has not come yet.')).toBeTruthy()
  expect([...t.tablet.store.ledger.sessions()]).toHaveLength(1)
})

test('A past session half described and a review half explained are there again after a reload', async () => {
  const t = await teaching()
  t.show(<NewSession past />)
  await userEvent.type(field(/^Why it is recorded later/), 'the tablet was em')
  t.reload(<NewSession past />)
  expect(field(/^Why it is recorded later/).value).toBe('the tablet was em')
  const row: QuarantinedRow = {
    id: 7,
    event: null,
    type: 'StudentCheckedIn',
    site: null,
    device: 'd',
    deviceName: 'Tablet',
    actor: 'rivera',
    actorName: 'Rivera',
    reason: 'malformed',
    detail: '',
    receivedAt: t.tablet.store.now(),
    body: {},
    rival: null,
  } as QuarantinedRow
  const decided = vi.fn<(decision: string, reason: string) => void>()
  const review = <DecideDialog row={row} onClose={() => undefined} onDecide={decided} />
  t.reload(review)
  await userEvent.type(screen.getByRole('textbox'), 'the office asked')
  t.reload(review)
  expect(screen.getByRole('textbox')).toHaveProperty('value', 'the office asked')
  await press('Leave it out for good')
  expect(decided).toHaveBeenCalledWith('refuse', 'the office asked')
})

test('Half-typed names of students leave with whoever signs out, and are not shown to the next person', async () => {
  const t = await teaching()
  t.show(<Roster id={t.id} />)
  await press('Add walk-in')
  await userEvent.type(field('Name'), 'Rosa New')
  expect(typed()).toHaveLength(1)
  cleanup()
  await t.tablet.session.signOut()
  expect(typed()).toEqual([])
  expect(JSON.stringify(Object.entries(localStorage))).not.toContain('Rosa')
})

test('The next day the form is empty: nobody goes on with yesterday’s sentence', async () => {
  const t = await teaching()
  t.show(<Roster id={t.id} />)
  await press('More about ana Tester')
  await userEvent.type(field('Note'), 'left her glasses')
  t.tablet.clock.now += 25 * HOUR
  t.reload(<Roster id={t.id} />)
  await press('More about ana Tester')
  expect(field('Note').value).toBe('')
})

test('What was half typed is there for a day to the millisecond, and a sign-in after that takes it away', async () => {
  const t = await teaching()
  const typedAt = instant(t.tablet.clock.now)
  const after = (ms: number) => instant(typedAt + ms)
  const me = staff('rivera')
  keepHalfTyped(me, 'note', { text: 'left her glasses' }, typedAt)
  keepHalfTyped(staff('marsh'), 'note', { text: 'of somebody else' }, typedAt)
  expect(readHalfTyped(me, 'note', after(24 * HOUR - 1))).toEqual({ text: 'left her glasses' })
  expect(readHalfTyped(me, 'note', after(24 * HOUR))).toEqual({})
  const [mine, theirs] = typed().sort((a, b) => Number(a.includes('marsh')) - Number(b.includes('marsh')))
  expect(theirs).toContain('marsh')
  dropAllHalfTyped({ person: me, now: after(24 * HOUR - 1) })
  expect(typed()).toEqual([mine])
  dropAllHalfTyped({ person: me, now: after(24 * HOUR) })
  expect(typed()).toEqual([])
})

test('Where the browser refuses storage, or holds something else there, typing goes on', async () => {
  const t = await teaching()
  const refused = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  t.show(<Roster id={t.id} />)
  await press('More about ana Tester')
  await userEvent.type(field('Note'), 'left')
  expect(field('Note').value).toBe('left')
  refused.mockRestore()
  await userEvent.type(field('Note'), ' her')
  for (const key of typed()) localStorage.setItem(key, '{"fields":7}')
  t.reload(<Roster id={t.id} />)
  await press('More about ana Tester')
  expect(field('Note').value).toBe('')
})
