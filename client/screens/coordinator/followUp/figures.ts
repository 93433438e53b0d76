import type { SchoolDate } from '../../../../shared/time.ts'
import type { Figure } from '../../../ui/Figures.tsx'
import type { Words } from '../../../words/index.ts'
import type { Case } from './cases.ts'
import { isLate } from './cases.ts'
import { attending, type Standing } from './standing.ts'

/** What stands above the list: how the school's students come, and how many need somebody. */
export function figuresOf(
  words: Words,
  rows: readonly Standing[],
  cases: ReadonlyMap<string, Case>,
  today: SchoolDate,
  most: number,
  missedInRow: number,
): readonly Figure[] {
  const w = words.followUp.figures
  const number = words.format.number
  const all = attending(rows)
  const stopped = rows.filter((row) => row.attention.includes('stopped')).length
  const near = rows.filter((row) => row.attention.includes('nearCap') || row.attention.includes('atCap')).length
  const open = [...cases.values()].filter((one) => one.open)
  const late = open.filter((one) => isLate(one, today)).length
  return [
    { label: w.enrolled, value: number(all.enrolled), note: w.enrolledNote },
    { label: w.attending, value: number(all.attending), note: w.attendingNote(all.enrolled - all.attending) },
    { label: w.rate, value: words.format.percent(all.came, all.planned), note: w.rateNote },
    { label: w.stopped, value: number(stopped), note: w.stoppedNote(missedInRow), attention: stopped > 0 },
    { label: w.near, value: number(near), note: w.nearNote(most), attention: near > 0 },
    { label: w.open, value: number(open.length), note: w.openNote(late), attention: late > 0 },
  ]
}
