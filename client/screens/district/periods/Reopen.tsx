import { Done } from '../../../../shared/api.ts'
import type { PeriodReply } from '../../../../shared/api/periods.ts'
import { ApprovalRow } from '../../../../shared/api/trust.ts'
import type { Instant } from '../../../../shared/time.ts'
import { useAccount, useDevice } from '../../../log/useAttendance.ts'
import { api } from '../../../sync/http.ts'
import { useHalfTyped } from '../../../trust/useHalfTyped.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { TextField } from '../../../ui/Field.tsx'
import { useWords } from '../../../words/index.ts'
import tools from '../../desk/Tools.module.css'
import { useOrder } from '../../desk/useOrder.ts'
import styles from './Periods.module.css'

/** Two people open a signed period for a supplement: one asks, another decides. Everybody sees who did what. */
export function Reopen({
  reply,
  mayDecide,
  onDone,
}: {
  readonly reply: PeriodReply
  readonly mayDecide: boolean
  readonly onDone: () => void
}) {
  const words = useWords()
  const when = useWhen()
  const w = words.periods.reopen
  const { signed, changed, reopenings, figures } = reply
  if (signed.length === 0) return null
  const approved = reopenings.find((one) => one.state === 'approved')
  const open = reopenings.find((one) => one.state === 'open')
  const isNeeded = changed.length > 0 && !approved
  return (
    <>
      {approved && (
        <Banner tone="good">
          {w.opened(approved.decidedByName, when(approved.decidedAt))} {w.ends(when(approved.ends))}
        </Banner>
      )}
      {isNeeded && (
        <Card title={w.title(words.periods.periodNames[figures.period])} sub={w.sub}>
          {open ? (
            <Decide asked={open} mayDecide={mayDecide} onDone={onDone} />
          ) : (
            <Ask subject={`${figures.period} ${figures.year}`} mayAsk={mayDecide} onDone={onDone} />
          )}
        </Card>
      )}
      {reopenings.length > 0 && (
        <Card title={w.history}>
          <ol className={styles.signed}>
            {reopenings.map((one) => (
              <li key={one.id}>
                <strong>{w.asked(one.askedByName, when(one.askedAt))}</strong>
                <span>{w.state[one.state]?.(one.decidedByName, when(one.decidedAt))}</span>
                <span className="quiet">{w.said(one.reason)}</span>
              </li>
            ))}
          </ol>
        </Card>
      )}
    </>
  )
}

function useWhen(): (at: number | null) => string {
  const { format } = useWords()
  const { store } = useDevice()
  return (at) => (at === null ? '' : format.dateTime(at as Instant, store.zone()))
}

function Ask({ subject, mayAsk, onDone }: { readonly subject: string; readonly mayAsk: boolean; readonly onDone: () => void }) {
  const w = useWords().periods.reopen
  const { fields, set, done } = useHalfTyped(`reopen.${subject}`, { reason: '' })
  const { reason } = fields
  const { busy, problem, send } = useOrder()
  const ask = async () => {
    if (!(await send(() => api(ApprovalRow, 'POST', '/api/approvals', { kind: 'reopenPeriod', subject, reason })))) return
    done()
    onDone()
  }
  const cannot = mayAsk ? (reason.trim() === '' ? w.reasonFirst : undefined) : w.notYours
  return (
    <div className={tools.form}>
      {mayAsk && (
        <TextField label={w.reason} hint={w.reasonHint} value={reason} onValue={(next) => set({ reason: next })} maxLength={500} />
      )}
      {problem && (
        <Banner tone="stop" live="assertive">
          {problem}
        </Banner>
      )}
      <div className={tools.inline}>
        <Button look="primary" busy={busy} cannot={cannot} showWhy onClick={ask}>
          {w.ask}
        </Button>
      </div>
    </div>
  )
}

function Decide({ asked, mayDecide, onDone }: { readonly asked: ApprovalRow; readonly mayDecide: boolean; readonly onDone: () => void }) {
  const w = useWords().periods.reopen
  const when = useWhen()
  const account = useAccount()
  const { busy, problem, send } = useOrder()
  const decide = async (decision: 'approve' | 'refuse') => {
    if (await send(() => api(Done, 'POST', `/api/approvals/${asked.id}`, { decision }))) onDone()
  }
  const { refusals } = useWords().common
  const me = account?.me.staff
  const isOne = asked.deciders !== undefined && !asked.deciders.some(({ staff }) => staff === me)
  const cannot = !mayDecide ? w.notYours : me === asked.askedBy ? w.own : undefined
  return (
    <div className={tools.form}>
      <p>
        {w.waits(asked.askedByName, when(asked.askedAt))} {w.ends(when(asked.ends))}
      </p>
      <p>{w.said(asked.reason)}</p>
      {asked.deciders && <p className="quiet">{w.deciders(asked.deciders.map(({ name }) => name))}</p>}
      {problem && (
        <Banner tone="stop" live="assertive">
          {problem}
        </Banner>
      )}
      <div className={tools.inline}>
        <Button
          look="primary"
          busy={busy}
          cannot={cannot ?? (isOne ? refusals.onePerson : undefined)}
          showWhy
          onClick={() => decide('approve')}
        >
          {w.approve}
        </Button>
        <Button busy={busy} cannot={cannot} onClick={() => decide('refuse')}>
          {w.refuse}
        </Button>
      </div>
    </div>
  )
}
