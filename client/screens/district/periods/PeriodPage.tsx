import { PeriodReply } from '../../../../shared/api/periods.ts'
import { useDevice } from '../../../log/useAttendance.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { buttonClass } from '../../../ui/Button.tsx'
import { Figures } from '../../../ui/Figures.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import type { Words } from '../../../words/index.ts'
import { useWords } from '../../../words/index.ts'
import { Asking } from '../../desk/Asking.tsx'
import styles from '../../desk/Tools.module.css'
import { Tools } from '../../desk/Tools.tsx'
import { useReply } from '../../desk/useReply.ts'
import { dollars } from '../money.ts'
import { Changed } from './Changed.tsx'
import { Checklist } from './Checklist.tsx'
import { Choose } from './Choose.tsx'
import { useChosenPeriod } from './useChosenPeriod.ts'
import { LineTable } from './LineTable.tsx'
import { Reopen } from './Reopen.tsx'
import { Sign } from './Sign.tsx'
import { SignedList } from './SignedList.tsx'
import { PrintButton } from '../../desk/PrintButton.tsx'

/** A reporting period, that in the address or the one that is reported next: what it holds, whether it is ready, its signature, and what came after. */
export function PeriodPage({ maySign }: { readonly maySign: boolean }) {
  const words = useWords()
  const w = words.periods
  const { store } = useDevice()
  const today = store.today()
  const [chosen, choose] = useChosenPeriod(today)
  const query = `period=${chosen.period}&year=${chosen.year}`
  const { asked, reload } = useReply(PeriodReply, `/api/periods?${query}`, { isAnew: true })
  const date = words.format.dateWithYear
  return (
    <>
      <PageHeader
        title={w.title}
        sub={asked.kind === 'ok' ? w.sub(date(asked.value.figures.asOf), date(asked.value.figures.cutOff)) : undefined}
        actions={
          <>
            <PrintButton />
            <a className={buttonClass()} href={`/api/periods/padc.csv?${query}`} download>
              <Icon name="download" /> {w.csv}
            </a>
            <a className={buttonClass()} href={`/api/periods/padc.xlsx?${query}`} download>
              <Icon name="download" /> {w.xlsx}
            </a>
          </>
        }
      />
      <Tools>
        <Choose chosen={chosen} today={today} onChange={choose} />
      </Tools>
      <Asking asked={asked} onRetry={reload}>
        {(reply) => (
          <div className={styles.stack}>
            {!reply.figures.complete && <Banner>{w.notOver(date(reply.figures.cutOff))}</Banner>}
            <Figures figures={figures(words, reply)} />
            <Changed reply={reply} />
            {reply.figures.lines.map((line) => (
              <LineTable key={line.reporter ?? ''} line={line} figures={reply.figures} />
            ))}
            <Checklist items={reply.checklist} asOf={reply.figures.asOf} />
            <Reopen reply={reply} mayDecide={maySign} onDone={reload} />
            <Sign key={reply.figures.digest} reply={reply} maySign={maySign} onSigned={reload} />
            <SignedList signed={reply.signed} query={query} />
          </div>
        )}
      </Asking>
    </>
  )
}

function figures(words: Words, { figures: all, checklist, costCents }: PeriodReply) {
  const w = words.periods.figures
  const days = all.lines.reduce((sum, line) => sum + line.total.days, 0)
  const ada = all.lines.reduce((sum, line) => sum + Number(line.total.ada), 0)
  const cents = all.lines.reduce((sum, line) => sum + line.cents, 0)
  const open = checklist.filter((item) => item.count > 0).length
  const hasRates = all.lines.some((line) => line.rows.some((row) => row.money.rate !== null))
  const waiting = all.unfinished.pendingDays
  return [
    { label: w.days, value: words.format.number(days), note: w.daysNote(waiting), attention: waiting > 0 },
    { label: w.ada, value: words.format.decimal(ada, 2), note: w.adaNote },
    { label: w.money, value: hasRates ? dollars(words.format, cents) : '–', note: hasRates ? w.moneyNote : w.noRates },
    {
      label: w.cost,
      value: costCents > 0 && days > 0 ? dollars(words.format, Math.round(costCents / days)) : '–',
      note: costCents > 0 ? w.costNote(dollars(words.format, costCents)) : w.noCost,
    },
    { label: w.open, value: words.format.number(open), note: open > 0 ? w.openNote : w.ready, attention: open > 0 },
  ]
}
