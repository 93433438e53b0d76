import { createContext, Suspense, useContext, useEffect, useRef, useState } from 'react'
import { useSyncState } from '../../log/useAttendance.ts'
import { askBy, ended } from '../../sync/ended.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { part } from '../../ui/part.ts'
import { useSignal } from '../../ui/useSignal.ts'
import { useWords } from '../../words/index.ts'

/** What somebody signs in with comes when somebody does. */
const AgainDialog = part(() => import('./AgainDialog.tsx').then((m) => m.AgainDialog))

/** Whether the frame of the page says it already. */
export const SaidAbove = createContext(false)

/**
 * The sign-in of who is here has ended: says so, and lets that person in again where they are. Nothing while it has not. An order that was
 * refused for it has the person asked at once.
 */
export function SignInAgain() {
  const { busy, network } = useSyncState()
  const isEnded = useSignal(ended)
  const [isAsking, setAsking] = useState(false)
  const waiting = useRef<((isBack: boolean) => void)[]>([])
  useEffect(() => {
    const waits = waiting.current
    const leave = askBy(() => {
      setAsking(true)
      return new Promise((resolve) => waits.push(resolve))
    })
    return () => {
      leave()
      for (const resolve of waits.splice(0)) resolve(false)
    }
  }, [])
  const close = (isBack: boolean): void => {
    setAsking(false)
    for (const resolve of waiting.current.splice(0)) resolve(isBack)
  }
  return (
    <>
      {(isEnded || (network === 'signedOut' && !busy)) && <EndedBanner />}
      {isAsking && (
        <Suspense>
          <AgainDialog onClose={close} />
        </Suspense>
      )}
    </>
  )
}

/** In the place of what was asked for in vain, unless the frame says it. */
export function EndedNote() {
  return useContext(SaidAbove) ? null : <SignInAgain />
}

function EndedBanner() {
  const { common } = useWords()
  return (
    <Banner tone="warn" live="polite" actions={<AgainButton isFirst />}>
      {common.signInAgain}
    </Banner>
  )
}

/** Has whoever is here sign in again over this page. */
export function AgainButton({ isFirst = false }: { readonly isFirst?: boolean }) {
  const { common } = useWords()
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <Button look={isFirst ? 'primary' : 'plain'} onClick={() => setAsking(true)}>
        {common.again}
      </Button>
      {isAsking && (
        <Suspense>
          <AgainDialog onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  )
}
