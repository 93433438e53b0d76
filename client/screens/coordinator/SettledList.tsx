import { recordVoid } from '../../log/commands.ts'
import { useAccount, useDevice } from '../../log/useAttendance.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { useWords } from '../../words/index.ts'
import { mayMatch } from '../desk/may.ts'
import tools from '../desk/Tools.module.css'
import { type SettledWalkIn, settledBy } from './settledWalkIns.ts'

/** Walk-ins who are nobody of ours, each with the reason; whoever matches walk-ins may take it back. Nothing where there is none. */
export function SettledList({ settled }: { readonly settled: readonly SettledWalkIn[] }) {
  const words = useWords()
  const w = words.coordinator.walkIns
  const { store } = useDevice()
  const account = useAccount()
  const cannot = account && mayMatch(account.me.role) ? undefined : w.notAllowed
  if (settled.length === 0) return null
  return (
    <Card title={w.settledTitle}>
      <ul className={tools.list}>
        {settled.map((one) => (
          <li key={one.by.id} className={tools.inline}>
            <strong>{one.name}</strong>
            <span className="quiet">
              {[one.by.reason, w.cameTo(one.session.title, words.format.date(one.session.on)), store.ledger.staff(one.by.actor)?.name ?? '']
                .filter((part) => part !== '')
                .join(' · ')}
            </span>
            <Button
              cannot={cannot}
              aria-label={w.takeBack(one.name)}
              onClick={() => recordVoid(store, one.session, settledBy(one), w.takenBack)}
            >
              {words.teacher.takeBack}
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  )
}
