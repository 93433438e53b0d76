import '../../words/late.ts'
import { useState } from 'react'
import { Link } from 'wouter'
import { InviteView, type SignedIn } from '../../../shared/api/people.ts'
import { useDevice, useSyncState } from '../../log/useAttendance.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useWords } from '../../words/index.ts'
import { Asking } from '../desk/Asking.tsx'
import { useReply } from '../desk/useReply.ts'
import styles from './Door.module.css'
import { Front } from './Front.tsx'

/** An invitation opened where somebody is signed in: for whom it is, who is signed in, and the choice between the two. */
export function InviteTaken({ token, account, home }: { readonly token: string; readonly account: SignedIn; readonly home: string }) {
  const words = useWords()
  const { asked, reload } = useReply(InviteView, `/api/invites/${encodeURIComponent(token)}`)
  return (
    <Front narrow sample={account.sample}>
      <Asking asked={asked} onRetry={reload}>
        {(invite) => <Choice invite={invite} account={account} />}
      </Asking>
      <Link className={buttonClass({ large: true, wide: true })} href={home} replace>
        {words.setup.takenBack(account.me.name)}
      </Link>
    </Front>
  )
}

function Choice({ invite, account }: { readonly invite: InviteView; readonly account: SignedIn }) {
  const words = useWords()
  const { session } = useDevice()
  const { unsent, attention } = useSyncState()
  const [busy, setBusy] = useState(false)
  const leave = async (): Promise<void> => {
    setBusy(true)
    // Nobody signed in any more, this address shows the invitation.
    await session.signOut()
  }
  return (
    <>
      <PageHeader
        title={words.setup.takenTitle(account.me.name)}
        sub={words.setup.takenFor(invite.name, words.common.roles[invite.role], invite.district)}
      />
      <div className={styles.door}>
        <p>{words.setup.takenText(account.me.name)}</p>
        {unsent + attention > 0 && <Banner>{words.setup.takenUnsent(unsent + attention)}</Banner>}
        <Button look="primary" large wide busy={busy} onClick={() => void leave()}>
          {words.setup.takenOut(account.me.name)}
        </Button>
      </div>
    </>
  )
}
