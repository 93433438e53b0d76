import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { PacketJob } from '../../shared/api/packets.ts'
import { type Packet, packetDifferences, packetLedger, type PacketSubject } from '../../shared/report/packet.ts'
import type { PacketEvidence } from '../../shared/evidence/packet.ts'
import { verifyPacketFile } from '../../server/cli/verify.ts'
import { type Job, openPacketJobs } from '../../server/reports/packet/jobs.ts'
import { openReportWork, type ReportWork } from '../../server/reports/work.ts'
import { DAY } from '../../shared/time.ts'
import { packetPdf } from '../../server/reports/packet/packetPdf.ts'
import { ELM } from '../server/smallDistrict.ts'
import { newFolder, NOW, signedIn, type Browser } from '../server/testServer.ts'
import { SESSION } from '../server/testTablet.ts'
import { reportDistrict } from './reportDistrict.ts'

/** Asks for a packet and waits until it is made, or is not. */
async function made(browser: Browser, subject: PacketSubject): Promise<PacketJob> {
  const { id } = (await browser.ask('POST', '/api/packets', { subject })).json<PacketJob>()
  for (;;) {
    const job = (await browser.ask('GET', '/api/packets')).json<{ readonly jobs: readonly PacketJob[] }>().jobs.find((one) => one.id === id)
    if (!job) throw new Error('the packet is gone')
    if (!['waiting', 'gathering', 'writing'].includes(job.state)) return job
    await setTimeout(5)
  }
}
const packetOf = async (browser: Browser, { id }: PacketJob): Promise<Packet> =>
  (await browser.ask('GET', `/api/packets/${id}/json`)).json<Packet>()

function verified(text: string): { code: number; said: string } {
  const file = join(newFolder(), 'packet.json')
  writeFileSync(file, text)
  let said = ''
  const io = {
    stdout: { write: (line: string | Uint8Array) => (said += String(line)) },
    stderr: { write: (line: string) => (said += line) },
  }
  return { code: verifyPacketFile(file, undefined, io), said }
}

const SUBJECTS: readonly PacketSubject[] = [
  { kind: 'period', period: 'P-1', year: 2026, site: null },
  { kind: 'site', site: ELM, from: '2026-11-01' as never, until: '2026-11-30' as never },
  { kind: 'student', student: 'ana' },
  { kind: 'sessions', sessions: [SESSION] },
]

test.each(SUBJECTS.map((subject) => [subject.kind, subject] as const))(
  'a packet for a %s holds by itself, without the server',
  async (_, subject) => {
    const { browser } = await reportDistrict()
    const job = await made(browser, subject)
    expect(job).toMatchObject({ state: 'done' })
    const { text } = await browser.ask('GET', `/api/packets/${job.id}/json`)
    const packet = JSON.parse(text) as Packet
    expect(packetDifferences(packet)).toEqual([])
    expect(packet.students.map((one) => one.student).sort()).toEqual(subject.kind === 'student' ? ['ana'] : ['ana', 'ben', 'eva'])
    const { code, said } = verified(text)
    expect(said).toContain('All holds')
    expect(code).toBe(0)
  },
)

test('a packet made after the turn of the year has the figures of the year of its sessions, whatever it is for', async () => {
  const { server } = await reportDistrict()
  server.wait(Date.UTC(2027, 6, 15, 18) - NOW)
  const { browser } = await signedIn(server, 'lund')
  const subjects: readonly PacketSubject[] = [...SUBJECTS, { kind: 'student', student: 'ana', year: 2026 }]
  for (const subject of subjects) {
    const packet = await packetOf(browser, await made(browser, subject))
    const ana = packet.students.find(({ student }) => student === 'ana')
    expect([subject, ana?.earnedDays, ana?.claimableDays]).toEqual([subject, 1, 1])
    if (subject.kind !== 'period') expect(packet.asOf).toBe('2027-06-30')
  }
  expect((await made(browser, { kind: 'student', student: 'ana', year: 2027 })).state).toBe('nothing')
})

test('a packet in which a minute was changed does not hold', async () => {
  const { browser } = await reportDistrict()
  const { text } = await browser.ask('GET', `/api/packets/${(await made(browser, SUBJECTS[3] as PacketSubject)).id}/json`)
  const packet = JSON.parse(text) as Packet
  const events = packet.events.map((event) =>
    event.text.includes('StudentCheckedIn') ? { ...event, text: event.text.replace(/"at":(\d+)/, '"at":1') } : event,
  )
  expect(verified(JSON.stringify({ ...packet, events })).code).toBe(1)
})

test('a student’s packet names nobody else, and whoever was there still counts for the ratio', async () => {
  const { browser } = await reportDistrict()
  const packet = await packetOf(browser, await made(browser, { kind: 'student', student: 'ana' }))
  const names = packet.records
    .filter((record) => record.kind === 'student')
    .map(({ text, withheld }) => `${(JSON.parse(text) as { first: string }).first} ${withheld ? 'withheld' : 'shown'}`)
  expect(names).toHaveLength(3)
  expect(new Set(names)).toEqual(new Set([' withheld', 'ana shown']))
})

test('the paper is made of the packet alone: the same packet gives the same bytes', async () => {
  const { browser } = await reportDistrict()
  const job = await made(browser, SUBJECTS[0] as PacketSubject)
  const pdf = await browser.ask('GET', `/api/packets/${job.id}/pdf`)
  expect(pdf.headers['content-type']).toBe('application/pdf')
  expect(pdf.text.startsWith('%PDF-1.')).toBe(true)
  const packet = await packetOf(browser, job)
  const evidence = packet.checkpoint as PacketEvidence
  const receipts = packet.events.map(({ text, receipt, seq }) => [(JSON.parse(text) as { id: string }).id, { receipt, seq }] as const)
  const parts: Uint8Array[] = []
  await packetPdf(
    {
      ...packet,
      ...{ checkpoint: evidence.checkpoint, events: packet.events.length, receipts: packet.receipts.length, receiptOf: new Map(receipts) },
    },
    packetLedger(packet),
    (bytes) => void parts.push(bytes),
    async () => undefined,
  )
  expect(Buffer.concat(parts).toString()).toBe(pdf.text)
  expect(pdf.text.length).toBeGreaterThan(20_000)
})

test('a packet belongs to who asked for it, can be called off, and says when there is nothing to show', async () => {
  const { server, browser } = await reportDistrict()
  const job = await made(browser, { kind: 'sessions', sessions: ['none'] })
  expect(job.state).toBe('nothing')
  const { id } = (await browser.ask('POST', '/api/packets', { subject: SUBJECTS[0] })).json<PacketJob>()
  await browser.ask('POST', `/api/packets/${id}/cancel`)
  expect((await browser.ask('GET', '/api/packets')).json<{ readonly jobs: readonly PacketJob[] }>().jobs[0]).toMatchObject({
    id,
    state: expect.stringMatching(/cancelled|done/),
  })
  await server.context.accounts.create('idle', 'idle', 'auditor', 'a long enough password')
  const other = await signedIn(server, 'idle')
  expect((await other.browser.ask('GET', `/api/packets/${job.id}/json`)).status).toBe(404)
  expect((await other.browser.ask('GET', '/api/packets')).json()).toEqual({ jobs: [] })
})

test('a class page prints for a signature by hand, for the own school only', async () => {
  const { server } = await reportDistrict()
  const { browser } = await signedIn(server, 'marsh')
  const page = await browser.ask('GET', `/api/sessions/${SESSION}/class-page.pdf`)
  expect([page.status, page.headers['content-type']]).toEqual([200, 'application/pdf'])
  expect((await browser.ask('GET', '/api/sessions/other/class-page.pdf')).status).toBe(404)
})

test('a packet is there after the server was started again, one in the making is made then, and a week later both are gone', async () => {
  const { server, browser } = await reportDistrict()
  const job = await made(browser, { kind: 'student', student: 'ana' })
  const { text } = await browser.ask('GET', `/api/packets/${job.id}/json`)
  const { log, config } = server.context
  const stuck: ReportWork = { ...openReportWork(server.context), packet: () => new Promise(() => undefined) }
  const stopped = openPacketJobs(stuck, log, config.data)
  const waiting = stopped.start({ kind: 'student', student: 'ben' }, 'lund', 'D. Lund')
  stopped.close()
  const again = openPacketJobs(openReportWork(server.context), log, config.data)
  expect(again.get(job.id)).toMatchObject({ state: 'done' })
  expect(Buffer.concat(await again.file(again.get(job.id) as Job, 'json').toArray()).toString()).toBe(text)
  while (again.get(waiting.id)?.state !== 'done') await setTimeout(5)
  server.wait(8 * DAY)
  expect(again.list()).toEqual([])
  expect(readdirSync(join(config.data, 'packets'))).toEqual([])
})

test.each([2024, 2101, 65, -1])('a packet of the year %i is not begun', async (year) => {
  const { browser } = await reportDistrict()
  for (const subject of [
    { kind: 'period', period: 'P-1', year, site: null },
    { kind: 'sample', year, most: 20 },
  ])
    expect((await browser.ask('POST', '/api/packets', { subject })).status, subject.kind).toBe(400)
})

test('a sample is drawn evenly over the year, the same one each time', async () => {
  const { browser } = await reportDistrict()
  const ask = async () =>
    (await browser.ask('POST', '/api/packets', { subject: { kind: 'sample', year: 2026, most: 20 } })).json<PacketJob>()
  const [first, second] = [await ask(), await ask()]
  expect(first.subject).toEqual({ kind: 'sessions', sessions: [SESSION] })
  expect(second.subject).toEqual(first.subject)
  const none = await browser.ask('POST', '/api/packets', { subject: { kind: 'sample', year: 2025, most: 20 } })
  expect(none.status).toBe(422)
})
