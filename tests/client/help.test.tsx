// @vitest-environment jsdom
// The guide, the first steps and the digest, in front of the real server.
import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { ELM, SECTION, smallDistrict } from '../server/smallDistrict.ts'
import { openTestTablet } from '../server/testTablet.ts'
import { atDesk, offline } from './deskAt.tsx'

beforeEach(() => localStorage.clear())

test('Who is new is asked once, and may skip the first steps', async () => {
  const desk = await atDesk('/sections', 'marsh')
  const user = userEvent.setup()
  await user.click(await screen.findByRole('button', { name: 'Skip' }))
  expect(screen.queryByText(/^New here/)).toBeNull()
  desk.reopen('/sections')
  await screen.findByRole('heading', { name: 'Sections' })
  expect(screen.queryByText(/^New here/)).toBeNull()
  expect(desk.store.ledger.section(SECTION)?.name).toBe('Saturday school')
})

test('The first steps go one by one and can be left at any of them', async () => {
  await atDesk('/help?tour=1', 'marsh')
  const user = userEvent.setup()
  await screen.findByText('1 of 3')
  await user.click(screen.getByRole('button', { name: 'Next' }))
  expect(screen.getByText('2 of 3')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Skip' }))
  await waitFor(() => expect(screen.queryByText('2 of 3')).toBeNull())
})

test('The guide answers without a network, for one’s own role first, and finds over all roles', async () => {
  const desk = await atDesk('/help', 'marsh')
  offline()
  desk.reopen('/help')
  const user = userEvent.setup()
  await screen.findByRole('heading', { name: 'Close the day' })
  expect(screen.queryByRole('heading', { name: 'Start a session' })).toBeNull()
  await user.type(screen.getByRole('searchbox', { name: 'Find in the guide' }), 'unplanned')
  expect(screen.getAllByRole('article').map((topic) => within(topic).getByRole('heading').textContent)).toEqual(['Start a session'])
  await user.clear(screen.getByRole('searchbox', { name: 'Find in the guide' }))
  await user.type(screen.getByRole('searchbox', { name: 'Find in the guide' }), 'zzz')
  expect(screen.getByText('Nothing found')).toBeTruthy()
})

test('The digest says what is new, and no longer that it is once it was seen', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  tablet.recordSaturday(['ana'])
  await tablet.push()
  await atDesk('/alerts', 'marsh', server)
  const user = userEvent.setup()
  await screen.findByRole('heading', { name: 'Sessions not certified (1)' })
  await user.click(screen.getByRole('button', { name: 'I have seen them' }))
  await waitFor(() => expect(screen.queryByRole('button', { name: 'I have seen them' })).toBeNull())
  expect(screen.getByText('Saturday, Elm School, Sat, Nov 21')).toBeTruthy()
})
