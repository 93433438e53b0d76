/** `recoup hold`: what must not be erased, by whose word, and until when. */
import type { Context } from '../context.ts'
import { openHolds } from '../log/holds.ts'
import { type Io, Stop } from './io.ts'
import { studentOf } from './studentOf.ts'

export interface HoldOptions {
  readonly student?: string
  readonly all?: boolean
  readonly release?: string
  readonly name?: string
  readonly reason?: string
}

/** Lists the holds; with a student or `--all` writes one, with `--release` ends one. */
export function hold({ log, store }: Context, options: HoldOptions, io: Io): void {
  const holds = openHolds(log)
  const { all, release, student } = options
  if (student === undefined && all !== true && release === undefined) {
    for (const one of holds.all()) {
      const ended =
        one.releasedAt === null ? 'held' : `released ${day(one.releasedAt)} by ${one.releasedBy ?? ''}: ${one.releasedWhy ?? ''}`
      io.stdout.write(`${one.id}\t${one.student ?? 'everybody'}\t${day(one.at)}\t${one.name}: ${one.reason}\t${ended}\n`)
    }
    return
  }
  const [name, reason] = [options.name?.trim() ?? '', options.reason?.trim() ?? '']
  if (name === '' || reason === '') throw new Stop('Say who asks for it and why: --name NAME --reason REASON. Both are kept.')
  if (release !== undefined) {
    if (!holds.release(Number(release), name, reason))
      throw new Stop(`There is no hold ${release}, or it was released. "recoup hold" shows those there are.`)
    io.stdout.write(`Hold ${release} is released. What is beyond its time may be erased again.\n`)
    return
  }
  const whose = student === undefined ? undefined : studentOf(store, student)
  const id = holds.put(whose ?? null, name, reason)
  io.stdout.write(`Hold ${id}: nothing of ${whose ?? 'anybody'} is erased until it is released.\n`)
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10)
