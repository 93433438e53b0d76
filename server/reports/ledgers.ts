/** Totals on the server: a ledger for each scope asked for, fed by the very pages its devices get. */
import type { TotalsProof } from '../../shared/api/sync.ts'
import { type Judgement, type Ledger, openLedger } from '../../shared/attendance/ledger.ts'
import { as, type StudentId } from '../../shared/ids.ts'
import { RULES_VERSION } from '../../shared/rules/version.ts'
import { proofOf, totalsDigest } from '../../shared/sync/digest.ts'
import { dayNumber, type Instant, type SchoolDate, schoolDateOf } from '../../shared/time.ts'
import { type Deliver, type Page, type Scope, scopeName } from '../log/deliver.ts'
import type { Log } from '../log/log.ts'
import { keptEvent } from '../log/studentLedger.ts'

/** How much is read at once; all of it in one transaction. */
const PAGE = 1_000
/** Scopes kept in memory; the one asked for longest ago goes first, and can be made again from the log. */
const MOST_SCOPES = 40

export interface Ledgers {
  /** The scope's ledger as of the newest sequence. Call within a read transaction to relate it to a page. */
  of(scope: Scope): Ledger
  /** Takes in a page that was told after a sequence, where it is the next one of the scope's ledger: nobody need read it again. */
  follow(scope: Scope, after: number, page: Page): void
  /** The digests of the totals of the scope's students, for a device to compare with its own. (S10) */
  proof(scope: Scope, asOf: SchoolDate): TotalsProof
}

interface Kept {
  ledger: Ledger
  seq: number
  proof: (TotalsProof & { readonly seq: number }) | undefined
}

/** The date a device asks for, unless its clock is off by days: then today, and the proof says so. */
function nearToday(asOf: SchoolDate, now: Instant): SchoolDate {
  const today = schoolDateOf(now, 'UTC')
  return Math.abs(dayNumber(asOf) - dayNumber(today)) <= 1 ? asOf : today
}

export function openLedgers(log: Log, deliver: Deliver): Ledgers {
  const scopes = new Map<string, Kept>()
  const digests = new WeakMap<Judgement, string>()
  const everyone = log.db.prepare<[], { student: string }>("SELECT id AS student FROM record WHERE kind = 'student' ORDER BY id")
  const ofSites = log.db.prepare<[string], { student: string }>(
    'SELECT DISTINCT student FROM student_site WHERE site IN (SELECT value FROM json_each(?)) ORDER BY student',
  )

  function keptOf(scope: Scope): Kept {
    const name = scopeName(scope)
    const kept: Kept = scopes.get(name) ?? { ledger: openLedger(), seq: 0, proof: undefined }
    scopes.delete(name)
    scopes.set(name, kept)
    if (scopes.size > MOST_SCOPES) scopes.delete(scopes.keys().next().value ?? '')
    return kept
  }

  function take(kept: Kept, { records, events, seq }: Page): void {
    for (const record of records) kept.ledger.putRecord(record)
    kept.ledger.putEvents(
      events
        .read()
        .map(({ event }) => keptEvent(event))
        .filter((event) => event !== undefined),
    )
    kept.seq = seq
  }

  const isForgetting = ({ forget }: Page): boolean => forget.students.length + forget.sessions.length > 0

  function caughtUp(scope: Scope): Kept {
    const kept = keptOf(scope)
    let isAnew = kept.seq === 0
    for (let more = kept.seq < log.head(); more; ) {
      const page = deliver(scope, kept.seq, PAGE)
      // A ledger cannot forget: somebody left, and it is made again of what is told from the beginning, where there is nobody to forget.
      if (!isAnew && isForgetting(page)) {
        Object.assign(kept, { ledger: openLedger(), seq: 0, proof: undefined })
        isAnew = true
        continue
      }
      take(kept, page)
      more = page.more
    }
    return kept
  }

  function digestOf(judgement: Judgement): string {
    const digest = digests.get(judgement) ?? totalsDigest(judgement)
    digests.set(judgement, digest)
    return digest
  }

  return {
    follow(scope, after, page) {
      const kept = keptOf(scope)
      // What is forgotten at the very beginning was never told; later on the ledger is to be made again, in one reading.
      if (kept.seq === after && (after === 0 || !isForgetting(page))) take(kept, page)
    },
    of: (scope) => log.read(() => caughtUp(scope).ledger),
    proof(scope, wanted) {
      const asOf = nearToday(wanted, log.sources.now())
      return log.read(() => {
        const kept = caughtUp(scope)
        if (kept.proof?.seq === kept.seq && kept.proof.asOf === asOf) return kept.proof
        const rows = scope === 'all' ? everyone.all() : ofSites.all(JSON.stringify(scope))
        const students = new Map(rows.map(({ student }) => [student, digestOf(kept.ledger.judge(as<StudentId>(student), asOf))]))
        kept.proof = { asOf, rules: RULES_VERSION, digest: proofOf(students), students: Object.fromEntries(students), seq: kept.seq }
        return kept.proof
      })
    },
  }
}
