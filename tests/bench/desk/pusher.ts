/** A tablet that goes on recording while the desk has its long work done: five taps at a time, one push after the other. */
import { setTimeout } from 'node:timers/promises'
import { v7 } from 'uuid'
import { as, type SessionId, type StudentId } from '../../../shared/ids.ts'
import { HOUR, instant, schoolDateOf } from '../../../shared/time.ts'
import type { Device } from '../../support/device.ts'
import type { Running } from '../../support/process.ts'
import { type Line, quantile } from '../line.ts'

export interface Desk {
  readonly server: Running
  readonly device: Device
}

const PAUSE_MS = 40

/** Begins to push; `stop` ends it and says how long one push of a hundred took. */
export async function pusher({ device }: Desk): Promise<{ stop(what: string): Promise<Line> }> {
  const now = instant(Date.now())
  const session = as<SessionId>(v7())
  const on = schoolDateOf(now, 'America/Los_Angeles')
  const window = { from: now, until: instant(now + HOUR) }
  await device.push([
    device.record({ type: 'SessionStarted', at: now, session, section: null, on, window, breaks: [], room: '', title: 'Measured' }),
  ])
  const took: number[] = []
  let goesOn = true
  async function push(): Promise<void> {
    while (goesOn) {
      const students = Array.from({ length: 5 }, (_, i) => as<StudentId>(`site-000-${(took.length * 5 + i) % 400}`))
      const events = students.map((student) => device.record({ type: 'StudentCheckedIn', at: instant(Date.now()), session, student }))
      const from = performance.now()
      await device.push(events)
      took.push(performance.now() - from)
      await setTimeout(PAUSE_MS)
    }
  }
  const pushing = push()
  return {
    async stop(what) {
      goesOn = false
      await pushing
      return { what: `push of 5 taps ${what}, p99 of ${took.length}`, value: quantile(took, 0.99), unit: 'ms', most: { value: 500 } }
    },
  }
}
