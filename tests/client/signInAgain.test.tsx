// @vitest-environment jsdom
// A desk that stood for half an hour: its person comes back to the page as it was left.
import 'fake-indexeddb/auto'
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { v7 } from 'uuid'
import { DeviceContext } from '../../client/log/useAttendance.ts'
import { Today } from '../../client/screens/teacher/Today.tsx'
import { openWatch } from '../../client/trust/recordingEnd.ts'
import { DAY, HOUR } from '../../shared/time.ts'
import { smallDistrict } from '../server/smallDistrict.ts'
import { PASSWORD } from '../server/testServer.ts'
import { atDesk, connect } from './deskAt.tsx'
import { openRealTablet, through } from './realTablet.ts'

const ENDED = 'Your sign-in has ended. Sign in again; nothing on this device is lost.'

async function signInAgain(password: string): Promise<HTMLElement> {
  await userEvent.click(screen.getByRole('button', { name: 'Sign in again' }))
  const dialog = await screen.findByRole('dialog', { name: 'Sign in again' })
  await userEvent.type(within(dialog).getByLabelText('Password'), password)
  await userEvent.click(within(dialog).getByRole('button', { name: 'Sign in' }))
  return dialog
}

test('After half an hour the page says once that the sign-in has ended; the password brings its person back, and the page fills by itself', async () => {
  const { server, reopen } = await atDesk('/site/devices', 'marsh')
  await screen.findByRole('row', { name: /Tablet/ })
  server.wait(HOUR)
  reopen('/site/devices')
  await waitFor(() => expect(screen.getAllByText(ENDED)).toHaveLength(1))
  expect(screen.queryByRole('row', { name: /Tablet/ })).toBeNull()
  const dialog = await signInAgain('not the password')
  expect((await within(dialog).findByRole('alert')).textContent).toContain('The user name or the password is not right')
  await userEvent.clear(within(dialog).getByLabelText('Password'))
  await userEvent.type(within(dialog).getByLabelText('Password'), PASSWORD)
  await userEvent.click(within(dialog).getByRole('button', { name: 'Sign in' }))
  await screen.findByRole('row', { name: /Tablet/ })
  await waitFor(() => expect([screen.queryByText(ENDED), screen.queryByRole('dialog')]).toEqual([null, null]))
})

/** A new section is typed, and saved an hour later: the dialog that asks who is here. */
async function saveTooLate(): Promise<HTMLElement> {
  const { server } = await atDesk('/sections/new', 'marsh')
  await userEvent.type(await screen.findByRole('textbox', { name: 'Name' }), 'Evening lab')
  await userEvent.click(screen.getByRole('checkbox', { name: /Tester, ben/ }))
  server.wait(HOUR)
  await userEvent.click(screen.getByRole('button', { name: 'Save section' }))
  return screen.findByRole('dialog', { name: 'Sign in again' })
}

test('What was to be saved when the sign-in had ended is saved once its person is back, as it was typed', async () => {
  const dialog = await saveTooLate()
  await userEvent.type(await within(dialog).findByLabelText('Password'), PASSWORD)
  await userEvent.click(within(dialog).getByRole('button', { name: 'Sign in' }))
  await screen.findByRole('link', { name: 'Evening lab' })
  await waitFor(() => expect(screen.queryByText(ENDED)).toBeNull())
})

test('Who puts it off is told why nothing was saved, and keeps what was typed', async () => {
  const dialog = await saveTooLate()
  await userEvent.click(within(dialog).getByRole('button', { name: 'Close' }))
  await waitFor(() => expect(screen.getAllByText(ENDED).length).toBeGreaterThan(0))
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' }).value).toBe('Evening lab')
})

test('Somebody else does not come in by it: nothing is signed in, and the page stays its person’s', async () => {
  const { server, store, reopen } = await atDesk('/site/devices', 'marsh')
  await screen.findByRole('row', { name: /Tablet/ })
  const { account } = store
  if (!account) throw new Error('nobody is here')
  // As an app from before kept it: without the user name.
  const { username: _username, ...before } = account
  store.setAccount(before)
  server.wait(HOUR)
  reopen('/site/devices')
  await screen.findByText(ENDED)
  await userEvent.click(screen.getByRole('button', { name: 'Sign in again' }))
  const dialog = await screen.findByRole('dialog', { name: 'Sign in again' })
  await userEvent.type(within(dialog).getByLabelText('User name'), 'lund')
  await userEvent.type(within(dialog).getByLabelText('Password'), PASSWORD)
  await userEvent.click(within(dialog).getByRole('button', { name: 'Sign in' }))
  expect((await within(dialog).findByRole('alert')).textContent).toContain('This is another person’s account')
  expect([store.account?.me.staff, screen.queryByRole('row', { name: /Tablet/ })]).toEqual(['marsh', null])
  const live = server.context.log.db.prepare(
    "SELECT count(*) FROM web_session s JOIN account a ON a.id = s.account WHERE a.username = 'lund'",
  )
  expect(live.pluck().get()).toBe(0)
})

test('On Friday a teacher is told of what ends on Sunday, makes it longer where she is, and goes on with all that was downloaded', async () => {
  const server = await smallDistrict()
  const tablet = await openRealTablet(server)
  const browser = server.browser()
  tablet.network = through(browser)
  connect(browser)
  await tablet.signIn('rivera')
  await waitFor(() => expect(tablet.store.phase).toBe('ready'))
  const { db, store, sync, session } = tablet
  const watch = openWatch(store.now, store.now, () => store.clock)
  const show = (): void => {
    cleanup()
    history.replaceState(null, '', '/today')
    render(
      <DeviceContext value={{ db, store, sync, session, newId: v7, version: 'test', locker: null, watch }}>
        <Today />
      </DeviceContext>,
    )
  }
  const until = (): number => store.account?.offlineUntil ?? 0
  const first = until()
  show()
  await screen.findByRole('link', { name: 'Help' })
  expect(screen.queryByText(/^Without a network you can record until/)).toBeNull()
  server.wait(5 * DAY)
  tablet.clock.now += 5 * DAY
  show()
  await screen.findByText('Without a network you can record until Sun, Nov 29. To make it longer, sign in again where there is a network.')
  const students = [...store.ledger.students()].length
  await signInAgain(PASSWORD)
  await waitFor(() => expect(screen.queryByText(/^Without a network you can record until/)).toBeNull())
  expect([until() - first, [...store.ledger.students()].length]).toEqual([5 * DAY, students])
  // Once it is over nothing more is recorded; the way on stands beside what says so.
  server.wait(8 * DAY)
  tablet.clock.now += 8 * DAY
  show()
  await screen.findByText(/^Your sign-in has ended for use without a network/)
  expect(screen.queryByText(/^(Ready|Getting ready) for offline/)).toBeNull()
  await signInAgain(PASSWORD)
  await waitFor(() => expect(screen.queryByText(/^Your sign-in has ended/)).toBeNull())
})

test('[S11] Where only the device’s clock says that the time without a network is over, the page says what to do about a wrong clock', async () => {
  const tablet = await openRealTablet(await smallDistrict())
  await tablet.signIn('rivera')
  const { clock, db, store, sync, session } = tablet
  const ended =
    'By this device’s clock your sign-in has ended for use without a network: if the clock is wrong, set it right and go on; if it is right, sign in with your password where there is a network.'
  // Opened under the wrong clock, and open already when it was set ahead.
  for (const whenOpened of [365 * DAY, 0]) {
    clock.now += whenOpened
    const watch = openWatch(
      store.now,
      () => 0,
      () => store.clock,
    )
    watch.look()
    clock.now += 365 * DAY - whenOpened
    const show = (): void => {
      cleanup()
      history.replaceState(null, '', '/today')
      render(
        <DeviceContext value={{ db, store, sync, session, newId: v7, version: 'test', locker: null, watch }}>
          <Today />
        </DeviceContext>,
      )
    }
    show()
    await screen.findByText(ended)
    expect(watch.isEnded(store.account)).toBe(whenOpened > 0)
    clock.now -= 365 * DAY
    show()
    await screen.findByRole('link', { name: 'Help' })
    expect(screen.queryByText(ended)).toBeNull()
  }
})
