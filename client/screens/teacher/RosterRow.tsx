import { memo } from 'react'
import type { SessionId, StudentId } from '../../../shared/ids.ts'
import { type Instant, schoolDateOf } from '../../../shared/time.ts'
import { topic } from '../../log/topics.ts'
import { useDevice, useMinute, useTopic } from '../../log/useAttendance.ts'
import type { Mark } from '../../sync/syncState.ts'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Pips } from '../../ui/Pips.tsx'
import type { Words } from '../../words/index.ts'
import { useWords } from '../../words/index.ts'
import styles from './Roster.module.css'
import type { MarkView, RowWarning, TotalsView } from './rows.ts'
import { markView, minutesSince, totalsView } from './rows.ts'

interface RosterRowProps {
  readonly session: SessionId
  readonly student: StudentId
  /** Whether the whole history is here: before that nothing is said of totals. */
  readonly ready: boolean
  readonly onTap: (student: StudentId) => void
  readonly onMore: (student: StudentId) => void
  readonly onSelect: (student: StudentId) => void
  /** Null unless several are being selected. */
  readonly selected: boolean | null
}

/** One student. Drawn again only when its own topic is raised, so that a tap costs one row. */
export const RosterRow = memo(function RosterRow({ session: id, student, ready, onTap, onMore, onSelect, selected }: RosterRowProps) {
  const words = useWords()
  const { store } = useDevice()
  useTopic(topic.row(id, student))
  const session = store.ledger.session(id)
  if (!session) return null
  const zone = store.ledger.site(session.site)?.zone ?? store.zone()
  const row = markView(store.ledger, session, student)
  const how = stands(words, row, zone)
  return (
    <li className={cx(styles.row, row.state !== 'none' && styles[row.state], selected && styles.picked)}>
      {selected === null ? (
        <button type="button" className={styles.tap} aria-label={tapName(words, row, how)} onClick={() => onTap(student)}>
          <TapText stands={how} />
        </button>
      ) : (
        <button
          type="button"
          className={styles.tap}
          aria-pressed={selected}
          aria-label={words.teacher.tapOf(how.join(' '), words.teacher.selectOf(row.name))}
          onClick={() => onSelect(student)}
        >
          {selected ? <Icon name="check" size={22} /> : <TapText stands={how} />}
        </button>
      )}
      <div className={styles.who}>
        <div className={styles.name}>{row.name}</div>
        <div className={styles.meta}>
          {row.walkIn ? (
            <span>{words.teacher.walkIn}</span>
          ) : (
            row.grade && <span>{words.teacher.gradeOf(row.grade.replace(/^0/, ''))}</span>
          )}
          <Minutes words={words} session={id} row={row} zone={zone} ready={ready} />
        </div>
        {ready && <Warning session={id} student={student} />}
      </div>
      <div className={styles.total}>
        {!row.walkIn && (ready ? <Totals session={id} student={student} /> : <span className={styles.days}>{words.teacher.adding}</span>)}
        <span className={styles.markLine}>{row.state !== 'none' && <Way session={id} student={student} />}</span>
      </div>
      <button type="button" className={styles.more} aria-label={words.teacher.more(row.name)} onClick={() => onMore(student)} />
    </li>
  )
})

/** What the button shows and then what a tap does: who speaks to the tablet says what can be read on it. */
function tapName(words: Words, row: MarkView, how: readonly string[]): string {
  if (row.state === 'none') return words.teacher.checkInOf(row.name)
  const does = row.state === 'in' ? words.teacher.checkOutOf(row.name) : words.teacher.checkInAgainOf(row.name)
  return words.teacher.tapOf(how.join(' '), does)
}

/** How things stand with the student: a word, and since when. */
function stands(words: Words, row: MarkView, zone: string): readonly string[] {
  if (row.since !== null) return [words.teacher.hereTap, words.teacher.since(words.format.time(row.since, zone))]
  if (row.outAt !== null) return [words.teacher.outTap, words.teacher.outAt(words.format.time(row.outAt, zone))]
  return [words.teacher.checkIn]
}

function TapText({ stands: [word, when] }: { readonly stands: readonly string[] }) {
  return (
    <>
      {word} {when && <small>{when}</small>}
    </>
  )
}

interface Place {
  readonly session: SessionId
  readonly student: StudentId
}

/** What the law makes of a row, worked out after the tap has been painted. */
function useTotals({ session, student }: Place): TotalsView | null {
  const { store } = useDevice()
  useTopic(topic.totals(session, student))
  const state = store.ledger.session(session)
  return state ? totalsView(store.ledger, state, student, store.today()) : null
}

/** How far the row's marks got: on this device, on their way, with the district. */
const Way = memo(function Way({ session, student }: Place) {
  const { outbox } = useDevice().store
  useTopic(topic.way(session, student))
  return <MarkLabel mark={outbox.markAt(session, student)} />
})

/** Minutes in this session: running while the student is in, counted apart from present when they differ. */
function Minutes({ words, session, row, zone, ready }: { words: Words; session: SessionId; row: MarkView; zone: string; ready: boolean }) {
  if (row.state === 'none') return <span>{words.teacher.absent}</span>
  if (row.since === null && ready) return <Past session={session} student={row.student} present={row.present} />
  if (row.since === null) return <span>{presentWords(words, row.present, row.present)}</span>
  return (
    <>
      <Running session={session} since={row.since} before={row.present} zone={zone} />
      {row.countsFrom !== null && <span>{words.teacher.countsFrom(words.format.time(row.countsFrom, zone))}</span>}
    </>
  )
}

const presentWords = (words: Words, present: number, counted: number): string =>
  words.teacher.presentMinutes(words.format.duration(present), words.format.duration(counted))

/** Time runs while the session does: once it has ended, or its last day is over, nobody is still there. */
function Running({
  session,
  since,
  before,
  zone,
}: {
  readonly session: SessionId
  readonly since: Instant
  readonly before: number
  readonly zone: string
}) {
  const words = useWords()
  const { store } = useDevice()
  useTopic(topic.session(session))
  const now = useMinute()
  const state = store.ledger.session(session)
  const isOver = !state || state.endedAt !== null || schoolDateOf(now, zone) > schoolDateOf(state.window.until, zone)
  if (isOver) return <span>{presentWords(words, before, before)}</span>
  return <span>{words.teacher.nowMinutes(words.format.duration(before + minutesSince(since, now)))}</span>
}

const Past = memo(function Past({ session, student, present }: Place & { readonly present: number }) {
  const words = useWords()
  const totals = useTotals({ session, student })
  return <span>{presentWords(words, present, totals?.counted ?? present)}</span>
})

const Warning = memo(function Warning(place: Place) {
  const words = useWords()
  const totals = useTotals(place)
  return totals?.warning ? <span className={styles.flag}>{warningWords(words, totals.warning, totals.left)}</span> : null
})

const Totals = memo(function Totals(place: Place) {
  const words = useWords()
  const totals = useTotals(place)
  if (!totals) return null
  const { done, of } = totals.pips
  return (
    <div className={styles.figures}>
      <Pips done={done} of={of} label={words.teacher.pipsShort(done, of, totals.recovered + totals.banked + 1)} />
      <span className={styles.days}>
        <strong>{words.teacher.days(totals.recovered)}</strong>
        <span>{totals.banked > 0 ? words.teacher.bankedDays(totals.banked) : words.teacher.left(totals.left)}</span>
      </span>
    </div>
  )
})

function warningWords(words: Words, warning: RowWarning, left: number): string {
  const t = words.teacher
  switch (warning) {
    case 'missingOut':
      return t.warnMissingOut
    case 'nonclassroom':
      return t.warnNonclassroom
    case 'independentStudy':
      return t.warnIndependent
    case 'capReached':
      return t.warnCap
    case 'noAbsence':
      return t.warnNoAbsence
    case 'daysLeft':
      return t.warnLeft(left)
  }
}

/** Saved here, Sent, Confirmed, or Needs attention with the reason: the same words everywhere. */
export function MarkLabel({ mark }: { readonly mark: Mark }) {
  const words = useWords()
  const icon = mark.kind === 'confirmed' ? 'check' : mark.kind === 'attention' ? 'stop' : 'dot'
  return (
    <span className={cx(styles.mark, mark.kind === 'confirmed' && styles.confirmed, mark.kind === 'attention' && styles.attention)}>
      <Icon name={icon} size={11} />
      {words.teacher.mark[mark.kind]}
    </span>
  )
}
