// A tablet shows who signed in on it with what they recorded: a district that was put back from an older copy may not know any more.
import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { readFact } from '../../client/log/db.ts'
import { makeParcel } from '../../client/sync/relay/handOver.ts'
import { pinRelayKeys } from '../../client/sync/relay/relayKeys.ts'
import { sendParcels, takeIn } from '../../client/sync/relay/takeIn.ts'
import { sendSealed } from '../../client/trust/sendSealed.ts'
import { instant } from '../../shared/time.ts'
import { smallDistrict } from '../server/smallDistrict.ts'
import { NOW, type TestServer } from '../server/testServer.ts'
import { REPORT } from '../support/report.ts'
import { RecoveryCodes, SecondFactorBegun } from '../../shared/api/trust.ts'
import { codeAt, stepAt } from '../../server/people/totp.ts'
import { offline, openRealTablet } from './realTablet.ts'
import { leave, recordSome, sharedTablet } from './sharedTablet.ts'

/** As if the copy were of before anybody signed in on a tablet. */
const forgetSignIns = ({ context }: TestServer): unknown => context.log.db.prepare('DELETE FROM signed_in').run()
const taken = ({ context }: TestServer): unknown =>
  context.log.db.prepare("SELECT (SELECT count(*) FROM event) || ' taken, ' || (SELECT count(*) FROM quarantine) || ' aside'").pluck().get()

test('[S8] Two people without PINs, one after the other: what both recorded is taken by a district that knows of neither sign-in', async () => {
  const server = await smallDistrict()
  const tablet = await openRealTablet(server)
  const { network } = tablet
  await tablet.signIn('rivera')
  tablet.network = offline
  await recordSome(tablet)
  await tablet.session.signOut()
  tablet.network = network
  await tablet.signIn('marsh')
  tablet.network = offline
  await recordSome(tablet)
  expect((await readFact(tablet.db, 'signIns'))?.map(({ staff }) => staff)).toEqual(['rivera', 'marsh'])
  forgetSignIns(server)
  tablet.network = network
  await tablet.sync.now()
  expect(taken(server)).toBe('6 taken, 0 aside')
})

test('[S14] What another device carries shows it, too', async () => {
  const server = await smallDistrict()
  const [tablet, carrier] = [await openRealTablet(server), await openRealTablet(server)]
  for (const [each, name] of [
    [tablet, 'rivera'],
    [carrier, 'lund'],
  ] as const) {
    await each.signIn(name)
    await pinRelayKeys(each.db, each.network)
  }
  tablet.network = offline
  await recordSome(tablet)
  const made = await makeParcel({ db: tablet.db, now: () => instant(NOW), report: async () => REPORT }, 'unsent')
  if (made.kind !== 'parcel') throw new Error(made.kind)
  forgetSignIns(server)
  expect(await takeIn(carrier.db, made.bytes, instant(NOW))).toMatchObject({ kind: 'kept' })
  expect(await sendParcels(carrier.db, carrier.network, instant(NOW))).toBe(1)
  expect(taken(server)).toBe('3 taken, 0 aside')
})

test('[S14] What a locked tablet sends shows it, too, also what somebody else had left in the open store when the locker opened', async () => {
  const shared = await sharedTablet()
  const locker = await shared.enter('rivera')
  const { tablet } = await shared.signIn('marsh')
  tablet.network = offline
  await recordSome(tablet)
  leave(tablet)
  const again = await shared.use(await shared.open(locker), offline)
  await recordSome(again)
  leave(again)
  forgetSignIns(shared.server)
  expect(await sendSealed(shared.stores, shared.network)).toMatchObject({ kind: 'done' })
  expect(taken(shared.server)).toBe('6 taken, 0 aside')
})

test('[S8] Who must set up a second factor first is given the record with the next meeting after it; so is an app of before, which kept none', async () => {
  const server = await smallDistrict()
  server.context.trustPolicy.set({ secondFactor: true })
  const tablet = await openRealTablet(server)
  const { secondFactorNeeded } = await tablet.signIn('marsh')
  expect([secondFactorNeeded, await readFact(tablet.db, 'signIns')]).toEqual([true, undefined])
  const begun = await tablet.network(SecondFactorBegun, 'POST', '/api/second-factor/begin')
  if (begun.kind !== 'ok') throw new Error(begun.kind)
  const code = codeAt(begun.value.secret, stepAt(NOW))
  expect(await tablet.network(RecoveryCodes, 'POST', '/api/second-factor/confirm', { code })).toMatchObject({ kind: 'ok' })
  await tablet.sync.now()
  expect((await readFact(tablet.db, 'signIns'))?.map(({ staff }) => staff)).toEqual(['marsh'])
  const { network } = tablet
  tablet.network = offline
  await recordSome(tablet)
  forgetSignIns(server)
  tablet.network = network
  await tablet.sync.now()
  expect(taken(server)).toBe('3 taken, 0 aside')
})
