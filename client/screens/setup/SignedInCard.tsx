import { Done } from '../../../shared/api.ts'
import { type OwnSignIn, OwnSignIns } from '../../../shared/api/passkeys.ts'
import { instant } from '../../../shared/time.ts'
import { useDevice } from '../../log/useAttendance.ts'
import { api } from '../../sync/http.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Card, Stack } from '../../ui/Card.tsx'
import { useWords } from '../../words/index.ts'
import { Asking } from '../desk/Asking.tsx'
import { useOrder } from '../desk/useOrder.ts'
import { useReply } from '../desk/useReply.ts'
import styles from './Door.module.css'

/** Where one is signed in oneself; each can be ended, but for the one that is looked at. */
export function SignedInCard() {
  const w = useWords().trust.signedIn
  const { asked, reload } = useReply(OwnSignIns, '/api/signed-in')
  const { busy, problem, send } = useOrder()
  const end = async (which: string) => {
    if (await send(() => api(Done, 'POST', '/api/signed-in/end', { which }))) reload()
  }
  return (
    <Card title={w.title} sub={w.lead}>
      <Asking asked={asked} onRetry={reload}>
        {({ signIns }) => (
          <Stack>
            <ul className={styles.lines} aria-label={w.title}>
              {signIns.map((one) => (
                <Line key={one.id} one={one} busy={busy} onEnd={() => end(one.id)} />
              ))}
            </ul>
            {signIns.length > 1 && (
              <Button busy={busy} onClick={() => end('others')}>
                {w.endOthers}
              </Button>
            )}
            {problem && (
              <Banner tone="stop" live="assertive">
                {problem}
              </Banner>
            )}
            <p className="quiet">{w.pin}</p>
          </Stack>
        )}
      </Asking>
    </Card>
  )
}

function Line({ one, busy, onEnd }: { readonly one: OwnSignIn; readonly busy: boolean; readonly onEnd: () => void }) {
  const words = useWords()
  const w = words.trust.signedIn
  const { store } = useDevice()
  const moment = (at: number): string => words.format.moment(instant(at), store.zone(), store.now())
  return (
    <li>
      <strong>{one.device || w.someDevice}</strong>{' '}
      <span className="quiet">
        {w.since(moment(one.since))} {w.used(moment(one.lastUsed))}
      </span>{' '}
      {one.here ? (
        w.here
      ) : (
        <Button look="quiet" busy={busy} onClick={onEnd}>
          {w.endAt(one.device || w.someDevice)}
        </Button>
      )}
    </li>
  )
}
