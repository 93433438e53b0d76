/**
 * Both sides compute every student's totals by the same rules from what they hold at one cursor, and compare. Equal or not, it is said:
 * "totals match the district", or exactly whose differ. (S10)
 */
import type { TotalsProof } from '../../shared/api.ts'
import type { Ledger } from '../../shared/attendance/ledger.ts'
import type { StudentId } from '../../shared/ids.ts'
import { as } from '../../shared/ids.ts'
import { totalsDigest } from '../../shared/sync/digest.ts'
import { RULES_VERSION } from '../../shared/rules/version.ts'
import type { Instant } from '../../shared/time.ts'
import type { Parity } from '../log/rows.ts'

export interface ParityDeps {
  readonly ledger: () => Ledger
  readonly proof: TotalsProof
  /** How many own events the district does not have yet: with them the two sides do not hold the same. */
  readonly unsent: number
  readonly now: () => Instant
  readonly breathe: () => Promise<void>
}

const AT_ONCE = 40

export async function compareTotals({ ledger, proof, unsent, now, breathe }: ParityDeps): Promise<Parity> {
  if (proof.rules !== RULES_VERSION) return { kind: 'provisional', at: now(), why: 'rules' }
  if (unsent > 0) return { kind: 'provisional', at: now(), why: 'unsent' }
  const differ: StudentId[] = []
  let done = 0
  for (const [student, digest] of Object.entries(proof.students)) {
    if (++done % AT_ONCE === 0) await breathe()
    if (totalsDigest(ledger().judge(as(student), proof.asOf)) !== digest) differ.push(as(student))
  }
  return differ.length === 0
    ? { kind: 'match', at: now(), asOf: proof.asOf }
    : { kind: 'differ', at: now(), asOf: proof.asOf, students: differ }
}
