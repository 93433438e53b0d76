import type { SessionState } from '../../../shared/attendance/fold.ts'
import { recordVoid } from '../../log/commands.ts'
import { useDevice } from '../../log/useAttendance.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useWords } from '../../words/index.ts'
import styles from './Sheet.module.css'
import type { TakenBack } from './takenBack.ts'

/** In the place of the roster of a session that did not take place: who said so and why, and the way to take that back. */
export function NotHeld({ session, taken }: { readonly session: SessionState; readonly taken: TakenBack }) {
  const words = useWords()
  const w = words.takeBack
  const { store } = useDevice()
  const { start, by, came } = taken
  const zone = store.ledger.site(session.site)?.zone ?? store.zone()
  const time = (at: typeof start.at) => words.format.time(at, zone)
  const hours = words.teacher.windowOf(time(start.window.from), time(start.window.until))
  const hold = (): void => {
    const voids = session.events.flatMap(({ event, voidedBy }) =>
      !voidedBy && !('unknown' in event) && event.type === 'EventVoided' && event.voids === start.id ? [event.id] : [],
    )
    recordVoid(store, session, voids, w.tookPlaceReason)
  }
  return (
    <div className={styles.fields}>
      <PageHeader
        title={start.title}
        sub={words.teacher.join([words.format.date(start.on), start.room, hours].filter((one) => one !== ''))}
      />
      {came > 0 && (
        <Banner tone="stop" live="polite">
          {w.came(came)}
        </Banner>
      )}
      <Banner title={w.notHeld} actions={<Button onClick={hold}>{w.tookPlace}</Button>}>
        {w.notHeldBy(by.reason, store.ledger.staff(by.actor)?.name ?? '', words.format.dateTime(by.at, zone))}
      </Banner>
    </div>
  )
}
