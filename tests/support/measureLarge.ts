/**
 * `npm run measure:large -- FOLDER`: what a large district costs: a full fold with its memory, the overview and the roster as the server
 * answers them, and pushes while the totals are worked out anew.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { v7 } from 'uuid'
import { as, type SessionId, type StudentId } from '../../shared/ids.ts'
import { HOUR, instant, schoolDateOf } from '../../shared/time.ts'
import { openDevice } from './device.ts'
import { until } from './server.ts'

const folder = path.resolve(process.argv[2] ?? 'data-large')
const root = path.resolve(import.meta.dirname, '../..')
const probe = createServer().listen(0, '127.0.0.1')
await once(probe, 'listening')
const address = probe.address()
const port = typeof address === 'object' && address ? address.port : 0
probe.close()
await once(probe, 'close')
const url = `http://127.0.0.1:${port}`

const at = (sorted: readonly number[], share: number): string =>
  `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)} ms`
async function times(name: string, n: number, work: (i: number) => Promise<unknown>): Promise<void> {
  const took: number[] = []
  for (let i = 0; i < n; i++) {
    const from = performance.now()
    await work(i)
    took.push(performance.now() - from)
  }
  took.sort((a, b) => a - b)
  console.log(`${name}: p50 ${at(took, 0.5)}, p95 ${at(took, 0.95)}, p99 ${at(took, 0.99)} (${n})`)
}

// The totals are thrown away: what is measured first is the fold of everything.
rmSync(path.join(folder, 'totals'), { recursive: true, force: true })
const env = { ...process.env, RECOUP_DATA: folder, PORT: String(port), HOST: '127.0.0.1', CI: '1' }
const server = spawn(process.execPath, [path.join(root, 'server/cli/recoup.mjs'), 'serve'], {
  env,
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
})
try {
  await until(async () => (await fetch(`${url}/api/health`).catch(() => undefined))?.ok === true)
  const started = performance.now()
  const device = await openDevice(url, 'district', 'large-district-password')
  const ready = async (): Promise<boolean> => (await device.ask<{ ready: boolean }>('GET', '/api/totals')).ready
  const pushes: number[] = []
  const now = instant(Date.now())
  const session = as<SessionId>(v7())
  const start = {
    type: 'SessionStarted' as const,
    at: now,
    session,
    section: null,
    on: schoolDateOf(now, 'America/Los_Angeles'),
    breaks: [],
    room: '',
    title: 'Measured',
  }
  await device.push([device.record({ ...start, window: { from: now, until: instant(now + HOUR) } })])
  await until(async () => {
    const students = Array.from({ length: 5 }, (_, i) => as<StudentId>(`site-000-${(pushes.length * 5 + i) % 400}`))
    const events = students.map((student) => device.record({ type: 'StudentCheckedIn', at: instant(Date.now()), session, student }))
    const from = performance.now()
    await device.push(events)
    pushes.push(performance.now() - from)
    return ready()
  }, 300_000)
  const memory = (): string => {
    const status = readFileSync(`/proc/${server.pid}/status`, 'utf8')
    return /VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? '0'
  }
  pushes.sort((a, b) => a - b)
  console.log(
    `full fold and totals: ${((performance.now() - started) / 1000).toFixed(1)} s, most memory ${(Number(memory()) / 1024).toFixed(0)} MB`,
  )
  console.log(`pushes of 5 taps meanwhile: p50 ${at(pushes, 0.5)}, p99 ${at(pushes, 0.99)}, most ${at(pushes, 1)} (${pushes.length})`)
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
  server.kill('SIGKILL')
}
