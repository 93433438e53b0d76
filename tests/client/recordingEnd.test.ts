// When recording ends that needs no network: a wrong clock ends nothing for long, and is worth no endless use. (0061, 0091)
import 'fake-indexeddb/auto'
import { expect, test, vi } from 'vitest'
import { readFact } from '../../client/log/db.ts'
import { keepTime } from '../../client/trust/keepTime.ts'
import type { Watch } from '../../client/trust/recordingEnd.ts'
import { endsSoon, isOver, openWatch } from '../../client/trust/recordingEnd.ts'
import { DAY, HOUR, instant, MINUTE } from '../../shared/time.ts'
import { smallDistrict } from '../server/smallDistrict.ts'
import { NOW } from '../server/testServer.ts'
import { openRealTablet } from './realTablet.ts'
import { recordSome } from './sharedTablet.ts'

const YEAR = 365 * DAY

/** A tablet that was signed in `off` from the right time, has no network since, and is opened and closed. What it noted before it was closed is what the next page knows. */
async function signedIn(off = 0) {
  const tablet = await openRealTablet(await smallDistrict())
  tablet.clock.now = NOW + off
  const account = await tablet.signIn('rivera')
  const { clock, db, store } = tablet
  let counter = 0
  return {
    account,
    clock,
    tablet,
    /** So much time passes while a page is open. */
    pass: (ms: number): void => void ((clock.now += ms), (counter += ms)),
    /** Opens a page: how it judges, and how it is closed again. */
    async open(): Promise<{ readonly watch: Watch; readonly close: () => Promise<void> }> {
      counter = Math.floor(Math.random() * DAY)
      const watch = openWatch(
        store.now,
        () => counter,
        () => store.clock,
      )
      const before = await readFact(db, 'counted')
      if (before !== undefined) watch.remember(before)
      return {
        watch,
        async close() {
          const noted = vi.spyOn(db.meta, 'put')
          keepTime({ db, store, watch })()
          await vi.waitFor(() => expect(noted).toHaveBeenCalled())
          await noted.mock.results[0]?.value
          noted.mockRestore()
        },
      }
    },
  }
}

test('[S11] A clock that somebody sets a year ahead ends nothing at once: what is open goes on, and is over half a day later', async () => {
  const { account, clock, open, pass } = await signedIn()
  const { watch } = await open()
  expect(watch.isEnded(account)).toBe(false)
  pass(2 * HOUR)
  clock.now += YEAR
  expect(watch.isEnded(account)).toBe(false)
  pass(11 * HOUR)
  expect(watch.isEnded(account)).toBe(false)
  pass(2 * HOUR)
  expect(watch.isEnded(account)).toBe(true)
  clock.now -= YEAR
  expect(watch.isEnded(account)).toBe(false)
})

test('[S11] A page that opens under a clock set ahead says so; once the clock is right it records at once, without a network', async () => {
  const { account, clock, open, pass } = await signedIn()
  clock.now += YEAR
  const wrong = await open()
  expect(wrong.watch.isEnded(account)).toBe(true)
  pass(MINUTE)
  await wrong.close()
  clock.now -= YEAR
  expect(wrong.watch.isEnded(account)).toBe(false)
  const right = await open()
  expect([right.watch.isEnded(account), right.watch.isSetBack()]).toEqual([false, false])
})

test('[S11] Who sets the clock back each time gains no endless use: what is counted while the app is open adds up, also over a reload', async () => {
  const { account, clock, open, pass } = await signedIn()
  for (let morning = 0; morning < 20; morning++) {
    clock.now = NOW
    const { watch, close } = await open()
    expect(watch.isEnded(account), `morning ${morning}`).toBe(morning >= 14)
    pass(12 * HOUR)
    watch.isEnded(account)
    await close()
  }
  // Where no time is known to be so early, it is said.
  clock.now = 0
  expect((await open()).watch.isSetBack()).toBe(true)
})

test('[S11] A clock that was slow when the district answered, and is set right since, ends nothing', async () => {
  const { account, clock, open } = await signedIn(-YEAR)
  clock.now += YEAR + HOUR
  const { watch } = await open()
  expect([watch.isEnded(account), watch.isSetBack()]).toEqual([false, false])
})

test('[S11] The end comes as before where the clock was let alone: by what is counted, and by the clock for a tablet that lay closed', async () => {
  const { account, clock, open, pass } = await signedIn(-YEAR)
  const { watch } = await open()
  pass(7 * DAY - HOUR)
  expect(watch.isEnded(account)).toBe(false)
  pass(2 * HOUR)
  expect(watch.isEnded(account)).toBe(true)
  clock.now += 7 * DAY
  expect((await open()).watch.isEnded(account)).toBe(true)
})

test('[S11] What is recorded in pages that are open for less than a minute counts as well', async () => {
  const { account, open, pass, tablet } = await signedIn()
  for (let page = 0; page < 3; page++) {
    const { watch } = await open()
    const stop = keepTime({ db: tablet.db, store: tablet.store, watch })
    pass(50_000)
    await recordSome(tablet)
    await vi.waitFor(async () => expect(await readFact(tablet.db, 'counted')).toBe(NOW + (page + 1) * 50_000))
    stop()
    expect(watch.isEnded(account)).toBe(false)
  }
})

test('[S11] A clock ten minutes behind is what clocks do, and one that is behind more was set back; one that was slow from the beginning was not', async () => {
  const { clock, open, pass } = await signedIn()
  const { watch } = await open()
  expect(watch.isSetBack()).toBe(false)
  pass(HOUR)
  clock.now -= 10 * MINUTE
  expect(watch.isSetBack()).toBe(false)
  clock.now -= 1
  expect(watch.isSetBack()).toBe(true)
  const slow = await signedIn(-YEAR)
  expect((await slow.open()).watch.isSetBack()).toBe(false)
})

test('[S11] After an answer of the district, a clock that jumps once more is given its half day anew', async () => {
  const { account, clock, open, pass, tablet } = await signedIn()
  const { watch } = await open()
  watch.isEnded(account)
  clock.now += YEAR
  expect(watch.ending(account)).toBe('jumped')
  pass(11 * HOUR)
  tablet.store.setClock([{ offset: -YEAR, roundTrip: 10, at: instant(clock.now) }])
  expect(watch.ending(account)).toBe('none')
  clock.now += YEAR
  expect(watch.ending(account)).toBe('jumped')
  pass(11 * HOUR)
  expect(watch.ending(account)).toBe('jumped')
  pass(HOUR)
  expect(watch.ending(account)).toBe('byClock')
})

test('A sign-in from before there were grants ends by the clock alone; the end is near in its last three days, or in the last half of a shorter one', async () => {
  const { account, open } = await signedIn()
  const { watch } = await open()
  const { grant: _grant, ...before } = account
  const until = before.offlineUntil
  expect([until, until + 1].map((now) => isOver(watch, before, instant(now)))).toEqual([false, true])
  expect(endsSoon(before, until)).toBe(false)
  const isNear = (days: number, left: number): boolean => {
    const end = instant(NOW + days * DAY)
    return endsSoon({ ...account, offlineUntil: end }, instant(end - left))
  }
  expect([isNear(7, 3 * DAY), isNear(7, 3 * DAY - 1)]).toEqual([false, true])
  expect([isNear(1, 12 * HOUR), isNear(1, 12 * HOUR - 1)]).toEqual([false, true])
})
