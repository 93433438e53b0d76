import type { FormEvent } from 'react'
import { useEffect, useState } from 'react'
import type { SampleAccount, SignedIn } from '../../../shared/api/people.ts'
import type { PasskeyAnswer } from '../../../shared/api/passkeys.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Checkbox, TextField } from '../../ui/Field.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useWords } from '../../words/index.ts'
import { useOrder } from '../desk/useOrder.ts'
import styles from './Door.module.css'
import { codeInAddress, dropCodeInAddress } from './enrolLink.ts'
import { Front } from './Front.tsx'
import { AskedFields } from './AskedFields.tsx'
import { type Asked, askedBy, useSignIn } from './signIn.ts'
import { SsoButton } from './SsoButton.tsx'

/** Who is holding this device. In the sample district its accounts are there to be pressed. */
export function SignInPage({
  district,
  accounts,
  sso,
  onRetry,
  onSignedIn,
}: {
  /** Null while the server has not been reached. */
  readonly district: string | null
  readonly accounts: readonly SampleAccount[]
  /** What the district's own sign-in is called; null where there is none. */
  readonly sso: string | null
  /** Asks the server again; there only while it cannot be reached. */
  readonly onRetry: (() => void) | undefined
  readonly onSignedIn: (signedIn: SignedIn) => void
}) {
  const words = useWords()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [shown, setShown] = useState(false)
  const { busy, problem, send } = useOrder()
  const signIn = useSignIn()
  /** What was refused is said beside what was pressed. */
  const [byForm, setByForm] = useState(false)
  /** What was asked for beyond the password, and what was typed for it. */
  const [more, setMore] = useState<Asked>(codeInAddress)
  useEffect(dropCodeInAddress, [])
  const enter = async (name: string, secret: string, form: boolean, passkey?: PasskeyAnswer) => {
    setByForm(form)
    const signedIn = await send(async () => {
      const reply = await signIn(name, secret, form ? { ...more, passkey } : {})
      setMore(askedBy(reply, more))
      return reply
    })
    if (signedIn) onSignedIn(signedIn)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy && username.trim() !== '' && password !== '') void enter(username.trim(), password, true)
  }
  const refused = problem && (
    <Banner tone="stop" live="assertive">
      {problem}
    </Banner>
  )
  const form = (
    <form className={styles.form} onSubmit={submit}>
      {byForm && refused}
      <TextField
        label={words.setup.username}
        value={username}
        onValue={setUsername}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
      />
      <TextField
        label={words.setup.password}
        type={shown ? 'text' : 'password'}
        value={password}
        onValue={setPassword}
        autoComplete="current-password"
        required
      />
      <AskedFields more={more} onMore={setMore} onPasskey={(passkey) => void enter(username.trim(), password, true, passkey)} />
      <Checkbox label={words.setup.showPassword} checked={shown} onChecked={setShown} />
      <Button type="submit" look="primary" large wide busy={busy}>
        {words.setup.signInButton}
      </Button>
    </form>
  )
  const isSample = accounts.length > 0
  return (
    <Front narrow={!isSample} sample={isSample}>
      <PageHeader title={district ? words.setup.signInTo(district) : words.setup.signInTitle} />
      {onRetry && (
        <Banner title={words.setup.offlineTitle} live="polite" actions={<Button onClick={onRetry}>{words.common.tryAgain}</Button>}>
          {words.setup.offline}
        </Banner>
      )}
      {!byForm && refused}
      {sso !== null && <SsoButton name={sso} />}
      {isSample ? (
        <>
          <section className={styles.door}>
            <h2>{words.setup.sampleAccounts}</h2>
            <p className="quiet">{words.setup.sampleAccountsText}</p>
            <ul className={styles.accounts}>
              {accounts.map((account) => (
                <li key={account.username}>
                  <button
                    type="button"
                    className={styles.account}
                    aria-disabled={busy || undefined}
                    onClick={() => !busy && enter(account.username, account.password, false)}
                  >
                    <strong>{words.common.roles[account.role]}</strong>
                    {words.setup.signInAs(account.name)}
                    <span>{words.setup.what[account.role]}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
          <section className={styles.door}>
            <h2>{words.setup.otherAccount}</h2>
            {form}
          </section>
        </>
      ) : (
        <div className={styles.door}>
          {sso !== null && <h2>{words.setup.ssoOr}</h2>}
          {form}
        </div>
      )}
    </Front>
  )
}
