import { Done } from '../../../../shared/api.ts'
import type { FollowUpsReply, NewFollowUp } from '../../../../shared/api/followUps.ts'
import type { SiteId, StaffId } from '../../../../shared/ids.ts'
import { as } from '../../../../shared/ids.ts'
import { parseSchoolDate } from '../../../../shared/time.ts'
import { useDevice } from '../../../log/useAttendance.ts'
import { api } from '../../../sync/http.ts'
import { useHalfDone } from '../../../trust/useHalfDone.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { DateField, Select, TextArea } from '../../../ui/Field.tsx'
import { HalfDoneNote } from '../../../ui/HalfDoneNote.tsx'
import { ErrorNote } from '../../../ui/States.tsx'
import { useWords } from '../../../words/index.ts'
import tools from '../../desk/Tools.module.css'
import { useOrder } from '../../desk/useOrder.ts'
import { isDuePast } from './cases.ts'
import type { Standing } from './standing.ts'

/** Gives many students to one person, after saying what that will change. */
export function AssignDialog({
  rows,
  site,
  staff,
  onClose,
  onDone,
}: {
  readonly rows: readonly Standing[]
  readonly site: SiteId
  readonly staff: FollowUpsReply['staff']
  readonly onClose: () => void
  readonly onDone: (n: number) => void
}) {
  const words = useWords()
  const w = words.followUp
  const { store } = useDevice()
  const { busy, problem, send } = useOrder()
  const half = useHalfDone(`assign.${rows.map(({ student }) => student).join(',')}`, { to: staff[0]?.id ?? '', due: '', text: '' })
  const { to, due, text } = half.draft
  const close = () => {
    half.done()
    onClose()
  }
  const isPast = isDuePast(due, store.today())
  const name = staff.find(({ id }) => id === to)?.name ?? ''
  const assign = async () => {
    const entries = rows.map(
      ({ student }): NewFollowUp => ({
        student,
        site,
        kind: 'assigned',
        to: as<StaffId>(to),
        due: parseSchoolDate(due) ?? null,
        text: text.trim(),
      }),
    )
    if (!(await send(() => api(Done, 'POST', '/api/follow-ups', { entries })))) return
    half.done()
    onDone(rows.length)
  }
  return (
    <Dialog
      title={w.many.title(rows.length)}
      onClose={close}
      actions={
        <>
          <Button onClick={close}>{words.common.cancel}</Button>
          <Button look="primary" busy={busy} cannot={to === '' ? w.case.needWho : isPast ? w.case.duePast : undefined} onClick={assign}>
            {w.many.go}
          </Button>
        </>
      }
    >
      <HalfDoneNote of={half} />
      {problem && <ErrorNote message={problem} />}
      <div className={tools.form}>
        <div className={tools.pair}>
          <Select
            label={w.case.to}
            value={to}
            onValue={(next) => half.change({ to: next })}
            options={staff.map((each) => ({ value: each.id as string, label: each.name }))}
          />
          <DateField
            label={w.case.due}
            value={due}
            onValue={(next) => half.change({ due: next })}
            min={store.today()}
            error={isPast ? w.case.duePast : undefined}
          />
        </div>
        <TextArea label={w.case.more} value={text} onValue={(next) => half.change({ text: next })} maxLength={2000} />
        <Banner tone="accent">{w.many.says(rows.length, name)}</Banner>
        <p className="quiet">
          {words.format.list(rows.slice(0, 12).map((row) => `${row.first} ${row.last}`))}
          {rows.length > 12 && ' …'}
        </p>
      </div>
    </Dialog>
  )
}
