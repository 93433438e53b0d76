import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 } from 'uuid'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { buildApp } from '../../server/app.ts'
import { openContext } from '../../server/context.ts'
import { backup, restore, verifiedBackup } from '../../server/log/backup.ts'
import { copyAndCheck, notCopied } from '../../server/log/copy.ts'
import { openDatabase } from '../../server/log/openDatabase.ts'
import { isSound } from '../../server/log/sound.ts'
import { sources } from '../../server/main.ts'
import { instant } from '../../shared/time.ts'
import type { PullReply, ReceiptBody, PushReply } from '../../shared/api/sync.ts'
import { ELM, smallDistrict } from '../server/smallDistrict.ts'
import { configOf, newFolder, NOW, PASSWORD } from '../server/testServer.ts'
import { openTestTablet } from '../server/testTablet.ts'
import { REPORT } from '../support/report.ts'

test('[S8] a restored backup begins a new epoch: a device starts over, offers everything again, and what came after the backup is back', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const events = tablet.recordSaturday(['ana', 'ben'])
  await tablet.push(events.slice(0, 3))
  const copy = join(newFolder(), 'copy')
  expect(await backup(server.context.log.db, server.folder, copy, instant(NOW))).toBeUndefined()
  await tablet.push(events)
  const { last } = await tablet.pullAll()

  mkdirSync(join(copy, 'documents'))
  writeFileSync(join(copy, 'documents', 'a-paper'), 'a paper')
  const data = join(newFolder(), 'data')
  expect(restore(copy, data, v7())).toBeUndefined()
  expect(readFileSync(join(data, 'documents', 'a-paper'), 'utf8')).toBe('a paper')
  const context = openContext(configOf(data), { ...sources, now: server.context.log.sources.now }, 100)
  const app = await buildApp(context)
  onTestFinished(async () => {
    await app.close()
    context.close()
  })
  const cookie = [...tablet.browser.cookies].map((pair) => pair.join('=')).join('; ')
  const ask = (url: string, payload: object) => app.inject({ method: 'POST', url, headers: { cookie }, payload })
  const pull = (cursor: PullReply['cursor'] | null) => ask('/api/sync/pull', { protocol: 1, cursor, asOf: '2026-11-22', limit: 5000 })

  expect((await app.inject({ url: '/api/me', headers: { cookie } })).statusCode).toBe(401)
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
  await backup(server.context.log.db, server.folder, copy, instant(NOW))
  expect(await backup(server.context.log.db, server.folder, copy, instant(NOW))).toBe('notEmpty')
  expect(restore(copy, server.folder, v7())).toBe('notEmpty')
  expect(restore(join(copy, 'keys'), join(newFolder(), 'data'), v7())).toBe('noBackup')
  writeFileSync(join(copy, 'recoup.db'), 'rust')
  expect(restore(copy, join(newFolder(), 'data'), v7())).toBe('damaged')
})

test('[S8] a backup counts once it was opened and checked: one with a changed event or a missing number does not', async () => {
  const server = await smallDistrict()
  const { db, epoch, head } = server.context.log
  expect(verifiedBackup(db)).toBeUndefined()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  await tablet.push(tablet.recordSaturday(['ana', 'ben']))
  const copy = join(newFolder(), 'copy')
  expect(await backup(db, server.folder, copy, instant(NOW))).toBeUndefined()
  expect(verifiedBackup(db)).toEqual({ epoch, seq: head(), at: NOW })
  expect(isSound(join(copy, 'recoup.db'))).toEqual({ epoch, seq: head() })

  const spoiled = [
    "DROP TRIGGER event_never_changes; UPDATE event SET body = replace(body, 'Library', 'Liberty') WHERE body LIKE '%Library%'",
    'DROP TRIGGER event_never_goes; DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)',
    'UPDATE head SET seq = seq + 1',
  ]
  for (const [i, sql] of spoiled.entries()) {
    const bad = join(newFolder(), `bad-${i}`)
    const write = async (data: string, folder: string) => {
      await copyAndCheck(data, folder)
      const written = new Database(join(folder, 'recoup.db'))
      written.exec(sql)
      written.close()
      return isSound(join(folder, 'recoup.db')) ? notCopied('failed') : notCopied('damaged')
    }
    expect(await backup(db, server.folder, bad, instant(NOW + 1), write), sql).toBe('damaged')
    expect(restore(bad, join(newFolder(), 'data'), v7()), sql).toBe('damaged')
  }
  expect(verifiedBackup(db)).toEqual({ epoch, seq: head(), at: NOW })
  // Nor does one that was found damaged later, whatever it says of itself; the newest that is sound does.
  const note = db.prepare('INSERT INTO backup (at, epoch, seq, folder, fault) VALUES (?, ?, ?, ?, ?)')
  note.run(NOW + 2, epoch, head() + 2, '', 'damaged')
  expect(verifiedBackup(db)).toEqual({ epoch, seq: head(), at: NOW })
  note.run(NOW + 3, epoch, head() + 1, '', null)
  expect(verifiedBackup(db)).toEqual({ epoch, seq: head() + 1, at: NOW + 3 })
})

test('[S8] no backup of another epoch is counted: after a restore devices keep everything until the next copy', async () => {
  const server = await smallDistrict()
  const copy = join(newFolder(), 'copy')
  await backup(server.context.log.db, server.folder, copy, instant(NOW))
  const again = join(newFolder(), 'again')
  await backup(server.context.log.db, server.folder, again, instant(NOW))
  const data = join(newFolder(), 'data')
  expect(restore(again, data, v7())).toBeUndefined()
  const db = openDatabase(data)
  expect(verifiedBackup(db)).toBeUndefined()
  db.close()
})
