/** What the merged roster says of a student in one line, and who is shown. Pure, so that it can be read in a test. */
import type { RosterRow } from '../../../shared/api/desk.ts'
import { needsAttention, tookPart, waitingFlag } from '../../../shared/report/needs.ts'
import { finds } from '../../../shared/finding.ts'
import type { Tone } from '../../ui/tone.ts'
import type { Words } from '../../words/index.ts'

/** The most urgent thing to say: what blocks a claim first, then what waits, then how far it is. */
export function stateOf(words: Words, row: RosterRow): { readonly tone: Tone; readonly text: string } {
  const w = words.district.roster
  const flag = waitingFlag(row)
  if (row.ssid === null && row.earnedDays + row.pendingDays > 0) return { tone: 'stop', text: w.noSsid }
  if (flag) return { tone: 'stop', text: words.district.flags[flag] }
  if (row.stillThere) return { tone: 'accent', text: words.student.stillThere }
  if (row.pendingDays > 0) return { tone: 'warn', text: w.pendingState(row.pendingDays) }
  if (row.heldBy === 'yearlyMost' || row.flags.includes('capReached')) return { tone: 'warn', text: w.capState }
  if (row.bankedDays > 0) return { tone: 'accent', text: w.bankedState }
  if (row.flags.includes('capNear')) return { tone: 'warn', text: w.daysLeft(row.remainingDays) }
  return tookPart(row) ? { tone: 'good', text: w.onTrack } : { tone: 'calm', text: w.notYet }
}

export interface RosterFilter {
  readonly find: string
  readonly site: string
  readonly grade: string
  readonly attention: boolean
  readonly started: boolean
}

export const isShown = (row: RosterRow, filter: RosterFilter): boolean =>
  (filter.site === '' || row.site === filter.site) &&
  (filter.grade === '' || row.grade === filter.grade) &&
  (!filter.attention || needsAttention(row)) &&
  (!filter.started || tookPart(row)) &&
  (filter.find.trim() === '' || finds(`${row.last} ${row.first} ${row.localId} ${row.ssid ?? ''}`, filter.find.trim()))

type Count = 'eligibleAbsences' | 'earnedDays' | 'pendingDays' | 'claimableDays' | 'bankedDays' | 'beyondCapDays' | 'remainingDays'

export const sumOf = (rows: readonly RosterRow[], count: Count): number => rows.reduce((sum, row) => sum + row[count], 0)
