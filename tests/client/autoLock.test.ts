import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { lockByItself } from '../../client/trust/autoLock.ts'

let page: EventTarget & { visibilityState: string }
let window: EventTarget
let locked: number
let stop: () => void

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  window = new EventTarget()
  vi.stubGlobal('document', page)
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window))
  vi.stubGlobal('removeEventListener', window.removeEventListener.bind(window))
  locked = 0
  stop = lockByItself(
    () => locked++,
    () => Date.now(),
  )
})
afterEach(() => {
  stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const touch = () => window.dispatchEvent(new Event('pointerdown'))
const show = (visibilityState: 'visible' | 'hidden') => {
  page.visibilityState = visibilityState
  page.dispatchEvent(new Event('visibilitychange'))
}

test('Two minutes without a touch lock the tablet; a touch begins them anew', () => {
  vi.advanceTimersByTime(110_000)
  touch()
  vi.advanceTimersByTime(115_000)
  expect(locked).toBe(0)
  vi.advanceTimersByTime(10_000)
  expect(locked).toBeGreaterThan(0)
})

test('Half a minute out of sight locks it; a glance elsewhere does not', () => {
  vi.advanceTimersByTime(1_000)
  show('hidden')
  vi.advanceTimersByTime(25_000)
  show('visible')
  vi.advanceTimersByTime(20_000)
  expect(locked).toBe(0)
  show('hidden')
  vi.advanceTimersByTime(29_999)
  expect(locked).toBe(0)
  vi.advanceTimersByTime(1)
  expect(locked).toBeGreaterThan(0)
})

test('A tablet that slept through the moment locks when it wakes, before the first touch does anything', () => {
  vi.setSystemTime(Date.now() + 3_600_000)
  expect(locked).toBe(0)
  touch()
  expect(locked).toBe(1)
  vi.setSystemTime(Date.now() + 3_600_000)
  show('visible')
  expect(locked).toBe(2)
})
