import { type ReactNode, useState } from 'react'
import { StepUpState } from '../../../shared/api/trust.ts'
import { api } from '../../sync/http.ts'
import { Banner } from '../../ui/Banner.tsx'
import { buttonClass } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useWords } from '../../words/index.ts'
import { ShowAgain } from './ShowAgain.tsx'
import { useOrder } from './useOrder.ts'

/** A link to a file with many students. Before it is given, somebody who has been at it for a while shows again who it is. */
export function FileLink({
  href,
  onTaken,
  children,
}: {
  readonly href: string
  readonly onTaken?: () => void
  readonly children: ReactNode
}) {
  const [asked, setAsked] = useState<StepUpState>()
  const { busy, problem, setProblem, send } = useOrder()
  const w = useWords().trust.files
  const take = () => {
    setAsked(undefined)
    const link = document.createElement('a')
    link.href = href
    link.download = ''
    link.click()
    onTaken?.()
  }
  const look = async () => {
    const state = await send(() => api(StepUpState, 'GET', '/api/step-up'))
    if (!state) return
    if (state.filesLeft === 0) setProblem(w.enough)
    else if (state.fresh) take()
    else setAsked(state)
  }
  return (
    <>
      <a
        className={buttonClass()}
        href={href}
        download
        aria-busy={busy || undefined}
        onClick={(event) => {
          event.preventDefault()
          if (!busy) void look()
        }}
      >
        {children}
      </a>
      {asked && <ShowAgain asked={asked} said={w} go={w.take} onShown={take} onClose={() => setAsked(undefined)} />}
      {problem && (
        <Dialog title={w.notTaken} onClose={() => setProblem(undefined)}>
          <Banner tone="stop" live="assertive">
            {problem}
          </Banner>
        </Dialog>
      )}
    </>
  )
}
