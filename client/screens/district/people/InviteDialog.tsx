import { useState } from 'react'
import { InvitesReply, ROLES, type Person, type Role } from '../../../../shared/api.ts'
import { api } from '../../../sync/http.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Select } from '../../../ui/Field.tsx'
import { useWords } from '../../../words/index.ts'
import { useOrder } from '../../desk/useOrder.ts'

/** Asks for the role and makes one link a person. */
export function InviteDialog({
  people,
  onClose,
  onLinks,
}: {
  readonly people: readonly Person[]
  readonly onClose: () => void
  readonly onLinks: (links: InvitesReply) => void
}) {
  const words = useWords()
  const w = words.district.people
  const [role, setRole] = useState<Role>('teacher')
  const { busy, problem, send } = useOrder()
  const invite = async () => {
    const reply = await send(() => api(InvitesReply, 'POST', '/api/invites', { staff: people.map((p) => p.staff), role }))
    if (reply) onLinks(reply)
  }
  return (
    <Dialog
      title={w.inviteTitle(people.length)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button look="primary" busy={busy} onClick={invite}>
            {w.makeLinks}
          </Button>
        </>
      }
    >
      <p>{w.inviteText}</p>
      <Select
        label={w.inviteRole}
        hint={words.setup.what[role]}
        value={role}
        onValue={setRole}
        options={ROLES.map((r) => ({ value: r, label: words.common.roles[r] }))}
      />
      {problem && (
        <Banner tone="stop" live="assertive">
          {problem}
        </Banner>
      )}
    </Dialog>
  )
}
