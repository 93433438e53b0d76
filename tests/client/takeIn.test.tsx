// @vitest-environment jsdom
// Parcels at the coordinator's desk: what is said of the second of two files is not taken away by the end of the first; what was refused stays.
import 'fake-indexeddb/auto'
import { Blob } from 'node:buffer'
import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { v7 } from 'uuid'
import { expect, test, vi } from 'vitest'
import { recordStart } from '../../client/log/commands.ts'
import { planOf } from '../../client/screens/teacher/sessions.ts'
import { makeParcel } from '../../client/sync/relay/handOver.ts'
import { pinRelayKeys } from '../../client/sync/relay/relayKeys.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { instant } from '../../shared/time.ts'
import { SECTION, smallDistrict } from '../server/smallDistrict.ts'
import { REPORT } from '../support/report.ts'
import { atDesk } from './deskAt.tsx'
import { offline, openRealTablet } from './realTablet.ts'

test('[S14] A foreign file is refused with a sentence that stays, also while the parcel before it is still on its way', async () => {
  const server = await smallDistrict()
  const tablet = await openRealTablet(server)
  await tablet.signIn('rivera')
  await pinRelayKeys(tablet.db, tablet.network)
  tablet.network = offline
  const list = tablet.store.ledger.section(SECTION)
  if (!list) throw new Error('the section was not pulled')
  recordStart(tablet.store, v7, planOf(list, '2026-11-22' as SchoolDate, 'America/Los_Angeles'))
  await new Promise((resolve) => setTimeout(resolve, 50))
  // jsdom's own cannot be read as a stream.
  vi.stubGlobal('Blob', Blob)
  const made = await makeParcel({ db: tablet.db, now: () => instant(tablet.clock.now), report: async () => REPORT }, 'unsent')
  vi.unstubAllGlobals()
  if (made.kind !== 'parcel') throw new Error(made.kind)

  const desk = await atDesk('/site/devices', 'marsh', server)
  await pinRelayKeys(desk.db, desk.network)
  let arrive = () => undefined as void
  const arrived = new Promise<void>((resolve) => (arrive = resolve))
  const { now } = desk.sync
  desk.sync.now = () => now().then(() => arrived)
  const picker = await screen.findByLabelText<HTMLInputElement>('Choose a file')
  const give = (bytes: Uint8Array<ArrayBuffer>, name: string) => userEvent.upload(picker, new File([bytes], name), { applyAccept: false })
  await give(new Uint8Array(made.bytes), 'parcel.recoup')
  await screen.findByText(/: 1 new, 0 known already, 0 set aside$/)
  await give(new TextEncoder().encode('Dear parents'), 'letter.recoup')
  const refused = await screen.findByText(/^This is not a parcel of Recoup/)
  const looked = vi.spyOn(desk.db.parcels, 'toArray')
  arrive()
  // The end of the first: the list is read once more.
  await vi.waitFor(() => expect(looked).toHaveBeenCalled())
  await looked.mock.results[0]?.value
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(refused.textContent).toMatch(/^This is not a parcel of Recoup/)
})

test('[S14] A parcel that the district refused stays, with the reason, until somebody says twice that it may go', async () => {
  const desk = await atDesk('/site/devices', 'marsh')
  const { now } = desk.clock
  await desk.db.parcels.put({ id: 'p', at: instant(now), state: 'refused', why: 'unknownDevice', bytes: 'AAAA', triedAt: instant(now) })
  await desk.sync.now()
  await screen.findByText(/It stays on this device, sealed, and is offered again every hour/)
  // Offered again, it is refused once more: it is no parcel.
  await userEvent.click(screen.getByRole('button', { name: 'Offer it again now' }))
  await screen.findByText(/^This is not a parcel of Recoup/)
  expect(await desk.db.parcels.get('p')).toMatchObject({ state: 'refused', why: 'notAParcel', bytes: 'AAAA' })
  await userEvent.click(screen.getByRole('button', { name: 'Remove it from this device' }))
  expect(await desk.db.parcels.count()).toBe(1)
  await userEvent.click(screen.getByRole('button', { name: /^Yes, remove it/ }))
  await vi.waitFor(async () => expect(await desk.db.parcels.count()).toBe(0))
  await vi.waitFor(() => expect(screen.queryByText(/^This is not a parcel of Recoup/)).toBeNull())
})
