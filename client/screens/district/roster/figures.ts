import type { RosterPageReply } from '../../../../shared/api/totals.ts'
import type { Figure } from '../../../ui/Figures.tsx'
import type { Words } from '../../../words/index.ts'

/** What stands above the merged roster: the sums of those who are shown. */
export function rosterFigures(words: Words, page: Extract<RosterPageReply, { ready: true }>): readonly Figure[] {
  const w = words.district.roster.figures
  const number = words.format.number
  const { sums } = page
  return [
    { label: w.students, value: number(page.took), note: w.ofAll(page.of) },
    { label: w.claimable, value: number(sums.claimable), note: w.claimableNote },
    { label: w.pending, value: number(sums.pending), note: w.pendingNote, attention: sums.pending > 0 },
    { label: w.banked, value: number(sums.banked), note: w.bankedNote },
    { label: w.beyondCap, value: number(sums.beyond), note: w.beyondCapNote, attention: sums.beyond > 0 },
  ]
}
