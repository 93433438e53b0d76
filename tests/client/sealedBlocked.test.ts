// What stands between a locked tablet and the district, and lets some of it through: what lies sealed in lockers goes as what is open does. (S9, S13)
import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { recordCheckIn } from '../../client/log/commands.ts'
import { readReply } from '../../client/sync/http.ts'
import { freshPace } from '../../client/sync/pace.ts'
import { sendSealed, waitingInLockers } from '../../client/trust/sendSealed.ts'
import { withStore } from '../../client/trust/stores.ts'
import { student } from '../server/smallDistrict.ts'
import type { Send } from './realTablet.ts'
import { offline } from './realTablet.ts'
import { leave, sharedTablet, startOne } from './sharedTablet.ts'

type Asked = { readonly parcels: readonly string[] }

/** A locked tablet on which so many wait, and what the network is asked to carry of it. */
async function waiting(count: number) {
  const shared = await sharedTablet()
  const locker = await shared.enter('rivera')
  const tablet = await shared.use(await shared.open(locker), offline)
  const guests = Array.from({ length: count }, (_, i) => student(`guest-${i}`))
  await recordCheckIn(tablet.store, startOne(tablet), guests).done
  leave(tablet)
  const { network, stores } = shared
  const parcels = await withStore(stores, locker.id, async (db) =>
    (await db.events.orderBy('outbox').toArray()).map(({ parcel }) => parcel),
  )
  const sizes: number[] = []
  const pace = freshPace()
  return {
    sizes,
    /** What the parcel of an entry looks like in a request, by the order of recording. */
    parcel: (place: number): string => Buffer.from(parcels[place] ?? []).toString('base64'),
    unsent: () => waitingInLockers(stores),
    /** One round, with this standing between. */
    send(box: (way: Send) => Send) {
      const way = box(network)
      const counted: Send = (schema, method, path, body) => {
        const asked = (body as Asked).parcels.length
        if (path.endsWith('/sealed') && asked > 0) sizes.push(asked)
        return way(schema, method, path, body)
      }
      return sendSealed(stores, counted, undefined, pace)
    },
  }
}

const isOver = (limit: number, body: unknown): boolean => JSON.stringify(body ?? '').length > limit
const words = (status: number) => readReply<never>({} as never, status, null, '<html>not allowed here</html>')

test('[S13] A proxy that takes no large bodies is sent few sealed entries at a time, in the same round', async () => {
  const { sizes, unsent, send } = await waiting(250)
  const sent = await send(
    (way) =>
      async (...asked) =>
        isOver(65_536, asked[3]) ? words(413) : way(...asked),
  )
  expect([sent.kind, await unsent()]).toEqual(['done', 0])
  expect(sizes[0]).toBe(100)
  expect(sizes.length).toBeLessThan(30)
})

test('[S13] Something that cuts off what is large is sent fewer sealed entries after a while; a network that is not there is not asked in pieces', async () => {
  const { sizes, unsent, send } = await waiting(89)
  const box =
    (way: Send): Send =>
    async (...asked) =>
      isOver(65_536, asked[3]) ? { kind: 'offline' } : way(...asked)
  for (let round = 0; round < 3; round++) await send(box)
  expect(sizes).toEqual([90, 90, 90])
  for (let round = 0; round < 4; round++) await send(box)
  expect(await unsent()).toBe(0)
})

test('[S13] Sealed entries that a filter does not let through, also two in a row, hold up no other, and still wait', async () => {
  const { parcel, unsent, send } = await waiting(40)
  const disliked = [parcel(1), parcel(2), parcel(18)]
  const isDisliked = (body: unknown): boolean => disliked.some((each) => JSON.stringify(body ?? '').includes(each))
  const sent = await send(
    (way) =>
      async (...asked) =>
        isDisliked(asked[3]) ? words(403) : way(...asked),
  )
  expect([sent.kind, await unsent()]).toEqual(['later', 3])
  expect([(await send((way) => way)).kind, await unsent()]).toEqual(['done', 0])
})

test('[S13] Where nothing sealed goes through, a few requests say so, and everything waits', async () => {
  const { sizes, unsent, send } = await waiting(250)
  const box =
    (way: Send): Send =>
    async (...asked) =>
      (asked[3] as Asked).parcels.length > 0 ? words(403) : way(...asked)
  await send(box)
  expect(sizes.length).toBeLessThan(12)
  sizes.length = 0
  expect([(await send(box)).kind, sizes, await unsent()]).toEqual(['later', [1, 1, 1], 251])
})
