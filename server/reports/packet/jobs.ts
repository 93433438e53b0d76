/** Packets in the making: one at a time; gathered in turns, sealed and written by a thread of their own; each can be called off. */
import { Worker } from 'node:worker_threads'
import type { Packet, PacketSubject } from '../../../shared/report/packet.ts'
import type { Context } from '../../context.ts'
import { openPace, type Pace } from '../pace.ts'
import type { Reports } from '../reports.ts'
import { gatherFacts, type GatherFault } from './gatherPacket.ts'

export type JobState = 'waiting' | 'gathering' | 'writing' | 'done' | 'cancelled' | 'failed' | GatherFault['fault']
export interface Job {
  readonly id: string
  readonly subject: PacketSubject
  readonly owner: string
  readonly at: number
  state: JobState
  done: number
  of: number
  json: Buffer | undefined
  pdf: Buffer | undefined
}

/** What the thread is given, and what it says. */
export interface ToThread {
  readonly data: string
  readonly packet: Packet
}
export type FromThread =
  | { readonly kind: 'progress'; readonly done: number; readonly of: number }
  | { readonly kind: 'done'; readonly json: Uint8Array; readonly pdf: Uint8Array }

export interface PacketJobs {
  start(subject: PacketSubject, owner: string, name: string): Job
  get(id: string): Job | undefined
  /** Newest first. */
  list(): readonly Job[]
  cancel(id: string): void
  /** Calls everything off: the server stops. */
  close(): void
}

/** Finished packets that are kept, in memory: they can be made again. */
const MOST_KEPT = 8

class CalledOff extends Error {}

const isUnderWay = ({ state }: Job): boolean => state === 'waiting' || state === 'gathering' || state === 'writing'

export function openPacketJobs(context: Context, reports: Reports): PacketJobs {
  const { sources } = context.log
  const jobs = new Map<string, Job>()
  let last: Promise<unknown> = Promise.resolve()
  let thread: { readonly job: string; readonly worker: Worker } | undefined

  async function make(job: Job, name: string): Promise<void> {
    const turn = openPace(sources.now)
    const pace: Pace = async () => {
      if (!isUnderWay(job)) throw new CalledOff()
      await turn()
    }
    await pace()
    job.state = 'gathering'
    const packet = await gatherFacts(context, job.subject, name, reports.today(), pace, (done, of) => void Object.assign(job, { done, of }))
    if ('fault' in packet) {
      job.state = packet.fault
      return
    }
    await pace()
    Object.assign(job, { state: 'writing', done: 0, of: 0 })
    await inThread(job, { data: context.config.data, packet })
  }

  function inThread(job: Job, given: ToThread): Promise<void> {
    const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: given })
    thread = { job: job.id, worker }
    return new Promise<void>((resolve, reject) => {
      worker.on('message', (said: FromThread) => {
        if (said.kind === 'progress') Object.assign(job, { done: said.done, of: said.of })
        else if (isUnderWay(job)) Object.assign(job, { json: Buffer.from(said.json), pdf: Buffer.from(said.pdf), state: 'done' })
      })
      worker.on('error', reject)
      worker.on('exit', () => (isUnderWay(job) ? reject(new Error('its thread ended')) : resolve()))
    }).finally(() => (thread = undefined))
  }

  function cancel(id: string): void {
    const job = jobs.get(id)
    if (!job || !isUnderWay(job)) return
    job.state = 'cancelled'
    if (thread?.job === id) void thread.worker.terminate()
  }

  return {
    start(subject, owner, name) {
      const id = sources.newId()
      const job: Job = { id, subject, owner, at: sources.now(), state: 'waiting', done: 0, of: 0, json: undefined, pdf: undefined }
      jobs.set(id, job)
      for (const old of [...jobs.values()].filter((each) => !isUnderWay(each)).slice(0, -MOST_KEPT)) jobs.delete(old.id)
      last = last
        .then(() => make(job, name))
        .catch((error: unknown) => {
          if (error instanceof CalledOff || job.state === 'cancelled') return
          job.state = 'failed'
          process.stderr.write(`An audit packet failed: ${String(error)}\n`)
        })
      return job
    },
    get: (id) => jobs.get(id),
    list: () => [...jobs.values()].reverse(),
    cancel,
    close: () => [...jobs.keys()].forEach(cancel),
  }
}
