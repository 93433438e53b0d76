import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '../../server/log/openDatabase.ts'
import type { SignedIn } from '../../shared/api/people.ts'
import type { PushReply, ReceiptBody } from '../../shared/api/sync.ts'
import { as, type SessionId } from '../../shared/ids.ts'
import { openTablet } from '../../server/sample/tablet.ts'
import { v7 } from 'uuid'
import { at, SATURDAY } from './testTablet.ts'
import { newFolder } from './testServer.ts'
import { REPORT } from '../support/report.ts'

const DOOR = join(import.meta.dirname, '..', '..', 'server', 'cli', 'recoup.mjs')

/** A server as a process of its own, over a sample district. */
async function startProcess(folder: string): Promise<{ address: string; kill: () => Promise<void> }> {
  const env = { ...process.env, RECOUP_DATA: folder, PORT: '0', HOST: '127.0.0.1' }
  const child = spawn(process.execPath, [DOOR, 'serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  const address = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
    child.stdout.on('data', (chunk) => {
      said += String(chunk)
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)
      if (found) resolve(found[0])
    })
  })
  return {
    address,
    async kill() {
      const ended = once(child, 'close')
      child.kill('SIGKILL')
      await ended
    },
  }
}

test('[S4] a server killed in the middle of its work has lost nothing that it acknowledged', { timeout: 60_000 }, async () => {
  const folder = newFolder()
  const server = await startProcess(folder)
  const post = (path: string, body: unknown, cookie = '') =>
    fetch(`${server.address}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    })
  await post('/api/setup/sample', {})
  const answer = await post('/api/sign-in', { username: 'teacher', password: 'sample-teacher-password', deviceName: 'Doomed' })
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const { device, me } = (await answer.json()) as SignedIn
  const site = me.sites[0]
  if (!site) throw new Error('the sample teacher has no school')
  const tablet = openTablet(device.id, site, () => v7())
  const session = as<SessionId>(v7())
  const window = { from: at('08:00'), until: at('13:00') }
  tablet.record(me.staff, at('08:00'), {
    type: 'SessionStarted',
    session,
    section: null,
    on: SATURDAY,
    window,
    breaks: [],
    room: '',
    title: '',
  })
  for (let i = 0; i < 400; i++)
    tablet.record(me.staff, at('08:01'), { type: 'StudentNoted', session, student: as('stu-1'), text: `note ${i}` })

  const acknowledged: string[] = []
  const pushing = (async () => {
    for (let from = 0; ; from += 5) {
      const reply = await post('/api/sync/push', { protocol: 1, events: tablet.events.slice(from, from + 5), report: REPORT }, cookie)
      const { receipt } = (await reply.json()) as PushReply
      acknowledged.push(...(JSON.parse(receipt.body) as ReceiptBody).results.flatMap((result) => (result.id === null ? [] : [result.id])))
    }
  })().catch(() => undefined)
  while (acknowledged.length < 60) await new Promise((done) => setTimeout(done, 5))
  await server.kill()
  await pushing

  const db = openDatabase(folder)
  const kept = new Set(db.prepare('SELECT id FROM event').pluck().all())
  const seqs = db.prepare('SELECT seq FROM event UNION ALL SELECT seq FROM record_version ORDER BY seq').pluck().all()
  db.close()
  expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
  expect(seqs).toEqual(seqs.map((_, i) => i + 1))
})
