// The real client and the real server, tablets that die, people who change, a network that cannot be trusted: a few histories here,
// more in `npm test`, any number with `npm run simulate`. And the proof that the simulator sees: bugs planted one at a time.
import { expect, test } from 'vitest'
import { PLANTED } from './planted.ts'
import { surname } from './world/district.ts'
import { play } from './world/history.ts'
import type { Parts } from './world/server.ts'
import { LIMITING_FROM, LOCKING_FROM, type Planted } from './world/world.ts'

const HISTORIES = 15
const MOST_SEEDS = 60
/** These need more histories than there is time for here: `npm run simulate -- --planted` looks for all of them. */
const RARE: ReadonlySet<string> = new Set([
  '"busy" is taken for delivery',
  'a receipt is believed without its signature',
  'what is too large is thrown away',
  'an event is given up after three tries',
  'a new epoch begins with an empty store',
  'students who left are kept',
  'students who leave take with them what was recorded here',
  'signing out leaves the names',
  'what needs attention is shown as confirmed',
  'what was set aside is not marked',
  'what others took back counts',
  'what was handed over to be carried leaves the outbox',
  'what is set aside is not kept',
  'one event that cannot be taken holds up its neighbours',
  'a clock ahead is refused',
  'a clock of 1970 is refused',
  'a page is stored wherever the device stands by then',
  'a receipt names the wrong sequence',
  'a receipt says "accepted" of what was set aside',
  'who enters a scope brings no history',
  'nobody is told to forget',
  'another event under the same id takes its place',
  "a device's number is taken for an event's name",
  'who signs in is a new device',
  'only somebody signed in may send',
])

test('[S1] [S2] [S3] [S5] [S6] [S7] [S8] [S9] [S10] [S14] whatever happens on the way, nothing is lost, doubled, leaked or counted differently', {
  timeout: 120_000,
}, async () => {
  for (let seed = 1; seed <= HISTORIES; seed++) {
    const { broken, trace } = await play(seed)
    expect(broken, trace.join('\n')).toBeUndefined()
  }
})

test('[S3] [S6] [S7] [S10] the same while the office limits roles to sections of their schools, and lifts the limits again', {
  timeout: 120_000,
}, async () => {
  for (let seed = LIMITING_FROM + 1; seed <= LIMITING_FROM + HISTORIES; seed++) {
    const { broken, trace } = await play(seed)
    expect(broken, trace.join('\n')).toBeUndefined()
  }
})

/** Somebody limited to sections is told the whole school, as before there were limits. */
const limitsForgotten: Parts = (context) => ({
  ...context,
  accounts: {
    ...context.accounts,
    scopeOf: (staff) => {
      const scope = context.accounts.scopeOf(staff)
      return scope === 'all' || scope === undefined ? scope : context.store.get('staff', staff)?.body.sites
    },
  },
})
test('The simulator finds it when a limit to sections is forgotten', { timeout: 120_000 }, async () => {
  let found: string | undefined
  for (let seed = LIMITING_FROM; seed < LIMITING_FROM + MOST_SEEDS && found === undefined; seed++)
    found = (await play(seed, undefined, { server: limitsForgotten })).broken?.what
  expect(found).toMatch(/^I5 /)
})

test('[S3] [S9] [S14] the same while tablets go from hand to hand, each with a PIN, and locked ones send', {
  timeout: 120_000,
}, async () => {
  for (let seed = LOCKING_FROM + 1; seed <= LOCKING_FROM + HISTORIES; seed++) {
    const { broken, trace } = await play(seed)
    expect(broken, trace.join('\n')).toBeUndefined()
  }
})

/** What a tablet may do wrong with its lockers when it locks; nobody has a PIN for them then. */
const LOCKED_WRONG: readonly { readonly name: string; readonly onLock: NonNullable<Planted['onLock']> }[] = [
  { name: 'locking throws away what waits', onLock: (db) => db.events.orderBy('outbox').delete() },
  {
    name: 'what lies in a locker counts as sent',
    onLock: (db) => db.events.toCollection().modify((row: { outbox?: number }) => void delete row.outbox),
  },
  {
    name: 'what is sealed for the district is left out',
    onLock: (db) => db.events.toCollection().modify((row: { parcel?: unknown }) => void delete row.parcel),
  },
  { name: 'a chain begins anew with the next person', onLock: (db) => db.meta.where('name').startsWith('head:').delete() },
  {
    name: 'a name is left readable',
    onLock: (db) => db.records.toCollection().modify((row) => void Object.assign(row.body, { last: surname('ana') })),
  },
]
test.each(LOCKED_WRONG)('The simulator finds it when $name', { timeout: 120_000 }, async ({ onLock }) => {
  let found: string | undefined
  for (let seed = LOCKING_FROM; seed < LOCKING_FROM + MOST_SEEDS && found === undefined; seed++)
    found = (await play(seed, undefined, { onLock })).broken?.what
  expect(found).toMatch(/^I\d+ /)
})

test('The same seed is the same history, to the last hash', { timeout: 60_000 }, async () => {
  // One of them asks the whole app; the others its handlers.
  for (const seed of [7, 20, LOCKING_FROM + 3]) expect((await play(seed)).hash).toBe((await play(seed)).hash)
  expect((await play(7)).hash).not.toBe((await play(8)).hash)
})

const FREQUENT = PLANTED.filter(({ name }) => !RARE.has(name))
test.each(FREQUENT)('The simulator finds it when $name', { timeout: 120_000 }, async ({ plant }) => {
  let found: string | undefined
  for (let seed = 1; seed <= MOST_SEEDS && found === undefined; seed++) found = (await play(seed, undefined, plant())).broken?.what
  expect(found).toMatch(/^I\d+ /)
})
