import { type FormEvent, type ReactNode, useState } from 'react'
import { Done } from '../../../shared/api.ts'
import { StepUpState } from '../../../shared/api/trust.ts'
import { api } from '../../sync/http.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { Stack } from '../../ui/Card.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { useWords } from '../../words/index.ts'
import { SsoButton } from '../setup/SsoButton.tsx'
import { UsePasskey } from '../setup/UsePasskey.tsx'
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
      {asked && <ShowAgain asked={asked} onShown={take} onClose={() => setAsked(undefined)} />}
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

function ShowAgain({
  asked: { passkeys, provider, way },
  onShown,
  onClose,
}: {
  readonly asked: StepUpState
  readonly onShown: () => void
  readonly onClose: () => void
}) {
  const words = useWords()
  const w = words.trust.files
  const [typed, setTyped] = useState('')
  const { busy, problem, send } = useOrder()
  const show = async (by: object) => {
    if (!busy && (await send(() => api(Done, 'POST', '/api/step-up', by)))) onShown()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void show({ [way]: typed })
  }
  return (
    <Dialog title={w.title} inField onClose={onClose}>
      {way === 'provider' ? (
        <Stack>
          <p>{w.atProvider}</p>
          <SsoButton name={provider} fresh />
        </Stack>
      ) : (
        <form onSubmit={submit}>
          <Stack>
            <p>{w.why}</p>
            {way === 'code' ? (
              <TextField
                label={words.trust.code}
                hint={words.trust.codeHint}
                value={typed}
                onValue={setTyped}
                autoComplete="one-time-code"
                required
              />
            ) : (
              <TextField
                label={words.setup.password}
                type="password"
                value={typed}
                onValue={setTyped}
                autoComplete="current-password"
                required
              />
            )}
            {problem && (
              <Banner tone="stop" live="assertive">
                {problem}
              </Banner>
            )}
            <Button type="submit" look="primary" busy={busy}>
              {w.take}
            </Button>
            {passkeys && <UsePasskey onAnswer={(passkey) => void show({ passkey })} />}
          </Stack>
        </form>
      )}
    </Dialog>
  )
}
