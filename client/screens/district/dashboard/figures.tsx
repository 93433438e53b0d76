import { Link } from 'wouter'
import type { BehindQuery, TotalsCell } from '../../../../shared/api/totals.ts'
import type { Figure } from '../../../ui/Figures.tsx'
import type { Words } from '../../../words/index.ts'
import { behindHref } from './links.ts'
import { ada, dollars, hours, perDay } from './money.ts'

/** The totals above everything: each that is counted leads to what stands behind it. */
export function totalsFigures(words: Words, all: TotalsCell, site: string, mayRates: boolean): readonly Figure[] {
  const w = words.dashboard
  const number = words.format.number
  const link = (figure: BehindQuery['figure']) => <Link href={behindHref(figure, site)}>{number(all[figure])}</Link>
  return [
    { label: w.figures.students, value: link('students'), note: w.notes.served(all.enrolled) },
    { label: w.figures.sessions, value: link('sessions'), note: w.notes.sessions(hours(words, all.minutes)) },
    { label: w.figures.earned, value: link('earned'), note: w.notes.earned(all.pending), attention: all.pending > 0 },
    { label: w.figures.claimed, value: link('claimed'), note: w.notes.claimed(all.remaining) },
    { label: w.figures.banked, value: link('banked'), note: w.notes.banked },
    { label: w.figures.lost, value: link('lost'), note: w.notes.lost, attention: all.lost > 0 },
    { label: w.figures.ada, value: <Link href={behindHref('ada', site)}>{ada(words, all.ada)}</Link>, note: w.notes.ada },
    {
      label: w.figures.money,
      value: all.cents === null ? dollars(words, null) : <Link href={behindHref('money', site)}>{dollars(words, all.cents)}</Link>,
      note: all.cents === null ? w.notes.noRates : w.notes.money,
      isLong: true,
    },
    {
      label: w.figures.cost,
      value: mayRates ? <Link href="/rates">{dollars(words, all.cost)}</Link> : dollars(words, all.cost),
      isLong: true,
      note: all.cost === null ? w.notes.noCost : w.notes.cost(perDay(words, all.cost, all.claimed)),
    },
  ]
}
