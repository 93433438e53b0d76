import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openContext } from '../../server/context.ts'
import { backup, verifiedBackup } from '../../server/log/backup.ts'
import { openBackups } from '../../server/log/backups.ts'
import { keepHead, noticeLoss } from '../../server/log/headFile.ts'
import { openDatabase } from '../../server/log/openDatabase.ts'
import { sources } from '../../server/main.ts'
import { type Health, PROTOCOL } from '../../shared/api.ts'
import { type PushReply, type ReceiptBody } from '../../shared/api/sync.ts'
import { type Running, startRecoup } from '../support/process.ts'
import { openWire, prepareRush, recorder, type Tablet } from '../support/rush.ts'
import { until } from '../support/server.ts'
import { configOf, newFolder } from './testServer.ts'
import { REPORT } from '../support/report.ts'

async function startRush(env: Record<string, string> = {}): Promise<{ folder: string; server: Running; tablet: Tablet }> {
  const folder = newFolder()
  const [tablet] = await prepareRush(folder, 1)
  if (!tablet) throw new Error('no tablet')
  const server = await start(folder, env)
  return { folder, server, tablet }
}

async function start(folder: string, env: Record<string, string> = {}): Promise<Running> {
  const server = await startRecoup(folder, env)
  onTestFinished(() => void server.end('SIGKILL'))
  return server
}

const pushOf = (events: unknown[]) => ({ protocol: PROTOCOL, events, report: REPORT })
const resultsOf = (body: unknown) => (JSON.parse((body as PushReply).receipt.body) as ReceiptBody).results

async function push({ url }: Running, tablet: Tablet, events: unknown[]) {
  const wire = openWire(url)
  try {
    return await wire.ask('POST', '/api/sync/push', pushOf(events), tablet.cookie)
  } finally {
    wire.close()
  }
}

const healthOf = async ({ url }: Running): Promise<Health> => (await (await fetch(`${url}/api/health`)).json()) as Health

const opened = (url: string): Promise<Socket> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname, () => resolve(socket))
    onTestFinished(() => void socket.destroy())
  })

test('when too many devices send at once the next is told when to come again, and is taken then', { timeout: 60_000 }, async () => {
  const { server, tablet } = await startRush()
  const slow = await Promise.all(Array.from({ length: 128 }, () => opened(server.url)))
  for (const socket of slow)
    socket.write(
      `POST /api/sync/push HTTP/1.1\r\nhost: x\r\ncookie: ${tablet.cookie}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{`,
    )
  const events = recorder(tablet)(3)
  await until(async () => (await push(server, tablet, [])).status === 503)
  const refused = await push(server, tablet, events)
  expect(refused.status).toBe(503)
  expect(refused.headers['retry-after']).toBe('2')
  expect((await fetch(`${server.url}/api/health`)).status).toBe(200)
  for (const socket of slow) socket.destroy()
  await until(async () => (await push(server, tablet, events)).status === 200)
})

test('a server asked to stop answers what is under way, takes nothing new, and ends with its log closed', { timeout: 60_000 }, async () => {
  const { folder, server, tablet } = await startRush()
  const events = recorder(tablet)(5)
  const text = JSON.stringify(pushOf(events))
  const request = http.request(`${server.url}/api/sync/push`, {
    method: 'POST',
    headers: { cookie: tablet.cookie, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
  })
  const answer = new Promise<{ status: number; body: string }>((resolve, reject) => {
    request.on('error', reject)
    request.on('response', (response) => {
      let body = ''
      response.on('data', (chunk: Buffer) => (body += chunk.toString()))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
    })
  })
  request.write(text.slice(0, 100))
  await new Promise((resolve) => setTimeout(resolve, 300))
  process.kill(server.pid, 'SIGTERM')
  await new Promise((resolve) => setTimeout(resolve, 300))
  await expect(fetch(`${server.url}/api/health`)).rejects.toThrow('fetch failed')
  request.end(text.slice(100))
  const { status, body } = await answer
  expect(status).toBe(200)
  expect(resultsOf(JSON.parse(body)).map(({ outcome }) => outcome)).toEqual(events.map(() => 'accepted'))
  expect(await server.ended).toBe(0)
  expect(existsSync(join(folder, 'recoup.db-wal'))).toBe(false)
  const db = openDatabase(folder)
  expect(db.prepare('SELECT count(*) FROM event').pluck().get()).toBe(5)
  db.close()
})

test('[S4] a full disk acknowledges nothing, and the server goes on by itself when there is room again', async () => {
  const folder = newFolder()
  const [tablet] = await prepareRush(folder, 1)
  if (!tablet) throw new Error('no tablet')
  const { buildApp } = await import('../../server/app.ts')
  const context = openContext(configOf(folder), sources, 100)
  const app = await buildApp(context)
  onTestFinished(async () => {
    await app.close()
    context.close()
  })
  const ask = (events: unknown[]) =>
    app.inject({ method: 'POST', url: '/api/sync/push', headers: { cookie: tablet.cookie }, payload: pushOf(events) })
  const record = recorder(tablet)
  expect((await ask(record(10))).statusCode).toBe(200)
  const { db } = context.log
  const head = context.log.head()
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true }))}`)
  const events = record(500)
  const refused = await ask(events)
  expect(refused.statusCode).toBe(507)
  expect(refused.headers['retry-after']).toBe('60')
  expect(refused.json()).toMatchObject({ code: 'diskFull' })
  expect(context.log.head()).toBe(head)
  expect((await app.inject('/api/health')).json<Health>().disk).toBe('full')
  db.pragma('max_page_count = 1073741823')
  const taken = await ask(events)
  expect(resultsOf(taken.json()).every(({ outcome }) => outcome === 'accepted')).toBe(true)
  expect((await app.inject('/api/health')).json<Health>().disk).toBe('ok')
})

test.each([
  ['the end of the write-ahead file is gone', (folder: string) => truncateSync(join(folder, 'recoup.db-wal'), 5000)],
  [
    'one bit of it is flipped',
    (folder: string) => {
      const path = join(folder, 'recoup.db-wal')
      const bytes = readFileSync(path)
      bytes[4200] = (bytes[4200] ?? 0) ^ 1
      writeFileSync(path, bytes)
    },
  ],
  [
    'an older copy was put in its place',
    (folder: string) => {
      rmSync(join(folder, 'recoup.db-wal'))
      rmSync(join(folder, 'recoup.db-shm'))
      copyFileSync(join(folder, 'older.db'), join(folder, 'recoup.db'))
    },
  ],
])('[S8] a log that lost its end begins a new epoch and says so: %s', { timeout: 60_000 }, async (_, spoil) => {
  const { folder, server, tablet } = await startRush()
  const older = openDatabase(folder)
  older.pragma('wal_checkpoint(TRUNCATE)')
  await older.backup(join(folder, 'older.db'))
  older.close()
  const events = recorder(tablet)(40)
  const first = await push(server, tablet, events)
  const { epoch } = JSON.parse((first.body as PushReply).receipt.body) as ReceiptBody
  const head = Math.max(...resultsOf(first.body).map(({ seq }) => seq ?? 0))
  await until(async () => (JSON.parse(readFileSync(join(folder, 'head.json'), 'utf8')) as { seq: number }).seq === head)
  await server.end('SIGKILL')
  spoil(folder)

  const again = await start(folder)
  expect((await healthOf(again)).lost).toMatchObject({ from: head })
  expect(again.said()).toContain('THE END OF THE LOG IS MISSING')
  const second = await push(again, tablet, events)
  const receipt = JSON.parse((second.body as PushReply).receipt.body) as ReceiptBody
  expect(receipt.epoch).not.toBe(epoch)
  expect(receipt.results.every(({ outcome }) => outcome === 'accepted')).toBe(true)
  await until(async () => (JSON.parse(readFileSync(join(folder, 'head.json'), 'utf8')) as { epoch: string }).epoch === receipt.epoch)
  await again.end()
  expect((await healthOf(await start(folder))).lost).toBeNull()
})

test.each([
  ['as far', 10],
  ['further', 15],
])('[S8] a log that came %s with another past is not the same log: a new epoch begins, and nobody is signed in', async (_, events) => {
  const folder = newFolder()
  const [tablet] = await prepareRush(folder, 1)
  if (!tablet) throw new Error('no tablet')
  const { buildApp } = await import('../../server/app.ts')
  const taken = async (count: number) => {
    const context = openContext(configOf(folder), sources, 100)
    const app = await buildApp(context)
    const payload = pushOf(recorder(tablet)(count))
    const reply = await app.inject({ method: 'POST', url: '/api/sync/push', headers: { cookie: tablet.cookie }, payload })
    const head = context.log.head()
    await app.close()
    context.close()
    expect(resultsOf(reply.json()).every(({ outcome }) => outcome === 'accepted')).toBe(true)
    return head
  }
  const opened = () => {
    const db = openDatabase(folder)
    onTestFinished(() => void db.close())
    return db
  }
  const older = opened()
  await older.backup(join(folder, 'older.db'))
  older.close()
  const from = await taken(10)
  const before = opened()
  keepHead(folder, before)
  before.close()
  const head = readFileSync(join(folder, 'head.json'))
  rmSync(join(folder, 'head.json'))
  for (const name of ['recoup.db-wal', 'recoup.db-shm']) rmSync(join(folder, name), { force: true })
  copyFileSync(join(folder, 'older.db'), join(folder, 'recoup.db'))
  const to = await taken(events)
  expect(to).toBe(from + events - 10)
  writeFileSync(join(folder, 'head.json'), head)
  const db = opened()
  const epoch = () => db.prepare('SELECT epoch FROM head').pluck().get()
  const known = epoch()
  db.exec(
    "INSERT INTO web_session (token_hash, account, device, created_at, last_seen_at) SELECT 'x', account.id, device.id, 1, 1 FROM account, device",
  )
  const signedIn = () =>
    db.prepare('SELECT count(*) FROM device WHERE staff IS NOT NULL UNION ALL SELECT count(*) FROM web_session').pluck().all()
  expect(signedIn()).toEqual([1, 1])
  expect(noticeLoss(folder, db, sources)).toEqual({ from, to })
  expect(epoch()).not.toBe(known)
  expect(signedIn()).toEqual([0, 0])
  // Once: what the file remembers is of the epoch before.
  expect(noticeLoss(folder, db, sources)).toBeUndefined()
})

test('[S8] a log that only went on is the same log', async () => {
  const folder = newFolder()
  await prepareRush(folder, 1)
  const db = openDatabase(folder)
  keepHead(folder, db)
  expect(noticeLoss(folder, db, sources)).toBeUndefined()
  writeFileSync(join(folder, 'head.json'), 'not a head')
  expect(noticeLoss(folder, db, sources)).toBeUndefined()
  db.close()
})

test('[S8] a server with a place for backups makes one by itself, and counts it when it was checked', { timeout: 60_000 }, async () => {
  const copies = join(newFolder(), 'copies')
  const { server } = await startRush({ RECOUP_BACKUP_DIR: copies, RECOUP_BACKUP_EVERY: '1h' })
  await until(async () => (await healthOf(server)).backup?.at !== null)
  expect((await healthOf(server)).backup?.failed).toBe(false)
  expect(readdirSync(copies)).toHaveLength(1)
})

test('[S8] the newest backups stay; one that failed is said and goes, and does not count', { timeout: 60_000 }, async () => {
  const folder = newFolder()
  await prepareRush(folder, 1)
  const context = openContext(configOf(folder), sources, 100)
  onTestFinished(() => context.close())
  const { log } = context
  const copies = join(newFolder(), 'copies')
  // One is there already, so that the schedule waits.
  await backup(log.db, folder, join(newFolder(), 'by-hand'), sources.now())
  const said: string[] = []
  const backups = openBackups(log, folder, { folder: copies, everyMinutes: 60, keep: 2 }, (sentence) => said.push(sentence))
  for (let i = 0; i < 3; i++) expect(await backups.run()).toBeUndefined()
  expect(readdirSync(copies)).toHaveLength(2)
  const sound = verifiedBackup(log.db)
  await backups.stop()

  writeFileSync(join(folder, 'a-file'), '')
  const blocked = openBackups(log, folder, { folder: join(folder, 'a-file', 'copies'), everyMinutes: 60, keep: 2 }, (one) => said.push(one))
  expect(await blocked.run()).toBe('failed')
  await blocked.stop()
  expect(said.join()).toContain('failed')
  expect(context.condition.now().backup.failed).toBe(true)
  expect(verifiedBackup(log.db)).toEqual(sound)
})
