// What a session asks of somebody at the desk: one thing, and the place where it is done.
import { expect, test } from 'vitest'
import type { DayRow } from '../../client/screens/coordinator/siteDay.ts'
import { nextStep } from '../../client/screens/coordinator/siteDay.ts'
import { as } from '../../shared/ids.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { instant } from '../../shared/time.ts'

const BOARD: DayRow = {
  key: 's1',
  session: as('s1'),
  section: as('sec'),
  ended: true,
  title: 'Saturday school',
  room: '4',
  on: '2026-11-21' as SchoolDate,
  window: { from: instant(0), until: instant(1) },
  staff: [],
  here: 0,
  came: 0,
  state: { kind: 'confirmed' },
}

test.each<readonly [string, Partial<DayRow>, string | undefined, string | undefined]>([
  ['planned', { session: null, state: { kind: 'planned' } }, 'edit', '/sections/sec'],
  ['late', { session: null, state: { kind: 'late' } }, 'start', '/today'],
  ['open', { ended: false, state: { kind: 'open' } }, 'look', '/session/s1'],
  ['over with students still in', { ended: false, state: { kind: 'missing', n: 2 } }, 'checkOut', '/session/s1/end'],
  ['ended with a check-out missing', { state: { kind: 'missing', n: 1 } }, 'correct', '/session/s1'],
  ['over and not ended', { ended: false, state: { kind: 'toEnd' } }, 'end', '/session/s1/end'],
  ['not certified', { state: { kind: 'toCertify' } }, 'certify', '/session/s1/certify'],
  ['changed since it was certified', { state: { kind: 'stale' } }, 'certifyAgain', '/session/s1/certify'],
  ['certified and not sent', { state: { kind: 'certified' } }, 'send', '/outbox'],
  ['confirmed', {}, 'look', '/session/s1'],
])('A session that is %s has one thing to do, and a link to it', (_case, part, does, href) => {
  expect(nextStep({ ...BOARD, ...part }, true)).toEqual({ does, href })
})

test('Whoever only reads may look at what was started, and is offered nothing else', () => {
  expect(nextStep({ ...BOARD, state: { kind: 'toCertify' } }, false)).toEqual({ does: 'look', href: '/session/s1' })
  expect(nextStep({ ...BOARD, session: null, state: { kind: 'late' } }, false)).toBeUndefined()
})
