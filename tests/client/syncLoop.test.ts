// When a device syncs, how much at once, how long it waits, and what it says of a network that is not one.
import 'fake-indexeddb/auto'
import { expect, onTestFinished, test, vi } from 'vitest'
import { v7 } from 'uuid'
import { PushReply } from '../../shared/api/sync.ts'
import type { PushRequest } from '../../shared/api/sync.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { DAY, MINUTE, instant } from '../../shared/time.ts'
import { recordCheckIn, recordStart } from '../../client/log/commands.ts'
import { planOf } from '../../client/screens/teacher/sessions.ts'
import { statusSentence } from '../../client/screens/teacher/SyncLine.tsx'
import { estimate, sample, withSample } from '../../client/sync/clock.ts'
import { readReply } from '../../client/sync/http.ts'
import { MOST_EVENTS, freshPace, paceAfter, paceAfterSilence } from '../../client/sync/pace.ts'
import { push } from '../../client/sync/push.ts'
import { openSync } from '../../client/sync/syncLoop.ts'
import { NOTHING_YET, isHeldBack, mayBegin, networkOf } from '../../client/sync/syncState.ts'
import { isMetered } from '../../client/trust/connection.ts'
import { WORDS } from '../../client/words/index.ts'
import { SECTION, smallDistrict, student } from '../server/smallDistrict.ts'
import type { RealTablet, Send } from './realTablet.ts'
import { openRealTablet } from './realTablet.ts'
import { REPORT } from '../support/report.ts'

async function teaching(): Promise<{ tablet: RealTablet; checkIn: (n: number) => Promise<void> }> {
  const tablet = await openRealTablet(await smallDistrict())
  await tablet.signIn('rivera')
  const list = tablet.store.ledger.section(SECTION)
  if (!list) throw new Error('the section was not pulled')
  const { session } = recordStart(tablet.store, v7, planOf(list, '2026-11-22' as SchoolDate, 'America/Los_Angeles'))
  const checkIn = async (n: number): Promise<void> => {
    const held = tablet.store.ledger.session(session)
    if (!held) throw new Error('the session is not there')
    await recordCheckIn(
      tablet.store,
      held,
      Array.from({ length: n }, (_, i) => student(`guest-${tablet.clock.now}-${i}`)),
    ).done
  }
  return { tablet, checkIn }
}

const isPush = (path: string): boolean => path.endsWith('/push')
const eventsOf = (body: unknown): number => (body as PushRequest).events.length

test.each([
  ['a quick reply to a full push doubles the next', 100, 100, 500, 200],
  ['never beyond five hundred', 400, 400, 500, 500],
  ['a push that was not full says nothing of a larger one', 100, 3, 500, 100],
  ['a few seconds are right', 100, 100, 5_000, 100],
  ['a slow reply halves the next', 100, 100, 9_000, 50],
  ['by what was really sent', 500, 30, 9_000, 15],
  ['never under ten', 12, 12, 60_000, 10],
] as const)('How much goes at once: %s', (_, most, sent, ms, next) => {
  expect(paceAfter(most, sent, ms)).toBe(next)
})

test('Silence after a long wait makes the next push a quarter; no network at all changes nothing', () => {
  expect(paceAfterSilence(MOST_EVENTS, 400, 20_000)).toBe(100)
  expect(paceAfterSilence(MOST_EVENTS, 400, 50)).toBe(MOST_EVENTS)
  expect(paceAfterSilence(MOST_EVENTS, 0, 20_000)).toBe(MOST_EVENTS)
})

test('[S13] Over a slow line pushes shrink until they go through, and grow again where it is quick', async () => {
  const { tablet, checkIn } = await teaching()
  await checkIn(300)
  const { network } = tablet
  const sizes: number[] = []
  const pace = freshPace()
  const slow: Send = async (schema, method, path, body) => {
    const n = isPush(path) ? eventsOf(body) : 0
    sizes.push(n)
    tablet.clock.now += Math.min(20_000, n * 150)
    return n * 150 > 20_000 ? { kind: 'offline' } : network(schema, method, path, body)
  }
  const device = tablet.store.account?.device.id
  if (!device) throw new Error('nobody is signed in')
  const none = async () => undefined
  const deps = { db: tablet.db, send: slow, device, now: tablet.store.now, report: async () => REPORT, pace, onSending: () => undefined }
  const round = () => push({ ...deps, onSettled: none, onServerTime: () => undefined })
  expect((await round()).kind).toBe('offline')
  expect((await round()).kind).toBe('done')
  expect(sizes[0]).toBe(301)
  expect(Math.max(...sizes.slice(1))).toBeLessThanOrEqual(75)
  await checkIn(200)
  deps.send = async (schema, method, path, body) => {
    sizes.push(isPush(path) ? eventsOf(body) : 0)
    return network(schema, method, path, body)
  }
  expect((await round()).kind).toBe('done')
  expect(pace.most).toBeGreaterThan(75)
})

test('[S13] A server that says how long to wait is believed; one that says nothing is asked by the back-off', () => {
  const refusal = JSON.stringify({ code: 'busy', message: 'Busy.' })
  expect(readReply(PushReply, 503, '1', refusal, '7')).toMatchObject({ kind: 'refused', status: 503, retryAfter: 7_000 })
  for (const said of [null, '', 'soon', '-1', '1e9', 'Wed, 21 Oct 2026 07:28:00 GMT'])
    expect(readReply(PushReply, 503, '1', refusal, said)).toEqual({ kind: 'refused', status: 503, code: 'busy', message: 'Busy.' })
  expect([503, 429, 507, 426, 400, 422, undefined].map(networkOf)).toEqual([
    'busy',
    'busy',
    'busy',
    'tooOld',
    'refused',
    'refused',
    'refused',
  ])
})

test('[S13] A round that nobody asked for waits for the server, and for a network that does not cost', () => {
  const at = instant(1_000)
  expect(mayBegin(0, false, at, at)).toBe(true)
  expect(mayBegin(0, false, instant(999), at)).toBe(false)
  expect(mayBegin(50, true, at, at)).toBe(true)
  expect(mayBegin(51, true, at, at)).toBe(false)
  expect(isHeldBack({ metered: true, busy: false, unsent: 51 })).toBe(true)
  expect(isHeldBack({ metered: true, busy: true, unsent: 51 })).toBe(false)
  expect(isHeldBack({ metered: false, busy: false, unsent: 51 })).toBe(false)
})

test('A network is metered when its owner asked to save data, or the browser says it costs; else it is not', () => {
  const says = (connection: unknown) => vi.stubGlobal('navigator', { connection })
  for (const [connection, costs] of [
    [undefined, false],
    [{}, false],
    [{ saveData: true }, true],
    [{ metered: true }, true],
    [{ type: 'cellular' }, true],
    [{ type: 'wifi' }, false],
  ] as const) {
    says(connection)
    expect(isMetered()).toBe(costs)
  }
  vi.unstubAllGlobals()
})

/** A page that listens, on a clock that only the test moves; `chance` is what its dice show. */
async function listening(metered = false, chance = 0.5) {
  const { tablet, checkIn } = await teaching()
  await tablet.sync.now()
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  vi.stubGlobal('document', page)
  const window = new EventTarget()
  vi.stubGlobal('window', window)
  let pushes = 0
  let refuse: { status: number; retryAfter?: number } | undefined
  const send: Send = (schema, method, path, body) => {
    if (isPush(path)) pushes++
    if (refuse) return Promise.resolve({ kind: 'refused', code: 'busy', message: 'Busy.', ...refuse })
    return tablet.network(schema, method, path, body)
  }
  const sync = openSync({
    db: tablet.db,
    store: tablet.store,
    hints: { post: () => undefined, listen: () => () => undefined },
    send,
    random: () => chance,
    breathe: async () => undefined,
    report: async () => REPORT,
    isMetered: () => metered,
  })
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
  const settled = async () => {
    await wait(60)
    while (sync.state().busy) await wait(5)
  }
  return {
    tablet,
    checkIn,
    sync,
    settled,
    page,
    pushes: () => pushes,
    answer: (next: typeof refuse) => void (refuse = next),
    online: async () => {
      window.dispatchEvent(new Event('online'))
      await settled()
    },
  }
}

/** What is waited for, however busy the machine is. */
const eventually = <T>(what: () => T) => expect.poll(what, { timeout: 8_000 })

/** Timers of half a second and more, which go off when the test lets the time of the tablet pass. */
function heldTimers({ clock }: RealTablet) {
  const [set, clear] = [globalThis.setTimeout, globalThis.clearTimeout]
  const held = new Map<unknown, { readonly at: number; readonly run: () => void }>()
  vi.stubGlobal('setTimeout', (run: () => void, ms = 0) => {
    if (ms < 500) return set(run, ms)
    const name = Symbol('timer')
    held.set(name, { at: clock.now + ms, run })
    return name
  })
  vi.stubGlobal('clearTimeout', (name: Parameters<typeof clearTimeout>[0]) => {
    if (!held.delete(name)) clear(name)
  })
  return {
    /** In how many milliseconds each of them is due. */
    due: () => [...held.values()].map(({ at }) => at - clock.now).toSorted((a, b) => a - b),
    pass(ms: number): void {
      clock.now += ms
      for (const [name, { at, run }] of held) if (at <= clock.now && held.delete(name)) run()
    },
  }
}

test('[S13] What is tapped goes two seconds after the last tap, and thirty after the first while the taps go on', async () => {
  const { tablet, checkIn, sync, settled, pushes } = await listening()
  const time = heldTimers(tablet)
  const stop = sync.listen()
  await settled()
  const before = pushes()
  const tap = async (): Promise<void> => {
    await checkIn(1)
    await settled()
  }
  await tap()
  time.pass(1_999)
  await tap()
  time.pass(1_999)
  await settled()
  expect(pushes()).toBe(before)
  time.pass(1)
  await eventually(() => [pushes(), tablet.store.outbox.rows().length, sync.state().busy]).toEqual([before + 1, 0, false])
  for (let gone = 0; gone < 30_000; gone += 1_500) {
    await tap()
    expect([gone, pushes()]).toEqual([gone, before + 1])
    time.pass(gone < 28_500 ? 1_500 : 1_499)
  }
  await settled()
  expect(pushes()).toBe(before + 1)
  time.pass(1)
  await eventually(() => [pushes(), tablet.store.outbox.rows().length, time.due()]).toEqual([before + 2, 0, [60_000]])
  stop()
  expect(time.due()).toEqual([])
  vi.unstubAllGlobals()
})

test.each([
  [0, 30_000],
  [0.5, 60_000],
  [0.99, 89_400],
])('[S13] While it goes well a page that is seen asks every minute or so, and not in step with others (%d)', async (chance, ms) => {
  const { tablet, sync, settled, pushes, page } = await listening(false, chance)
  const time = heldTimers(tablet)
  const stop = sync.listen()
  const soFar = () => [pushes(), time.due()]
  await eventually(soFar).toEqual([1, [ms]])
  time.pass(ms - 1)
  await settled()
  expect(pushes()).toBe(1)
  time.pass(1)
  await eventually(soFar).toEqual([2, [ms]])
  // Hidden, the round that was planned is the last, until it is seen again.
  page.visibilityState = 'hidden'
  time.pass(ms)
  await eventually(() => [pushes(), sync.state().busy]).toEqual([3, false])
  page.dispatchEvent(new Event('visibilitychange'))
  await settled()
  expect(soFar()).toEqual([3, []])
  page.visibilityState = 'visible'
  page.dispatchEvent(new Event('visibilitychange'))
  await eventually(soFar).toEqual([4, [ms]])
  stop()
  vi.unstubAllGlobals()
})

test.each([
  [0, [1_000, 1_000, 1_000, 1_000, 1_000, 1_000]],
  [0.5, [4_000, 8_000, 16_000, 32_000, 60_000, 60_000]],
  [1, [8_000, 16_000, 32_000, 64_000, 120_000, 120_000]],
])('[S13] After failures it waits longer and longer, a second at the least and two minutes at most (%d)', async (chance, waits) => {
  const { tablet, sync, pushes, answer } = await listening(false, chance)
  const time = heldTimers(tablet)
  const stop = sync.listen()
  await eventually(() => time.due()).toHaveLength(1)
  answer({ status: 500 })
  await sync.now()
  for (const [i, wait] of waits.entries()) {
    await eventually(() => [pushes(), time.due()]).toEqual([2 + i, [wait]])
    time.pass(wait)
  }
  await eventually(() => time.due()).toEqual([waits.at(-1)])
  // One that goes well ends it.
  answer(undefined)
  await sync.now()
  expect(time.due()).toEqual([60_000 * (0.5 + chance)])
  // What the server asked for comes before the tablet's own wait, so that not all of them come when it is over.
  answer({ status: 503, retryAfter: 7_000 })
  await sync.now()
  expect(time.due()).toEqual([7_000 + (waits[0] ?? 0)])
  stop()
  vi.unstubAllGlobals()
})

test('[S13] Over a network that costs nothing is planned by the clock', async () => {
  const { tablet, sync, settled } = await listening(true)
  const time = heldTimers(tablet)
  const stop = sync.listen()
  await eventually(() => sync.state().network).toBe('online')
  await settled()
  expect(time.due()).toEqual([])
  stop()
  vi.unstubAllGlobals()
})

test('[S13] One tab sends: while another holds the lock nobody asks the server, and what the other brought is taken in', async () => {
  const { tablet, checkIn, sync, pushes } = await listening()
  await checkIn(1)
  const before = pushes()
  const { promise, resolve } = Promise.withResolvers<void>()
  onTestFinished(() => resolve())
  const held = navigator.locks.request('recoup-sync', () => promise)
  const caughtUp = vi.spyOn(tablet.store, 'catchUp')
  await sync.now()
  expect([pushes(), tablet.store.outbox.rows().length, caughtUp.mock.calls.length]).toEqual([before, 1, 1])
  resolve()
  await held
  await Promise.all([sync.now(), tablet.sync.now()])
  expect(tablet.store.outbox.rows()).toEqual([])
  await sync.now()
  expect(pushes()).toBeGreaterThan(before)
  vi.unstubAllGlobals()
})

test('[S13] A full server that asks for ten minutes is left alone for ten minutes, except by a person', async () => {
  const { tablet, sync, settled, pushes, answer, online } = await listening()
  const stop = sync.listen()
  await settled()
  const before = pushes()
  answer({ status: 503, retryAfter: 10 * MINUTE })
  await online()
  expect([pushes(), sync.state().network]).toEqual([before + 1, 'busy'])
  await online()
  await online()
  expect(pushes()).toBe(before + 1)
  await sync.now()
  expect(pushes()).toBe(before + 2)
  answer(undefined)
  tablet.clock.now += 10 * MINUTE
  await online()
  expect([pushes(), sync.state().network]).toEqual([before + 3, 'online'])
  stop()
  vi.unstubAllGlobals()
})

test('[S11] [S13] A clock that is set back after a full server asked to wait makes that no longer than the longest wait', async () => {
  const { tablet, sync, settled, pushes, answer, online } = await listening()
  const stop = sync.listen()
  await settled()
  answer({ status: 503, retryAfter: MINUTE })
  await online()
  const before = pushes()
  answer(undefined)
  tablet.clock.now -= 60 * DAY
  await online()
  expect(pushes()).toBe(before)
  tablet.clock.now += 10 * MINUTE
  await online()
  expect(pushes()).toBe(before + 1)
  stop()
  vi.unstubAllGlobals()
})

test('[S13] A store that fails while the loop begins does not keep it from sending', async () => {
  const { tablet, checkIn, sync, settled } = await listening()
  await checkIn(5)
  vi.spyOn(tablet.db.meta, 'get').mockRejectedValueOnce(new DOMException('the connection was lost', 'InvalidStateError'))
  const stop = sync.listen()
  await settled()
  expect(tablet.store.outbox.rows()).toHaveLength(0)
  stop()
  vi.unstubAllGlobals()
})

test('[S13] Over a metered network a little goes by itself; more waits until somebody presses the button, and the line says so', async () => {
  const { tablet, checkIn, sync, settled, pushes, online } = await listening(true)
  const stop = sync.listen()
  await settled()
  await checkIn(5)
  await online()
  expect(tablet.store.outbox.rows()).toHaveLength(0)
  await checkIn(60)
  const before = pushes()
  await online()
  expect([pushes(), tablet.store.outbox.rows().length]).toEqual([before, 60])
  const state = { ...sync.state(), unsent: 60 }
  expect(statusSentence(WORDS.en, state, 'America/Los_Angeles', instant(tablet.clock.now))).toContain('press Try now')
  await sync.now()
  expect(tablet.store.outbox.rows()).toHaveLength(0)
  stop()
  vi.unstubAllGlobals()
})

test('[S13] A captive portal is asked about in words, and a first download says how far it is', () => {
  const sentence = (change: object) => statusSentence(WORDS.en, { ...NOTHING_YET, ...change }, 'America/Los_Angeles', instant(0))
  expect(sentence({ network: 'portal' })).toContain('Is this network asking you to sign in?')
  expect(sentence({ progress: { done: 1_200, of: 4_000 } })).toBe('Downloading 1,200 of about 4,000')
})

test('[S12] A server that has left this protocol behind is told of in words, and everything stays', async () => {
  const { tablet, checkIn } = await teaching()
  await checkIn(1)
  tablet.network = () => Promise.resolve({ kind: 'refused', status: 426, code: 'tooOld', message: 'Too old.' })
  await tablet.sync.now()
  expect(tablet.sync.state().network).toBe('tooOld')
  expect(tablet.store.outbox.rows()).toHaveLength(2)
  expect(WORDS.en.teacher.network.tooOld).toContain('update Recoup')
})

test('[S11] A clock that was set is noticed: at the next answer what contradicts it goes, and one set back is not trusted meanwhile', () => {
  const quick = sample(instant(1_050), instant(0), instant(100))
  const slow = sample(instant(12_000), instant(10_000), instant(14_000))
  expect(withSample([quick], slow)).toEqual([quick, slow])
  expect(estimate([quick, slow], instant(20_000)).offset).toBe(1_000)
  // Set forward by an hour: the quick sample of before would win for eight more rounds.
  const later = sample(instant(30_000), instant(3_630_000), instant(3_631_000))
  expect(withSample([quick, slow], later)).toEqual([later])
  // Set back by a minute, and no network since.
  const [seen] = [sample(instant(100_000), instant(100_000), instant(100_200))]
  expect(estimate([seen], instant(100_000))).toEqual({ offset: -100, age: 0 })
  expect(estimate([seen], instant(40_000))).toEqual({ offset: null, age: null })
})
