import '../../words/late.ts'
import { type FormEvent, useEffect, useState } from 'react'
import type { OpenLocker } from '../../trust/locker.ts'
import { unlock } from '../../trust/locker.ts'
import type { Locker } from '../../trust/lockers.ts'
import { hashOfUser } from '../../trust/lockers.ts'
import { othersLocked } from '../../trust/oneOpen.ts'
import type { Stores } from '../../trust/stores.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useWords } from '../../words/index.ts'
import type { Words } from '../../words/index.ts'
import styles from '../setup/Door.module.css'
import { HandOverLocked } from './HandOverLocked.tsx'
import { Front } from '../setup/Front.tsx'
import { seenNames } from '../../trust/seen.ts'

export interface LockedState {
  readonly lockers: readonly Locker[]
  readonly waiting: number
  readonly isRevoked: boolean
}

/**
 * A locked tablet: where it is and how much waits to be sent. Before somebody has opened a locker in this window no name is shown; then the
 * names of those who have, so that the next one need only be touched.
 */
export function LockScreen({
  stores,
  state,
  isChanged,
  onOpen,
  onPassword,
  onSettled,
}: {
  readonly stores: Stores
  readonly state: LockedState
  readonly isChanged: boolean
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
      <PageHeader title={lockers[0]?.place ?? state.lockers[0]?.place ?? w.title} sub={w.waiting(state.waiting)} />
      {isChanged && <Banner tone="stop">{w.changed}</Banner>}
      {state.isRevoked && <Banner tone="warn">{w.revoked}</Banner>}
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

type Problem =
  | { readonly kind: 'otherTab' | 'unknown' | 'gone' }
  | { readonly kind: 'wrong'; readonly left: number }
  | { readonly kind: 'wait'; readonly from: number; readonly until: number }

function Opening({
  stores,
  lockers,
  chosen,
  name,
  isNamed,
  onOpen,
}: {
  readonly stores: Stores
  readonly lockers: readonly Locker[]
  readonly chosen: Locker | undefined
  readonly name: string | undefined
  readonly isNamed: boolean
  readonly onOpen: (opened: OpenLocker) => void
}) {
  const words = useWords()
  const w = words.lock
  const [user, setUser] = useState('')
  const [pin, setPin] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const now = useSecond(problem?.kind === 'wait')
  const enter = async (): Promise<void> => {
    const locker = chosen ?? lockers.find(({ id, who }) => who === hashOfUser(id, user))
    if (!locker) return setProblem({ kind: 'unknown' })
    if (!(await othersLocked(locker.id))) return setProblem({ kind: 'otherTab' })
    const found = await unlock(stores, locker, pin)
    setPin('')
    if (found.kind === 'open') return onOpen(found.opened)
    setProblem(found.kind === 'wait' ? { ...found, from: Date.now() } : found)
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (busy || pin === '') return
    setBusy(true)
    setProblem(undefined)
    void enter().finally(() => setBusy(false))
  }
  const isPhrase = chosen?.isPhrase ?? lockers.some((locker) => locker.isPhrase)
  return (
    <form className={styles.form} onSubmit={submit}>
      {name && <h2>{name}</h2>}
      {isNamed && (
        <TextField label={w.user} value={user} onValue={setUser} autoComplete="off" autoCapitalize="none" spellCheck={false} required />
      )}
      <TextField
        label={isPhrase ? w.phrase : w.pin}
        type="password"
        inputMode={isPhrase ? 'text' : 'numeric'}
        value={pin}
        onValue={setPin}
        autoComplete="off"
        autoFocus={!isNamed}
        required
      />
      {problem && (
        <Banner tone="stop" live="assertive">
          {sentenceOf(words, problem, now)}
        </Banner>
      )}
      <Button type="submit" look="primary" large wide busy={busy}>
        {busy ? w.opening : w.open}
      </Button>
    </form>
  )
}

function sentenceOf({ lock: w }: Words, problem: Problem, now: number): string {
  switch (problem.kind) {
    case 'wrong':
      return w.wrong(problem.left)
    case 'wait':
      return w.wait(Math.max(1, Math.ceil((problem.until - Math.max(now, problem.from)) / 1000)))
    default:
      return w[problem.kind]
  }
}

/** The time, drawn again every second while somebody waits for it. */
function useSecond(isWaiting: boolean): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!isWaiting) return
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [isWaiting])
  return now
}
