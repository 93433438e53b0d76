import { type FormEvent, useState } from 'react'
import { Done } from '../../../shared/api.ts'
import type { StepUpState } from '../../../shared/api/trust.ts'
import { api } from '../../sync/http.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Stack } from '../../ui/Card.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { useWords } from '../../words/index.ts'
import { SsoButton } from '../setup/SsoButton.tsx'
import { UsePasskey } from '../setup/UsePasskey.tsx'
import { useOrder } from './useOrder.ts'

/** Asks who is here to show it again: by code, passkey or password, or at the district's own sign-in. */
export function ShowAgain({
  asked: { passkeys, provider, way },
  said: w,
  go,
  onShown,
  onClose,
}: {
  readonly asked: StepUpState
  /** What it is called, and why it is asked. */
  readonly said: { readonly title: string; readonly why: string; readonly atProvider: string }
  /** What the button says. */
  readonly go: string
  readonly onShown: () => void
  readonly onClose: () => void
}) {
  const words = useWords()
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
              {go}
            </Button>
            {passkeys && <UsePasskey onAnswer={(passkey) => void show({ passkey })} />}
          </Stack>
        </form>
      )}
    </Dialog>
  )
}
