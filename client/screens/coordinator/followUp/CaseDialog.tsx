import { useState } from 'react'
import { Link } from 'wouter'
import { Done } from '../../../../shared/api.ts'
import type { FollowUpEntry, FollowUpsReply, NewFollowUp, Outcome } from '../../../../shared/api/followUps.ts'
import { OUTCOMES } from '../../../../shared/api/followUps.ts'
import type { SiteId, StaffId } from '../../../../shared/ids.ts'
import { as } from '../../../../shared/ids.ts'
import { parseSchoolDate } from '../../../../shared/time.ts'
import { useDevice } from '../../../log/useAttendance.ts'
import { api } from '../../../sync/http.ts'
import { useHalfDone } from '../../../trust/useHalfDone.ts'
import { Button, buttonClass } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { DateField, Select, TextArea } from '../../../ui/Field.tsx'
import { HalfDoneNote } from '../../../ui/HalfDoneNote.tsx'
import { ErrorNote } from '../../../ui/States.tsx'
import type { Words } from '../../../words/index.ts'
import { useWords } from '../../../words/index.ts'
import tools from '../../desk/Tools.module.css'
import { useOrder } from '../../desk/useOrder.ts'
import { type Case, isDuePast } from './cases.ts'
import styles from './FollowUp.module.css'
import type { Standing } from './standing.ts'

type Kind = 'note' | 'assigned' | 'outcome'

/** The next thing to write down, as far as it is typed. */
interface Entry {
  readonly kind: Kind
  readonly text: string
  readonly to: string
  readonly due: string
  readonly outcome: Outcome
}

/** One student's follow-up: what was done, newest first, and the next thing to write down. */
export function CaseDialog({
  row,
  site,
  one,
  staff,
  onClose,
  onWritten,
}: {
  readonly row: Standing
  readonly site: SiteId
  readonly one: Case | undefined
  readonly staff: FollowUpsReply['staff']
  readonly onClose: () => void
  readonly onWritten: () => void
}) {
  const words = useWords()
  const w = words.followUp
  const { store } = useDevice()
  const { busy, problem, send } = useOrder()
  const half = useHalfDone<Entry>(`followUp.${row.student}`, {
    kind: 'note',
    text: '',
    to: staff[0]?.id ?? '',
    due: '',
    outcome: 'comesAgain',
  })
  const { change } = half
  const { kind, text, to, due, outcome } = half.draft
  const [tried, setTried] = useState(false)
  const isPast = kind === 'assigned' && isDuePast(due, store.today())
  const write = async () => {
    setTried(true)
    if (isPast) return
    const entry = entryOf({ student: row.student, site, kind, text: text.trim(), to, due, outcome })
    if (!entry) return
    if (await send(() => api(Done, 'POST', '/api/follow-ups', { entries: [entry] }))) {
      half.anew()
      setTried(false)
      onWritten()
    }
  }
  return (
    <Dialog
      title={w.case.title(`${row.first} ${row.last}`)}
      wide
      onClose={() => {
        half.done()
        onClose()
      }}
      actions={
        <>
          <Link className={buttonClass()} href={`/student/${row.student}`}>
            {w.case.full}
          </Link>
          <Button look="primary" busy={busy} onClick={write}>
            {w.case.save}
          </Button>
        </>
      }
    >
      <HalfDoneNote of={half} />
      {problem && <ErrorNote message={problem} />}
      <div className={styles.case}>
        <form className={tools.form} onSubmit={(event) => event.preventDefault()}>
          <Select<Kind>
            label={w.case.what}
            value={kind}
            onValue={(next) => change({ kind: next })}
            options={(['note', 'assigned', 'outcome'] as const).map((value) => ({ value, label: w.case.kinds[value] }))}
          />
          {kind === 'assigned' && (
            <div className={tools.pair}>
              <Select
                label={w.case.to}
                value={to}
                onValue={(next) => change({ to: next })}
                options={staff.map(({ id, name }) => ({ value: id as string, label: name }))}
                error={tried && to === '' ? w.case.needWho : undefined}
              />
              <DateField
                label={w.case.due}
                value={due}
                onValue={(next) => change({ due: next })}
                min={store.today()}
                error={isPast ? w.case.duePast : undefined}
              />
            </div>
          )}
          {kind === 'outcome' && (
            <Select<Outcome>
              label={w.case.outcome}
              value={outcome}
              onValue={(next) => change({ outcome: next })}
              options={OUTCOMES.map((value) => ({ value, label: w.outcomes[value] }))}
            />
          )}
          <TextArea
            label={kind === 'note' ? w.case.text : w.case.more}
            hint={kind === 'note' ? w.case.noteHint : undefined}
            value={text}
            onValue={(next) => change({ text: next })}
            maxLength={2000}
            error={tried && kind === 'note' && text.trim() === '' ? w.case.needText : undefined}
          />
        </form>
        <section>
          <h3>{w.case.history}</h3>
          {!one && <p className="quiet">{w.case.nothing}</p>}
          <ol role="list" className={styles.history}>
            {one?.entries.toReversed().map((entry) => (
              <li key={entry.id}>
                <p>{said(words, entry)}</p>
                {entry.text !== '' && entry.kind !== 'note' && entry.kind !== 'letter' && <p>{entry.text}</p>}
                <p className="quiet">{w.case.byOn(entry.byName, words.format.dateTime(entry.at, store.zone()))}</p>
              </li>
            ))}
          </ol>
        </section>
      </div>
    </Dialog>
  )
}

function entryOf(typed: Entry & { readonly student: Standing['student']; readonly site: SiteId }): NewFollowUp | undefined {
  const { student, site, kind, text } = typed
  if (kind === 'note') return text === '' ? undefined : { student, site, kind, text }
  if (kind === 'outcome') return { student, site, kind, outcome: typed.outcome, text }
  return typed.to === '' ? undefined : { student, site, kind, to: as<StaffId>(typed.to), due: parseSchoolDate(typed.due) ?? null, text }
}

function said(words: Words, entry: FollowUpEntry): string {
  const w = words.followUp
  if (entry.kind === 'assigned') return w.case.assigned(entry.toName, entry.due && words.format.date(entry.due))
  if (entry.kind === 'letter') return w.case.letter(entry.text)
  if (entry.kind === 'outcome' && entry.outcome) return w.outcomes[entry.outcome]
  return entry.text
}
