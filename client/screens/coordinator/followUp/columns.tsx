import { Link } from 'wouter'
import type { Attention } from '../../../../shared/report/attention.ts'
import { ATTENTION } from '../../../../shared/report/attention.ts'
import type { SchoolDate } from '../../../../shared/time.ts'
import { Button } from '../../../ui/Button.tsx'
import { Pips } from '../../../ui/Pips.tsx'
import { StatusPill } from '../../../ui/StatusPill.tsx'
import type { Column } from '../../../ui/Table.tsx'
import type { Tone } from '../../../ui/tone.ts'
import type { Words } from '../../../words/index.ts'
import tools from '../../desk/Tools.module.css'
import type { Case } from './cases.ts'
import { isLate } from './cases.ts'
import type { Standing } from './standing.ts'

export const TONE: Readonly<Record<Attention, Tone>> = {
  stopped: 'stop',
  atCap: 'warn',
  outOfAbsences: 'calm',
  nearCap: 'warn',
  newlyEligible: 'accent',
}

export interface RowsWith {
  readonly words: Words
  readonly cases: ReadonlyMap<string, Case>
  readonly today: SchoolDate
  readonly most: number
  readonly chosen: ReadonlySet<string>
  readonly choose: (student: string) => void
  readonly open: (row: Standing) => void
}

/** The columns of the follow-up list. */
export function columnsOf({ words, cases, today, most, chosen, choose, open }: RowsWith): readonly Column<Standing>[] {
  const w = words.followUp
  const number = words.format.number
  const name = (row: Standing): string => `${row.first} ${row.last}`
  const worst = (row: Standing): number => (row.attention[0] ? ATTENTION.indexOf(row.attention[0]) : ATTENTION.length)
  return [
    {
      id: 'student',
      head: w.columns.student,
      by: (row) => `${row.last} ${row.first}`,
      cell: (row) => (
        <span className={tools.pick}>
          <input
            type="checkbox"
            checked={chosen.has(row.student)}
            onChange={() => choose(row.student)}
            aria-label={words.desk.select(name(row))}
          />
          <Link className={`${tools.name} ${tools.short}`} href={`/student/${row.student}`} title={`${row.last}, ${row.first}`}>
            {row.last}, {row.first}
          </Link>
        </span>
      ),
    },
    {
      id: 'state',
      head: w.columns.state,
      by: worst,
      cell: (row) => (
        <span className={tools.pills}>
          {row.attention.map((kind) => (
            <StatusPill key={kind} tone={TONE[kind]}>
              {w.kinds[kind]}
            </StatusPill>
          ))}
        </span>
      ),
    },
    {
      id: 'followUp',
      head: w.columns.followUp,
      by: (row) => (cases.get(row.student)?.open ? 0 : 1),
      cell: (row) => (
        <span className={tools.pick}>
          <Button look="quiet" aria-label={w.followOn(name(row))} onClick={() => open(row)}>
            {w.follow}
          </Button>
          <CaseCell one={cases.get(row.student)} words={words} today={today} />
        </span>
      ),
    },
    {
      id: 'came',
      head: w.columns.came,
      numbers: true,
      by: (row) => (row.coming.planned === 0 ? null : row.coming.came / row.coming.planned),
      cell: (row) =>
        row.coming.planned === 0
          ? '–'
          : w.cameOf(row.coming.came, row.coming.planned, words.format.percent(row.coming.came, row.coming.planned)),
    },
    {
      id: 'last',
      head: w.columns.last,
      by: (row) => row.coming.lastCame,
      cell: (row) => (row.coming.lastCame ? words.format.date(row.coming.lastCame) : w.never),
    },
    { id: 'absences', head: w.columns.absences, numbers: true, by: (row) => row.absences, cell: (row) => number(row.absences) },
    {
      id: 'recovered',
      head: w.columns.recovered,
      numbers: true,
      by: (row) => row.recovered,
      cell: (row) => w.ofMost(row.recovered, Math.min(most, Math.max(row.recovered, row.absences))),
    },
    {
      id: 'next',
      head: w.columns.next,
      by: (row) => row.toNextDay,
      cell: (row) =>
        row.toNextDay === null ? (
          <span className="quiet">{w.nothingLeft}</span>
        ) : (
          <Pips done={row.hours} of={row.hoursOfDay} label={w.toNext(words.format.duration(row.toNextDay))} />
        ),
    },
    {
      id: 'section',
      head: w.columns.section,
      by: (row) => row.sections[0]?.name ?? '',
      cell: (row) => (
        <span className={`${tools.short} ${tools.school}`} title={row.sections.map(({ name: each }) => each).join(', ')}>
          {row.sections.map(({ name: each }) => each).join(', ') || '–'}
        </span>
      ),
    },
  ]
}

function CaseCell({ one, words, today }: { readonly one: Case | undefined; readonly words: Words; readonly today: SchoolDate }) {
  const w = words.followUp
  if (!one) return null
  if (one.outcome) return <span className="quiet">{w.outcomes[one.outcome]}</span>
  if (!one.open) return null
  const late = isLate(one, today)
  const what = one.to ? w.waits(one.to.name) : w.noted
  return (
    <StatusPill tone={late ? 'stop' : 'accent'}>
      {what}
      {one.due && ` ${w.due(words.format.date(one.due))}`}
    </StatusPill>
  )
}
