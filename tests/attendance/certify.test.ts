import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { certifiedDigest } from '../../shared/attendance/certify.ts'
import type { AttendanceEvent } from '../../shared/events.ts'

const events = (...ids: string[]) => ids.map((id) => ({ id, type: 'StudentCheckedIn' }) as AttendanceEvent)
const A = '01993b1e-0000-7abc-8000-0123456789ab'
const B = '01993b1e-0001-7def-9fff-fedcba987654'
/** The same by the rule as it is written down, with another library. */
const byHand = (...ids: (string | Buffer)[]): string => {
  const parts = ids.map((id) =>
    typeof id === 'string' ? Buffer.from(`00${id.replaceAll('-', '')}`, 'hex') : Buffer.concat([Buffer.of(id.length), id]),
  )
  return createHash('sha256').update(Buffer.concat(parts)).digest('hex')
}

describe('what a signature is over', () => {
  test('the ids of the events, in their own order, whatever order they come in', () => {
    expect(certifiedDigest(events(A, B))).toBe(byHand(A, B))
    expect(certifiedDigest(events(B, A))).toBe(byHand(A, B))
  })
  test('not the signatures themselves', () => {
    const signed = [...events(A), { id: B, type: 'SessionCertified' } as AttendanceEvent]
    expect(certifiedDigest(signed)).toBe(byHand(A))
    expect(certifiedDigest([])).toBe(byHand())
  })
  test.each([
    ['another length', 'e000001'],
    ['letters in capitals', A.toUpperCase()],
    ['a letter that is no digit', A.replace('3b1e', 'gb1e')],
    ['a letter that is no digit, in the second place', `${A.slice(0, 35)}g`],
    ['a sign beyond all letters', A.replace('3b1e', '~b1e')],
    ['a sign beyond all letters, in the second place', `${A.slice(0, 35)}ü`],
    ...[8, 13, 18, 23].map((place) => [`no dash in place ${place}`, `${A.slice(0, place)}0${A.slice(place + 1)}`]),
    ['one letter more than it should have', `${A}0`],
    ['letters of two bytes', 'señal'],
  ])('an id with %s is read as text', (_, id) => {
    expect(certifiedDigest(events(id))).toBe(byHand(Buffer.from(id)))
  })
  test('another for every other set of events, also for one that would run together to the same text', () => {
    const all = [[], ['ab', 'c'], ['a', 'bc'], ['abc'], [A], [B], [A, B], [A, B, 'c']]
    expect(new Set(all.map((ids) => certifiedDigest(events(...ids)))).size).toBe(all.length)
  })
  test('the same again after a longer one', () => {
    const first = certifiedDigest(events(A))
    certifiedDigest(events(...Array.from({ length: 500 }, (_, i) => `x${String(i).padStart(3, '0')}`)))
    expect(certifiedDigest(events(A))).toBe(first)
  })
})
