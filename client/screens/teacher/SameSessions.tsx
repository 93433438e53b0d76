import '../../words/late.ts'
import { Link } from 'wouter'
import type { SessionState } from '../../../shared/attendance/fold.ts'
import type { Ledger } from '../../../shared/attendance/ledger.ts'
import { folded } from '../../../shared/finding.ts'
import type { SessionPlan } from '../../log/commands.ts'
import { useDevice } from '../../log/useAttendance.ts'
import { Banner } from '../../ui/Banner.tsx'
import { useWords } from '../../words/index.ts'

/** The sessions of a section on a date; of none, those of the same school and name. */
export const sameSessions = (ledger: Ledger, plan: Pick<SessionPlan, 'section' | 'on' | 'site' | 'title'>): readonly SessionState[] =>
  [...ledger.sessions()].filter(
    ({ started, on, section, site, title }) =>
      started &&
      on === plan.on &&
      section === plan.section &&
      (section !== null || (site === plan.site && folded(title.trim()) === folded(plan.title.trim()))),
  )

/** Names sessions that are recorded already, each with its hours and who began it, and leads to them. */
export function SameSessions({ sessions }: { readonly sessions: readonly SessionState[] }) {
  const words = useWords()
  const w = words.day.twice
  const { store } = useDevice()
  const [first] = sessions
  if (!first) return null
  const line = ({ site, title, window, startedBy }: SessionState): string => {
    const zone = store.ledger.site(site)?.zone ?? store.zone()
    const hours = words.teacher.windowOf(words.format.time(window.from, zone), words.format.time(window.until, zone))
    const name = startedBy === null ? '' : (store.ledger.staff(startedBy)?.name ?? '')
    return words.teacher.join([title, hours, name].filter((part) => part !== ''))
  }
  return (
    <Banner tone="warn" live="polite">
      <p>{first.section === null ? w.ofName : w.ofSection}</p>
      <ul>
        {sessions.map((session) => (
          <li key={session.id}>
            <Link href={`/session/${session.id}`}>{line(session)}</Link>
          </li>
        ))}
      </ul>
    </Banner>
  )
}
