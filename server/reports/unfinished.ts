/** What is not signed yet and would earn: a report made today leaves it out, and says so. */
export interface Unfinished {
  /** Sessions that somebody came to and that carry no signature for what they hold. */
  readonly sessions: number
  /** Days that those would give once signed. */
  readonly pendingDays: number
}
