import '../../words/late.ts'
import { type FormEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { Done } from '../../../shared/api.ts'
import { SetupState, type SignedIn } from '../../../shared/api/people.ts'
import type { PasskeyAnswer } from '../../../shared/api/passkeys.ts'
import { useAccount, useDevice } from '../../log/useAttendance.ts'
import { api } from '../../sync/http.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Stack } from '../../ui/Card.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { useWords } from '../../words/index.ts'
import { useOrder } from '../desk/useOrder.ts'
import { useReply } from '../desk/useReply.ts'
import { AskedFields } from './AskedFields.tsx'
import { type Asked, askedBy, useSignIn } from './signIn.ts'
import { SsoButton } from './SsoButton.tsx'

/**
 * Asks who is signed in here to show it once more; `onClose` hears whether that was done. The page behind stays as it is, with whatever is
 * typed in it, but for the district's own sign-in, which leaves it and comes back.
 */
export function AgainDialog({ onClose }: { readonly onClose: (isBack: boolean) => void }) {
  const account = useAccount()
  return account ? <AgainOf account={account} onClose={onClose} /> : null
}

function AgainOf({ account, onClose }: { readonly account: SignedIn; readonly onClose: (isBack: boolean) => void }) {
  const { common, setup } = useWords()
  const { session } = useDevice()
  const [, navigate] = useLocation()
  const { asked } = useReply(SetupState, '/api/setup')
  const state = asked.kind === 'ok' ? asked.value : undefined
  const [username, setUsername] = useState(account.username ?? '')
  const [password, setPassword] = useState('')
  const [more, setMore] = useState<Asked>({})
  const { busy, problem, setProblem, send } = useOrder()
  const signIn = useSignIn()
  const enter = async (name: string, secret: string, passkey?: PasskeyAnswer) => {
    const reply = await send(async () => {
      const answer = await signIn(name, secret, { ...more, passkey })
      setMore(askedBy(answer, more))
      return answer
    })
    if (!reply) return
    if (reply.me.account !== account.me.account) {
      // Whoever that is has a session of their own now, which nobody here will use.
      await api(Done, 'POST', '/api/sign-out')
      return setProblem(setup.againOther(account.me.name))
    }
    await session.signedIn(reply)
    onClose(true)
    if (reply.secondFactorNeeded) navigate('/second-factor')
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy && username.trim() !== '' && password !== '') void enter(username.trim(), password)
  }
  const sample = state?.accounts.find((each) => each.username === account.username)
  return (
    <Dialog title={common.again} inField={!sample} onClose={() => onClose(false)}>
      <Stack>
        <p>{(state?.sso == null ? setup.againLead : setup.againEither)(account.me.name)}</p>
        {state?.sso != null && <SsoButton name={state.sso} back />}
        {sample ? (
          <Button look="primary" large wide busy={busy} onClick={() => void enter(sample.username, sample.password)}>
            {setup.signInAs(sample.name)}
          </Button>
        ) : (
          <form onSubmit={submit}>
            <Stack>
              {account.username === undefined && (
                <TextField
                  label={setup.username}
                  value={username}
                  onValue={setUsername}
                  autoComplete="username"
                  autoCapitalize="none"
                  required
                />
              )}
              <TextField
                label={setup.password}
                type="password"
                value={password}
                onValue={setPassword}
                autoComplete="current-password"
                required
              />
              <AskedFields more={more} onMore={setMore} onPasskey={(passkey) => void enter(username.trim(), password, passkey)} />
              <Button type="submit" look="primary" large wide busy={busy}>
                {setup.signInButton}
              </Button>
            </Stack>
          </form>
        )}
        {problem && (
          <Banner tone="stop" live="assertive">
            {problem}
          </Banner>
        )}
      </Stack>
    </Dialog>
  )
}
