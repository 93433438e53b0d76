/** A device without a screen: signs in, chains its events and speaks to a real server over HTTP, as the app does. */
import { v7 } from 'uuid'
import type { AttendanceEvent, EventType } from '../../shared/events.ts'
import type { SignedIn } from '../../shared/api/people.ts'
import type { PullReply, PushReply, PushResult, ReceiptBody } from '../../shared/api/sync.ts'
import type { EventId, SiteId } from '../../shared/ids.ts'
import { eventHash } from '../../shared/sync/chain.ts'
import type { Instant, SchoolDate } from '../../shared/time.ts'
import { REPORT } from './report.ts'

/** What a test has to say of an event; the device adds who, where and its place in the chain. */
export type Told = { [T in EventType]: Omit<Extract<AttendanceEvent, { type: T }>, keyof Envelope> & { type: T; at: Instant } }[EventType]
type Envelope = Pick<AttendanceEvent, 'id' | 'v' | 'device' | 'deviceSeq' | 'prev' | 'actor' | 'site' | 'at' | 'recordedAt' | 'clock'>

export interface Device {
  readonly signedIn: SignedIn
  /** Makes an event the next of this device's chain. */
  record(told: Told): AttendanceEvent
  /** Makes what another device recorded the next of this device's chain: same id, same fact, told by this person. */
  adopt(event: AttendanceEvent): AttendanceEvent
  /** Offers events, at most 500; gives what became of each. */
  push(events: readonly AttendanceEvent[]): Promise<PushResult[]>
  /** Reads everything from the beginning, page by page. */
  pull(limit: number, asOf: SchoolDate): Promise<{ records: number; events: number }>
  /** Any route of the server, as this device's person. */
  ask<T>(method: string, path: string, body?: unknown): Promise<T>
}

/** Signs in at `url` as a new device. */
export async function openDevice(url: string, username: string, password: string): Promise<Device> {
  const cookies = new Map<string, string>()
  async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(url + path, {
      method,
      headers: {
        origin: url,
        cookie: [...cookies].map((pair) => pair.join('=')).join('; '),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]?.split('=') ?? []
      cookies.set(name, value)
    }
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return JSON.parse(text) as T
  }

  const signedIn = await ask<SignedIn>('POST', '/api/sign-in', { username, password, deviceName: 'Scripted device' })
  let deviceSeq = 0
  let prev = ''
  function adopt(event: AttendanceEvent): AttendanceEvent {
    const own = { ...event, device: signedIn.device.id, deviceSeq: ++deviceSeq, prev, actor: signedIn.me.staff }
    prev = eventHash(own)
    return own
  }
  return {
    signedIn,
    ask,
    adopt,
    record: (told) =>
      adopt({
        ...told,
        id: v7() as EventId,
        v: 1,
        site: signedIn.me.sites[0] as SiteId,
        recordedAt: told.at,
        clock: { offset: 0, age: 0 },
      } as AttendanceEvent),
    async push(events) {
      const reply = await ask<PushReply>('POST', '/api/sync/push', { protocol: 1, events, report: REPORT })
      return (JSON.parse(reply.receipt.body) as ReceiptBody).results
    },
    async pull(limit, asOf) {
      const sum = { records: 0, events: 0 }
      let cursor: PullReply['cursor'] | null = null
      for (let more = true; more; ) {
        const page: PullReply = await ask<PullReply>('POST', '/api/sync/pull', { protocol: 1, cursor, asOf, limit })
        sum.records += page.records.length
        sum.events += page.events.length
        cursor = page.cursor
        more = page.more
      }
      return sum
    },
  }
}
