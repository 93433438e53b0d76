// What stands between a tablet and the district, and lets some of it through: nothing of it may hold up the rest. (S13)
import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { recordCheckIn } from '../../client/log/commands.ts'
import { readReply } from '../../client/sync/http.ts'
import type { PushRequest } from '../../shared/api/sync.ts'
import { SECTION, smallDistrict, student } from '../server/smallDistrict.ts'
import { offline, openRealTablet } from './realTablet.ts'
import type { Send } from './realTablet.ts'
import { startOne } from './sharedTablet.ts'

/** A tablet on which so many wait, and what the network is asked to carry of it. */
async function waiting(count: number) {
  const tablet = await openRealTablet(await smallDistrict())
  await tablet.signIn('rivera')
  await tablet.sync.now()
  const { network } = tablet
  tablet.network = offline
  const held = startOne(tablet)
  await recordCheckIn(
    tablet.store,
    held,
    Array.from({ length: count }, (_, i) => student(`guest-${i}`)),
  ).done
  const sizes: number[] = []
  return {
    tablet,
    sizes,
    unsent: () => tablet.store.outbox.rows().length,
    /** From now on this stands between. */
    behind(box: (way: Send) => Send) {
      const way = box(network)
      tablet.network = (schema, method, path, body) => {
        if (path.endsWith('/push')) sizes.push((body as PushRequest).events.length)
        return way(schema, method, path, body)
      }
    },
  }
}

const isOver = (limit: number, body: unknown): boolean => JSON.stringify(body ?? '').length > limit
const words = (status: number) => readReply<never>({} as never, status, null, '<html>not allowed here</html>')

test('[S13] A proxy that takes no large bodies is sent small ones, in the same round', async () => {
  const { tablet, sizes, unsent, behind } = await waiting(450)
  behind((way) => async (schema, method, path, body) => (isOver(131_072, body) ? words(413) : way(schema, method, path, body)))
  await tablet.sync.now()
  expect(unsent()).toBe(0)
  expect(sizes.length).toBeLessThan(15)
})

test('[S13] Something that cuts off what is large is sent less after a while; a network that is not there is not asked in pieces', async () => {
  const { tablet, sizes, unsent, behind } = await waiting(450)
  behind((way) => async (schema, method, path, body) => (isOver(131_072, body) ? { kind: 'offline' } : way(schema, method, path, body)))
  for (let round = 0; round < 3; round++) await tablet.sync.now()
  expect([...new Set(sizes)]).toEqual([451])
  for (let round = 0; round < 4; round++) await tablet.sync.now()
  expect(unsent()).toBe(0)
})

test('[S13] Entries that a filter does not let through, also two in a row, hold up no other, and still wait', async () => {
  const { tablet, unsent, behind } = await waiting(40)
  const isDisliked = (body: unknown) => /"guest-(0|1|17)"/.test(JSON.stringify(body ?? ''))
  behind((way) => async (schema, method, path, body) => (isDisliked(body) ? words(403) : way(schema, method, path, body)))
  await tablet.sync.now()
  expect(unsent()).toBe(3)
  behind((way) => way)
  await tablet.sync.now()
  expect(unsent()).toBe(0)
})

test('[S13] Where nothing goes through, a few requests say so, and everything waits', async () => {
  const { tablet, sizes, unsent, behind } = await waiting(450)
  behind(() => async () => words(403))
  await tablet.sync.now()
  expect(tablet.sync.state().network).toBe('portal')
  expect(sizes.length).toBeLessThan(15)
  sizes.length = 0
  await tablet.sync.now()
  expect(sizes).toEqual([1, 1, 1])
  expect(unsent()).toBe(451)
})

test('[S3] A section whose name is longer than a session may hold is held under the beginning of it, and taken', async () => {
  const server = await smallDistrict()
  const held = server.context.store.get('section', SECTION)
  if (!held) throw new Error('there is no such section')
  const name = `${'x'.repeat(119)}😀 Saturday intersession`
  server.context.store.apply([{ ...held, body: { ...held.body, name, room: 'Multi-purpose room '.repeat(5) } }])
  const tablet = await openRealTablet(server)
  await tablet.signIn('rivera')
  await tablet.sync.now()
  expect(startOne(tablet).title).toBe('x'.repeat(119))
  await tablet.sync.now()
  expect(tablet.store.outbox.rows()).toEqual([])
  expect(server.context.log.db.prepare('SELECT count(*) FROM quarantine').pluck().get()).toBe(0)
})
