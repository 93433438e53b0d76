// What a device holds when the district's server was put back to an older copy: until the new history has it, it may be the only one.
import 'fake-indexeddb/auto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { recordCheckIn } from '../../client/log/commands.ts'
import { reofferAfterRestore } from '../../client/sync/pull.ts'
import { markOf } from '../../client/sync/syncState.ts'
import { backup } from '../../server/log/backup.ts'
import { DAY, HOUR } from '../../shared/time.ts'
import { smallDistrict, student } from '../server/smallDistrict.ts'
import type { TestServer } from '../server/testServer.ts'
import { newFolder, restored } from '../server/testServer.ts'
import { offline, openRealTablet, through } from './realTablet.ts'
import { startOne } from './sharedTablet.ts'

async function teaching() {
  const server = await smallDistrict()
  const browser = server.browser()
  const tablet = await openRealTablet(server)
  const network = through(browser)
  tablet.network = network
  await tablet.signIn('rivera')
  await tablet.sync.now()
  return {
    server,
    tablet,
    /** Records a session with two students, which are three entries. */
    async record() {
      const held = startOne(tablet)
      await recordCheckIn(tablet.store, held, [student('ana'), student('ben')]).done
    },
    async save(name: string) {
      const copy = join(newFolder(), name)
      await backup(server.context.log.db, server.folder, copy, server.context.log.sources.now())
      return copy
    },
    wait(ms: number) {
      server.wait(ms)
      tablet.clock.now += ms
    },
    async meet() {
      tablet.network = network
      await tablet.sync.now()
    },
    /** Puts an older copy back, and lets the tablet meet that server, before and after its teacher signs in there. */
    async putBack(copy: string) {
      const back = await restored(server, copy)
      tablet.network = through(back.browser(browser.cookies))
      await tablet.sync.now()
      await tablet.signIn('rivera')
      await tablet.sync.now()
      return back
    },
  }
}
const events = (server: Pick<TestServer, 'context'>) => server.context.log.db.prepare('SELECT count(*) FROM event').pluck().get()

test('[S8] A restore loses nothing that was recorded more than thirty days before it was sent: the tablet still has it, and offers it again', async () => {
  const { server, tablet, record, save, wait, meet, putBack } = await teaching()
  tablet.network = offline
  await record()
  wait(31 * DAY)
  const yesterday = await save('yesterday')
  await meet()
  expect(events(server)).toBe(3)
  wait(HOUR)
  await save('tonight')
  // The page that names tonight's copy as checked.
  await tablet.signIn('rivera')
  await tablet.sync.now()
  const back = await putBack(yesterday)
  expect(events(back)).toBe(3)
})

test('[S8] [S11] Nor what was recorded while the clock stood six years back: the days are counted from the receipt', async () => {
  const { tablet, record, save, meet, putBack } = await teaching()
  const yesterday = await save('yesterday')
  tablet.network = offline
  const right = tablet.clock.now
  tablet.clock.now = Date.UTC(2020, 0, 1)
  await record()
  tablet.clock.now = right
  await meet()
  await save('tonight')
  await tablet.sync.now()
  const back = await putBack(yesterday)
  expect(events(back)).toBe(3)
})

test('[S8] What the district had set aside, and what it had left out, waits again like everything else after a restore: the new history has decided nothing', async () => {
  const { tablet, record } = await teaching()
  await record()
  await tablet.sync.now()
  tablet.network = offline
  const [first, second] = await tablet.db.events.toArray()
  await tablet.db.events.update(first?.row ?? 0, { attention: 'outsideSite' })
  await tablet.db.events.update(second?.row ?? 0, { attention: 'fork', leftOut: 1 })
  const known = String((await tablet.db.meta.get('epoch'))?.value)
  expect(await reofferAfterRestore(tablet.db, { epoch: known })).toBe(false)
  expect((await tablet.db.events.get(first?.row ?? 0))?.attention).toBe('outsideSite')
  expect(await reofferAfterRestore(tablet.db, { epoch: 'another' })).toBe(true)
  const rows = await tablet.db.events.toArray()
  expect(rows.map(({ deviceSeq, outbox, attention, leftOut }) => [outbox === deviceSeq, attention, leftOut])).toEqual(
    rows.map(() => [true, undefined, undefined]),
  )
  expect(rows.map((row) => markOf(row, false).kind)).toEqual(['saved', 'saved', 'saved'])
})
