// What an erasure left behind is as provable as what it never touched: nobody who has only the database can make one, or change what it left.
import { expect, test } from 'vitest'
import { retention } from '../../server/cli/retention.ts'
import { verify } from '../../server/cli/verify.ts'
import { verifyLog } from '../../server/log/verify.ts'
import { openSalts, sha256 } from '../../server/log/serverChain.ts'
import { recordText } from '../../shared/evidence/line.ts'
import { eventsOfType, LATER, putErasure } from '../support/falseErasure.ts'
import { CANARY, oldDistrict, waitUntil } from './oldDistrict.ts'
import type { TestServer } from './testServer.ts'

const findings = ({ context }: TestServer) => verifyLog(context.log, context.receiptKey.publicKey).findings
const faults = (server: TestServer) => findings(server).map(({ fault }) => fault)
function eraseIn(server: TestServer): string {
  let out = ''
  const write = (text: string | Uint8Array): unknown => (out += String(text))
  retention(
    server.context,
    { years: '5', apply: true, name: 'Rosa Lin', reason: 'Nobody asks any more' },
    { stdout: { write }, stderr: { write } },
  )
  return out
}
async function erasedDistrict(): Promise<TestServer> {
  const server = await oldDistrict()
  waitUntil(server, '2032-07-01')
  eraseIn(server)
  expect(findings(server)).toEqual([])
  return server
}
async function said(server: TestServer): Promise<{ readonly exit: number; readonly out: string }> {
  let out = ''
  const write = (text: string | Uint8Array): unknown => (out += String(text))
  const exit = await verify(server.context, {}, { stdout: { write }, stderr: { write } })
  return { exit, out }
}

test('check-outs that are moved under an erasure nobody signed are found, each by its number, and the erasure with them', async () => {
  const server = await oldDistrict()
  const { db } = server.context.log
  const entries = eventsOfType(db, 'StudentCheckedOut')
  const seq = putErasure(db, { entries })
  const moved = Object.keys(entries)
  expect(moved.length).toBeGreaterThan(1)
  db.exec(`UPDATE event SET body = ${LATER} WHERE seq IN (SELECT seq FROM erased)`)
  const found = findings(server)
  for (const each of moved) expect(found).toContainEqual(expect.objectContaining({ fault: 'erasedUnproved', seq: Number(each) }))
  expect(found).toContainEqual(expect.objectContaining({ fault: 'erasureForged', seq }))
  const { exit, out } = await said(server)
  expect(exit).toBe(1)
  expect(out).toContain('cannot be checked')
})

test('a record that is changed under such an erasure is found as well', async () => {
  const server = await oldDistrict()
  const { db } = server.context.log
  const site = db
    .prepare<[], { seq: number; kind: string; id: string; body: string }>("SELECT * FROM record_version WHERE kind = 'site'")
    .get()
  if (!site) throw new Error('no school')
  const hash = sha256(recordText({ ...site, ended: false }, openSalts(db)(site.seq)))
  putErasure(db, { entries: { [site.seq]: hash } })
  db.prepare('UPDATE record_version SET body = ? WHERE seq = ?').run('{}', site.seq)
  expect(faults(server)).toContain('erasedUnproved')
})

test('the signature of a real erasure is good for what it names alone', async () => {
  const server = await erasedDistrict()
  const { db } = server.context.log
  const real = JSON.parse(String(db.prepare("SELECT body FROM record_version WHERE kind = 'erasure'").pluck().get())) as object
  const entries = eventsOfType(db, 'StudentCheckedOut')
  putErasure(db, { entries, besides: { ...real, entries } })
  db.exec(`UPDATE event SET body = ${LATER} WHERE json_extract(body, '$.type') = 'StudentCheckedOut'`)
  expect(faults(server)).toContain('erasureForged')
  expect(faults(server).filter((fault) => fault === 'erasedUnproved').length).toBe(Object.keys(entries).length)
})

const WAYS: readonly (readonly [string, string])[] = [
  ['the time of a walk-in', `UPDATE event SET body = ${LATER} WHERE json_extract(body, '$.type') = 'WalkInAdded'`],
  ['a walk-in into a check-in', `UPDATE event SET body = replace(body, 'WalkInAdded', 'StudentCheckedIn')`],
  ['a name put back', `UPDATE event SET body = json_set(body, '$.name', 'Somebody') WHERE json_extract(body, '$.type') = 'WalkInAdded'`],
  [
    'minutes of a student',
    `UPDATE record_version SET body = json_set(body, '$.iepMinutes', 60) WHERE kind = 'student' AND seq IN (SELECT seq FROM erased)`,
  ],
  [
    'a student’s version into another kind',
    `UPDATE record_version SET kind = 'absence' WHERE kind = 'student' AND seq IN (SELECT seq FROM erased)`,
  ],
]
test.each(WAYS)('what an erasure left is held to its signature: %s', async (_, sql) => {
  const server = await erasedDistrict()
  const { db } = server.context.log
  for (const table of ['event', 'record_version']) db.exec(`DROP TRIGGER ${table}_never_changes`)
  db.exec(`${sql}${sql.includes('WHERE') ? '' : ' WHERE seq IN (SELECT seq FROM erased)'}`)
  expect(faults(server)).toContain('erasedChanged')
})

test('nothing is erased in a log that does not hold: what was changed before is not signed for', async () => {
  const server = await oldDistrict()
  const { db } = server.context.log
  db.exec('DROP TRIGGER event_never_changes')
  db.exec(`UPDATE event SET body = ${LATER} WHERE json_extract(body, '$.type') = 'WalkInAdded'`)
  waitUntil(server, '2032-07-01')
  expect(() => eraseIn(server)).toThrow('does not hold')
  expect(server.context.store.get('student', CANARY)?.body.first).toBe(CANARY)
  expect(db.prepare('SELECT count(*) FROM erased').pluck().get()).toBe(0)
})

test('recoup verify names every erasure: where, when, by whom, and of how many entries', async () => {
  const server = await erasedDistrict()
  const { exit, out } = await said(server)
  expect(exit).toBe(0)
  expect(out).toMatch(/1 erasure/)
  expect(out).toMatch(/number \d+, 2032-07-01, by Rosa Lin: the words of \d+ entries/)
})
