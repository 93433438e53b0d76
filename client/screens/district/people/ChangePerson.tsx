import { useState } from 'react'
import { Done } from '../../../../shared/api.ts'
import { InvitesReply, type Person, type Role } from '../../../../shared/api/people.ts'
import type { SectionId } from '../../../../shared/ids.ts'
import { api } from '../../../sync/http.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Checkbox, Select } from '../../../ui/Field.tsx'
import { useWords } from '../../../words/index.ts'
import tools from '../../desk/Tools.module.css'
import { isTeaching, mayChangePeople, rolesToGive } from '../../desk/may.ts'
import { useShownOrder } from '../../desk/useShownOrder.tsx'
import { mayGiveLink, named, sameSections } from './personState.ts'
import { ReachField } from './ReachField.tsx'

/** One person's account and whether time under this person counts. Each change is sent when it is saved; nobody is deleted. */
export function ChangePerson({
  person,
  giver,
  isSelf,
  onClose,
  onChanged,
  onLinks,
}: {
  readonly person: Person
  /** The role of whoever changes. */
  readonly giver: Role
  readonly isSelf: boolean
  readonly onClose: () => void
  readonly onChanged: () => void
  readonly onLinks: (links: InvitesReply) => void
}) {
  const words = useWords()
  const w = words.district.people
  const { account } = person
  const mayLink = !isSelf && mayGiveLink(giver, person)
  const mayChange = mayChangePeople(giver)
  const mayAccount = mayChange && account !== null && !isSelf && rolesToGive(giver).includes(account.role)
  const [role, setRole] = useState<Role>(account?.role ?? 'teacher')
  const before = account?.sections ?? []
  const [sections, setSections] = useState<readonly SectionId[]>(before)
  const [certificated, setCertificated] = useState(person.certificated)
  const [employee, setEmployee] = useState(person.employee)
  const { busy, problem, send, dialog } = useShownOrder()
  const accountPath = `/api/people/${encodeURIComponent(person.staff)}`

  const save = async () => {
    const staff = {
      ...(certificated !== person.certificated && { certificated }),
      ...(employee !== person.employee && { employee }),
    }
    const reach = isTeaching(role) && !sameSections(sections, before) ? { sections: named(sections) } : {}
    const change = { ...(role !== account?.role && { role }), ...reach }
    if (mayAccount && Object.keys(change).length > 0 && !(await send(() => api(Done, 'PATCH', accountPath, change)))) return
    if (Object.keys(staff).length > 0 && !(await send(() => api(Done, 'PATCH', `/api/staff/${encodeURIComponent(person.staff)}`, staff))))
      return
    onChanged()
  }
  const turn = async (state: 'active' | 'disabled') => {
    if (await send(() => api(Done, 'PATCH', accountPath, { state }))) onChanged()
  }
  const reset = async () => {
    if (await send(() => api(Done, 'PATCH', accountPath, { resetSecondFactor: true }))) onChanged()
  }
  const newLink = async () => {
    const reply = await send(() => api(InvitesReply, 'POST', '/api/people/invites', { staff: [person.staff], role }))
    if (reply) onLinks(reply)
  }
  const newPassword = async () => {
    const reply = await send(() => api(InvitesReply, 'POST', `${accountPath}/link`))
    if (reply) onLinks(reply)
  }

  return (
    <>
      <Dialog
        title={person.name}
        onClose={onClose}
        actions={
          <>
            <Button onClick={onClose}>{words.common.cancel}</Button>
            {mayChange && (
              <Button look="primary" busy={busy} onClick={save}>
                {words.common.save}
              </Button>
            )}
          </>
        }
      >
        {isSelf && <Banner>{w.self}</Banner>}
        {mayAccount && (
          <Select
            label={w.role}
            hint={words.setup.what[role]}
            value={role}
            onValue={setRole}
            options={rolesToGive(giver).map((r) => ({ value: r, label: words.common.roles[r] }))}
          />
        )}
        {mayAccount && isTeaching(role) && <ReachField people={[person]} picked={sections} onPicked={setSections} />}
        {mayChange && (
          <div>
            <Checkbox label={w.certificated} checked={certificated} onChecked={setCertificated} />
            <Checkbox label={w.employee} hint={w.certificatedHint} checked={employee} onChecked={setEmployee} />
          </div>
        )}
        {mayLink && (
          <div className={tools.form}>
            <p className="quiet">{account?.state === 'active' ? w.newPasswordText : w.inviteText}</p>
            <div className={tools.inline}>
              <Button busy={busy} onClick={account?.state === 'active' || !mayChange ? newPassword : newLink}>
                {account?.state === 'active' ? w.newPassword : w.newLink}
              </Button>
            </div>
          </div>
        )}
        {mayAccount && (
          <div className={tools.form}>
            {account.state !== 'disabled' && <p className="quiet">{w.disableText}</p>}
            <div className={tools.inline}>
              {account.state === 'disabled' ? (
                <Button busy={busy} onClick={() => turn('active')}>
                  {w.enable}
                </Button>
              ) : (
                <Button look="danger" busy={busy} onClick={() => turn('disabled')}>
                  {w.disable}
                </Button>
              )}
              {account.state === 'active' && !isTeaching(account.role) && (
                <Button busy={busy} title={words.trust.person.resetHint} onClick={reset}>
                  {words.trust.person.reset}
                </Button>
              )}
            </div>
          </div>
        )}
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
