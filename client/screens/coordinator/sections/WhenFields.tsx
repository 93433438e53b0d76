import type { SiteId } from '../../../../shared/ids.ts'
import type { SchoolDate } from '../../../../shared/time.ts'
import { useDevice } from '../../../log/useAttendance.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Checkbox, DateField, Select, TimeField } from '../../../ui/Field.tsx'
import type { Words } from '../../../words/index.ts'
import { useWords } from '../../../words/index.ts'
import tools from '../../desk/Tools.module.css'
import type { BreakDraft, DraftFault, SectionDraft } from './draft.ts'
import { breakFits, closedDays, insideSchoolDay } from './draft.ts'
import styles from './Editor.module.css'

const WEEK = [1, 2, 3, 4, 5, 6, 0] as const

/** When a section meets: weekly or on single dates, its hours, its breaks. */
export function WhenFields({
  draft,
  site,
  error,
  onChange,
}: {
  readonly draft: SectionDraft
  readonly site: SiteId
  readonly error: (fault: DraftFault) => string | undefined
  readonly onChange: (part: Partial<SectionDraft>) => void
}) {
  const words = useWords()
  const w = words.coordinator.editor
  const { store } = useDevice()
  const closed = closedDays(draft, store.ledger.site(site))
  const inside = insideSchoolDay(draft, store.ledger.site(site), store.today())
  return (
    <Card title={w.when}>
      <div className={tools.pair}>
        <Select
          label={w.pattern}
          value={draft.kind}
          onValue={(kind) => onChange({ kind })}
          options={[
            { value: 'weekly', label: w.weekly },
            { value: 'dates', label: w.dates },
          ]}
        />
        <TimeField label={w.from} value={draft.from} onValue={(from) => onChange({ from })} error={error('window')} />
        <TimeField label={w.until} value={draft.until} onValue={(until) => onChange({ until })} />
      </div>
      {draft.kind === 'weekly' ? (
        <Weekly draft={draft} error={error} onChange={onChange} />
      ) : (
        <Dates draft={draft} error={error} onChange={onChange} />
      )}
      {inside && <Banner tone="warn">{w.insideDay(words.format.wallTime(inside.from), words.format.wallTime(inside.until))}</Banner>}
      {closed.length > 0 && <Banner>{w.closedDays(closed.length, daysText(words, closed))}</Banner>}
      <Breaks draft={draft} error={error} onChange={onChange} />
    </Card>
  )
}

/** So many days are named. */
const MOST_NAMED = 4

const daysText = (words: Words, days: readonly SchoolDate[]): string =>
  words.format.list([
    ...days.slice(0, MOST_NAMED).map(words.format.date),
    ...(days.length > MOST_NAMED ? [words.coordinator.editor.andMore(days.length - MOST_NAMED)] : []),
  ])

interface Part {
  readonly draft: SectionDraft
  readonly error: (fault: DraftFault) => string | undefined
  readonly onChange: (part: Partial<SectionDraft>) => void
}

function Weekly({ draft, error, onChange }: Part) {
  const words = useWords()
  const w = words.coordinator.editor
  return (
    <>
      <fieldset>
        <legend className={styles.legend}>{w.weekdays}</legend>
        <div className={styles.days}>
          {WEEK.map((day) => (
            <Checkbox
              key={day}
              label={words.format.weekday(day)}
              aria-invalid={error('days') ? true : undefined}
              aria-describedby={error('days') && 'no-weekday'}
              checked={draft.weekdays.includes(day)}
              onChecked={(on) => onChange({ weekdays: on ? [...draft.weekdays, day] : draft.weekdays.filter((each) => each !== day) })}
            />
          ))}
        </div>
        {error('days') && (
          <p id="no-weekday" className={styles.error}>
            {error('days')}
          </p>
        )}
      </fieldset>
      <div className={tools.pair}>
        <DateField label={w.firstDay} value={draft.first} onValue={(first) => onChange({ first })} />
        <DateField label={w.lastDay} value={draft.last} onValue={(last) => onChange({ last })} error={error('range')} />
      </div>
    </>
  )
}

function Dates({ draft, error, onChange }: Part) {
  const words = useWords()
  const w = words.coordinator.editor
  return (
    <div className={tools.form}>
      <div className={tools.pair}>
        {draft.dates.map((date, i) => (
          // The place in the list is what a date field is: two may hold the same date while one is being typed.
          <DateField
            key={i}
            label={w.date(i + 1)}
            value={date}
            onValue={(value) => onChange({ dates: draft.dates.with(i, value) })}
            error={i === 0 ? error('dates') : undefined}
          />
        ))}
      </div>
      <div>
        <Button onClick={() => onChange({ dates: [...draft.dates, ''] })}>{w.addDate}</Button>
      </div>
    </div>
  )
}

function Breaks({ draft, error, onChange }: Part) {
  const words = useWords()
  const w = words.coordinator.editor
  const set = (i: number, part: Partial<BreakDraft>) =>
    onChange({ breaks: draft.breaks.map((pause, j) => (j === i ? { ...pause, ...part } : pause)) })
  return (
    <fieldset className={tools.form}>
      <legend className={styles.legend}>{w.breaks}</legend>
      <p className="quiet">{w.breaksHint}</p>
      {draft.breaks.map((pause, i) => (
        <div key={i} className={styles.breakRow}>
          <TimeField
            label={w.breakFrom(i + 1)}
            value={pause.from}
            onValue={(from) => set(i, { from })}
            error={breakFits(draft, pause) ? undefined : error('breaks')}
          />
          <TimeField label={w.breakUntil(i + 1)} value={pause.until} onValue={(until) => set(i, { until })} />
          <Checkbox label={w.meal} checked={pause.meal} onChecked={(meal) => set(i, { meal })} />
          <Button aria-label={w.removeBreak(i + 1)} onClick={() => onChange({ breaks: draft.breaks.filter((_, j) => j !== i) })}>
            {words.common.remove}
          </Button>
        </div>
      ))}
      <div>
        <Button onClick={() => onChange({ breaks: [...draft.breaks, { from: '10:00', until: '10:15', meal: false }] })}>
          {w.addBreak}
        </Button>
      </div>
    </fieldset>
  )
}
