import { useState } from 'react'
import { InvitesReply, type Person, type Role } from '../../../../shared/api/people.ts'
import type { SectionId } from '../../../../shared/ids.ts'
import { api } from '../../../sync/http.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Select } from '../../../ui/Field.tsx'
import { useWords } from '../../../words/index.ts'
import { isTeaching, rolesToGive } from '../../desk/may.ts'
import { useShownOrder } from '../../desk/useShownOrder.tsx'
import { named } from './personState.ts'
import { ReachField } from './ReachField.tsx'

/** Asks for the role and makes one link a person. */
export function InviteDialog({
  people,
  giver,
  onClose,
  onLinks,
}: {
  readonly people: readonly Person[]
  /** The role of whoever invites. */
  readonly giver: Role
  readonly onClose: () => void
  readonly onLinks: (links: InvitesReply) => void
}) {
  const words = useWords()
  const w = words.district.people
  const [role, setRole] = useState<Role>('teacher')
  const [sections, setSections] = useState<readonly SectionId[]>([])
  const { busy, problem, send, dialog } = useShownOrder()
  const invite = async () => {
    const order = { staff: people.map((p) => p.staff), role, ...(isTeaching(role) && { sections: named(sections) }) }
    const reply = await send(() => api(InvitesReply, 'POST', '/api/people/invites', order))
    if (reply) onLinks(reply)
  }
  return (
    <>
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
          options={rolesToGive(giver).map((r) => ({ value: r, label: words.common.roles[r] }))}
        />
        {isTeaching(role) && <ReachField people={people} picked={sections} onPicked={setSections} />}
        {problem && (
          <Banner tone="stop" live="assertive">
            {problem}
          </Banner>
        )}
      </Dialog>
      {dialog}
    </>
  )
}
