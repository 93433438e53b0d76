import '../../words/late.ts'
import { useState } from 'react'
import type { OpenLocker } from '../../trust/locker.ts'
import type { Locker } from '../../trust/lockers.ts'
import type { Waiting } from '../../trust/sendSealed.ts'
import type { Stores } from '../../trust/stores.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useWords } from '../../words/index.ts'
import styles from '../setup/Door.module.css'
import { HandOverLocked } from './HandOverLocked.tsx'
import { Opening } from './Opening.tsx'
import { Front } from '../setup/Front.tsx'
import { seenNames, type WhyClosed } from '../../trust/seen.ts'

export interface LockedState extends Waiting {
  readonly lockers: readonly Locker[]
  readonly isRevoked: boolean
}

/**
 * A locked tablet: where it is and how much waits to be sent. Before somebody has opened a locker in this window no name is shown; then the
 * names of those who have, so that the next one need only be touched.
 */
export function LockScreen({
  stores,
  state,
  closed,
  onOpen,
  onPassword,
  onSettled,
}: {
  readonly stores: Stores
  readonly state: LockedState
  readonly closed: WhyClosed | undefined
  readonly onOpen: (opened: OpenLocker) => void
  readonly onPassword: () => void
  /** Receipts came back by another way. */
  readonly onSettled: () => void
}) {
  const words = useWords()
  const w = words.lock
  const [names] = useState(seenNames)
  // Once offered it stays while it is looked at: what came of it is said there.
  const [isHanding, setHanding] = useState(state.waiting > 0)
  if (state.waiting > 0 && !isHanding) setHanding(true)
  const lockers = state.lockers.filter(({ wrap }) => wrap !== null).toSorted((a, b) => b.usedAt - a.usedAt)
  const known = lockers.filter(({ id }) => names[id] !== undefined)
  const [only] = lockers.length === 1 ? lockers : []
  const [chosen, setChosen] = useState<Locker | 'another' | undefined>(only)
  const isNamed = chosen === 'another' || known.length === 0
  const name = (locker: Locker): string | undefined => names[locker.id]
  return (
    <Front narrow>
      <PageHeader title={lockers[0]?.place || state.lockers[0]?.place || w.title} sub={w.waiting(state.waiting)} />
      {closed && <Banner tone={closed === 'changed' ? 'stop' : 'warn'}>{w.closed[closed]}</Banner>}
      {state.isRevoked && <Banner tone="warn">{w.revoked}</Banner>}
      {state.unopened > 0 && <Banner tone="warn">{w.unopened(state.unopened)}</Banner>}
      {state.carried > 0 && <p className="quiet">{w.carried(state.carried)}</p>}
      {lockers.length > 0 && (
        <section className={styles.door}>
          {chosen === undefined && known.length > 0 ? (
            <>
              <h2>{w.who}</h2>
              <ul className={styles.accounts}>
                {known.map((locker) => (
                  <li key={locker.id}>
                    <button type="button" className={styles.account} onClick={() => setChosen(locker)}>
                      <strong>{name(locker)}</strong>
                    </button>
                  </li>
                ))}
              </ul>
              {known.length < lockers.length && <Button onClick={() => setChosen('another')}>{w.another}</Button>}
            </>
          ) : (
            <Opening
              key={typeof chosen === 'object' ? chosen.id : 'named'}
              stores={stores}
              lockers={lockers}
              chosen={typeof chosen === 'object' ? chosen : undefined}
              name={typeof chosen === 'object' ? name(chosen) : undefined}
              isNamed={isNamed && typeof chosen !== 'object'}
              onOpen={onOpen}
            />
          )}
          {chosen !== undefined && only === undefined && known.length > 0 && (
            <Button look="quiet" onClick={() => setChosen(undefined)}>
              {words.common.back}
            </Button>
          )}
        </section>
      )}
      <section className={styles.door}>
        <Button wide onClick={onPassword}>
          {w.password}
        </Button>
        <p className="quiet">{w.passwordHint}</p>
      </section>
      {isHanding && (
        <section className={styles.door}>
          <HandOverLocked stores={stores} onSettled={onSettled} />
        </section>
      )}
    </Front>
  )
}
