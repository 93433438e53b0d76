/** The work of reports in a thread of its own, begun when it is first asked for. */
import { Worker } from 'node:worker_threads'
import type { Instant } from '../../shared/time.ts'
import type { GatherFault } from './packet/gatherPacket.ts'
import type { MadePacket } from './packet/makePacket.ts'
import { CalledOff, type ReportWork, type Watch } from './work.ts'

type Question = Exclude<keyof ReportWork, 'packet' | 'close'>
/** `now` goes with every question: the thread has no clock of its own. */
export type ToThread =
  | { readonly kind: 'ask'; readonly id: number; readonly now: Instant; readonly question: Question; readonly given: readonly unknown[] }
  | { readonly kind: 'packet'; readonly id: number; readonly now: Instant; readonly given: readonly unknown[] }
  | { readonly kind: 'stop'; readonly id: number }
export type FromThread =
  | { readonly kind: 'done'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string; readonly calledOff: boolean }
  | { readonly kind: 'progress'; readonly id: number; readonly step: 'gathering' | 'writing'; readonly done: number; readonly of: number }

interface Waiting {
  resolve(value: unknown): void
  reject(error: Error): void
  readonly watch: Watch | undefined
}

/** @param data the data folder, which the thread opens for itself */
export function openReportThread(data: string, now: () => Instant): ReportWork {
  const waiting = new Map<number, Waiting>()
  let last = 0
  let worker: Worker | undefined

  function fail(message: string): void {
    worker = undefined
    for (const { reject } of waiting.values()) reject(new Error(message))
    waiting.clear()
  }

  function hear(said: FromThread): void {
    const one = waiting.get(said.id)
    if (said.kind === 'progress') return one?.watch?.progress(said.step, said.done, said.of)
    waiting.delete(said.id)
    if (said.kind === 'done') one?.resolve(said.value)
    else one?.reject(said.calledOff ? new CalledOff() : new Error(said.message))
  }

  function thread(): Worker {
    if (worker) return worker
    const made = new Worker(new URL('./thread.ts', import.meta.url), {
      workerData: { data },
      // What a report makes is mostly kept until it is written: a large room for what is new would be copied over and over, and stay.
      resourceLimits: { maxYoungGenerationSizeMb: 6 },
    })
    made.unref()
    made.on('message', hear)
    made.on('error', (error) => fail(`The thread of reports failed: ${String(error)}`))
    made.on('exit', () => worker === made && fail('The thread of reports ended'))
    worker = made
    return made
  }

  /** An answer is the question's own: both sides are made of the same interface. */
  const ask = <T>(message: (id: number) => ToThread, watch?: Watch): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const id = ++last
      waiting.set(id, { resolve: resolve as (value: unknown) => void, reject, watch })
      watch?.signal.addEventListener('abort', () => {
        if (!waiting.delete(id)) return
        reject(new CalledOff())
        worker?.postMessage({ kind: 'stop', id } satisfies ToThread)
      })
      thread().postMessage(message(id))
    })
  const question =
    <Q extends Question>(name: Q) =>
    (...given: Parameters<ReportWork[Q]>) =>
      ask<Awaited<ReturnType<ReportWork[Q]>>>((id) => ({ kind: 'ask', id, now: now(), question: name, given }))

  return {
    look: question('look'),
    checklist: question('checklist'),
    sign: question('sign'),
    padc: question('padc'),
    students: question('students'),
    stas: question('stas'),
    writeBack: question('writeBack'),
    takeFile: question('takeFile'),
    reconcile: question('reconcile'),
    classPage: question('classPage'),
    roster: question('roster'),
    rosterFile: question('rosterFile'),
    previewPolicy: question('previewPolicy'),
    keepTotals: question('keepTotals'),
    packet: (subject, by, paths, watch) =>
      ask<MadePacket | GatherFault>((id) => ({ kind: 'packet', id, now: now(), given: [subject, by, paths] }), watch),
    close() {
      const ending = worker
      worker = undefined
      void ending?.terminate()
    },
  }
}
