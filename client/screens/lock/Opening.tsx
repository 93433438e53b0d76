import { type FormEvent, useEffect, useState } from 'react'
import type { OpenLocker, Unlocked } from '../../trust/locker.ts'
import { unlock, unlockByPasskey } from '../../trust/locker.ts'
import type { Locker } from '../../trust/lockers.ts'
import { hashOfUser } from '../../trust/lockers.ts'
import { othersLocked } from '../../trust/oneOpen.ts'
import type { PasskeyFault } from '../../trust/ownPasskey.ts'
import { askOwnPasskey } from '../../trust/ownPasskey.ts'
import type { Stores } from '../../trust/stores.ts'
import type { PasskeyWrap } from '../../trust/wrap.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { useWords } from '../../words/index.ts'
import type { Words } from '../../words/index.ts'
import styles from '../setup/Door.module.css'

type Problem =
  | { readonly kind: 'otherTab' | 'unknown' | 'gone' | 'otherPasskey' | 'unable' | 'stopped' }
  | { readonly kind: 'wrong'; readonly left: number }
  | { readonly kind: 'wait'; readonly from: number; readonly until: number }

/** Opens a locker: by finger or face where its person set that up, by PIN or passphrase everywhere. */
export function Opening({
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
  const found = async (locker: Locker, ask: () => Promise<Unlocked | PasskeyFault>): Promise<void> => {
    if (!(await othersLocked(locker.id))) return setProblem({ kind: 'otherTab' })
    const unlocked = await ask()
    if (typeof unlocked === 'string') return setProblem({ kind: unlocked })
    if (unlocked.kind === 'open') return onOpen(unlocked.opened)
    setProblem(unlocked.kind === 'wait' ? { ...unlocked, from: Date.now() } : unlocked)
  }
  const byPin = async (): Promise<void> => {
    const locker = chosen ?? lockers.find(({ id, who }) => who === hashOfUser(id, user))
    if (!locker) return setProblem({ kind: 'unknown' })
    await found(locker, () => unlock(stores, locker, pin))
    setPin('')
  }
  const byPasskey = async (locker: Locker, passkey: PasskeyWrap): Promise<void> =>
    found(locker, async () => {
      const answer = await askOwnPasskey(passkey)
      return typeof answer === 'string' ? answer : unlockByPasskey(stores, locker, answer)
    })
  const begin = (work: () => Promise<void>): void => {
    if (busy) return
    setBusy(true)
    setProblem(undefined)
    void work().finally(() => setBusy(false))
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (pin !== '') begin(byPin)
  }
  const passkey = chosen?.passkey
  const isPhrase = chosen?.isPhrase ?? lockers.some((locker) => locker.isPhrase)
  return (
    <form className={styles.form} onSubmit={submit}>
      {name && <h2>{name}</h2>}
      {passkey && (
        <Button look="primary" large wide busy={busy} onClick={() => begin(() => byPasskey(chosen, passkey))}>
          {w.byPasskey}
        </Button>
      )}
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
        autoFocus={!isNamed && !passkey}
        required
      />
      {problem && (
        <Banner tone="stop" live="assertive">
          {sentenceOf(words, problem, now)}
        </Banner>
      )}
      <Button type="submit" look={passkey ? 'plain' : 'primary'} large wide busy={busy}>
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
