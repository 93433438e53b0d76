import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { SignedIn } from '../../../shared/api/people.ts'
import type { PasskeyAnswer } from '../../../shared/api/passkeys.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useWords } from '../../words/index.ts'
import { useOrder } from '../desk/useOrder.ts'
import { AskedFields } from './AskedFields.tsx'
import styles from './Door.module.css'
import { Front } from './Front.tsx'
import { type Asked, askedBy, useFinishSso } from './signIn.ts'

/** Where the district's own sign-in sends people back to: hands its answer over, and asks for what is asked besides. */
export function SsoReturn({ onSignedIn }: { readonly onSignedIn: (signedIn: SignedIn) => void }) {
  const { setup } = useWords()
  const [, navigate] = useLocation()
  // Read once, and taken out of the address: nobody sends it on by mistake.
  const [query] = useState(() => window.location.search.slice(1))
  const [more, setMore] = useState<Asked>({})
  const { busy, problem, send } = useOrder()
  const finish = useFinishSso()
  const isBegun = useRef(false)
  const hand = async (passkey?: PasskeyAnswer) => {
    const signedIn = await send(async () => {
      const reply = await finish(query, { ...more, passkey })
      setMore(askedBy(reply, more))
      return reply
    })
    if (signedIn) onSignedIn(signedIn)
  }
  useEffect(() => {
    if (isBegun.current) return
    isBegun.current = true
    window.history.replaceState(null, '', window.location.pathname)
    if (query === '') navigate('/sign-in', { replace: true })
    else void hand()
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy) void hand()
  }
  const isAsked = more.code !== undefined || more.enrolCode !== undefined
  return (
    <Front narrow>
      <PageHeader title={setup.signInTitle} />
      <div className={styles.door}>
        <form className={styles.form} onSubmit={submit}>
          {problem ? (
            <Banner tone="stop" live="assertive">
              {problem}
            </Banner>
          ) : (
            <p role="status">{setup.ssoBusy}</p>
          )}
          <AskedFields more={more} onMore={setMore} onPasskey={(passkey) => void hand(passkey)} />
          {isAsked && (
            <Button type="submit" look="primary" large wide busy={busy}>
              {setup.ssoGo}
            </Button>
          )}
          {problem && (
            <Button wide onClick={() => navigate('/sign-in', { replace: true })}>
              {setup.toSignIn}
            </Button>
          )}
        </form>
      </div>
    </Front>
  )
}
