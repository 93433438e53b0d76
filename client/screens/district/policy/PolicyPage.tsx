import { useState } from 'react'
import type { Me } from '../../../../shared/api/people.ts'
import { PolicyReply } from '../../../../shared/api/registry.ts'
import { useDevice } from '../../../log/useAttendance.ts'
import { Button } from '../../../ui/Button.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { EmptyState } from '../../../ui/States.tsx'
import { StatusPill } from '../../../ui/StatusPill.tsx'
import type { Column } from '../../../ui/Table.tsx'
import { Table } from '../../../ui/Table.tsx'
import type { Tone } from '../../../ui/tone.ts'
import type { Words } from '../../../words/index.ts'
import { useWords } from '../../../words/index.ts'
import { Asking } from '../../desk/Asking.tsx'
import { mayDecide } from '../../desk/may.ts'
import styles from '../../desk/Tools.module.css'
import { useReply } from '../../desk/useReply.ts'
import { chosen } from '../rulebook/rows.ts'
import { differing, draftOf, type Entry, type EntryState, newDraft, type PolicyDraft, stateOf } from './draft.ts'
import { PolicyEditor } from './PolicyEditor.tsx'

/** The district's choices by date, with who decided and why; changing one shows first whom it would change. */
export function PolicyPage({ me }: { readonly me: Me }) {
  const words = useWords()
  const w = words.rules.policy
  const { sync } = useDevice()
  const { asked, reload } = useReply(PolicyReply, '/api/policy')
  const [draft, setDraft] = useState<PolicyDraft>()
  const cannot = mayDecide(me.role) ? undefined : w.mayNot
  const saved = () => {
    setDraft(undefined)
    reload()
    // The policy reaches this device like every other record: by the next pull.
    void sync.now()
  }
  const begin = asked.kind === 'ok' && !draft && (
    <Button look="primary" cannot={cannot} onClick={() => setDraft(newDraft(asked.value.policies, asked.value.today, me.name))}>
      {w.change}
    </Button>
  )
  return (
    <>
      <PageHeader title={w.title} sub={w.sub} actions={begin} />
      <Asking asked={asked} onRetry={reload}>
        {({ policies, today }) =>
          draft ? (
            <PolicyEditor
              key={draft.from}
              initial={draft}
              entries={policies}
              today={today}
              onClose={() => setDraft(undefined)}
              onSaved={saved}
            />
          ) : (
            <Table
              label={w.tableLabel}
              columns={columns(words, policies, today, cannot ? undefined : (entry) => setDraft(draftOf(entry)))}
              rows={[...policies].reverse()}
              rowKey={(entry) => entry.policy.from}
              empty={<EmptyState title={w.none} action={begin} />}
            />
          )
        }
      </Asking>
    </>
  )
}

const TONE: Readonly<Record<EntryState, Tone>> = { now: 'good', coming: 'accent', earlier: 'calm', ended: 'calm' }

function columns(
  words: Words,
  entries: readonly Entry[],
  today: PolicyReply['today'],
  onChange: ((entry: Entry) => void) | undefined,
): readonly Column<Entry>[] {
  const w = words.rules.policy
  const date = (entry: Entry) => words.format.dateWithYear(entry.policy.from)
  return [
    { id: 'from', head: w.from, by: (entry) => entry.policy.from, cell: (entry) => <span className={styles.name}>{date(entry)}</span> },
    {
      id: 'state',
      head: w.state,
      by: (entry) => stateOf(entries, entry, today),
      cell: (entry) => {
        const state = stateOf(entries, entry, today)
        return <StatusPill tone={TONE[state]}>{w.states[state]}</StatusPill>
      },
    },
    { id: 'differs', head: w.differs, wrap: true, cell: ({ policy }) => <Differing policy={policy} words={words} /> },
    { id: 'decidedBy', head: w.decidedBy, wrap: true, by: ({ policy }) => policy.decidedBy, cell: ({ policy }) => policy.decidedBy },
    { id: 'why', head: w.why, wrap: true, cell: ({ policy }) => policy.why },
    ...(onChange
      ? [
          {
            id: 'change',
            head: words.common.edit,
            cell: (entry: Entry) => (
              <Button look="quiet" onClick={() => onChange(entry)}>
                {words.common.edit} <span className="visuallyHidden">{date(entry)}</span>
              </Button>
            ),
          },
        ]
      : []),
  ]
}

function Differing({ policy, words }: { readonly policy: Entry['policy']; readonly words: Words }) {
  const w = words.rules.policy
  const choices = differing(policy)
  if (choices.length === 0) return <>{w.cautious}</>
  return (
    <ul className={styles.list}>
      {choices.map((choice) => (
        <li key={choice}>
          {w.choices[choice].name}: {chosen(words, choice, policy[choice])}
        </li>
      ))}
    </ul>
  )
}
