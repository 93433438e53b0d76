import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { PushReply } from '../../shared/api/sync.ts'
import type { CheckpointsReply } from '../../shared/api/evidence.ts'
import { type CheckpointBody, readCheckpoint } from '../../shared/evidence/checkpoint.ts'
import { as, type SessionId } from '../../shared/ids.ts'
import { HOUR, MINUTE } from '../../shared/time.ts'
import { run } from '../../server/cli/main.ts'
import { backup } from '../../server/log/backup.ts'
import { isSigned } from '../../server/log/receipts.ts'
import { ELM, smallDistrict } from './smallDistrict.ts'
import { newFolder, NOW, restored, signedIn } from './testServer.ts'
import { openTestTablet } from './testTablet.ts'
import { REPORT } from '../support/report.ts'

async function recoup(data: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  vi.stubEnv('RECOUP_DATA', data)
  let [out, err] = ['', '']
  const code = await run(args, { stdout: { write: (text: string) => (out += text) }, stderr: { write: (text: string) => (err += text) } })
  vi.unstubAllEnvs()
  return { code, out, err }
}

test('every push is answered with a signed checkpoint of the log, events or none', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const empty = await tablet.push([])
  tablet.recordSaturday(['ana', 'ben'])
  const full = await tablet.push()
  const said = [empty, full].map(({ checkpoint }) => checkpoint && readCheckpoint(checkpoint, tablet.reply.receiptKey, isSigned))
  expect(said.map((one) => one?.seq)).toEqual([server.context.log.head() - 6, server.context.log.head()])
  expect(said[1]?.link).not.toBe(said[0]?.link)
  // One is kept here now and then, and not for every push.
  const kept = () => server.context.log.db.prepare('SELECT seq FROM checkpoint ORDER BY seq').pluck().all()
  expect(kept()).toEqual([said[0]?.seq])
  tablet.recordSaturday([], as<SessionId>('another'))
  server.wait(10 * MINUTE)
  await tablet.push()
  expect(kept()).toEqual([said[0]?.seq, server.context.log.head()])
})

test('a device that brings back a checkpoint of another log, or of one that has lost its end, is heard; the push is answered all the same', async () => {
  const server = await smallDistrict()
  const { browser: lund } = await signedIn(server, 'lund')
  const against = async () => (await lund.ask('GET', '/api/checkpoints')).json<CheckpointsReply>().against.map(({ verdict }) => verdict)
  const tablet = await openTestTablet(server, 'rivera', ELM)
  tablet.recordSaturday(['ana'])
  const { checkpoint } = await tablet.push()
  const push = async (carried: PushReply['checkpoint']) =>
    (await tablet.browser.ask('POST', '/api/sync/push', { protocol: 1, events: [], report: REPORT, checkpoint: carried })).status
  expect([await push(checkpoint), await against()]).toEqual([200, []])
  expect([await push({ body: '{}', signature: 'none' }), await against()]).toEqual([200, []])

  const { db } = server.context.log
  for (const name of ['event_never_goes', 'chain_never_goes']) db.exec(`DROP TRIGGER ${name}`)
  const last = server.context.log.head()
  db.exec(
    `DELETE FROM event WHERE seq = ${last}; DELETE FROM chain WHERE seq = ${last}; DELETE FROM checkpoint; UPDATE head SET seq = ${last - 1}`,
  )
  expect([await push(checkpoint), await against()]).toEqual([200, ['ahead']])
  server.wait(1)
  const after = server.context.store.get('staff', 'rivera')
  if (after) server.context.store.apply([{ ...after, kind: 'staff', body: { ...after.body, title: 'Somebody else' } }])
  const { browser } = await openTestTablet(server, 'rivera', ELM)
  await browser.ask('POST', '/api/sync/push', { protocol: 1, events: [], report: REPORT, checkpoint })
  expect((await against()).sort()).toEqual(['ahead', 'differs'])
})

test('what a device brings back of the log before a backup was put back speaks against nobody; what did not fit once stays on record', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  tablet.recordSaturday(['ana'])
  const { checkpoint } = await tablet.push()
  if (!checkpoint) throw new Error('no checkpoint came')
  const { checkpoints, log } = server.context
  const witnessed = () => log.db.prepare('SELECT at FROM witness').pluck().all()
  expect([checkpoints.cameBack('a', checkpoint), witnessed()]).toEqual(['holds', [NOW]])
  server.wait(HOUR - 1)
  expect([checkpoints.cameBack('a', checkpoint), witnessed()]).toEqual(['holds', [NOW]])
  server.wait(1)
  expect([checkpoints.cameBack('a', checkpoint), witnessed()]).toEqual(['holds', [NOW + HOUR]])
  const copy = join(newFolder(), 'copy')
  await backup(log.db, server.folder, copy, log.sources.now())
  const { context } = await restored(server, copy)
  const office = context.store.get('staff', 'rivera')
  if (office) context.store.apply([{ ...office, kind: 'staff', body: { ...office.body, title: 'Since the backup' } }])
  expect(context.checkpoints.cameBack('a', checkpoint)).toBe('otherEpoch')
  expect(context.checkpoints.against()).toEqual([])

  const said = JSON.parse(checkpoint.body) as CheckpointBody
  const bent = JSON.stringify({ ...said, link: '0'.repeat(64) })
  const other = { body: bent, signature: server.context.receiptKey.signText(bent) }
  expect([checkpoints.cameBack('a', other), checkpoints.cameBack('a', checkpoint)]).toEqual(['differs', 'holds'])
  server.wait(2 * HOUR)
  expect(checkpoints.cameBack('a', checkpoint)).toBe('holds')
  expect(checkpoints.against().map(({ device, verdict, seq }) => ({ device, verdict, seq }))).toEqual([
    { device: 'a', verdict: 'differs', seq: said.seq },
  ])
})

test('recoup verify says that all holds, with totals folded anew; recoup checkpoint holds the log to what it was', async () => {
  const data = newFolder()
  expect((await recoup(data, 'sample')).code).toBe(0)
  const fine = await recoup(data, 'verify', '--totals')
  expect(fine.err).toBe('')
  expect(fine).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^The totals of 400 students are .*\nAll holds: \d+ events and \d+ records/) as string,
  })
  const printed = await recoup(data, 'checkpoint')
  expect(printed.err).toContain('Keep the next line outside of this server.')
  const kept = join(data, 'kept.txt')
  writeFileSync(kept, printed.out)
  expect((await recoup(data, 'verify', '--checkpoint', kept)).code).toBe(0)
  const other = newFolder()
  await recoup(other, 'sample')
  const wrong = await recoup(other, 'verify', '--checkpoint', kept)
  expect(wrong.code).toBe(1)
  expect(wrong.out).toContain('a checkpoint was not signed with this key')
  writeFileSync(kept, 'nothing')
  expect((await recoup(data, 'verify', '--checkpoint', kept)).err).toContain('is no checkpoint')
})
