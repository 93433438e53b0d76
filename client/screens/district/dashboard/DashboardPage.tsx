import { Link, useSearchParams } from 'wouter'
import type { Part, TotalsReady } from '../../../../shared/api/totals.ts'
import { TotalsReply } from '../../../../shared/api/totals.ts'
import type { Role } from '../../../../shared/api/people.ts'
import { fiscalYearOf } from '../../../../shared/time.ts'
import { FIRST_YEAR } from '../../../../shared/report/reportedNext.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { buttonClass } from '../../../ui/Button.tsx'
import { Card, Stack } from '../../../ui/Card.tsx'
import { Bars } from '../../../ui/chart/Bars.tsx'
import { Columns } from '../../../ui/chart/Columns.tsx'
import { Select } from '../../../ui/Field.tsx'
import { Figures } from '../../../ui/Figures.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { EmptyState } from '../../../ui/States.tsx'
import { useWords } from '../../../words/index.ts'
import { Asking } from '../../desk/Asking.tsx'
import { PAGES_OF } from '../../desk/may.ts'
import { PrintButton } from '../../desk/PrintButton.tsx'
import { useTotals } from '../useTotals.ts'
import { CellTable } from './CellTable.tsx'
import { ForecastCard } from './ForecastCard.tsx'
import { totalsFigures } from './figures.tsx'
import { nameOf } from './names.ts'

const COMPARED = ['site', 'span', 'section', 'teacher'] as const
/** A picture of more bars than this is no picture. */
const MOST_BARS = 14

/** What attendance recovery brought this year: totals, trend, comparison, forecast; each figure opens to what stands behind it. */
export function DashboardPage({ role }: { readonly role: Role }) {
  const words = useWords()
  const w = words.dashboard
  const [params, setParams] = useSearchParams()
  const site = params.get('site') ?? ''
  const { asked, reload } = useTotals(TotalsReply, site === '' ? '/api/totals' : `/api/totals?site=${encodeURIComponent(site)}`)
  const whole = useTotals(TotalsReply, '/api/totals')
  const sites = whole.asked.kind === 'ok' && whole.asked.value.ready ? whole.asked.value.parts.site : []
  const set = (name: string, value: string) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        if (value === '') next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace: true },
    )
  return (
    <>
      <PageHeader
        title={w.title}
        sub={asked.kind === 'ok' && asked.value.ready ? w.sub(words.format.dateWithYear(asked.value.asOf)) : undefined}
        actions={
          <>
            {sites.length > 1 && (
              <Select
                label={w.scope}
                hideLabel
                value={site}
                onValue={(next) => set('site', next)}
                options={[
                  { value: '', label: w.whole },
                  ...sites.filter(({ key }) => key !== '-').map(({ key, name }) => ({ value: key, label: name })),
                ]}
              />
            )}
            <PrintButton />
          </>
        }
      />
      <Asking asked={asked} onRetry={reload}>
        {(totals) =>
          totals.ready ? (
            <Totals
              totals={totals}
              site={site}
              part={COMPARED.find((one) => one === params.get('by')) ?? (site === '' ? 'site' : 'section')}
              onPart={(part) => set('by', part)}
              mayPlan={PAGES_OF[role].includes('planner')}
              mayRates={PAGES_OF[role].includes('rates')}
            />
          ) : (
            <Banner live="polite">{w.working}</Banner>
          )
        }
      </Asking>
    </>
  )
}

function Totals({
  totals,
  site,
  part,
  onPart,
  mayPlan,
  mayRates,
}: {
  readonly totals: TotalsReady
  readonly site: string
  readonly part: Part
  readonly onPart: (part: string) => void
  readonly mayPlan: boolean
  readonly mayRates: boolean
}) {
  const words = useWords()
  const w = words.dashboard
  const { all, parts } = totals
  const before = fiscalYearOf(totals.asOf) - 1
  if (all.sessions === 0)
    return (
      <EmptyState
        title={w.emptyTitle}
        action={
          <>
            <Link className={buttonClass({ look: 'primary' })} href="/registry">
              {words.district.nav.overview}
            </Link>
            {before >= FIRST_YEAR && (
              <Link className={buttonClass()} href={`/district?year=${before}`}>
                {w.before(words.periods.yearName(before))}
              </Link>
            )}
          </>
        }
      >
        {w.empty}
      </EmptyState>
    )
  const months = parts.month
  const compared = parts[part].filter(({ key }) => key !== '-')
  const longest = [...compared].sort((a, b) => b.claimed - a.claimed).slice(0, MOST_BARS)
  const best = longest[0]
  const short = (key: string): string => words.format.monthShort(`${key}-01` as never)
  return (
    <Stack>
      {totals.behind && <Banner live="polite">{w.following}</Banner>}
      <Figures figures={totalsFigures(words, all, site, mayRates)} />
      <ForecastCard forecast={totals.forecast} mayPlan={mayPlan} />
      <Card title={w.trend.title}>
        <Columns
          label={w.trend.chart(short(months[0]?.key ?? ''), short(months.at(-1)?.key ?? ''), all.earned)}
          series={[w.figures.claimed, w.figures.banked, w.figures.lost]}
          columns={months.map((month) => ({ name: short(month.key), values: [month.claimed, month.banked, month.lost] }))}
        />
        <CellTable part="month" cells={months} all={all} site={site} />
      </Card>
      <Card
        title={w.compare.title}
        actions={
          <Select
            label={w.compare.by}
            hideLabel
            value={part as string}
            onValue={onPart}
            options={COMPARED.filter((one) => site === '' || one !== 'site').map((one) => ({ value: one as string, label: w.parts[one] }))}
          />
        }
      >
        <Bars
          label={w.compare.chart(w.parts[part], best ? nameOf(words, part, best) : w.compare.none, best?.claimed ?? 0)}
          bars={longest.map((cell) => ({ key: cell.key, name: nameOf(words, part, cell), value: cell.claimed }))}
        />
        <CellTable key={part} part={part} cells={compared} all={all} site={site} />
      </Card>
    </Stack>
  )
}
