// @vitest-environment jsdom
// People: somebody of the staff is added by hand, and can be invited at once.
import { screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { atDesk } from './deskAt.tsx'

beforeEach(() => localStorage.clear())
const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }))
const field = (name: RegExp) => screen.getByRole<HTMLInputElement>('textbox', { name })

test('A substitute is added with school and address, is selected, and gets a link', async () => {
  await atDesk('/people', 'lund')
  await press('Add a person')
  const dialog = within(await screen.findByRole('dialog', { name: 'Add a person of the staff' }))
  await userEvent.click(dialog.getByRole('button', { name: 'Add' }))
  expect([dialog.getByText('Give the name.'), dialog.getByText('Give an e-mail address.')]).toHaveLength(2)
  await userEvent.type(field(/^Full name/), 'Noor Haddad')
  await userEvent.type(field(/^E-mail/), 'rivera@example.org')
  await userEvent.click(await dialog.findByRole('checkbox', { name: 'Elm School' }))
  await userEvent.click(dialog.getByRole('button', { name: 'Add' }))
  expect((await dialog.findByRole('alert')).textContent).toBe('Somebody on the staff list has this e-mail address already.')
  await userEvent.clear(field(/^E-mail/))
  await userEvent.type(field(/^E-mail/), 'noor@example.org')
  await userEvent.click(dialog.getByRole('button', { name: 'Add' }))
  await screen.findByText('Noor Haddad is on the staff list, and is selected for an invitation.')
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Select Noor Haddad' }).checked).toBe(true)
  await press('Invite 1 person')
  await press('Make the links')
  expect((await screen.findByText(/\/invite\//)).textContent).toMatch(/\/invite\/[\w-]{20,}$/)
})

test('A coordinator sees no way to add somebody to the staff', async () => {
  await atDesk('/people', 'marsh')
  await screen.findByText('rivera of the staff')
  expect(screen.queryByRole('button', { name: 'Add a person' })).toBeNull()
})
