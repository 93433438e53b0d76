/** Two people for what nobody should do alone, such as opening a reporting period again: one asks and says why, another decides. */
import type { Role } from '../../shared/api/people.ts'
import type { Log } from '../log/log.ts'
import { openIndependence } from './independence.ts'
import { DAY } from '../../shared/time.ts'

/** What needs two people. */
export type ApprovalKind = 'reopenPeriod'
/** Who asks and decides. */
export const DECIDERS: readonly Role[] = ['district', 'administrator']
/** What is not decided ends after a week, and so does an approval that is not used. */
const GOOD_FOR = 7 * DAY

export interface Approval {
  readonly id: string
  readonly kind: ApprovalKind
  readonly subject: string
  readonly reason: string
  readonly askedBy: string
  readonly askedAt: number
  readonly decidedBy: string | null
  readonly decidedAt: number | null
  readonly decision: 'approve' | 'refuse' | null
  readonly usedAt: number | null
}
/** How it stands with something that was asked. */
export type ApprovalState = 'open' | 'approved' | 'refused' | 'used' | 'ended'
/** Why a decision is none. */
export type ApprovalFault = 'unknown' | 'ownRequest' | 'onePerson' | 'decided' | 'ended'

/** How it stands now, and when what is open or approved ends. */
export function standingOf(one: Approval, now: number): { readonly state: ApprovalState; readonly ends: number } {
  const ends = (one.decidedAt ?? one.askedAt) + GOOD_FOR
  if (one.usedAt !== null) return { state: 'used', ends }
  if (one.decision === 'refuse') return { state: 'refused', ends }
  if (now >= ends) return { state: 'ended', ends }
  return { state: one.decision === null ? 'open' : 'approved', ends }
}

export type Approvals = ReturnType<typeof openApprovals>

const COLUMNS = `id, kind, subject, reason, asked_by AS askedBy, asked_at AS askedAt, decided_by AS decidedBy, decided_at AS decidedAt,
  decision, used_at AS usedAt`

/** Approvals of an open log. People are staff ids. */
export function openApprovals(log: Log) {
  const { db, sources, write } = log
  const { isOne } = openIndependence(log)
  const one = db.prepare<[string], Approval>(`SELECT ${COLUMNS} FROM approval WHERE id = ?`)
  const all = db.prepare<[], Approval>(`SELECT ${COLUMNS} FROM approval ORDER BY asked_at DESC LIMIT 500`)
  const of = db.prepare<[string, string], Approval>(`SELECT ${COLUMNS} FROM approval WHERE kind = ? AND subject = ? ORDER BY asked_at DESC`)
  const put = db.prepare('INSERT INTO approval (id, kind, subject, reason, asked_by, asked_at) VALUES (?, ?, ?, ?, ?, ?)')
  const decide = db.prepare('UPDATE approval SET decided_by = ?, decided_at = ?, decision = ? WHERE id = ? AND decided_by IS NULL')
  const office = db
    .prepare<[string, number], string>(
      `SELECT staff FROM account WHERE role IN (SELECT value FROM json_each(?)) AND state = 'active' AND (until IS NULL OR until > ?)
       ORDER BY username`,
    )
    .pluck()
  const approved = db
    .prepare<[string, string, number], string>(
      "SELECT id FROM approval WHERE kind = ? AND subject = ? AND decision = 'approve' AND used_at IS NULL AND decided_at > ? ORDER BY decided_at",
    )
    .pluck()
  const use = db.prepare('UPDATE approval SET used_at = ? WHERE id = ?')
  return {
    /** Who may agree to what somebody asks. */
    mayAgree: (asker: string): string[] => office.all(JSON.stringify(DECIDERS), sources.now()).filter((one) => !isOne(asker, one)),
    all: (): Approval[] => all.all(),
    /** What was asked about one thing, newest first. */
    of: (kind: ApprovalKind, subject: string): Approval[] => of.all(kind, subject),
    /** Asks; undefined when the same is asked, or approved and not used, already. */
    ask(kind: ApprovalKind, subject: string, reason: string, by: string): Approval | undefined {
      return write(() => {
        const isHeld = of.all(kind, subject).some((held) => ['open', 'approved'].includes(standingOf(held, sources.now()).state))
        if (isHeld) return undefined
        const id = sources.newId()
        put.run(id, kind, subject, reason, by, sources.now())
        return one.get(id)
      })
    },
    /** Decides as somebody other than who asked, and agrees only as somebody whom the same sign-in cannot have made. Undefined when it is decided now. */
    decide(id: string, by: string, decision: 'approve' | 'refuse'): ApprovalFault | undefined {
      return write(() => {
        const held = one.get(id)
        if (!held) return 'unknown'
        if (held.askedBy === by) return 'ownRequest'
        if (standingOf(held, sources.now()).state === 'ended') return 'ended'
        if (decision === 'approve' && isOne(held.askedBy, by)) return 'onePerson'
        return decide.run(by, sources.now(), decision, id).changes === 1 ? undefined : 'decided'
      })
    },
    /** Uses an approval up; within the transaction that does what it is for. False when there is none. */
    use(kind: ApprovalKind, subject: string): boolean {
      const id = approved.get(kind, subject, sources.now() - GOOD_FOR)
      if (id === undefined) return false
      use.run(sources.now(), id)
      return true
    },
  }
}
