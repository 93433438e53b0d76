// @vitest-environment jsdom
// A past session recorded a second time: whoever does is told of the first before anything is stored, and may record it all the same.
import { NO_PIN } from './noPin.ts'
import 'fake-indexeddb/auto'
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { recordStart, recordVoid } from '../../client/log/commands.ts'
import { DeviceContext } from '../../client/log/useAttendance.ts'
import { NewSession } from '../../client/screens/teacher/NewSession.tsx'
import { planOf } from '../../client/screens/teacher/sessions.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { ELM, SECTION, smallDistrict } from '../server/smallDistrict.ts'
import { openRealTablet } from './realTablet.ts'

/** The Saturday before today, on which the section met. */
const SATURDAY = '2026-11-21' as SchoolDate

afterEach(() => {
  cleanup()
  localStorage.clear()
})

async function recordedOnce() {
  const tablet = await openRealTablet(await smallDistrict())
  await tablet.signIn('rivera')
  await waitFor(() => expect(tablet.store.phase).toBe('ready'))
  const { db, store, sync, session: keeper } = tablet
  const section = store.ledger.section(SECTION)
  if (!section) throw new Error('the section was not pulled')
  const { session } = recordStart(store, v7, planOf(section, SATURDAY, 'America/Los_Angeles'))
  render(
    <DeviceContext value={{ db, store, sync, session: keeper, newId: v7, version: 'test', ...NO_PIN }}>
      <NewSession past />
    </DeviceContext>,
  )
  return { store, session, count: () => [...store.ledger.sessions()].filter(({ started }) => started).length }
}

const field = (name: string | RegExp): HTMLInputElement => screen.getByLabelText<HTMLInputElement>(name)

async function describe({ section, on }: { readonly section: string | null; readonly on: string }): Promise<void> {
  if (section) await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Section' }), section)
  else {
    await userEvent.type(field('Name of the session'), 'Homework club')
    await userEvent.type(field('Begins'), '08:00')
    await userEvent.type(field('Ends'), '13:00')
  }
  await userEvent.type(field('Date'), on)
  await userEvent.type(field(/^Why it is recorded later/), 'on paper')
}

const record = (): Promise<void> => userEvent.click(screen.getByRole('button', { name: 'Record the session' }))

test('The same section on the same date is warned of before it is stored, names the other session and leads to it', async () => {
  const { session, count } = await recordedOnce()
  await describe({ section: 'Saturday school', on: SATURDAY })
  const warning = (await screen.findByText(/^This section has a session on that date already/)).closest('div[role]') as HTMLElement
  const link = within(warning).getByRole('link', { name: /^Saturday school/ })
  expect([link.getAttribute('href'), link.textContent]).toEqual([`/session/${session}`, expect.stringContaining('8:00')])
  expect(warning.textContent).toContain('rivera of the staff')
  await record()
  expect(count()).toBe(1)
  await userEvent.click(screen.getByRole('button', { name: 'Record another all the same' }))
  expect(count()).toBe(2)
})

test('A session without a section is warned of by its name', async () => {
  const { store, count } = await recordedOnce()
  const window = { from: store.now(), until: store.now() }
  recordStart(store, v7, { site: ELM, section: null, on: SATURDAY, window, breaks: [], room: '', title: ' homework Club' })
  await describe({ section: null, on: SATURDAY })
  expect(await screen.findByText(/^A session of this name is recorded on that date already/)).toBeTruthy()
  await record()
  expect(count()).toBe(2)
})

test.each([
  ['another date', 'Saturday school', '2026-11-14'],
  ['no section and another name', null, SATURDAY],
])('What is recorded of %s is recorded at once', async (_of, section, on) => {
  const { count } = await recordedOnce()
  await describe({ section, on })
  await record()
  expect(count()).toBe(2)
})

test('One that did not take place is no reason to ask', async () => {
  const { store, session, count } = await recordedOnce()
  const start = store.ledger.session(session)?.events[0]?.event
  await recordVoid(store, { id: session, site: ELM }, start ? [start.id] : [], 'begun by mistake').done
  await describe({ section: 'Saturday school', on: SATURDAY })
  await record()
  expect(count()).toBe(1)
})
