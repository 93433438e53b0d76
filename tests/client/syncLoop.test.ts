// When a device syncs, how much at once, how long it waits, and what it says of a network that is not one.
import 'fake-indexeddb/auto'
import { expect, test, vi } from 'vitest'
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

/** A page that listens, on a clock that only the test moves. */
async function listening(metered = false) {
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
    random: () => 0.5,
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
    pushes: () => pushes,
    answer: (next: typeof refuse) => void (refuse = next),
    online: async () => {
      window.dispatchEvent(new Event('online'))
      await settled()
    },
  }
}

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
