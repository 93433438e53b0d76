import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AnyEvent, type AttendanceEvent, readEvent } from '../../shared/events.ts'
import { canonical, eventHash } from '../../shared/sync/chain.ts'

const envelope = {
  id: '0198f000-0000-7000-8000-000000000001',
  v: 1,
  device: 'tablet',
  deviceSeq: 1,
  prev: '',
  actor: 'rivera',
  site: 'elm',
  at: 1_788_000_000_000,
  recordedAt: 1_788_000_000_000,
  clock: { offset: null, age: 5 },
}
const span = { from: 1, until: 2 }
/** One event of each type, with everything it may carry. */
const WHOLE: readonly object[] = [
  {
    ...{ type: 'SessionStarted', session: 's', section: null, on: '2026-09-02', window: span, room: '12', title: 'Hall', reason: 'late' },
    breaks: [span, { ...span, meal: true }],
  },
  { type: 'SupervisionStarted', session: 's', staff: 'rivera', reason: 'late', replaces: 'other' },
  { type: 'SupervisionEnded', session: 's', staff: 'rivera' },
  { type: 'StudentCheckedIn', session: 's', student: 'ana', replaces: 'other' },
  { type: 'StudentCheckedOut', session: 's', student: 'ana', reason: 'late' },
  { type: 'StudentNoted', session: 's', student: 'ana', text: 'left early' },
  { type: 'EventVoided', session: 's', voids: 'other', reason: 'wrong student', documentation: 'sheet 4' },
  { type: 'SessionEnded', session: 's' },
  { type: 'SessionCertified', session: 's', digest: 'd', statement: 'so it was', name: 'Rivera', method: 'typedName' },
  { type: 'WalkInAdded', session: 's', student: 'new', name: 'Zoë 𝔷' },
  { type: 'WalkInMatched', session: 's', temporary: 'new', student: 'ana' },
  { type: 'ReviewDecided', event: 'other', decision: 'accept', reason: 'seen' },
].map((carries) => ({ ...envelope, ...carries }))

/** Values at and beyond the edges of what fields take. */
const strange = fc.oneof(
  fc.constantFrom<unknown>(null, '', 0, -1, 1.5, 8.64e15, 8.64e15 + 1, 2 ** 53, '2026-02-30', '2026-02-28', 'accept', 'typedName', 1, 2),
  ...[1, 32, 63, 64, 65, 80, 81, 120, 121, 300, 301, 500, 501, 1001].map((n) => fc.constantFrom('x'.repeat(n), '𝔷'.repeat(n))),
  fc.array(fc.constant(span), { maxLength: 22 }),
  fc.jsonValue(),
)
/** An event of some type with something done to some of its fields, as it comes out of a request. */
const offered = fc
  .tuple(
    fc.constantFrom(...WHOLE),
    fc.array(
      fc.tuple(fc.constantFrom('set', 'drop', 'inner', 'add'), fc.nat(40), strange, fc.constantFrom('more', '__proto__', 'from', '1')),
      { maxLength: 2 },
    ),
  )
  .map(([event, changes]) => {
    const changed = structuredClone(event) as Record<string, unknown>
    for (const [what, n, value, name] of changes) {
      const field = Object.keys(changed)[n % Object.keys(changed).length] as string
      const held = changed[field]
      if (what === 'drop') delete changed[field]
      else if (what === 'set') changed[field] = value
      else if (what === 'inner' && typeof held === 'object' && held !== null) Object.assign(held, { [name]: value })
      else Object.defineProperty(changed, name, { value, enumerable: true, configurable: true, writable: true })
    }
    return JSON.parse(JSON.stringify(changed)) as unknown
  })

test('[S3] an event is read quickly as the schema would have read it, whatever is in it', () => {
  for (const event of WHOLE) expect(readEvent(event)).toEqual({ kind: 'event', event })
  fc.assert(
    fc.property(offered, (raw) => {
      const read = readEvent(raw)
      const bySchema = AnyEvent.safeParse(raw)
      if (read.kind === 'event') expect(read.event).toEqual(bySchema.data)
      else if (read.kind === 'malformed') expect(bySchema.success).toBe(false)
    }),
    { numRuns: 4_000 },
  )
})

test('[S3] an event that is as it should be is not copied', () => {
  for (const event of WHOLE) expect((readEvent(event) as { event: AttendanceEvent }).event).toBe(event)
})

/** The definition of canonical text, as short as it can be said. */
function asDefined(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(asDefined).join(',')}]`
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${entries.map(([name, member]) => `${JSON.stringify(name)}:${asDefined(member)}`).join(',')}}`
}

test('[S2] the text of an event does not depend on the order in which its names came, whatever they are', () => {
  fc.assert(
    fc.property(fc.oneof(offered, fc.jsonValue({ noUnicodeString: false })), (value) => {
      expect(canonical(value)).toBe(asDefined(value))
      expect(eventHash(value)).toBe(createHash('sha256').update(asDefined(value)).digest('hex'))
    }),
    { numRuns: 4_000 },
  )
  // Names that an object gives back in an order of its own.
  const odd = JSON.parse('{"b":1,"2":[{"10":1,"9":{"__proto__":null,"a":[]}}],"1":0,"constructor":"x","":2,"ä":3}') as unknown
  expect(canonical(odd)).toBe('{"":2,"1":0,"2":[{"10":1,"9":{"__proto__":null,"a":[]}}],"b":1,"constructor":"x","ä":3}')
  expect(canonical({ a: undefined, b: [undefined, { c: undefined }] })).toBe('{"b":[null,{}]}')
  // Longer names, and more of them, than any event has.
  const strange = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`n${(i * 37) % 60}${'x'.repeat(i)}`, i]))
  expect(canonical({ inner: strange, a: { [`b${'y'.repeat(100)}`]: 1, a: 2 } })).toBe(
    asDefined({ inner: strange, a: { [`b${'y'.repeat(100)}`]: 1, a: 2 } }),
  )
})
