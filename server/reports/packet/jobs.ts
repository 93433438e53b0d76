/** Packets in the making: one at a time, in turns, with progress; each can be called off. */
import type { PacketSubject } from '../../../shared/report/packet.ts'
import type { Context } from '../../context.ts'
import { openPace, type Pace } from '../pace.ts'
import type { Reports } from '../reports.ts'
import { gatherPacket, type GatherFault } from './gatherPacket.ts'
import { packetPdf } from './packetPdf.ts'

export type JobState = 'waiting' | 'gathering' | 'writing' | 'done' | 'cancelled' | 'failed' | GatherFault['fault']
export interface Job {
  readonly id: string
  readonly subject: PacketSubject
  readonly owner: string
  readonly at: number
  state: JobState
  done: number
  of: number
  json: string | undefined
  pdf: Buffer | undefined
}

export interface PacketJobs {
  start(subject: PacketSubject, owner: string, name: string): Job
  get(id: string): Job | undefined
  /** Newest first. */
  list(): readonly Job[]
  cancel(id: string): void
}

/** Finished packets that are kept, in memory: they can be made again. */
const MOST_KEPT = 8

class CalledOff extends Error {}

export function openPacketJobs(context: Context, reports: Reports): PacketJobs {
  const { sources } = context.log
  const jobs = new Map<string, Job>()
  let last: Promise<unknown> = Promise.resolve()

  async function work(job: Job, name: string): Promise<void> {
    const turn = openPace(sources.now)
    const pace: Pace = async () => {
      if (job.state === 'cancelled') throw new CalledOff()
      await turn()
    }
    const progress = (done: number, of: number): void => void Object.assign(job, { done, of })
    await pace()
    job.state = 'gathering'
    const packet = await gatherPacket(context, job.subject, name, reports.today(), pace, progress)
    if ('fault' in packet) {
      job.state = packet.fault
      return
    }
    await pace()
    job.state = 'writing'
    const pdf = await packetPdf(packet, pace, progress)
    await pace()
    Object.assign(job, { pdf, json: JSON.stringify(packet), state: 'done' satisfies JobState })
  }

  return {
    start(subject, owner, name) {
      const job: Job = {
        id: sources.newId(),
        subject,
        owner,
        at: sources.now(),
        state: 'waiting',
        done: 0,
        of: 0,
        json: undefined,
        pdf: undefined,
      }
      jobs.set(job.id, job)
      for (const old of [...jobs.values()]
        .filter(({ state }) => state !== 'waiting' && state !== 'gathering' && state !== 'writing')
        .slice(0, -MOST_KEPT))
        jobs.delete(old.id)
      last = last
        .then(() => work(job, name))
        .catch((error: unknown) => {
          if (job.state !== 'cancelled') job.state = 'failed'
          if (!(error instanceof CalledOff)) throw error
        })
        .catch((error: unknown) => void process.stderr.write(`An audit packet failed: ${String(error)}\n`))
      return job
    },
    get: (id) => jobs.get(id),
    list: () => [...jobs.values()].reverse(),
    cancel(id) {
      const job = jobs.get(id)
      if (job && (job.state === 'waiting' || job.state === 'gathering' || job.state === 'writing')) job.state = 'cancelled'
    },
  }
}
