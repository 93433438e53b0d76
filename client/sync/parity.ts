/**
 * Both sides compute every student's totals by the same rules from what they hold at one cursor, and compare. Equal or not, it is said:
 * "totals match the district", or exactly whose differ. (S10)
 */
import type { TotalsProof } from '../../shared/api/sync.ts'
import type { Judgement, Ledger } from '../../shared/attendance/ledger.ts'
import type { StudentId } from '../../shared/ids.ts'
import { as } from '../../shared/ids.ts'
import { totalsDigest } from '../../shared/sync/digest.ts'
import { RULES_VERSION } from '../../shared/rules/version.ts'
import type { Instant } from '../../shared/time.ts'
import type { Parity } from '../log/rows.ts'

export interface ParityDeps {
  readonly ledger: () => Ledger
  readonly proof: TotalsProof
  /** How many own events the district does not have yet, now: with them the two sides do not hold the same. */
  readonly unsent: () => number
  readonly now: () => Instant
  readonly breathe: () => Promise<void>
}

/** Few enough that a tap never waits for them. */
const AT_ONCE = 5

/** A judgement is the same object until something touches its student, so a digest is worked out once. */
const digests = new WeakMap<Judgement, string>()

function digestOf(totals: Judgement): string {
  const known = digests.get(totals)
  if (known !== undefined) return known
  const digest = totalsDigest(totals)
  digests.set(totals, digest)
  return digest
}

export async function compareTotals({ ledger, proof, unsent, now, breathe }: ParityDeps): Promise<Parity> {
  if (proof.rules !== RULES_VERSION) return { kind: 'provisional', at: now(), why: 'rules' }
  if (unsent() > 0) return { kind: 'provisional', at: now(), why: 'unsent' }
  const differ: StudentId[] = []
  let judged = 0
  for (const [student, digest] of Object.entries(proof.students)) {
    const totals = ledger().judge(as(student), proof.asOf)
    if (!digests.has(totals) && ++judged % AT_ONCE === 0) await breathe()
    if (digestOf(totals) !== digest) differ.push(as(student))
  }
  // Somebody may have tapped meanwhile: what differs is then what the district cannot know yet.
  if (differ.length > 0 && unsent() > 0) return { kind: 'provisional', at: now(), why: 'unsent' }
  return differ.length === 0
    ? { kind: 'match', at: now(), asOf: proof.asOf }
    : { kind: 'differ', at: now(), asOf: proof.asOf, students: differ }
}
