// @vitest-environment jsdom
// Giving a role that sees more than a class, in front of the real server: who is here shows it again, and goes on where it was.
import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { WORDS } from '../../client/words/index.ts'
import { MINUTE } from '../../shared/time.ts'
import { PASSWORD } from '../server/testServer.ts'
import { atDesk } from './deskAt.tsx'

const { common, district, setup, trust } = WORDS.en

test('Whoever invites somebody to more than a class after a while shows again who it is, and the links are made then', async () => {
  const desk = await atDesk('/people', 'lund')
  await userEvent.click(await screen.findByRole('checkbox', { name: district.people.select('idle of the staff') }))
  await userEvent.click(screen.getByRole('button', { name: district.people.invite(1) }))
  await userEvent.selectOptions(screen.getByRole('combobox', { name: district.people.inviteRole }), common.roles.coordinator)
  desk.server.wait(6 * MINUTE)
  await userEvent.click(screen.getByRole('button', { name: district.people.makeLinks }))
  const asked = await screen.findByRole('dialog', { name: trust.roles.title })
  expect(asked.textContent).toContain(trust.roles.why)
  // Put off, nothing was made, and the page says so.
  await userEvent.click(within(asked).getByRole('button', { name: common.close }))
  expect((await screen.findByRole('alert')).textContent).toBe(common.refusals.stepUp)
  expect(desk.server.context.accounts.byStaff('idle')).toBeUndefined()
  await userEvent.click(screen.getByRole('button', { name: district.people.makeLinks }))
  const again = await screen.findByRole('dialog', { name: trust.roles.title })
  await userEvent.type(within(again).getByLabelText(setup.password), PASSWORD)
  await userEvent.click(within(again).getByRole('button', { name: trust.roles.go }))
  await screen.findByRole('heading', { name: district.people.linksTitle })
  await waitFor(() => expect(desk.server.context.accounts.byStaff('idle')?.role).toBe('coordinator'))
})
