/** Ways to falsify a log for somebody who has the database but not the key; each is tried and taken back. */
import type { Checkpoint } from '../../shared/evidence/checkpoint.ts'
import type { Finding, Tools } from '../../shared/evidence/judge.ts'
import type { Log } from '../../server/log/log.ts'
import type { Db } from '../../server/log/openDatabase.ts'
import { isSigned } from '../../server/log/receipts.ts'
import { openServerChain, sha256 } from '../../server/log/serverChain.ts'
import { verifyLog } from '../../server/log/verify.ts'
import type { Random } from './random.ts'

export interface Tampering {
  readonly name: string
  run(db: Db): void
}

interface EventRow {
  readonly seq: number
  readonly id: string
  readonly body: string
}
const TRIGGERS = ['event_never_changes', 'event_never_goes', 'chain_never_changes', 'chain_never_goes', 'receipt_never_changes']
const MORE_TRIGGERS = ['record_version_never_changes', 'receipt_never_goes', 'record_version_never_goes']

/** Takes away what keeps a log from being changed: whoever holds the file can. */
export function withoutTriggers(db: Db): void {
  for (const name of [...TRIGGERS, ...MORE_TRIGGERS]) db.exec(`DROP TRIGGER IF EXISTS ${name}`)
}

/** One text, signature and key have one answer: a hundred thousand verifications of nearly the same log look it up. */
const checked = new Map<string, boolean>()
const TOOLS: Tools = {
  sha256,
  isSigned(text, signature, key) {
    const asked = `${key} ${signature} ${text}`
    const held = checked.get(asked) ?? isSigned(text, signature, key)
    checked.set(asked, held)
    if (checked.size > 20_000) checked.clear()
    return held
  },
}

/** What a verification says of a log without triggers after a tampering, which is then undone. */
export function afterTampering(
  log: Pick<Log, 'db' | 'sources'>,
  key: string,
  tampering: Tampering,
  kept: readonly Checkpoint[],
): readonly Finding[] {
  const { db } = log
  db.exec('BEGIN')
  try {
    tampering.run(db)
    return verifyLog(log, key, kept, TOOLS).findings
  } finally {
    db.exec('ROLLBACK')
  }
}

const run = (db: Db, sql: string, ...values: unknown[]): void => void db.prepare(sql).run(...values)
const eventsOf = (db: Db): EventRow[] => db.prepare<[], EventRow>('SELECT seq, id, body FROM event ORDER BY seq').all()

/** One byte of a text changed into another that keeps it text. */
function changed(text: string, at: number, to: number): string {
  const bytes = Buffer.from(text, 'utf8')
  bytes[at] = bytes[at] === to ? to + 1 : to
  return bytes.toString('latin1')
}

/** One byte of each event's text, or (`all`) every byte of every one. */
export function* alteredBytes(db: Db, chance: Random, all: boolean): Generator<Tampering> {
  for (const { seq, body } of eventsOf(db)) {
    const length = Buffer.byteLength(body)
    for (const at of all ? Array.from({ length }, (_, i) => i) : [chance.below(length)]) {
      const text = changed(body, at, 33 + chance.below(90))
      yield { name: `byte ${at} of ${seq}`, run: (db) => run(db, 'UPDATE event SET body = ? WHERE seq = ?', text, seq) }
      if (all && at % 10 !== 0) continue
      yield { name: `byte ${at} of ${seq}, and its hash`, run: (db) => rewrite(db, seq, text) }
    }
  }
}

/** The text with its hash, every link after it and the checkpoints of the server itself. */
function rewrite(db: Db, seq: number, text: string): void {
  run(db, 'UPDATE event SET body = ?, hash = ? WHERE seq = ?', text, sha256(text), seq)
  relink(db, seq)
}

/** Every link from a place on, as somebody without the key can write them. */
export function relink(db: Db, from: number): void {
  const rows = db.prepare<[number], { seq: number; hash: string; at: number; receipt: string }>(
    'SELECT seq, hash, received_at AS at, receipt FROM event WHERE seq >= ? ORDER BY seq',
  )
  const records = db.prepare<[number], { seq: number; at: number; kind: string; id: string; ended: number; body: string }>(
    'SELECT seq, at, kind, id, ended, body FROM record_version WHERE seq >= ? ORDER BY seq',
  )
  run(db, 'DELETE FROM chain WHERE seq >= ?', from)
  run(db, 'DELETE FROM checkpoint')
  const chain = openServerChain(db)
  const entries = [
    ...rows.all(from).map((row) => () => chain.add({ ...row, kind: 'event' })),
    ...records.all(from).map((row) => () => chain.addRecord(row.seq, row.at, { ...row, ended: row.ended === 1 })),
  ]
  const seqs = [...rows.all(from), ...records.all(from)].map(({ seq }) => seq)
  for (const [, add] of entries.map((add, i) => [seqs[i] ?? 0, add] as const).sort(([a], [b]) => a - b)) add()
}

/** Every event taken out: alone, with its link, and with everything after it moved up. */
export function* deletions(db: Db): Generator<Tampering> {
  for (const { seq } of eventsOf(db)) {
    yield { name: `without ${seq}`, run: (db) => run(db, 'DELETE FROM event WHERE seq = ?', seq) }
    yield {
      name: `without ${seq} and its link`,
      run(db) {
        run(db, 'DELETE FROM event WHERE seq = ?', seq)
        run(db, 'DELETE FROM chain WHERE seq = ?', seq)
      },
    }
    yield {
      name: `without ${seq}, the rest moved up and linked anew`,
      run(db) {
        run(db, 'DELETE FROM event WHERE seq = ?', seq)
        for (const table of ['event', 'record_version']) {
          run(db, `UPDATE ${table} SET seq = -seq WHERE seq > ?`, seq)
          run(db, `UPDATE ${table} SET seq = -seq - 1 WHERE seq < 0`)
        }
        run(db, 'UPDATE record SET seq = seq - 1 WHERE seq > ?', seq)
        run(db, 'UPDATE head SET seq = seq - 1')
        relink(db, seq)
      },
    }
  }
}

/** Each event in the place of the next, and of one far off. */
export function* swaps(db: Db, chance: Random): Generator<Tampering> {
  const events = eventsOf(db)
  for (const [i, { seq }] of events.entries()) {
    for (const other of [events[i + 1], chance.pick(events)]) {
      if (!other || other.seq === seq) continue
      yield {
        name: `${seq} and ${other.seq} changed places`,
        run(db) {
          run(db, 'UPDATE event SET seq = -1 WHERE seq = ?', seq)
          run(db, 'UPDATE event SET seq = ? WHERE seq = ?', seq, other.seq)
          run(db, 'UPDATE event SET seq = ? WHERE seq = -1', other.seq)
        },
      }
    }
  }
}

/** After each event one that nobody sent: the same again under another id, at the end, with and without links. */
export function* insertions(db: Db): Generator<Tampering> {
  const head = Number(db.prepare('SELECT seq FROM head').pluck().get())
  const copy = `INSERT INTO event SELECT ?, ?, site, session, device, ? + device_seq, prev, hash, received_at, receipt, body FROM event WHERE seq = ?`
  for (const { seq } of eventsOf(db)) {
    yield { name: `${seq} again at the end`, run: (db) => run(db, copy, head + 1, 'invented', 10_000, seq) }
    yield {
      name: `${seq} again at the end, linked`,
      run(db) {
        run(db, copy, head + 1, 'invented', 10_000, seq)
        run(db, 'UPDATE head SET seq = ?', head + 1)
        relink(db, head + 1)
      },
    }
  }
}

/** The log cut after each of its entries, its head and its own checkpoints with it. */
export function* truncations(db: Db): Generator<Tampering> {
  const head = Number(db.prepare('SELECT seq FROM head').pluck().get())
  for (let seq = 0; seq < head; seq++) {
    yield {
      name: `cut after ${seq}`,
      run(db) {
        for (const table of ['event', 'chain', 'record_version', 'checkpoint']) run(db, `DELETE FROM ${table} WHERE seq > ?`, seq)
        run(db, 'DELETE FROM record WHERE seq > ?', seq)
        run(db, 'UPDATE head SET seq = ?', seq)
      },
    }
  }
}

/** What stands beside the events: columns, records, receipts, what was set aside. */
export function* others(db: Db): Generator<Tampering> {
  const seq = eventsOf(db)[3]?.seq
  for (const column of ['id', 'site', 'session', 'device', 'device_seq', 'prev', 'hash', 'received_at', 'receipt']) {
    const value = ['device_seq', 'received_at'].includes(column) ? 999_999 : 'other'
    yield { name: `another ${column}`, run: (db) => run(db, `UPDATE event SET ${column} = ? WHERE seq = ?`, value, seq) }
  }
  for (const column of ['kind', 'id', 'at', 'body']) {
    yield {
      name: `a record with another ${column}`,
      run: (db) => run(db, `UPDATE record_version SET ${column} = ? WHERE seq = 7`, column === 'at' ? 5 : '{"last":"Other"}'),
    }
  }
  yield { name: 'a record that ended', run: (db) => run(db, 'UPDATE record_version SET ended = 1 WHERE seq = 7') }
  yield { name: 'an old record in use', run: (db) => run(db, "UPDATE record SET seq = 5 WHERE kind = 'student' AND id = 'student-1'") }
  yield { name: 'a receipt gone', run: (db) => run(db, 'DELETE FROM receipt WHERE id = (SELECT receipt FROM event WHERE seq = ?)', seq) }
  yield {
    name: 'receipts of another server',
    run: (db) => run(db, 'UPDATE receipt SET signature = ?', Buffer.alloc(64).toString('base64')),
  }
  yield* withSetAside()
  yield { name: 'a later head', run: (db) => run(db, 'UPDATE head SET seq = seq + 1') }
}

/** What was set aside: another thing, gone, for another reason, of somebody else, settled without a decision, with its receipt gone. */
function* withSetAside(): Generator<Tampering> {
  yield { name: 'another thing set aside', run: (db) => run(db, "UPDATE quarantine SET body = '{}' WHERE id = 1") }
  yield { name: 'one thing set aside gone', run: (db) => run(db, 'DELETE FROM quarantine WHERE id = 2') }
  yield { name: 'all that was set aside gone', run: (db) => run(db, 'DELETE FROM quarantine') }
  const sets: readonly (readonly [string, string, string])[] = [
    ['another reason', "reason = 'outsideSite'", "reason <> 'outsideSite'"],
    ['somebody else', "actor = 'marsh'", "actor <> 'marsh'"],
    ['another school', "site = 'oak'", "site <> 'oak'"],
    ['another event', "event = 'other'", 'event IS NOT NULL'],
    ['another device', "device = 'other'", 'true'],
    ['taken by nobody', "decision = 'accept'", 'decision IS NULL AND hash NOT IN (SELECT hash FROM event)'],
    ['refused by nobody', "decision = 'refuse'", 'event IS NULL'],
    ['recorded again by nobody', "decision = 'again'", 'event IS NULL'],
  ]
  for (const [name, set, where] of sets)
    yield {
      name: `set aside: ${name}`,
      run: (db) => run(db, `UPDATE quarantine SET ${set} WHERE id = (SELECT min(id) FROM quarantine WHERE ${where})`),
    }
}
