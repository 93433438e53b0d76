import { type ReactNode, useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { Banner } from '../ui/Banner.tsx'
import { Boundary } from '../ui/Boundary.tsx'
import { Button } from '../ui/Button.tsx'
import { isSaidByPage, openAnew } from '../ui/lacking.ts'
import { PageHeader } from '../ui/PageHeader.tsx'
import { MissingFile } from '../ui/part.ts'
import { useWords } from '../words/index.ts'
import styles from './Broken.module.css'

/** Loads the app anew; where it would not come, the page stays and says so. */
export function AnewButton() {
  const { common } = useWords()
  const [state, setState] = useState<'idle' | 'busy' | 'gone'>('idle')
  return (
    <>
      <Button
        look="primary"
        busy={state === 'busy'}
        onClick={async () => {
          setState('busy')
          if (!(await openAnew())) setState('gone')
        }}
      >
        {common.tryAgain}
      </Button>
      {state === 'gone' && <span role="status">{common.stillNoNetwork}</span>}
    </>
  )
}

/** In the place of a page that cannot be drawn: what is known of why, that nothing is lost, and what to do next. */
export function Broken({ fault, onRetry }: { readonly fault: unknown; readonly onRetry: () => void }) {
  const { common } = useWords()
  const [path, navigate] = useLocation()
  const isMissing = fault instanceof MissingFile
  useEffect(() => {
    isSaidByPage.set(isMissing)
    return () => isSaidByPage.set(false)
  }, [isMissing])
  const again = isMissing ? (
    <AnewButton />
  ) : (
    <Button look="primary" onClick={onRetry}>
      {common.tryAgain}
    </Button>
  )
  return (
    <>
      <PageHeader title={isMissing ? common.missingTitle : common.brokenTitle} />
      <Banner
        tone={isMissing ? 'warn' : 'stop'}
        live="assertive"
        actions={
          <>
            {again}
            {path !== '/' && <Button onClick={() => navigate('/')}>{common.toStart}</Button>}
          </>
        }
      >
        {isMissing ? common.missing : common.broken}
      </Banner>
      {!isMissing && (
        <p className={styles.why}>
          {common.brokenBecause(fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault), path, __APP_VERSION__)}
        </p>
      )}
    </>
  )
}

/** What is around a page stays when the page itself cannot be drawn. `isWhole` where nothing is around it. */
export function PageBoundary({ isWhole = false, children }: { readonly isWhole?: boolean; readonly children: ReactNode }) {
  const [path] = useLocation()
  return (
    <Boundary
      at={path}
      instead={(fault, retry) => {
        const broken = <Broken fault={fault} onRetry={retry} />
        return isWhole ? (
          <main id="main" className={styles.whole}>
            {broken}
          </main>
        ) : (
          broken
        )
      }}
    >
      {children}
    </Boundary>
  )
}
