import { useState } from 'react'
import { PeopleReply, type InvitesReply, type Me, type Person, type StaffAdded } from '../../../../shared/api/people.ts'
import { as } from '../../../../shared/ids.ts'
import { useDevice } from '../../../log/useAttendance.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Chip } from '../../../ui/Chip.tsx'
import { FindField } from '../../../ui/Field.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { EmptyState } from '../../../ui/States.tsx'
import { finds } from '../../../../shared/finding.ts'
import { Table } from '../../../ui/Table.tsx'
import { useWords } from '../../../words/index.ts'
import { Asking } from '../../desk/Asking.tsx'
import { mayChangePeople, mayDecide } from '../../desk/may.ts'
import { Tools } from '../../desk/Tools.tsx'
import styles from '../../desk/Tools.module.css'
import { useReply } from '../../desk/useReply.ts'
import { AddPerson } from './AddPerson.tsx'
import { ChangePerson } from './ChangePerson.tsx'
import { InviteDialog } from './InviteDialog.tsx'
import { InviteLinks } from './InviteLinks.tsx'
import type { AccountState } from './personState.ts'
import { accountState, mayGiveLink, STATES } from './personState.ts'
import { TrustSwitches } from './TrustSwitches.tsx'
import { peopleColumns } from './peopleColumns.tsx'

/** The staff: who has an account and which, who may be invited, whose supervision counts. */
export function PeoplePage({ me }: { readonly me: Me }) {
  const words = useWords()
  const w = words.district.people
  const { asked, reload } = useReply(PeopleReply, '/api/people')
  const [links, setLinks] = useState<InvitesReply>()
  if (links) {
    const done = () => {
      setLinks(undefined)
      reload()
    }
    return <InviteLinks reply={links} onDone={done} />
  }
  return (
    <>
      <PageHeader title={w.title} sub={w.sub} />
      <div className={styles.stack}>
        {mayDecide(me.role) && <TrustSwitches />}
        <Asking asked={asked} onRetry={reload}>
          {(reply) => <People people={reply.people} me={me} onLinks={setLinks} onChanged={reload} />}
        </Asking>
      </div>
    </>
  )
}

function People({
  people,
  me,
  onLinks,
  onChanged,
}: {
  readonly people: readonly Person[]
  readonly me: Me
  readonly onLinks: (links: InvitesReply) => void
  readonly onChanged: () => void
}) {
  const words = useWords()
  const w = words.district.people
  const [find, setFind] = useState('')
  const [state, setState] = useState<AccountState>()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const { store } = useDevice()
  const [inviting, setInviting] = useState(false)
  const [changing, setChanging] = useState<Person>()
  const [adding, setAdding] = useState(false)
  const [added, setAdded] = useState<StaffAdded>()
  const newcomer = people.find((p) => p.staff === added?.staff)
  const shown = people.filter(
    (p) =>
      (state === undefined || accountState(p) === state) &&
      (find.trim() === '' || finds(`${p.name} ${p.email} ${p.account?.username ?? ''}`, find.trim())),
  )
  const invitable = shown.filter((p) => accountState(p) === 'none')
  const chosen = people.filter((p) => selected.has(p.staff) && accountState(p) === 'none')
  const select = (person: Person, on: boolean) => {
    const next = new Set(selected)
    if (on) next.add(person.staff)
    else next.delete(person.staff)
    setSelected(next)
  }
  return (
    <>
      <Tools count={words.common.table.shown(shown.length, people.length)}>
        <FindField label={w.find} value={find} onValue={setFind} />
        {STATES.map((s) => (
          <Chip
            key={s}
            on={state === s}
            count={people.filter((p) => accountState(p) === s).length}
            onToggle={() => setState(state === s ? undefined : s)}
          >
            {w.states[s]}
          </Chip>
        ))}
        {invitable.length > 0 && (
          <Button look="quiet" onClick={() => setSelected(new Set(invitable.map((p) => p.staff)))}>
            {w.selectAll(invitable.length)}
          </Button>
        )}
        <Button look="primary" cannot={chosen.length === 0 ? w.inviteFirst : undefined} onClick={() => setInviting(true)}>
          {w.invite(chosen.length)}
        </Button>
        {mayChangePeople(me.role) && <Button onClick={() => setAdding(true)}>{w.add}</Button>}
      </Tools>
      {added && newcomer && (
        <Banner tone="good" live="polite">
          {added.isBack ? w.back(newcomer.name) : w.added(newcomer.name)}
        </Banner>
      )}
      <Table
        label={w.tableLabel}
        columns={peopleColumns(words, {
          selected,
          onSelect: select,
          siteName: (id) => store.ledger.site(as(id))?.name ?? id,
          onChange: setChanging,
          mayChange: (p) => mayChangePeople(me.role) || (p.staff !== me.staff && mayGiveLink(me.role, p)),
        })}
        rows={shown}
        rowKey={(p) => p.staff}
        initially={{ column: 'name', descending: false }}
        empty={
          <EmptyState title={people.length === 0 ? w.emptyTitle : words.district.roster.noneFound}>
            {people.length === 0 && w.empty}
          </EmptyState>
        }
      />
      {adding && (
        <AddPerson
          onClose={() => setAdding(false)}
          onAdded={(person) => {
            setAdding(false)
            setAdded(person)
            setSelected(new Set([person.staff]))
            onChanged()
          }}
        />
      )}
      {inviting && <InviteDialog people={chosen} giver={me.role} onClose={() => setInviting(false)} onLinks={onLinks} />}
      {changing && (
        <ChangePerson
          person={changing}
          giver={me.role}
          isSelf={changing.staff === me.staff}
          onClose={() => setChanging(undefined)}
          onLinks={onLinks}
          onChanged={() => {
            setChanging(undefined)
            onChanged()
          }}
        />
      )}
    </>
  )
}
