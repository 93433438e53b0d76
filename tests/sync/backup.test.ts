import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { expect, onTestFinished, test } from 'vitest'
import { buildApp } from '../../server/app.ts'
import { openContext } from '../../server/context.ts'
import { backup, restore } from '../../server/log/backup.ts'
import { sources } from '../../server/main.ts'
import type { PullReply, ReceiptBody, PushReply } from '../../shared/api.ts'
import { ELM, smallDistrict } from '../server/smallDistrict.ts'
import { configOf, newFolder, PASSWORD } from '../server/testServer.ts'
import { openTestTablet, REPORT } from '../server/testTablet.ts'

test('[S8] a restored backup begins a new epoch: a device starts over, offers everything again, and what came after the backup is back', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const events = tablet.recordSaturday(['ana', 'ben'])
  await tablet.push(events.slice(0, 3))
  const copy = join(newFolder(), 'copy')
  expect(await backup(server.context.log.db, server.folder, copy)).toBeUndefined()
  await tablet.push(events)
  const { last } = await tablet.pullAll()

  const data = join(newFolder(), 'data')
  expect(restore(copy, data, v7())).toBeUndefined()
  const context = openContext(configOf(data), { ...sources, now: server.context.log.sources.now }, 100)
  const app = await buildApp(context)
  onTestFinished(async () => {
    await app.close()
    context.close()
  })
  const cookie = [...tablet.browser.cookies].map((pair) => pair.join('=')).join('; ')
  const ask = (url: string, payload: object) => app.inject({ method: 'POST', url, headers: { cookie }, payload })
  const pull = (cursor: PullReply['cursor'] | null) => ask('/api/sync/pull', { protocol: 1, cursor, asOf: '2026-11-22', limit: 5000 })

  expect((await pull(last.cursor)).json()).toMatchObject({ code: 'signIn' })
  await ask('/api/sign-in', { username: 'rivera', password: PASSWORD, deviceName: 'Test tablet' })
  expect((await pull(last.cursor)).json()).toMatchObject({ code: 'otherEpoch' })
  expect((await pull(null)).json<PullReply>().events).toHaveLength(3)
  const reply = (await ask('/api/sync/push', { protocol: 1, events, report: REPORT })).json<PushReply>()
  const { epoch, results } = JSON.parse(reply.receipt.body) as ReceiptBody
  expect(epoch).not.toBe(last.cursor.epoch)
  expect(results.map((result) => result.outcome)).toEqual(events.map((_, i) => (i < 3 ? 'duplicate' : 'accepted')))
  const again = (await pull(null)).json<PullReply>()
  expect(again.events.map(({ event }) => event)).toEqual(events)
  expect(again.totals?.students).toEqual(last.totals?.students)
  expect(context.receiptKey.publicKey).toBe(tablet.reply.receiptKey)
})

test('[S8] a backup is not written over another, and a damaged one, or one over living data, is not put back', async () => {
  const server = await smallDistrict()
  const copy = join(newFolder(), 'copy')
  await backup(server.context.log.db, server.folder, copy)
  expect(await backup(server.context.log.db, server.folder, copy)).toBe('notEmpty')
  expect(restore(copy, server.folder, v7())).toBe('notEmpty')
  expect(restore(join(copy, 'keys'), join(newFolder(), 'data'), v7())).toBe('noBackup')
  writeFileSync(join(copy, 'recoup.db'), 'rust')
  expect(restore(copy, join(newFolder(), 'data'), v7())).toBe('damaged')
})
