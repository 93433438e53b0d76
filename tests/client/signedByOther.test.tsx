// @vitest-environment jsdom
// A session signed by somebody who did not supervise it: the coordinator's board names it, and the session itself is where it is put right.
import { atDesk } from './deskAt.tsx'
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { DeviceContext } from '../../client/log/useAttendance.ts'
import { signedByOthers } from '../../client/screens/coordinator/deviceBoard.ts'
import { Roster } from '../../client/screens/teacher/Roster.tsx'
import { setLanguage } from '../../client/words/index.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { reportDistrict } from '../report/reportDistrict.ts'
import { ELM, OAK } from '../server/smallDistrict.ts'
import { SESSION } from '../server/testTablet.ts'
import { signedBy } from '../support/signedByOther.ts'
import { NO_PIN } from './noPin.ts'
import type { Desk } from './deskAt.tsx'

const NAME = 'Signed by somebody who did not supervise'

/** The devices' page of the coordinator who signed in place of the teacher, on the Sunday after. */
async function boardOfMarsh(signer: string | null): Promise<Desk> {
  const district = await reportDistrict()
  if (signer !== null) await signedBy(district, signer)
  const desk = await atDesk('/site/devices', 'marsh', district.server)
  await desk.sync.now()
  await screen.findByRole('table', { name: 'Devices and what waits on them' })
  return desk
}

const card = async (name = NAME): Promise<HTMLElement> => {
  const found = (await screen.findByRole('heading', { name })).closest('section')
  if (!found) throw new Error('no card')
  return found
}

test('The board names the session with who signed, who supervised and what to do, and leads to it', async () => {
  const { store } = await boardOfMarsh('marsh')
  const shown = within(await card())
  expect(shown.getByText('Signed by marsh of the staff')).toBeDefined()
  expect(shown.getByText(/^Sat.* 21.*Supervised by rivera of the staff$/)).toBeDefined()
  expect(shown.getByText(/^Ask who was in the room\..*Or take this signature back/)).toBeDefined()
  expect(shown.getByRole('link', { name: 'Saturday' }).getAttribute('href')).toBe(`/session/${SESSION}`)
  // The same sessions as the checklist has, of the schools that are shown, and of this year.
  const of = (sites: readonly (typeof ELM)[], today: string) => signedByOthers(store.ledger, sites, today as SchoolDate).map(({ id }) => id)
  expect([of([ELM], '2026-11-22'), of([OAK], '2026-11-22'), of([ELM], '2026-11-20'), of([ELM], '2027-07-01')]).toEqual([
    [SESSION],
    [],
    [],
    [],
  ])
})

test('The board says it in Spanish, too', async () => {
  await boardOfMarsh('marsh')
  setLanguage('es')
  const shown = within(await card('Firmadas por alguien que no supervisó'))
  expect(await shown.findByText('Firmada por marsh of the staff')).toBeDefined()
})

test('A session signed by who supervised it is not named', async () => {
  await boardOfMarsh(null)
  expect(screen.queryByRole('heading', { name: NAME })).toBeNull()
})

const open = ({ db, store, sync, session }: Desk): void => {
  cleanup()
  render(
    <DeviceContext value={{ db, store, sync, session, newId: v7, version: 'test', ...NO_PIN }}>
      <Roster id={SESSION} />
    </DeviceContext>,
  )
}

test('The coordinator takes the signature back with a reason: the session waits for its teacher, and the board names it no more', async () => {
  const desk = await boardOfMarsh('marsh')
  open(desk)
  await userEvent.click(await screen.findByRole('button', { name: 'Take this signature back' }))
  const dialog = within(await screen.findByRole('dialog'))
  await userEvent.click(dialog.getByRole('button', { name: 'Take this signature back' }))
  expect(dialog.getByText('Say why in a few words.')).toBeDefined()
  await userEvent.type(dialog.getByLabelText('Reason'), 'Signed in the wrong list')
  await userEvent.click(dialog.getByRole('button', { name: 'Take this signature back' }))
  await waitFor(() => expect(desk.store.ledger.session(SESSION)?.certification.state).not.toBe('certified'))
  expect(signedByOthers(desk.store.ledger, [ELM], '2026-11-22' as SchoolDate)).toEqual([])
  // Nothing is deleted: the signature stands in the record with who took it back, and why.
  const trail = desk.store.ledger.session(SESSION)?.events ?? []
  expect(trail.flatMap(({ event, voidedBy }) => (voidedBy ? [[event.type, voidedBy.actor, voidedBy.reason]] : []))).toEqual([
    ['SessionCertified', 'marsh', 'Signed in the wrong list'],
  ])
  expect(await screen.findByRole('button', { name: /^Certify/ })).toBeDefined()
})

test('A teacher who neither signed nor coordinates is offered no way to take it back', async () => {
  const district = await reportDistrict()
  await signedBy(district, 'marsh')
  const desk = await atDesk('/help', 'rivera', district.server)
  await desk.sync.now()
  open(desk)
  await screen.findByText(/^By this record, whoever certified this session did not supervise it/)
  expect(screen.queryByRole('button', { name: 'Take this signature back' })).toBeNull()
})
