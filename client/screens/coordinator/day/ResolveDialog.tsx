import { useState } from 'react'
import { Done } from '../../../../shared/api.ts'
import type { DocumentView } from '../../../../shared/api/day.ts'
import type { SiteId } from '../../../../shared/ids.ts'
import { useDevice } from '../../../log/useAttendance.ts'
import { api } from '../../../sync/http.ts'
import { useHalfDone } from '../../../trust/useHalfDone.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { TextField } from '../../../ui/Field.tsx'
import { HalfDoneNote } from '../../../ui/HalfDoneNote.tsx'
import { ErrorNote } from '../../../ui/States.tsx'
import type { Words } from '../../../words/index.ts'
import { useWords } from '../../../words/index.ts'
import tools from '../../desk/Tools.module.css'
import { useOrder } from '../../desk/useOrder.ts'
import type { BoardRow, ProblemKind } from './board.ts'
import styles from './Day.module.css'
import { DocumentField } from './DocumentField.tsx'
import { LookPart, MissingPart, NotArrivedPart } from './Parts.tsx'
import type { Change } from './resolving.ts'
import { changeOf, isEmpty, lookedAfter, recordCheckOuts, resolutionsOf, withPaper } from './resolving.ts'

const toggled = (set: ReadonlySet<string>, key: string, on: boolean): ReadonlySet<string> =>
  on ? new Set([...set, key]) : new Set([...set].filter((one) => one !== key))

/** Resolves what stands out in one session or many: it says first what it will change, and changes nothing without a reason. */
export function ResolveDialog({
  rows,
  site,
  documents,
  connected,
  onClose,
  onDone,
}: {
  readonly rows: readonly BoardRow[]
  readonly site: SiteId
  readonly documents: readonly DocumentView[]
  /** Whether the server answers: what is kept beside the log needs it. */
  readonly connected: boolean
  readonly onClose: () => void
  readonly onDone: () => void
}) {
  const words = useWords()
  const w = words.day.dialog
  const { store } = useDevice()
  const { busy, problem, send } = useOrder()
  const half = useHalfDone<{ readonly times: Readonly<Record<string, string>>; readonly reason: string }>(
    `resolve.${rows.map(({ key }) => key).join(',')}`,
    { times: {}, reason: '' },
  )
  const { times, reason } = half.draft
  const close = () => {
    half.done()
    onClose()
  }
  const [looked, setLooked] = useState<ReadonlySet<string>>(new Set())
  const [notHeld, setNotHeld] = useState<ReadonlySet<string>>(new Set())
  const [paper, setPaper] = useState<DocumentView | null>(null)
  const [tried, setTried] = useState(false)
  const change = changeOf(rows, { times, looked, notHeld }, store.zone(), store.now())
  const isWrong = Object.keys(change.faults).length > 0
  const withProblem = (...kinds: readonly ProblemKind[]) => rows.filter((row) => row.problems.some(({ kind }) => kinds.includes(kind)))
  const [missing, doubtful, absent] = [withProblem('missing'), withProblem('late', 'clock'), withProblem('notArrived')]
  const only = rows.length === 1 ? rows[0] : undefined
  const apply = async () => {
    setTried(true)
    if (reason.trim() === '' || isEmpty(change) || isWrong) return
    const entries = resolutionsOf(change, reason.trim(), paper?.id ?? null)
    // What needs the server goes first: when it cannot be kept, nothing is changed and the dialog says why.
    if (entries.length > 0 && !(await send(() => api(Done, 'POST', '/api/day/resolutions', { entries })))) return
    recordCheckOuts(store, change, withPaper(reason.trim(), paper?.sha256 ?? null))
    const after = lookedAfter(store, change, reason.trim(), paper?.id ?? null)
    // The times are recorded whatever becomes of this: at worst they stand out as late entries, to be looked at once more.
    if (connected && after.length > 0) await send(() => api(Done, 'POST', '/api/day/resolutions', { entries: after }))
    half.done()
    onDone()
  }
  return (
    <Dialog
      title={only ? `${only.title}, ${words.format.date(only.on)}` : w.title(rows.length)}
      wide
      onClose={close}
      actions={
        <>
          <Button onClick={close}>{words.common.cancel}</Button>
          <Button look="primary" busy={busy} cannot={isWrong ? w.wrongTime : isEmpty(change) ? w.nothing : undefined} onClick={apply}>
            {w.go}
          </Button>
        </>
      }
    >
      <div className={tools.form}>
        <HalfDoneNote of={half} />
        {problem && <ErrorNote message={problem} />}
        {!connected && <Banner tone="warn">{w.offline}</Banner>}
        {missing.length > 0 && (
          <MissingPart rows={missing} times={times} faults={change.faults} onTimes={(next) => half.change({ times: next })} />
        )}
        {doubtful.length > 0 && (
          <LookPart rows={doubtful} looked={looked} onLooked={(row, is) => setLooked(toggled(looked, row.key, is))} />
        )}
        {absent.length > 0 && (
          <NotArrivedPart rows={absent} notHeld={notHeld} onNotHeld={(row, is) => setNotHeld(toggled(notHeld, row.key, is))} />
        )}
        <TextField
          label={w.reason}
          hint={w.reasonHint}
          value={reason}
          onValue={(next) => half.change({ reason: next })}
          maxLength={300}
          required
          error={tried && reason.trim() === '' ? w.needReason : undefined}
        />
        {connected && (
          <DocumentField
            place={{
              site,
              ...(only?.session && { session: only.session }),
              ...(only?.section && { section: only.section }),
              ...(only && { on: only.on }),
            }}
            known={documents.filter((one) => !only || one.session === only.session || one.session === null)}
            value={paper}
            onValue={setPaper}
          />
        )}
        <Banner tone={isEmpty(change) ? 'calm' : 'accent'} title={w.will} live="polite">
          {isEmpty(change) ? (
            w.nothing
          ) : (
            <ul className={styles.will}>
              {said(words, change).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
        </Banner>
      </div>
    </Dialog>
  )
}

function said(words: Words, change: Change): readonly string[] {
  const w = words.day.dialog
  return [
    ...(change.checkOuts.length > 0 ? [w.willCheckOut(change.checkOuts.length, change.sessions)] : []),
    ...(change.stale > 0 ? [w.willStale(change.stale)] : []),
    ...(change.looked.length > 0 ? [w.willLook(change.looked.length)] : []),
    ...(change.notHeld.length > 0 ? [w.willNotHeld(change.notHeld.length)] : []),
  ]
}
