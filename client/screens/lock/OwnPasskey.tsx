import { useEffect, useState } from 'react'
import { useAccount } from '../../log/useAttendance.ts'
import type { OpenLocker } from '../../trust/locker.ts'
import type { PasskeyFault } from '../../trust/ownPasskey.ts'
import { canOpenByPasskey, makeOwnPasskey } from '../../trust/ownPasskey.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { useWords } from '../../words/index.ts'
import styles from '../setup/Door.module.css'

/** Whether finger or face open the locker too, and the way to change that. Nothing where the device cannot. */
export function OwnPasskey({ opened }: { readonly opened: OpenLocker }) {
  const w = useWords().lock
  const name = useAccount()?.me.name ?? ''
  const [can, setCan] = useState(false)
  const [isOn, setOn] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<PasskeyFault | 'shared'>()
  useEffect(() => {
    void canOpenByPasskey().then(setCan)
    void opened.hasPasskey().then(setOn)
  }, [opened])
  if (!can && !isOn) return null
  const add = async (): Promise<void> => {
    if (await opened.isShared()) return setProblem('shared')
    const made = await makeOwnPasskey(name)
    if (typeof made === 'string') return setProblem(made)
    if (!(await opened.addPasskey(made))) return setProblem('shared')
    setOn(true)
  }
  const drop = async (): Promise<void> => {
    await opened.dropPasskey()
    setOn(false)
  }
  const begin = (work: () => Promise<void>): void => {
    setBusy(true)
    setProblem(undefined)
    work()
      .catch(() => setProblem('unable'))
      .finally(() => setBusy(false))
  }
  return (
    <section className={styles.door} aria-label={w.byPasskey}>
      <p>{isOn ? w.passkeyOn : w.passkeyLead}</p>
      {problem && (
        <Banner tone="stop" live="assertive">
          {w[problem]}
        </Banner>
      )}
      <Button busy={busy} onClick={() => begin(isOn ? drop : add)}>
        {isOn ? w.passkeyDrop : w.passkeySet}
      </Button>
    </section>
  )
}
