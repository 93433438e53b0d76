/** Folds and judges made-up histories and names everything that came out by one hash. Runs in Node and in a browser, and asks neither for anything. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { type Ledger, openLedger } from '../../shared/attendance/ledger.ts'
import { canonical } from '../../shared/sync/chain.ts'
import { type History, makeHistory } from './histories.ts'

export interface Judged {
  /** SHA-256 over every total, explanation, credit and warning of all histories. */
  readonly digest: string
  readonly earnedDays: number
  /** By word, how many students' totals carried it: a history that never breaks anything would prove nothing. */
  readonly flags: Readonly<Record<string, number>>
}

/** @param from the first seed
 *  @param count how many histories, one a seed */
function judgeHistories(from: number, count: number): Judged {
  const hash = sha256.create()
  const flags: Record<string, number> = {}
  let earnedDays = 0
  for (let seed = from; seed < from + count; seed++) {
    const history = makeHistory(seed)
    const ledger = openLedger()
    for (const record of history.records) ledger.putRecord(record)
    ledger.putEvents(history.events)
    hash.update(utf8ToBytes(canonical(everything(ledger, history))))
    for (const student of history.students) {
      const totals = ledger.judge(student, history.asOf[1])
      earnedDays += totals.earnedDays
      for (const flag of totals.flags) flags[flag] = (flags[flag] ?? 0) + 1
    }
  }
  return { digest: bytesToHex(hash.digest()), earnedDays, flags }
}

const everything = (ledger: Ledger, { students, asOf }: History): unknown =>
  students.map((student) => [
    asOf.map((on) => [ledger.judge(student, on), ledger.explain(student, on)]),
    ledger
      .sessionsOf(student)
      .map(({ id, digest, certification, supervision }) => [
        [id, digest, certification, supervision],
        ledger.sessionCredit(id, student),
        ledger.sessionWarnings(id),
      ]),
  ])

const CHUNK = 1_000

/** In pieces, so that a difference can be found.
 *  @param count how many histories, one a seed from 1 on */
export function judgeChunks(count: number): Judged[] {
  const judged: Judged[] = []
  for (let from = 1; from <= count; from += CHUNK) judged.push(judgeHistories(from, Math.min(CHUNK, count - from + 1)))
  return judged
}
