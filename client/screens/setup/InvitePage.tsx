import type { FormEvent } from 'react'
import { useState } from 'react'
import { Done } from '../../../shared/api.ts'
import { InviteView, SetupState, type SignedIn } from '../../../shared/api/people.ts'
import { Link } from 'wouter'
import { api } from '../../sync/http.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { focusFault } from '../../ui/focusFault.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useWords } from '../../words/index.ts'
import { Asking } from '../desk/Asking.tsx'
import { whyNot } from '../desk/whyNot.ts'
import { useOrder } from '../desk/useOrder.ts'
import { useReply } from '../desk/useReply.ts'
import styles from './Door.module.css'
import { Front } from './Front.tsx'
import { NewPassword } from './NewPassword.tsx'
import { passwordFault } from './password.ts'
import { useSignIn } from './signIn.ts'

/** A one-time link taken up: the person sees who is meant, chooses a password, and is signed in. */
export function InvitePage({ token, onSignedIn }: { readonly token: string; readonly onSignedIn: (signedIn: SignedIn) => void }) {
  const words = useWords()
  const path = `/api/invites/${encodeURIComponent(token)}`
  const { asked, reload } = useReply(InviteView, path)
  const { asked: district } = useReply(SetupState, '/api/setup')
  const sample = district.kind === 'ok' && district.value.sample
  if (asked.kind === 'refused' && asked.code === 'inviteGone') {
    return (
      <Front narrow sample={sample}>
        <PageHeader title={words.setup.inviteGoneTitle} />
        <Banner tone="stop" live="assertive">
          {whyNot(words, asked)}
        </Banner>
        <Link className={buttonClass({ large: true })} href="/sign-in">
          {words.setup.toSignIn}
        </Link>
      </Front>
    )
  }
  return (
    <Front narrow sample={sample}>
      <Asking asked={asked} onRetry={reload}>
        {(invite) => <Accept invite={invite} path={path} onSignedIn={onSignedIn} />}
      </Asking>
    </Front>
  )
}

function Accept({
  invite,
  path,
  onSignedIn,
}: {
  readonly invite: InviteView
  readonly path: string
  readonly onSignedIn: (signedIn: SignedIn) => void
}) {
  const words = useWords()
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [checked, setChecked] = useState(false)
  const [taken, setTaken] = useState(false)
  const { busy, problem, send } = useOrder()
  const signIn = useSignIn()
  const accept = async (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (passwordFault(password, again)) return focusFault()
    if (!(await send(() => api(Done, 'POST', path, { password })))) return
    setTaken(true)
    const signedIn = await send(() => signIn(invite.username, password))
    if (signedIn) onSignedIn(signedIn)
  }
  const head = invite.again ? (
    <PageHeader title={words.setup.againTitle(invite.name)} sub={words.setup.againText} />
  ) : (
    <PageHeader
      title={words.setup.inviteTitle(invite.name)}
      sub={words.setup.inviteText(invite.district, words.common.roles[invite.role])}
    />
  )
  // The link is used; what more signing in asks for, a code or a paper, is asked on its own page.
  if (taken && problem)
    return (
      <>
        {head}
        <Banner live="polite">{words.setup.againDone}</Banner>
        <Link className={buttonClass({ look: 'primary', large: true })} href="/sign-in">
          {words.setup.toSignIn}
        </Link>
      </>
    )
  return (
    <>
      {head}
      <form className={styles.door} onSubmit={accept} noValidate>
        <p>
          {words.setup.inviteUsername} <strong>{invite.username}</strong>
        </p>
        {/* Password managers tie the new password to this name. */}
        <input type="text" name="username" autoComplete="username" value={invite.username} readOnly hidden />
        <NewPassword first={password} second={again} checked={checked} onFirst={setPassword} onSecond={setAgain} />
        {problem && (
          <Banner tone="stop" live="assertive">
            {problem}
          </Banner>
        )}
        <Button type="submit" look="primary" large wide busy={busy}>
          {words.setup.inviteButton}
        </Button>
      </form>
    </>
  )
}
