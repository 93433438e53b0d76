import { expect, test } from 'vitest'
import { argon } from '../../client/trust/argon.ts'
import { paramsFor } from '../../client/trust/kdf.ts'
import { isCommonPin, needsPassphrase, pinFault } from '../../client/trust/pinRules.ts'
import { MOST_TRIES, nextTryAt } from '../../client/trust/tries.ts'
import { ROLES } from '../../shared/api/people.ts'
import { instant } from '../../shared/time.ts'

test('The PINs that somebody would try first are refused', () => {
  for (const pin of [
    '000000',
    '111111',
    '123456',
    '654321',
    '012345',
    '789012',
    '024680',
    '121212',
    '123123',
    '112233',
    '123321',
    '147258',
    '159753',
    '741852',
    '010190',
    '311299',
    '122505',
    '901231',
    '20011231',
    '12312001',
    '696969',
    '1111110',
    '123456123456',
  ])
    expect(pinFault(pin, pin, false), pin).toBe('common')
  for (const pin of ['702948', '815362', '937184', '4820617']) expect(pinFault(pin, pin, false), pin).toBeUndefined()
})

test('So many of the million are refused that the first thousand guesses are wasted, and so few that everybody finds one', () => {
  let refused = 0
  for (let n = 0; n < 1_000_000; n += 7) if (isCommonPin(String(n).padStart(6, '0'))) refused++
  const share = (refused * 7) / 1_000_000
  expect(share).toBeGreaterThan(0.01)
  expect(share).toBeLessThan(0.15)
})

test('Too short, not digits, or not the same twice: each is said; whoever sees more than a class needs a passphrase', () => {
  expect(pinFault('70294', '70294', false)).toBe('short')
  expect(pinFault('70294a', '70294a', false)).toBe('digits')
  expect(pinFault('702948', '702949', false)).toBe('differs')
  expect(pinFault('lighter', 'lighter', true)).toBe('short')
  expect(pinFault('password1', 'password1', true)).toBe('common')
  expect(pinFault('aaaaaaaa', 'aaaaaaaa', true)).toBe('common')
  expect(pinFault('12345678', '12345678', true)).toBe('common')
  expect(pinFault('tin kettle', 'tin kettle', true)).toBeUndefined()
  expect(ROLES.filter(needsPassphrase).toSorted()).toEqual(['administrator', 'auditor', 'coordinator', 'data', 'district'])
})

test('Five wrong tries are free; then one waits half a minute, one, five and fifteen minutes', () => {
  const at = instant(1_000_000)
  const waits = Array.from({ length: MOST_TRIES }, (_, wrong) => (nextTryAt({ wrong, at }, at) - at) / 1000)
  expect(waits).toEqual([0, 0, 0, 0, 0, 30, 60, 300, 900, 900])
  // A clock set back by a year does not lock somebody out for a year.
  expect(nextTryAt({ wrong: 5, at }, instant(10)) - 10).toBe(30_000)
})

test('How slow a PIN is made is chosen by how slow the device is', () => {
  expect(paramsFor(20, 8)).toEqual({ memory: 65_536, passes: 10 })
  expect(paramsFor(100, 8)).toEqual({ memory: 65_536, passes: 3 })
  expect(paramsFor(150, 8)).toEqual({ memory: 65_536, passes: 2 })
  expect(paramsFor(1_000, 8)).toEqual({ memory: 19_456, passes: 2 })
  expect(paramsFor(20, 1)).toEqual({ memory: 19_456, passes: 2 })
  // Whatever is chosen, it takes long enough and not too long.
  for (let took = 40; took <= 240; took += 10) {
    const { memory, passes } = paramsFor(took, undefined)
    const expected = (took * memory * passes) / (19_456 * 2)
    expect(expected, `${took} ms`).toBeGreaterThanOrEqual(240)
    expect(expected, `${took} ms`).toBeLessThanOrEqual(600)
  }
})

test('The slow function is Argon2id, by an answer known from elsewhere', async () => {
  // Node's own, where it has one; the same in every browser.
  const asked = { pin: '702948', salt: new Uint8Array(16).fill(7), memory: 256, passes: 2 }
  const again = await argon(asked)
  expect(again).toHaveLength(32)
  const { argon2id } = await import('@noble/hashes/argon2.js')
  const known = argon2id(new TextEncoder().encode(asked.pin), asked.salt, { m: asked.memory, t: asked.passes, p: 1, dkLen: 32 })
  expect([...again]).toEqual([...known])
})
