import { useState } from 'react'
import type { InvitesReply } from '../../../../shared/api/people.ts'
import { schoolDateOf } from '../../../../shared/time.ts'
import { useDevice } from '../../../log/useAttendance.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Stack } from '../../../ui/Card.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { useWords } from '../../../words/index.ts'
import styles from './People.module.css'
import { PrintButton } from '../../desk/PrintButton.tsx'

/** One-time links, shown once, to copy or to print as slips. */
export function InviteLinks({ reply, onDone }: { readonly reply: InvitesReply; readonly onDone: () => void }) {
  const words = useWords()
  const w = words.district.people
  const zone = useDevice().store.zone()
  const [copied, setCopied] = useState(false)
  const address = (path: string) => new URL(path, location.origin).href
  const copyAll = async () => {
    await navigator.clipboard.writeText(reply.invites.map((i) => `${i.name}\t${i.username}\t${address(i.path)}`).join('\n'))
    setCopied(true)
  }
  const skipped = (['hasAccount', 'unknown'] as const).map((reason) => ({
    reason,
    n: reply.skipped.filter((s) => s.reason === reason).length,
  }))
  return (
    <>
      <PageHeader
        title={w.linksTitle}
        actions={
          <>
            <Button onClick={copyAll}>{copied ? words.common.copied : w.copyAll}</Button>
            <PrintButton>{w.printSlips}</PrintButton>
            <Button look="primary" onClick={onDone}>
              {words.common.done}
            </Button>
          </>
        }
      />
      <Stack>
        <div className="noPrint">
          <Banner tone="warn">{w.linksOnce}</Banner>
        </div>
        {skipped
          .filter(({ n }) => n > 0)
          .map(({ reason, n }) => (
            <div key={reason} className="noPrint">
              <Banner>{w.skipped[reason](n)}</Banner>
            </div>
          ))}
        <ul className={styles.links}>
          {reply.invites.map((invite) => (
            <li key={invite.staff} className={styles.slip}>
              <strong>{invite.name}</strong>
              <span>{w.slipText}</span>
              <span className={styles.address}>{address(invite.path)}</span>
              <span>
                {words.setup.username}: <strong>{invite.username}</strong>
              </span>
              <span className="quiet">{w.until(words.format.dateWithYear(schoolDateOf(invite.expires, zone)))}</span>
            </li>
          ))}
        </ul>
      </Stack>
    </>
  )
}
