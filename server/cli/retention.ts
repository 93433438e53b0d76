/** `recoup retention`: whose names are beyond the time the law asks for, and taking them out. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { schoolDateOf } from '../../shared/time.ts'
import type { Context } from '../context.ts'
import { erase } from '../log/erase.ts'
import { LEAST_YEARS, openRetention, retentionEdge } from '../log/retention.ts'
import { type Io, Stop } from './io.ts'

export interface RetentionOptions {
  readonly years: string
  readonly apply?: boolean
  readonly name?: string
  readonly reason?: string
}

/** Prints what lies beyond the rule; with `--apply`, a name and a reason, takes it out and says where the log says so. */
export function retention({ config, log, receiptKey, store, totals }: Context, options: RetentionOptions, io: Io): void {
  const zone = store.get('district', 'district')?.body.zone ?? 'UTC'
  const edge = retentionEdge(schoolDateOf(log.sources.now(), zone), Number(options.years))
  if (edge === undefined)
    throw new Stop(`${options.years} years is shorter than the law asks for: give whole years, ${LEAST_YEARS} at the least.`)
  const { students, events, papers, held } = openRetention(log)(edge, zone)
  if (!options.apply) {
    for (const { id, name } of students) io.stdout.write(`${id}\t${name}\n`)
    io.stdout.write(`${students.length} students without a trace since ${edge}, and ${events.length} notes and walk-ins from before it.\n`)
    if (papers > 0) io.stdout.write(`${papers} papers are older too. They stay: take their files away by hand when nobody needs them.\n`)
    if (held > 0) io.stdout.write(`${held} more are held: "recoup hold" says by whom, and why.\n`)
    io.stdout.write('Nothing was changed. To take the names out: recoup retention --apply --name NAME --reason REASON\n')
    return
  }
  const [name, reason] = [options.name?.trim() ?? '', options.reason?.trim() ?? '']
  if (name === '' || reason === '') throw new Stop('Say who decided it and why: --name NAME --reason REASON. Both stay in the log.')
  const done = erase(log, receiptKey, store, { edge, zone, name, reason })
  if (done === 'doesNotHold')
    throw new Stop('The log does not hold: "recoup verify" says what. Put that right first, with a backup if need be. Nothing was erased.')
  if (!done) {
    io.stdout.write(`Nobody's name lies beyond ${edge}. Nothing was changed.\n`)
    return
  }
  // Sums beside the log hold names too; they are made again without.
  totals.close()
  rmSync(join(config.data, 'totals'), { recursive: true, force: true })
  io.stdout.write(
    `The names of ${done.students} students are gone, the words of ${done.entries} entries with them. The log says so at number ${done.seq}.\n`,
  )
  io.stdout.write('Start the server again. Backups from before still hold the names, until newer ones have taken their place.\n')
}
