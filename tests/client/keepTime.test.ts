// The end of a sign-in is the district's word: what stands beside it on the device, and is not, gives nobody more time.
import 'fake-indexeddb/auto'
import { afterEach, expect, test, vi } from 'vitest'
import { keepTime } from '../../client/trust/keepTime.ts'
import { openWatch } from '../../client/trust/recordingEnd.ts'
import type { SignedIn } from '../../shared/api/people.ts'
import { as, type DeviceId, type StaffId } from '../../shared/ids.ts'
import { DAY, instant } from '../../shared/time.ts'
import { smallDistrict } from '../server/smallDistrict.ts'
import { openRealTablet } from './realTablet.ts'

afterEach(() => vi.restoreAllMocks())

async function kept(bend: (account: SignedIn & { grant: NonNullable<SignedIn['grant']> }) => SignedIn) {
  const tablet = await openRealTablet(await smallDistrict())
  await tablet.signIn('rivera')
  const { account } = tablet.store
  if (!account?.grant) throw new Error('the sign-in has no grant')
  const bent = bend({ ...account, grant: account.grant })
  tablet.store.setAccount(bent)
  const watch = openWatch(
    () => instant(tablet.clock.now),
    () => tablet.clock.now,
    () => tablet.store.clock,
  )
  const judged = vi.spyOn(watch, 'judged')
  const stop = keepTime({ db: tablet.db, store: tablet.store, watch })
  return { tablet, watch, judged, bent, stop }
}

const later = (account: SignedIn): SignedIn => ({ ...account, offlineUntil: instant(account.offlineUntil + 365 * DAY) })

test.each([
  ['as the district gave it', (account: SignedIn) => account, false],
  ['with a later end beside it', later, true],
  [
    'with a later end in it',
    (account: SignedIn) => {
      const { grant } = account
      if (!grant) return account
      const bent = later(account)
      return { ...bent, grant: { ...grant, body: grant.body.replace(String(account.offlineUntil), String(bent.offlineUntil)) } }
    },
    true,
  ],
  ['of another device', (account: SignedIn) => ({ ...account, device: { ...account.device, id: as<DeviceId>('another') } }), true],
  ['of another person', (account: SignedIn) => ({ ...account, me: { ...account.me, staff: as<StaffId>('marsh') } }), true],
  ['that cannot be read', (account: SignedIn) => ({ ...later(account), grant: { body: '{', signature: '' } }), true],
  ['that is something else', (account: SignedIn) => ({ ...later(account), grant: { body: 'null', signature: '' } }), true],
] as const)('A grant %s', async (_name, bend, isEnded) => {
  const { watch, judged, bent, stop } = await kept(bend)
  await vi.waitFor(() => expect(judged).toHaveBeenCalledTimes(1))
  expect(watch.isEnded(bent)).toBe(isEnded)
  stop()
})

test('A store that fails for a moment judges nobody', async () => {
  const { tablet, watch, judged, bent, stop } = await kept((account) => account)
  await vi.waitFor(() => expect(judged).toHaveBeenCalledTimes(1))
  vi.spyOn(tablet.db.meta, 'get').mockRejectedValue(new DOMException('the connection was lost', 'InvalidStateError'))
  tablet.store.setAccount(bent)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect([judged.mock.calls.length, watch.isEnded(bent)]).toEqual([1, false])
  stop()
})
