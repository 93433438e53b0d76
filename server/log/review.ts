/** A coordinator's decision on an event that was set aside: taken into the log after all, or left out for good. Both stay on record. */
import type { EventOf } from '../../shared/events.ts'
import { readEvent } from '../../shared/events.ts'
import type { Append } from './append.ts'
import { type EventFacts, factsOf } from './eventFacts.ts'
import type { Db } from './openDatabase.ts'
import { isDistrictWide, openStanding } from './standing.ts'

/** Reasons a person may overrule. An id or a number taken twice, or a thing that is no event, cannot become one by decision. */
const OVERRULED: ReadonlySet<string> = new Set(['outsideSite', 'unknownActor', 'otherDevice', 'chainBroken'])
const REVIEWERS: ReadonlySet<string> = new Set(['coordinator', 'district', 'data', 'administrator'])

interface Row {
  readonly id: number
  readonly site: string | null
  readonly actor: string | null
  readonly hash: string
  readonly reason: string
  readonly received_at: number
  readonly receipt: string
  readonly body: string
}

export type Review = (decided: EventOf<'ReviewDecided'>, append: Append, next: () => number) => void

/**
 * Carries a decision out. One by somebody whose role does not include it, about another site than the decision is made for, or that takes
 * in what the same person recorded, stays in the log without effect.
 */
export function openReview(db: Db): Review {
  const standing = openStanding(db)
  const waiting = db.prepare<[string], Row>('SELECT * FROM quarantine WHERE event = ? AND decision IS NULL ORDER BY id')
  const settle = db.prepare('UPDATE quarantine SET decision = ? WHERE id = ?')
  const isTaken = db.prepare('SELECT 1 FROM event WHERE id = ? OR (device = ? AND device_seq = ?)')
  const siteExists = db.prepare("SELECT 1 FROM record WHERE kind = 'site' AND id = ?")
  const sessionSite = db.prepare<[string], string>('SELECT site FROM session WHERE id = ?').pluck()

  function isAtHome({ site, session }: EventFacts): boolean {
    return siteExists.get(site) !== undefined && (session === undefined || (sessionSite.get(session) ?? site) === site)
  }

  function take(row: Row, append: Append, next: () => number): boolean {
    const read = readEvent(JSON.parse(row.body))
    if (read.kind === 'malformed' || !OVERRULED.has(row.reason)) return false
    const { event } = read
    const facts = factsOf(event)
    if (isTaken.get(event.id, event.device, event.deviceSeq) || !isAtHome(facts)) return false
    append({ event, hash: row.hash, text: row.body, receivedAt: row.received_at, receipt: row.receipt }, next())
    return true
  }

  return (decided, append, next) => {
    const { role, mayAct } = standing(decided.actor)?.(decided.recordedAt) ?? { role: null, mayAct: false }
    const reviewer = role ?? ''
    if (!mayAct || !REVIEWERS.has(reviewer)) return
    for (const row of waiting.all(decided.event)) {
      // What names no school is shown to those who see every school, and is theirs to decide.
      if (row.site === null ? !isDistrictWide(reviewer) : row.site !== decided.site) continue
      if (decided.decision === 'accept' && row.actor === decided.actor) continue
      if (decided.decision === 'refuse' || take(row, append, next)) settle.run(decided.decision, row.id)
    }
  }
}
