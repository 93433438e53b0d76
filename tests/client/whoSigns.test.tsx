// @vitest-environment jsdom
// Who signs a session: whoever supervised it. Somebody else is told so, and what the record will say.
import 'fake-indexeddb/auto'
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { recordCertification, recordEnd } from '../../client/log/commands.ts'
import { DeviceContext } from '../../client/log/useAttendance.ts'
import { CertifyPage } from '../../client/screens/teacher/CertifyPage.tsx'
import { Roster } from '../../client/screens/teacher/Roster.tsx'
import { smallDistrict } from '../server/smallDistrict.ts'
import { NO_PIN } from './noPin.ts'
import { openRealTablet } from './realTablet.ts'
import { startOne } from './sharedTablet.ts'

afterEach(cleanup)

test.each([
  ['rivera', false],
  ['marsh', true],
])('%s, who may sign the session that rivera has supervised, is told that it is for somebody else: %s', async (username, isTold) => {
  const tablet = await openRealTablet(await smallDistrict())
  await tablet.signIn('rivera')
  await tablet.sync.now()
  const { db, store, sync, session: keeper } = tablet
  const state = startOne(tablet)
  await recordEnd(store, state, store.now(), []).done
  if (username !== 'rivera') await tablet.signIn(username)
  render(
    <DeviceContext value={{ db, store, sync, session: keeper, newId: v7, version: 'test', ...NO_PIN }}>
      <CertifyPage id={state.id} />
    </DeviceContext>,
  )
  await screen.findByRole('button', { name: 'Certify' })
  expect(screen.queryByText(/^By this record you did not supervise/) !== null).toBe(isTold)
})

test.each([
  ['rivera', '/certify'],
  ['marsh', null],
])(
  '%s, who opens the session that marsh has signed and rivera has supervised, is told so; who supervised may certify it',
  async (username, way) => {
    const tablet = await openRealTablet(await smallDistrict())
    await tablet.signIn('rivera')
    await tablet.sync.now()
    const { db, store, sync, session: keeper } = tablet
    const state = startOne(tablet)
    await recordEnd(store, state, store.now(), []).done
    await tablet.signIn('marsh')
    const ended = store.ledger.session(state.id)
    if (!ended) throw new Error('the session is not here')
    await recordCertification(store, ended, 'I was there', 'Marsh').done
    if (username !== 'marsh') await tablet.signIn(username)
    render(
      <DeviceContext value={{ db, store, sync, session: keeper, newId: v7, version: 'test', ...NO_PIN }}>
        <Roster id={state.id} />
      </DeviceContext>,
    )
    await screen.findByText(/^By this record, whoever certified this session did not supervise it/)
    const link = screen.queryByRole('button', { name: 'Certify' })
    expect(link?.getAttribute('href') ?? null).toBe(way && `/session/${state.id}${way}`)
  },
)
