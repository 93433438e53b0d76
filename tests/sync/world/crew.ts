/** Histories on every core: threads that each take the next handful of seeds, or the next planted bug. */
import { setFlagsFromString } from 'node:v8'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { PLANTED } from '../planted.ts'
import { type Outcome, play } from './history.ts'

/** What a thread is asked: seeds to play, or until one of them finds a planted bug. */
export interface Asked {
  readonly from: number
  readonly until: number
  readonly steps: number | undefined
  /** Place of a bug in `PLANTED`. */
  readonly bug: number | undefined
}
export interface Told {
  readonly asked: Asked
  readonly played: number
  readonly events: number
  /** Of every history, in the order of the seeds. */
  readonly hashes: readonly string[]
  /** The first that broke a promise. */
  readonly broken: Outcome | undefined
}

async function work({ asked }: { readonly asked: Asked }): Promise<Told> {
  const hashes: string[] = []
  let events = 0
  for (let seed = asked.from; seed < asked.until; seed++) {
    const planted = asked.bug === undefined ? undefined : PLANTED[asked.bug]?.plant()
    const outcome = await play(seed, asked.steps, planted)
    events += outcome.events
    hashes.push(outcome.hash)
    if (outcome.broken) return { asked, played: hashes.length, events, hashes, broken: outcome }
  }
  return { asked, played: hashes.length, events, hashes, broken: undefined }
}

/** Has threads work through a list, in order; gives each answer as it comes. Ends early when `heard` says so. */
export async function crew(threads: number, list: readonly Asked[], heard: (told: Told) => boolean): Promise<void> {
  const left = list.values()
  // Each thread tidies up after itself: the cores are taken by the other threads. Room from the first history on.
  for (const flag of ['--single-threaded-gc', '--min-semi-space-size=32', '--max-semi-space-size=32']) setFlagsFromString(flag)
  const workers = Array.from({ length: Math.min(threads, list.length) }, () => {
    // Short lives fill the young generation: the larger it is, the less is looked at.
    return new Worker(new URL(import.meta.url), { resourceLimits: { maxYoungGenerationSizeMb: 96 } })
  })
  let isOver = false
  try {
    await Promise.all(
      workers.map(
        (worker) =>
          new Promise<void>((resolve, reject) => {
            const next = (): void => {
              const { value, done } = left.next()
              if (done || isOver) resolve()
              else worker.postMessage({ asked: value })
            }
            worker.on('error', reject)
            worker.on('message', (told: Told) => {
              if (heard(told)) isOver = true
              next()
            })
            next()
          }),
      ),
    )
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

if (!isMainThread && parentPort) {
  const port = parentPort
  port.on('message', (asked: { readonly asked: Asked }) => {
    work(asked).then(
      (told) => port.postMessage(told),
      (error: unknown) => {
        throw error
      },
    )
  })
}
