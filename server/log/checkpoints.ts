/**
 * Checkpoints of the log: signed with the receipts' key, given to devices with every reply and brought back by them. The server keeps
 * some, so that each can be printed and compared; what holds it to its word are those that are elsewhere.
 */
import { type Checkpoint, type CheckpointBody, readCheckpoint } from '../../shared/evidence/checkpoint.ts'
import { MINUTE } from '../../shared/time.ts'
import type { Log } from './log.ts'
import { isSigned, type ReceiptKey } from './receipts.ts'
import { openServerChain } from './serverChain.ts'
import { unlessBusy } from './unlessBusy.ts'

/** The server keeps one of its own at most this often. */
const KEEP_EVERY = 10 * MINUTE
/** What a device brings back is written down when it does not fit, or when nothing was for an hour. */
const WITNESS_EVERY = 60 * MINUTE

/** Whether a checkpoint that came back fits this log. `ahead`: this log has lost what was signed for. */
export type WitnessVerdict = 'holds' | 'differs' | 'ahead' | 'otherEpoch' | 'forged'

export interface KeptCheckpoint extends Checkpoint {
  readonly seq: number
  readonly at: number
}
export interface Witness extends KeptCheckpoint {
  readonly device: string
  readonly verdict: WitnessVerdict
}

export interface Checkpoints {
  /** A signed checkpoint of the log as it is. */
  now(): Checkpoint
  /** The same; kept when none was for a while. */
  newest(): Checkpoint
  /** Weighs one that a device brought back. */
  cameBack(device: string, checkpoint: Checkpoint): WitnessVerdict
  /** Those kept, newest first; the one of the log as it is among them. */
  kept(most: number): KeptCheckpoint[]
  /** What devices brought back that does not fit. */
  against(): Witness[]
}

export function openCheckpoints(log: Log, key: ReceiptKey): Checkpoints {
  const { db, sources } = log
  const chain = openServerChain(db)
  const lastKept = db.prepare<[], { seq: number; at: number }>('SELECT seq, at FROM checkpoint ORDER BY seq DESC LIMIT 1')
  const keep = db.prepare('INSERT INTO checkpoint (seq, at, body, signature) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
  const list = db.prepare<[number], KeptCheckpoint>('SELECT seq, at, body, signature FROM checkpoint ORDER BY seq DESC LIMIT ?')
  const lastWitness = db.prepare<[string], { at: number; verdict: WitnessVerdict }>('SELECT at, verdict FROM witness WHERE device = ?')
  const putWitness = db.prepare(
    `INSERT INTO witness (device, at, verdict, body, signature) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (device) DO UPDATE SET at = excluded.at, verdict = excluded.verdict, body = excluded.body, signature = excluded.signature`,
  )
  const misfits = db.prepare<[], Omit<Witness, 'seq'>>(
    "SELECT device, at, verdict, body, signature FROM witness WHERE verdict IN ('differs', 'ahead') ORDER BY at",
  )
  let held: { readonly said: CheckpointBody; readonly checkpoint: Checkpoint } | undefined

  function sign(): { said: CheckpointBody; checkpoint: Checkpoint } {
    const seq = log.head()
    if (held && held.said.seq === seq && sources.now() - held.said.at < KEEP_EVERY) return held
    const link = chain.linkAt(seq)
    if (link === undefined) throw new Error(`The chain of the log has no link ${seq}: ask "recoup verify"`)
    const said: CheckpointBody = { kind: 'recoup-checkpoint', epoch: log.epoch, seq, link, at: sources.now() }
    const body = JSON.stringify(said)
    held = { said, checkpoint: { body, signature: key.signText(body) } }
    return held
  }

  /** Keeping is never worth a failed push: when another process writes, the next reply keeps one. */
  function keepOne(least: number): Checkpoint {
    const { said, checkpoint } = log.read(sign)
    const last = lastKept.get()
    const isNews = last === undefined || (said.seq > last.seq && said.at - last.at >= least)
    if (isNews) unlessBusy(() => log.write(() => keep.run(said.seq, said.at, checkpoint.body, checkpoint.signature)))
    return checkpoint
  }

  function weigh(checkpoint: Checkpoint): WitnessVerdict {
    const said = readCheckpoint(checkpoint, key.publicKey, isSigned)
    if (!said) return 'forged'
    if (said.epoch !== log.epoch) return 'otherEpoch'
    if (said.seq > log.head()) return 'ahead'
    return chain.linkAt(said.seq) === said.link ? 'holds' : 'differs'
  }

  return {
    now: () => sign().checkpoint,
    newest: () => keepOne(KEEP_EVERY),
    cameBack(device, checkpoint) {
      const verdict = log.read(() => weigh(checkpoint))
      const last = lastWitness.get(device)
      const at = sources.now()
      // What once did not fit stays on record: a later one that fits explains nothing.
      const isSettled = last?.verdict === 'differs' || last?.verdict === 'ahead'
      const isNews = last === undefined || last.verdict !== verdict || at - last.at >= WITNESS_EVERY
      if (!isSettled && isNews)
        unlessBusy(() => log.write(() => putWitness.run(device, at, verdict, checkpoint.body, checkpoint.signature)))
      return verdict
    },
    kept(most) {
      keepOne(0)
      return list.all(most)
    },
    against: () => misfits.all().map((row) => ({ ...row, seq: (JSON.parse(row.body) as CheckpointBody).seq })),
  }
}
