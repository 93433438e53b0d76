// @vitest-environment jsdom
// What cannot be taken back is asked once, with what it means: a signature before a period has ended, and sending a device away.
import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { NOW } from '../server/testServer.ts'
import { ELM, smallDistrict } from '../server/smallDistrict.ts'
import { openTestTablet } from '../server/testTablet.ts'
import { atDesk } from './deskAt.tsx'

const press = async (name: string | RegExp) => userEvent.click(await screen.findByRole('button', { name }))
const signatures = (server: Awaited<ReturnType<typeof smallDistrict>>): unknown =>
  server.context.log.db.prepare('SELECT count(*) FROM period_closing').pluck().get()
const asked = () => screen.queryByRole('dialog')

async function signing(server: Awaited<ReturnType<typeof smallDistrict>>) {
  const desk = await atDesk('/help', 'lund', server)
  return async (path: string) => {
    desk.reopen(path)
    await userEvent.type(await screen.findByRole('textbox', { name: /^Your name/ }), 'L. Lund')
    const note = screen.queryByRole('textbox', { name: /^Why you sign although/ })
    if (note) await userEvent.type(note, 'Known.')
  }
}

test('A period that has not ended is signed after one question: until when it runs, and what will be missing', async () => {
  const server = await smallDistrict()
  const begin = await signing(server)
  await begin('/periods?period=P-2&year=2026')
  await press('Sign P-2')
  const dialog = within(await screen.findByRole('dialog', { name: 'P-2 has not ended' }))
  expect(dialog.getByText(/^P-2 runs until Apr \d+, 2027\. These are the figures of Nov 22, 2026\./)).toBeDefined()
  expect(dialog.getByText(/reach the state only by a supplement, which two people open/)).toBeDefined()
  expect(signatures(server)).toBe(0)
  await userEvent.click(dialog.getByRole('button', { name: 'Cancel' }))
  expect([asked(), signatures(server)]).toEqual([null, 0])
  await press('Sign P-2')
  await press('Sign it early')
  await waitFor(() => expect([asked(), signatures(server)]).toEqual([null, 1]))
})

test('A period that has ended is signed without a question', async () => {
  const server = await smallDistrict()
  server.wait(Date.parse('2027-07-11T18:00:00Z') - NOW)
  const begin = await signing(server)
  await begin('/periods?period=P-2&year=2026')
  await press('Sign P-2')
  await waitFor(() => expect(signatures(server)).toBe(1))
  expect(asked()).toBeNull()
})

test('A device is sent away after one question: what it holds is taken and waits, what can be read there goes', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  tablet.recordSaturday(['ana'])
  await tablet.push()
  const revoked = (): unknown => server.context.log.db.prepare('SELECT count(*) FROM device WHERE revoked_at IS NOT NULL').pluck().get()
  await atDesk('/site/devices', 'marsh', server)
  const row = (await screen.findAllByRole('row')).find((one) => within(one).queryByText('Test tablet'))
  if (!row) throw new Error('no tablet')
  await userEvent.click(within(row).getByRole('button', { name: /^Change/ }))
  await press('Revoke this device')
  const dialog = within(await screen.findByRole('dialog', { name: 'Revoke Test tablet?' }))
  expect(dialog.getByText(/^What it still holds is taken when it comes back, and waits for you\./)).toBeDefined()
  expect(dialog.getByText(/What can be read on it goes at its next contact\./)).toBeDefined()
  expect(revoked()).toBe(0)
  await userEvent.click(dialog.getByRole('button', { name: 'Cancel' }))
  expect([await screen.findByRole('dialog', { name: 'Device Test tablet' }), revoked()]).toEqual([expect.anything(), 0])
  await press('Revoke this device')
  await userEvent.click(
    within(await screen.findByRole('dialog', { name: 'Revoke Test tablet?' })).getByRole('button', { name: 'Revoke it' }),
  )
  await screen.findByText(/^Revoked /)
  expect(revoked()).toBe(1)
})
