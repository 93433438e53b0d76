/** Packets in the making: one at a time; each can be called off. */
import type { PacketSubject } from '../../../shared/report/packet.ts'
import type { Sources } from '../../log/log.ts'
import { CalledOff, type ReportWork } from '../work.ts'
import type { GatherFault } from './gatherPacket.ts'

type JobState = 'waiting' | 'gathering' | 'writing' | 'done' | 'cancelled' | 'failed' | GatherFault['fault']
export interface Job {
  readonly id: string
  readonly subject: PacketSubject
  readonly owner: string
  readonly at: number
  readonly stop: AbortController
  state: JobState
  done: number
  of: number
  json: Uint8Array | undefined
  pdf: Uint8Array | undefined
}

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

const isUnderWay = ({ state }: Job): boolean => state === 'waiting' || state === 'gathering' || state === 'writing'

export function openPacketJobs(work: ReportWork, { newId, now }: Pick<Sources, 'newId' | 'now'>): PacketJobs {
  const jobs = new Map<string, Job>()
  let last: Promise<unknown> = Promise.resolve()

  async function make(job: Job, name: string): Promise<void> {
    if (!isUnderWay(job)) return
    job.state = 'gathering'
    const progress = (step: 'gathering' | 'writing', done: number, of: number): void => {
      if (isUnderWay(job)) Object.assign(job, { state: step, done, of })
    }
    const made = await work.packet(job.subject, name, { progress, signal: job.stop.signal })
    if (!isUnderWay(job)) return
    if ('fault' in made) job.state = made.fault
    else Object.assign(job, { ...made, state: 'done' })
  }

  function cancel(id: string): void {
    const job = jobs.get(id)
    if (!job || !isUnderWay(job)) return
    job.state = 'cancelled'
    job.stop.abort()
  }

  return {
    start(subject, owner, name) {
      const id = newId()
      const stop = new AbortController()
      const job: Job = { id, subject, owner, at: now(), stop, state: 'waiting', done: 0, of: 0, json: undefined, pdf: undefined }
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
