// Names end, the log does not: who may be forgotten and when, and that everything still holds afterwards.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hold, type HoldOptions } from '../../server/cli/hold.ts'
import { retention, type RetentionOptions } from '../../server/cli/retention.ts'
import { openErased } from '../../server/log/erased.ts'
import { LEAST_YEARS, retentionEdge } from '../../server/log/retention.ts'
import { verifyLog } from '../../server/log/verify.ts'
import { verifyPacket } from '../../shared/evidence/packet.ts'
import { as, type StudentId } from '../../shared/ids.ts'
import { canonical } from '../../shared/sync/chain.ts'
import { DAY, type SchoolDate, schoolDateOf } from '../../shared/time.ts'
import { isSigned } from '../../server/log/receipts.ts'
import { sha256 } from '../../server/log/serverChain.ts'
import { factsOf, sealed } from '../support/packetOf.ts'
import { CANARY, oldDistrict, until, waitUntil } from './oldDistrict.ts'
import { smallDistrict } from './smallDistrict.ts'
import { NOW, type TestServer } from './testServer.ts'

function said(server: TestServer, options: Partial<RetentionOptions> = {}): string {
  let out = ''
  const write = (text: string | Uint8Array): unknown => (out += String(text))
  retention(server.context, { years: String(LEAST_YEARS), ...options }, { stdout: { write }, stderr: { write } })
  return out
}
const APPLY = { apply: true, name: 'Rosa Lin', reason: 'The audit of 2026-27 is complete' } as const

test('the edge is the first of July, so many whole years after the year of the last trace, and never fewer than the law’s', () => {
  const edge = (on: string, years = LEAST_YEARS) => retentionEdge(on as SchoolDate, years)
  expect(edge('2032-06-30')).toBe('2026-07-01')
  expect(edge('2032-07-01')).toBe('2027-07-01')
  expect(edge('2032-07-01', 7)).toBe('2025-07-01')
  for (const years of [4, 0, -1, 5.5, Number.NaN]) expect(edge('2032-07-01', years), String(years)).toBeUndefined()
})

test('the day before the fifth year is over nobody can be erased, the day after those without a later trace', async () => {
  const server = await oldDistrict()
  waitUntil(server, '2032-06-30')
  expect(said(server)).toContain('0 students without a trace since 2026-07-01, and 0 notes and walk-ins')
  expect(said(server, APPLY)).toContain('Nothing was changed')
  waitUntil(server, '2032-07-01')
  const preview = said(server)
  expect(preview).toContain(`${CANARY}\t${CANARY} Tester`)
  expect(preview).toContain('ben\tben Tester')
  expect(preview).not.toContain('ana')
  expect(preview).toContain('2 students without a trace since 2027-07-01, and 1 notes and walk-ins')
  expect(server.context.store.get('student', CANARY)?.body.first).toBe(CANARY)
  expect(() => said(server, { years: '4' })).toThrow('shorter than the law asks for')
  expect(() => said(server, { apply: true, name: 'Rosa Lin' })).toThrow('Say who decided it and why')
  expect(said(server, { years: '6' })).toContain('0 students')
})

test('afterwards the names are nowhere in the data folder, and the log still holds to every checkpoint signed before', async () => {
  const server = await oldDistrict()
  const { context } = server
  const { db } = context.log
  const before = context.checkpoints.now()
  const minutes = () => context.ledgers.of('all').judge(as<StudentId>(CANARY), '2027-06-30' as SchoolDate).minutes
  const was = minutes()
  waitUntil(server, '2032-07-01')
  const told = said(server, APPLY)
  expect(told).toMatch(/The names of 2 students are gone/)
  const verified = verifyLog(context.log, context.receiptKey.publicKey, [before])
  expect(verified.findings).toEqual([])
  expect(minutes()).toEqual(was)
  const files = readdirSync(server.folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile())
  expect(files.length).toBeGreaterThan(2)
  for (const file of files) {
    const bytes = readFileSync(join(file.parentPath, file.name))
    // Ids of this little district are names; what is looked for is what people typed and the number of the state.
    for (const word of [`${CANARY} Tester`, `"${CANARY} B.`, 'new telephone', '9876543210', `L-${CANARY}`])
      expect(bytes.includes(word), `${file.name}: ${word}`).toBe(false)
  }
  const [erasure] = db.prepare<[], string>("SELECT body FROM record_version WHERE kind = 'erasure'").pluck().all()
  expect(JSON.parse(erasure ?? '{}')).toMatchObject({ by: 'Rosa Lin', reason: APPLY.reason, students: 2, edge: '2027-07-01' })
  expect(said(server, APPLY)).toContain('Nothing was changed')
})

test('a packet made afterwards holds too, and devices are told a student without a name', async () => {
  const server = await oldDistrict()
  waitUntil(server, '2032-07-01')
  said(server, APPLY)
  const { context } = server
  const facts = factsOf(context)
  const erased = openErased(context.log.db, context.receiptKey.publicKey)
  const packet = await sealed(context, {
    ...facts,
    events: facts.events.filter(({ seq }) => erased.of(seq) === undefined),
    records: facts.records.filter(({ seq }) => erased.of(seq) === undefined),
  })
  expect(verifyPacket(canonical(packet), { sha256, isSigned }, context.receiptKey.publicKey).findings).toEqual([])
  const page = context.deliver('all', 0, 10_000)
  const record = page.records.find(({ kind, id }) => kind === 'student' && id === CANARY)
  expect(record?.body).toMatchObject({ first: '', last: '', localId: '', ssid: null })
  expect(page.records.map(({ kind }) => kind as string)).not.toContain('erasure')
})

test('an erasure is no way to change anything: text that was changed, or is missing without an entry that says so, is found', async () => {
  const server = await oldDistrict()
  const { db } = server.context.log
  const key = server.context.receiptKey.publicKey
  expect(() => db.exec("UPDATE event SET body = '{}'")).toThrow('an event is never changed')
  expect(() => db.exec("UPDATE record_version SET body = '{}'")).toThrow('a record is never changed')
  expect(() => db.exec("UPDATE follow_up SET text = 'Another'")).toThrow('what was written is never changed')
  waitUntil(server, '2032-07-01')
  said(server, APPLY)
  const [walkIn] = db.prepare<[], { seq: number; body: string }>('SELECT seq, body FROM event WHERE seq IN (SELECT seq FROM erased)').all()
  const kept = db
    .prepare<[], { seq: number; hash: string }>('SELECT seq, hash FROM event WHERE seq NOT IN (SELECT seq FROM erased) LIMIT 1')
    .get()
  if (!walkIn || !kept) throw new Error('nothing to look at')
  // Somebody who holds the database claims an erasure that the log knows nothing of.
  db.prepare('INSERT INTO erased (seq, hash, erasure) VALUES (?, ?, ?)').run(kept.seq, kept.hash, 'made up')
  db.prepare("UPDATE event SET body = replace(body, 'rivera', 'riverb') WHERE seq = ?").run(kept.seq)
  expect(verifyLog(server.context.log, key).findings).toMatchObject([
    { fault: 'textChanged', seq: kept.seq },
    { fault: 'erasedUnproved', seq: kept.seq },
  ])
  expect(() => db.exec('DELETE FROM erased')).toThrow('an erasure is never deleted')
})

test('one child under two numbers stays or goes as one', async () => {
  const server = await smallDistrict()
  const { store, log } = server.context
  // Eva left elm, and is still at oak under the same number of the state.
  store.apply([until('eva', '2027-06-04')])
  waitUntil(server, '2032-07-01')
  expect(schoolDateOf(log.sources.now(), 'America/Los_Angeles')).toBe('2032-07-01')
  expect(said(server)).not.toContain('eva')
  expect(NOW + DAY).toBeLessThan(log.sources.now())
})

test('a hold keeps one student’s names, or everybody’s, beyond their time, until somebody releases it; it is never changed', async () => {
  const server = await oldDistrict()
  waitUntil(server, '2032-07-01')
  const say = (options: HoldOptions): string => {
    let out = ''
    const write = (text: string | Uint8Array): unknown => (out += String(text))
    hold(server.context, options, { stdout: { write }, stderr: { write } })
    return out
  }
  const by = { name: 'Rosa Lin', reason: 'Complaint 2031-7' }
  expect(() => say({ student: 'nobody', ...by })).toThrow('there is no student with this id or local number')
  expect(() => say({ student: CANARY })).toThrow('Say who asks for it and why')
  expect(say({ student: CANARY, ...by })).toContain('Hold 1')
  const preview = said(server)
  expect(preview).toContain('1 students without a trace since 2027-07-01, and 0 notes and walk-ins')
  expect(preview).toContain('1 more are held')
  expect(preview).not.toContain(CANARY)
  expect(say({ all: true, ...by })).toContain('Hold 2: nothing of anybody')
  expect(said(server, APPLY)).toContain('Nothing was changed')
  const { db } = server.context.log
  expect(() => db.exec("UPDATE hold SET reason = 'x'")).toThrow('never changed')
  expect(() => db.exec('DELETE FROM hold')).toThrow('never deleted')
  expect(say({ release: '2', ...by })).toContain('released')
  expect(() => say({ release: '2', ...by })).toThrow('There is no hold 2')
  expect(said(server, APPLY)).toContain('The names of 1 students are gone')
  expect(server.context.store.get('student', CANARY)?.body.first).toBe(CANARY)
  say({ release: '1', ...by })
  expect(say({})).toContain(`1\t${CANARY}\t2032-07-01\tRosa Lin: Complaint 2031-7\treleased`)
  expect(said(server, APPLY)).toContain('The names of 1 students are gone')
  expect(JSON.stringify(server.context.store.get('student', CANARY))).not.toContain('Tester')
})
