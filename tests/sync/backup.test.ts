import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 } from 'uuid'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test, vi } from 'vitest'
import { buildApp } from '../../server/app.ts'
import { openContext } from '../../server/context.ts'
import { backup, restore, verifiedBackup } from '../../server/log/backup.ts'
import { openBackups } from '../../server/log/backups.ts'
import { copyAndCheck, notCopied } from '../../server/log/copy.ts'
import { openDatabase } from '../../server/log/openDatabase.ts'
import { isSound } from '../../server/log/sound.ts'
import { sources } from '../../server/main.ts'
import { instant, MINUTE } from '../../shared/time.ts'
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

/** A schedule over a small district whose time only the test lets pass; `folder` is where the copies go. */
async function scheduled(everyMinutes: number, folder = (data: string): string => join(data, 'copies')) {
  const server = await smallDistrict()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const said: string[] = []
  const { log } = server.context
  const backups = openBackups(log, server.folder, { folder: folder(server.folder), everyMinutes, keep: 2 }, (one) => said.push(one))
  onTestFinished(() => backups.stop())
  /** Lets time pass; whether a copy was begun in it, which is then waited for. */
  const passes = async (ms: number): Promise<boolean> => {
    server.wait(ms)
    vi.advanceTimersByTime(ms)
    if (vi.getTimerCount() > 0) return false
    await backups.run()
    await new Promise((planned) => setImmediate(planned))
    return true
  }
  const count = () => log.db.prepare('SELECT count(*) FROM backup').pluck().get()
  return { server, said, passes, count }
}

test.each([
  ['after ten minutes, when the next one is due later', 60, 10 * MINUTE],
  ['when the next one is due, where that is sooner', 5, 5 * MINUTE],
])('[S8] a copy that failed is tried again %s, again and again', async (_, everyMinutes, after) => {
  const { said, passes, count } = await scheduled(everyMinutes, (data) => {
    writeFileSync(join(data, 'a-file'), '')
    return join(data, 'a-file', 'copies')
  })
  expect(await passes(0)).toBe(true)
  for (const tried of [1, 2]) {
    expect([said.length, count()]).toEqual([tried, tried])
    expect(await passes(after - 1)).toBe(false)
    expect(await passes(1)).toBe(true)
  }
})

test('[S8] after a sound copy the next one is made when it is due, and no sooner', async () => {
  const { passes, count, said } = await scheduled(60)
  expect(await passes(0)).toBe(true)
  expect(await passes(60 * MINUTE - 1)).toBe(false)
  expect(await passes(1)).toBe(true)
  expect([count(), said]).toEqual([2, []])
})

test('[S8] a server that starts makes its first copy when the newest sound one is as old as the plan allows', async () => {
  const begun = await scheduled(60)
  expect(await begun.passes(0)).toBe(true)
  begun.server.wait(45 * MINUTE)
  const { log } = begun.server.context
  vi.clearAllTimers()
  const again = openBackups(
    log,
    begun.server.folder,
    { folder: join(begun.server.folder, 'copies'), everyMinutes: 60, keep: 2 },
    () => undefined,
  )
  onTestFinished(() => again.stop())
  vi.advanceTimersByTime(15 * MINUTE - 1)
  expect(vi.getTimerCount()).toBe(1)
  vi.advanceTimersByTime(1)
  expect(vi.getTimerCount()).toBe(0)
  expect(await again.run()).toBeUndefined()
})

test('[S8] an older copy that cannot be removed is named, and the next copy is made all the same', async () => {
  const { server, said, passes, count } = await scheduled(60)
  const stuck = join(server.folder, 'copies', `recoup-${'x'.repeat(300)}`)
  const { db, epoch } = server.context.log
  const note = db.prepare('INSERT INTO backup (at, epoch, seq, folder, fault) VALUES (?, ?, ?, ?, NULL)')
  for (const at of [NOW - 2, NOW - 1]) note.run(at, epoch, 0, stuck)
  expect(await passes(60 * MINUTE)).toBe(true)
  expect(await passes(60 * MINUTE)).toBe(true)
  expect(count()).toBe(4)
  expect(said[0]).toContain(`${stuck} could not be removed`)
})
