/** Push and pull of 20,000 events, beside a server that only stores them. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { AttendanceEvent } from '../../shared/events.ts'
import { instant, schoolDateOf } from '../../shared/time.ts'
import { openDevice } from '../support/device.ts'
import { openDistrict } from '../support/server.ts'
import { pushes, recordHistory } from './history.ts'
import type { Line } from './line.ts'
import { signInToSample, studentsOf } from './sample.ts'

const EVENTS = 20_000
const PAGE = 1_000

export async function sync(): Promise<Line[]> {
  const district = await openDistrict()
  try {
    await district.start()
    const teacher = await signInToSample(district.url)
    const today = schoolDateOf(instant(Date.now()), 'America/Los_Angeles')
    const device = await openDevice(district.url, teacher.username, teacher.password)
    const events = recordHistory(device, await studentsOf(device), EVENTS, today)
    const push = await seconds(async () => {
      for (const part of pushes(events)) {
        const refused = (await device.push(part)).filter(({ outcome }) => outcome !== 'accepted')
        if (refused.length > 0) throw new Error(`Not accepted: ${JSON.stringify(refused[0])}`)
      }
    })
    const another = await openDevice(district.url, teacher.username, teacher.password)
    let pulled = 0
    const pull = await seconds(async () => {
      pulled = (await another.pull(PAGE, today)).events
    })
    const bare = await bareSync(events)
    return [
      { what: `push of ${events.length} events`, value: push, unit: 's', reference: bare.push },
      { what: `pull of ${pulled} events, with the proof of the totals`, value: pull, unit: 's', reference: bare.pull },
    ]
  } finally {
    await district.close()
  }
}

async function bareSync(events: readonly AttendanceEvent[]): Promise<{ push: number; pull: number }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'recoup-bare-'))
  const server = spawn(process.execPath, [path.join(import.meta.dirname, 'bareServer.ts'), path.join(folder, 'bare.db')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [said] = (await once(server.stdout, 'data')) as [Buffer]
    const url = said.toString().trim()
    const push = await seconds(async () => {
      for (const part of pushes(events)) {
        const headers = { 'content-type': 'application/json' }
        await (await fetch(`${url}/push`, { method: 'POST', headers, body: JSON.stringify({ events: part }) })).json()
      }
    })
    const pull = await seconds(async () => {
      for (let after: number | null = 0; after !== null; ) {
        const reply = (await (await fetch(`${url}/pull?after=${after}&limit=${PAGE}`)).json()) as { seq: number | null }
        after = reply.seq
      }
    })
    return { push, pull }
  } finally {
    server.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}
