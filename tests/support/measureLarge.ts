/**
 * `npm run measure:large -- FOLDER`: what a large district costs: a full fold with its memory, the overview and the roster as the server
 * answers them, reports just after a start, a packet of 200 sessions, and pushes meanwhile.
 */
import { rmSync } from 'node:fs'
import path from 'node:path'
import { v7 } from 'uuid'
import type { BehindReply } from '../../shared/api/totals.ts'
import { as, type SessionId, type StudentId } from '../../shared/ids.ts'
import { HOUR, instant, schoolDateOf } from '../../shared/time.ts'
import { type Device, openDevice } from './device.ts'
import { peakMemory, type Running, startRecoup } from './process.ts'
import { until } from './server.ts'

const folder = path.resolve(process.argv[2] ?? 'data-large')
/** Two semi-spaces as `npm start` has them, and the clock of the machine. */
const start = async (): Promise<{ readonly server: Running; readonly device: Device }> => {
  const server = await startRecoup(folder, { CI: '1' })
  return { server, device: await openDevice(server.url, 'district', 'large-district-password') }
}

const at = (sorted: readonly number[], share: number): string =>
  `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)} ms`
async function times(name: string, n: number, work: (i: number) => Promise<unknown>): Promise<void> {
  const took: number[] = []
  for (let i = 0; i < n; i++) {
    const from = performance.now()
    await work(i)
    took.push(performance.now() - from)
  }
  say(name, took)
}
function say(name: string, took: number[]): void {
  took.sort((a, b) => a - b)
  console.log(`${name}: p50 ${at(took, 0.5)}, p95 ${at(took, 0.95)}, p99 ${at(took, 0.99)}, most ${at(took, 1)} (${took.length})`)
}
async function once(name: string, work: () => Promise<unknown>): Promise<void> {
  const from = performance.now()
  await work()
  console.log(`${name}: ${((performance.now() - from) / 1000).toFixed(1)} s`)
}

/** A session of a school, and a push of five taps in it at a time. */
async function pusher(device: Device): Promise<{ readonly took: number[]; push(): Promise<void> }> {
  const now = instant(Date.now())
  const session = as<SessionId>(v7())
  const on = schoolDateOf(now, 'America/Los_Angeles')
  const window = { from: now, until: instant(now + HOUR) }
  await device.push([
    device.record({ type: 'SessionStarted', at: now, session, section: null, on, window, breaks: [], room: '', title: 'Measured' }),
  ])
  const took: number[] = []
  return {
    took,
    async push() {
      const students = Array.from({ length: 5 }, (_, i) => as<StudentId>(`site-000-${(took.length * 5 + i) % 400}`))
      const events = students.map((student) => device.record({ type: 'StudentCheckedIn', at: instant(Date.now()), session, student }))
      const from = performance.now()
      await device.push(events)
      took.push(performance.now() - from)
    },
  }
}
const memory = (server: Running): string => `most memory ${peakMemory(server.pid).toFixed(0)} MB`

// The totals are thrown away: what is measured first is the fold of everything.
rmSync(path.join(folder, 'totals'), { recursive: true, force: true })
const started = performance.now()
const first = await start()
try {
  const { device, server } = first
  const { push, took } = await pusher(device)
  await until(async () => {
    await push()
    return (await device.ask<{ ready: boolean }>('GET', '/api/totals')).ready
  }, 300_000)
  console.log(`full fold and totals: ${((performance.now() - started) / 1000).toFixed(1)} s, ${memory(server)}`)
  say('pushes of 5 taps meanwhile', took)
  await times('overview', 60, () => device.ask('GET', '/api/totals'))
  await times('overview of one school', 60, (i) => device.ask('GET', `/api/totals?site=site-${String(i).padStart(3, '0')}`))
  await times('roster, first 500', 60, () => device.ask('GET', '/api/totals/roster'))
  await times('roster, found by name', 60, (i) =>
    device.ask('GET', `/api/totals/roster?find=${['garcia', 'nguyen ana', 'lopez', '2000'][i % 4]}`),
  )
  await times('roster, sorted', 60, (i) =>
    device.ask('GET', `/api/totals/roster?descending=1&sort=${['earned', 'left', 'absences', 'site'][i % 4]}`),
  )
  await times('roster, near the limit', 60, () => device.ask('GET', '/api/totals/roster?show=nearCap'))
  await times('behind a figure', 40, (i) =>
    device.ask('GET', `/api/totals/behind?figure=${i % 2 ? 'students' : 'sessions'}&part=month&key=2026-10&site=site-00${i % 10}`),
  )
  await times('alerts', 20, () => device.ask('GET', '/api/alerts'))
} finally {
  await first.server.end()
}

const second = await start()
try {
  const { device, server } = second
  const took: number[] = []
  await once('started again, overview', () =>
    until(async () => (await device.ask<{ ready: boolean; behind?: boolean }>('GET', '/api/totals')).behind === false, 300_000),
  )
  await once('STAS just after', () => device.ask('GET', '/api/reports/stas'))
  await once('PADC and the checklist just after', () => device.ask('GET', '/api/periods?period=P-1'))
  await once('write-back, the first time', () => device.ask('GET', '/api/write-back/aeries'))
  await once('write-back, again', () => device.ask('GET', '/api/write-back/aeries'))
  const { sessions } = await device.ask<BehindReply>('GET', '/api/totals/behind?figure=sessions&part=month&key=2026-10')
  const { push } = await pusher(device)
  const subject = { kind: 'sessions', sessions: sessions.filter((_, i) => i % 5 === 0).map(({ session }) => session) }
  await once(`packet of ${subject.sessions.length} sessions`, async () => {
    const { id } = await device.ask<{ id: string }>('POST', '/api/packets', { subject })
    await until(async () => {
      const from = performance.now()
      await push()
      took.push(performance.now() - from)
      const { jobs } = await device.ask<{ jobs: { id: string; state: string }[] }>('GET', '/api/packets')
      const state = jobs.find((job) => job.id === id)?.state
      if (state === 'failed' || state === 'nothing') throw new Error(`The packet: ${state}`)
      return state === 'done'
    }, 120_000)
  })
  say('pushes of 5 taps meanwhile', took)
  console.log(memory(server))
} finally {
  await second.server.end()
}
