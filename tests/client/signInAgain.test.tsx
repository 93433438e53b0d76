// @vitest-environment jsdom
// A desk that stood for half an hour: its person comes back to the page as it was left.
import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { HOUR } from '../../shared/time.ts'
import { PASSWORD } from '../server/testServer.ts'
import { atDesk } from './deskAt.tsx'

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

test('What was to be saved when the sign-in had ended is saved once its person is back, as it was typed', async () => {
  const { server } = await atDesk('/sections/new', 'marsh')
  await userEvent.type(await screen.findByRole('textbox', { name: 'Name' }), 'Evening lab')
  await userEvent.click(screen.getByRole('checkbox', { name: /Tester, ben/ }))
  server.wait(HOUR)
  await userEvent.click(screen.getByRole('button', { name: 'Save section' }))
  const dialog = await screen.findByRole('dialog', { name: 'Sign in again' })
  await userEvent.type(await within(dialog).findByLabelText('Password'), PASSWORD)
  await userEvent.click(within(dialog).getByRole('button', { name: 'Sign in' }))
  await screen.findByRole('link', { name: 'Evening lab' })
  await waitFor(() => expect(screen.queryByText(ENDED)).toBeNull())
})

test('Who puts it off is told why nothing was saved, and keeps what was typed', async () => {
  const { server } = await atDesk('/sections/new', 'marsh')
  await userEvent.type(await screen.findByRole('textbox', { name: 'Name' }), 'Evening lab')
  await userEvent.click(screen.getByRole('checkbox', { name: /Tester, ben/ }))
  server.wait(HOUR)
  await userEvent.click(screen.getByRole('button', { name: 'Save section' }))
  const dialog = await screen.findByRole('dialog', { name: 'Sign in again' })
  await userEvent.click(within(dialog).getByRole('button', { name: 'Close' }))
  await waitFor(() => expect(screen.getAllByText(ENDED).length).toBeGreaterThan(0))
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' }).value).toBe('Evening lab')
})
