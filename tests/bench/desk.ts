/**
 * `npm run measure:large -- FOLDER [parts]`: what a large district costs its desk. Parts: `fold` (everything folded anew, with its memory),
 * `pages` (overview and roster as the server answers them), `reports` (state files just after a start, a write-back after news), `packet` (200
 * sessions, and pushes meanwhile), `browser` (the same pages as they are seen). All of them when none is named. The folder is one that
 * `npm run seed:large` made; it is written to.
 */
import { rmSync } from 'node:fs'
import { loadavg } from 'node:os'
import path from 'node:path'
import type { BehindReply } from '../../shared/api/totals.ts'
import { v7 } from 'uuid'
import type { AttendanceEvent } from '../../shared/events.ts'
import { HOUR, instant, schoolDateOf } from '../../shared/time.ts'
import { openDevice } from '../support/device.ts'
import { peakMemory, processorSeconds, startRecoup } from '../support/process.ts'
import { until } from '../support/server.ts'
import { browserLines } from './desk/browser.ts'
import { pusher, type Desk } from './desk/pusher.ts'
import { keeps, type Line, quantile, table } from './line.ts'

const [given, ...asked] = process.argv.slice(2)
const folder = path.resolve(given ?? 'data-large')

/** Works with a server over the folder, started as `npm start` starts it. */
async function withDesk(work: (desk: Desk) => Promise<Line[]>): Promise<Line[]> {
  const server = await startRecoup(folder, { CI: '1' })
  try {
    return await work({ server, device: await openDevice(server.url, 'district', 'large-district-password') })
  } finally {
    await server.end()
  }
}

async function p95(what: string, n: number, most: number, work: (i: number) => Promise<unknown>): Promise<Line> {
  const took: number[] = []
  for (let i = 0; i < n; i++) took.push(await timed(() => work(i)))
  return { what: `${what}, p95`, value: quantile(took, 0.95), unit: 'ms', most: { value: most } }
}
async function once(what: string, most: number | undefined, work: () => Promise<unknown>): Promise<Line> {
  return { what, value: (await timed(work)) / 1000, unit: 's', ...(most !== undefined && { most: { value: most } }) }
}
async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}
const memory = ({ server }: Desk): Line => ({
  what: 'most memory of the whole server',
  value: peakMemory(server.pid),
  unit: 'MB',
  most: { value: 1024 },
})
/** Some figures, which those who push meanwhile are already ahead of. */
const isThere = async ({ device }: Desk): Promise<boolean> => (await device.ask<{ ready: boolean }>('GET', '/api/totals')).ready
/** A session with one student in it at every school, of a district that writes back. */
async function newsEverywhere(desk: Desk): Promise<void> {
  const { device } = desk
  await device.ask('PUT', '/api/settings', { kind: 'mapping', ended: false, body: { sis: 'aeries', codes: {} } })
  const at = instant(Date.now())
  const session = { on: schoolDateOf(at, 'America/Los_Angeles'), window: { from: at, until: instant(at + HOUR) } }
  const events = device.signedIn.me.sites.flatMap((site) => {
    const envelope = { v: 1, site, at, recordedAt: at, clock: { offset: 0, age: 0 } }
    const id = v7()
    const started = { ...envelope, ...session, type: 'SessionStarted', session: id, section: null, breaks: [], room: '', title: 'News' }
    const came = { ...envelope, type: 'StudentCheckedIn', session: id, student: `${site}-1` }
    return [started, came].map((event) => device.adopt({ ...event, id: v7() } as unknown as AttendanceEvent))
  })
  for (let from = 0; from < events.length; from += 100) await device.push(events.slice(from, from + 100))
  await until(() => isCurrent(desk), 300_000)
}
const isCurrent = async ({ device }: Desk): Promise<boolean> =>
  (await device.ask<{ ready: boolean; behind?: boolean }>('GET', '/api/totals')).behind === false

const parts: Readonly<Record<string, () => Promise<Line[]>>> = {
  async fold() {
    // The totals are thrown away: what is measured is the fold of everything.
    rmSync(path.join(folder, 'totals'), { recursive: true, force: true })
    return withDesk(async (desk) => {
      const pushes = await pusher(desk)
      const fold = await once('full fold, totals and parts of reports', 60, () => until(() => isThere(desk), 600_000))
      const worked = processorSeconds(desk.server.pid)
      return [fold, { what: 'the same, of processor time', value: worked, unit: 's' }, await pushes.stop('while it folds'), memory(desk)]
    })
  },
  pages: () =>
    withDesk(async ({ device }) => [
      await p95('overview', 60, 200, () => device.ask('GET', '/api/totals')),
      await p95('overview of one school', 60, 200, (i) => device.ask('GET', `/api/totals?site=site-${String(i).padStart(3, '0')}`)),
      await p95('roster, first page', 60, 200, () => device.ask('GET', '/api/totals/roster')),
      await p95('roster, found by name', 60, 100, (i) =>
        device.ask('GET', `/api/totals/roster?find=${['garcia', 'nguyen ana', 'lopez', '2000'][i % 4]}`),
      ),
      await p95('roster, sorted', 60, 100, (i) =>
        device.ask('GET', `/api/totals/roster?descending=1&sort=${['earned', 'left', 'absences', 'site'][i % 4]}`),
      ),
      await p95('roster, near the limit', 60, 100, () => device.ask('GET', '/api/totals/roster?show=nearCap')),
      await p95('behind a figure', 40, 200, (i) =>
        device.ask('GET', `/api/totals/behind?figure=${i % 2 ? 'students' : 'sessions'}&part=month&key=2026-10&site=site-00${i % 10}`),
      ),
      await p95('alerts', 20, 200, () => device.ask('GET', '/api/alerts')),
    ]),
  reports: () =>
    withDesk(async (desk) => {
      const { device } = desk
      return [
        await once('started again, until the overview is up to date', undefined, () => until(() => isCurrent(desk), 300_000)),
        await once('STAS just after', 10, () => device.ask('GET', '/api/reports/stas')),
        await once('PADC and the checklist just after', 10, () => device.ask('GET', '/api/periods?period=P-1')),
        await once('write-back', 10, () => device.ask('GET', '/api/write-back/aeries')),
        await once('news from every school, until the overview has it', undefined, () => newsEverywhere(desk)),
        await once('write-back after news from every school', 10, () => device.ask('GET', '/api/write-back/aeries')),
        memory(desk),
      ]
    }),
  packet: () =>
    withDesk(async (desk) => {
      const { device } = desk
      await until(() => isCurrent(desk), 300_000)
      const { sessions } = await device.ask<BehindReply>('GET', '/api/totals/behind?figure=sessions&part=month&key=2026-10')
      const subject = { kind: 'sessions', sessions: sessions.filter((_, i) => i % 5 === 0).map(({ session }) => session) }
      const pushes = await pusher(desk)
      const before = processorSeconds(desk.server.pid)
      const made = await once(`packet of ${subject.sessions.length} sessions`, 30, async () => {
        const { id } = await device.ask<{ id: string }>('POST', '/api/packets', { subject })
        await until(async () => {
          const { jobs } = await device.ask<{ jobs: { id: string; state: string }[] }>('GET', '/api/packets')
          const state = jobs.find((job) => job.id === id)?.state
          if (state === 'failed' || state === 'nothing') throw new Error(`The packet: ${state}`)
          return state === 'done'
        }, 300_000)
      })
      const worked = processorSeconds(desk.server.pid) - before
      return [
        made,
        { what: 'the same, of processor time with the pushes', value: worked, unit: 's' },
        await pushes.stop('while a packet is made'),
        memory(desk),
      ]
    }),
  browser: () => withDesk(browserLines),
}

const unknown = asked.filter((name) => !(name in parts))
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}.`)
  process.exit(2)
}
for (const [name, part] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  console.log(`${name}, load ${loadavg()[0]?.toFixed(1)}`)
  const lines = await part()
  console.log(`${table(lines)}\n`)
  if (lines.some((line) => keeps(line) === false)) process.exitCode = 1
}
