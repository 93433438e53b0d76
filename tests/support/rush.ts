/** A district with nothing but what pushes need, and tablets that are enrolled without a password: for many of them at once. */
import { hash } from 'node:crypto'
import http from 'node:http'
import { v7 } from 'uuid'
import { readConfig } from '../../server/config.ts'
import { openForCommand } from '../../server/main.ts'
import { DEVICE_COOKIE } from '../../server/plugins/guard.ts'
import type { RegistryChange } from '../../server/registry/store.ts'
import type { AttendanceEvent } from '../../shared/events.ts'
import { as, type EventId, type SessionId, type SiteId, type StaffId, type StudentId } from '../../shared/ids.ts'
import { canonical, ordered } from '../../shared/sync/chain.ts'
import { instant, type LocalTime, MINUTE, type SchoolDate } from '../../shared/time.ts'
import type { Told } from './device.ts'

/** Wednesday 2 September 2026, 15:00 in Los Angeles. */
const FIRST = Date.UTC(2026, 8, 2, 22)
const DAY = 86_400_000
const SINCE = '2026-08-17' as SchoolDate
const STUDENTS = 40

export interface Tablet {
  readonly device: string
  readonly staff: StaffId
  readonly site: SiteId
  readonly cookie: string
}

/** Fills an empty data folder: `schools` of forty students, and `tablets` spread over them. No server may run on it yet. */
export async function prepareRush(data: string, tablets: number, schools = 1): Promise<Tablet[]> {
  const config = readConfig({ RECOUP_DATA: data })
  if ('fault' in config) throw new Error(config.fault)
  const context = openForCommand(config)
  try {
    context.store.apply([
      { kind: 'district', id: 'district', ended: false, body: { name: 'Rush', zone: 'America/Los_Angeles', lea: null, sample: false } },
      ...Array.from({ length: schools }, (_, i) => school(i)).flat(),
    ])
    for (let i = 0; i < schools; i++) await context.accounts.create(`teacher-${i}`, `teacher-${i}`, 'teacher', 'a long enough password')
    return Array.from({ length: tablets }, (_, i) => {
      const staff = as<StaffId>(`teacher-${i % schools}`)
      const { device, token } = context.sessions.enrol(`Tablet ${i}`, staff)
      return { device: device.id, staff, site: as<SiteId>(`site-${i % schools}`), cookie: `${DEVICE_COOKIE}=${token}` }
    })
  } finally {
    context.close()
  }
}

function school(n: number): RegistryChange[] {
  const site = as<SiteId>(`site-${n}`)
  const staff = as<StaffId>(`teacher-${n}`)
  const hours = { from: '08:15' as LocalTime, until: '14:30' as LocalTime }
  const years = [{ first: SINCE, last: '2027-06-04' as SchoolDate, day: hours, noSchool: [] }]
  return [
    {
      kind: 'site',
      id: site,
      ended: false,
      body: { id: site, name: `School ${n}`, code: site, cds: null, type: 'regular', zone: 'America/Los_Angeles', years },
    },
    {
      kind: 'staff',
      id: staff,
      ended: false,
      body: { id: staff, name: `Teacher ${n}`, email: '', sites: [site], title: '', certificated: true, employee: true },
    },
    ...Array.from({ length: STUDENTS }, (_, i) => pupilAt(site, as<StudentId>(studentId(site, i)))).flat(),
  ]
}

const studentId = (site: string, i: number): string => `student-${site}-${i % STUDENTS}`

function pupilAt(site: SiteId, id: StudentId): RegistryChange[] {
  const names = { localId: id, ssid: null, first: 'First', last: `Last ${id}` }
  return [
    { kind: 'student', id, ended: false, body: { id, ...names, iepMinutes: null, setting: 'classroom', independentStudy: [] } },
    { kind: 'enrollment', id: `${id}-e`, ended: false, body: { id: `${id}-e`, student: id, site, grade: '05', from: SINCE, until: null } },
  ]
}

/** What a tablet records, chained from its first event on: sessions of twenty students, one a day. Every call goes on where the last ended. */
export function recorder({ device, staff, site }: Tablet): (count: number) => AttendanceEvent[] {
  let deviceSeq = 0
  let prev = ''
  const waiting: Told[] = []
  let sessions = 0
  function next(): AttendanceEvent {
    if (waiting.length === 0) waiting.push(...oneSession(site, sessions++))
    const told = waiting.shift() as Told
    const event = ordered({
      ...told,
      id: v7() as EventId,
      v: 1,
      device,
      deviceSeq: ++deviceSeq,
      prev,
      actor: staff,
      site,
      recordedAt: told.at,
      clock: { offset: 0, age: 0 },
    } as AttendanceEvent)
    prev = hash('sha256', canonical(event))
    return event
  }
  return (count) => Array.from({ length: count }, next)
}

function oneSession(site: string, n: number): Told[] {
  const session = v7() as SessionId
  const from = instant(FIRST + (n % 60) * DAY)
  const until = instant(from + 120 * MINUTE)
  const on = new Date(FIRST + (n % 60) * DAY - 8 * 3_600_000).toISOString().slice(0, 10) as SchoolDate
  const students = Array.from({ length: 20 }, (_, i) => studentId(site, n * 20 + i) as StudentId)
  const at = (i: number, minutes: number) => instant(from + (minutes + (i % 5)) * MINUTE)
  return [
    { type: 'SessionStarted', session, section: null, on, window: { from, until }, breaks: [], room: '12', title: 'Study hall', at: from },
    ...students.map((student, i): Told => ({ type: 'StudentCheckedIn', session, student, at: at(i, 0) })),
    ...students.map((student, i): Told => ({ type: 'StudentCheckedOut', session, student, at: at(i, 110) })),
    { type: 'SessionEnded', session, at: until },
  ]
}

export interface Wire {
  /** Asks; gives status and parsed reply. Rejects when there was no whole reply. */
  ask(
    method: string,
    path: string,
    body?: unknown,
    cookie?: string,
  ): Promise<{ status: number; headers: http.IncomingHttpHeaders; body: unknown }>
  close(): void
}

/** HTTP over connections that stay open, with nothing between: what a bench may take for free. */
export function openWire(url: string): Wire {
  const { hostname, port } = new URL(url)
  const agent = new http.Agent({ keepAlive: true })
  return {
    ask: (method, path, body, cookie = '') =>
      new Promise((resolve, reject) => {
        const text = body === undefined ? undefined : JSON.stringify(body)
        const headers = {
          cookie,
          ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
        }
        const request = http.request({ hostname, port, method, path, agent, headers }, (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('error', reject)
          response.on('end', () => {
            if (!response.complete) return reject(new Error('The reply was cut'))
            const reply = Buffer.concat(chunks).toString()
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: reply === '' ? undefined : JSON.parse(reply) })
          })
        })
        request.on('error', reject)
        request.end(text)
      }),
    close: () => agent.destroy(),
  }
}
