/** Packets in the making: one at a time; each can be called off. What was made is kept for some days, also through a restart. */
import { createReadStream, mkdirSync, readdirSync, type ReadStream, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { PACKET_STATES } from '../../../shared/api/packets.ts'
import type { PacketSubject } from '../../../shared/report/packet.ts'
import { DAY } from '../../../shared/time.ts'
import type { Log } from '../../log/log.ts'
import { CalledOff, type ReportWork } from '../work.ts'

type JobState = (typeof PACKET_STATES)[number]
export interface Job {
  readonly id: string
  readonly subject: PacketSubject
  /** Staff id and name of who asked. */
  readonly owner: string
  readonly name: string
  readonly at: number
  readonly stop: AbortController
  state: JobState
  done: number
  of: number
}

export interface PacketJobs {
  start(subject: PacketSubject, owner: string, name: string): Job
  get(id: string): Job | undefined
  /** Newest first. */
  list(): readonly Job[]
  cancel(id: string): void
  /** The file of a packet that is done. */
  file(job: Job, format: 'json' | 'pdf'): ReadStream
  /** The server stops: what is under way is begun again when it starts. */
  close(): void
}

/** A packet names students: it is kept no longer than it takes to hand it over, and can be made again. */
const KEPT_DAYS = 7
const MOST_KEPT = 20

const isUnderWay = ({ state }: Pick<Job, 'state'>): boolean => state === 'waiting' || state === 'gathering' || state === 'writing'

interface Row {
  readonly id: string
  readonly owner: string
  readonly name: string
  readonly subject: string
  readonly at: number
  readonly state: JobState
}

/** @param data the data folder; the files lie in its `packets` */
export function openPacketJobs(work: ReportWork, { db, sources }: Pick<Log, 'db' | 'sources'>, data: string): PacketJobs {
  const folder = join(data, 'packets')
  const rows = db.prepare<[], Row>('SELECT * FROM packet_job ORDER BY at, id')
  const put = db.prepare('INSERT OR REPLACE INTO packet_job (id, owner, name, subject, at, state) VALUES (?, ?, ?, ?, ?, ?)')
  const drop = db.prepare('DELETE FROM packet_job WHERE id = ?')
  const jobs = new Map<string, Job>()
  let last: Promise<unknown> = Promise.resolve()
  let closed = false

  const pathOf = (id: string, format: 'json' | 'pdf'): string => join(folder, `${id}.${format}`)
  const keep = ({ id, owner, name, subject, at, state }: Job): void =>
    void put.run(id, owner, name, JSON.stringify(subject), at, isUnderWay({ state }) ? 'waiting' : state)

  function forgetOld(): void {
    const over = [...jobs.values()].filter((job) => !isUnderWay(job))
    const old = over.filter(({ at }, i) => i < over.length - MOST_KEPT || sources.now() - at > KEPT_DAYS * DAY)
    for (const { id } of old) {
      jobs.delete(id)
      drop.run(id)
      for (const format of ['json', 'pdf'] as const) rmSync(pathOf(id, format), { force: true })
    }
  }

  function settle(job: Job, state: JobState): void {
    if (closed) return
    job.state = state
    keep(job)
  }

  async function make(job: Job): Promise<void> {
    if (closed || !isUnderWay(job)) return
    job.state = 'gathering'
    const progress = (step: 'gathering' | 'writing', done: number, of: number): void => {
      if (isUnderWay(job)) Object.assign(job, { state: step, done, of })
    }
    const paths = { json: pathOf(job.id, 'json'), pdf: pathOf(job.id, 'pdf') }
    const made = await work.packet(job.subject, job.name, paths, { progress, signal: job.stop.signal })
    if (closed || !isUnderWay(job)) return
    settle(job, 'fault' in made ? made.fault : 'done')
  }

  function begin(job: Job): void {
    jobs.set(job.id, job)
    last = last
      .then(() => make(job))
      .catch((error: unknown) => {
        if (closed || error instanceof CalledOff || job.state === 'cancelled') return
        settle(job, 'failed')
        process.stderr.write(`An audit packet failed: ${String(error)}\n`)
      })
  }

  function cancel(id: string): void {
    const job = jobs.get(id)
    if (!job || !isUnderWay(job)) return
    settle(job, 'cancelled')
    job.stop.abort()
  }

  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // A server that was stopped leaves what was half written.
  for (const name of readdirSync(folder)) if (name.endsWith('.part')) rmSync(join(folder, name))
  for (const { subject, ...row } of rows.all()) {
    // A subject was validated when it was asked for.
    const job: Job = { ...row, subject: JSON.parse(subject) as PacketSubject, stop: new AbortController(), done: 0, of: 0 }
    if (isUnderWay(job)) begin(job)
    else jobs.set(job.id, job)
  }
  forgetOld()

  return {
    start(subject, owner, name) {
      forgetOld()
      const at = sources.now()
      const job: Job = { id: sources.newId(), subject, owner, name, at, stop: new AbortController(), state: 'waiting', done: 0, of: 0 }
      keep(job)
      begin(job)
      return job
    },
    get: (id) => jobs.get(id),
    list() {
      forgetOld()
      return [...jobs.values()].reverse()
    },
    cancel,
    file: (job, format) => createReadStream(pathOf(job.id, format)),
    close() {
      closed = true
      for (const { stop } of jobs.values()) stop.abort()
    },
  }
}
