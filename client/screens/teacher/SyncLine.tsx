import { Link } from 'wouter'
import { useDevice, useMinute, useSyncState } from '../../log/useAttendance.ts'
import type { SyncState, Tone } from '../../sync/syncState.ts'
import { isHeldBack, toneOf } from '../../sync/syncState.ts'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/Icon.tsx'
import type { Instant } from '../../../shared/time.ts'
import type { Words } from '../../words/index.ts'
import { useWords } from '../../words/index.ts'
import styles from './SyncLine.module.css'

/** The one line that says what is saved and sent: "Offline · 7 saved here · Last confirmed 2:58 pm". It leads to the list of what is unsent. */
export function SyncLine() {
  const words = useWords()
  const { store } = useDevice()
  const state = useSyncState()
  const now = useMinute()
  const tone = toneOf(state, now, store.today())
  return (
    <Link href="/outbox" className={cx(styles.line, styles[tone])}>
      <Icon name={ICONS[tone]} size={12} />
      <span role="status" aria-label={words.teacher.statusLabel}>
        {statusSentence(words, state, store.zone(), now)}
      </span>
    </Link>
  )
}

const ICONS: Readonly<Record<Tone, 'dot' | 'check' | 'warn' | 'stop'>> = { calm: 'dot', good: 'check', amber: 'warn', red: 'stop' }

/** The line in words. */
export function statusSentence(words: Words, state: SyncState, zone: string, now: Instant): string {
  const t = words.teacher
  // Just signed in: what the round before found is no longer so.
  const network = state.busy && state.network === 'signedOut' ? 'unknown' : state.network
  const isWell = network === 'online' || network === 'unknown'
  const at = state.lastConfirmedAt ?? state.lastPulledAt
  const time = at === null ? null : words.format.moment(at, zone, now)
  if (state.progress) return t.downloading(words.format.number(state.progress.done), words.format.number(state.progress.of))
  if (state.unsent === 0 && state.attention === 0) {
    const settled = time === null ? t.nothingUnsent : t.allConfirmed(time)
    return isWell ? settled : t.join([t.network[network], settled])
  }
  return t.join([
    ...(isWell ? [] : [t.network[network]]),
    ...(state.attention > 0 ? [t.needAttention(state.attention)] : []),
    ...(state.unsent > state.sent ? [t.savedHere(state.unsent - state.sent)] : []),
    ...(state.sent > 0 ? [t.sentWaiting(state.sent)] : []),
    ...(isHeldBack(state) ? [t.metered] : []),
    ...(time === null ? [] : [t.lastConfirmed(time)]),
  ])
}
