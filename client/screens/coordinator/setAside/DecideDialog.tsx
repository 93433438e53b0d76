import { useState } from 'react'
import type { QuarantinedRow } from '../../../../shared/api/desk.ts'
import { useAccount, useDevice } from '../../../log/useAttendance.ts'
import { useHalfTyped } from '../../../trust/useHalfTyped.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { TextField } from '../../../ui/Field.tsx'
import { focusFault } from '../../../ui/focusFault.ts'
import { useWords } from '../../../words/index.ts'
import type { Decision } from './reviews.ts'
import { canAccept, isOwn } from './reviews.ts'
import { Versions } from './Versions.tsx'

/** Shows one record that was set aside, whole and beside the one that took its place, and asks what is to become of it and why. */
export function DecideDialog({
  row,
  onClose,
  onDecide,
}: {
  readonly row: QuarantinedRow
  readonly onClose: () => void
  readonly onDecide: (decision: Decision, reason: string) => void
}) {
  const words = useWords()
  const w = words.coordinator.setAside
  const { store } = useDevice()
  const { fields, set, done } = useHalfTyped(`review.${row.id}`, { reason: '' })
  const reason = fields.reason.trim()
  const staff = useAccount()?.me.staff
  const cannot = isOwn(row, staff) ? w.own : canAccept(row) ? undefined : w.cannotAccept[row.reason]
  const [tried, setTried] = useState(false)
  const decide = (decision: Decision) => {
    setTried(true)
    if (reason === '') return focusFault()
    done()
    onDecide(decision, reason)
  }
  return (
    <Dialog
      title={w.types[row.type] ?? w.unreadable}
      wide
      onClose={() => {
        done()
        onClose()
      }}
      actions={
        <>
          <Button look="danger" onClick={() => decide('refuse')}>
            {w.refuse}
          </Button>
          <Button look="primary" cannot={cannot} onClick={() => decide('accept')}>
            {w.accept}
          </Button>
        </>
      }
    >
      <Banner tone="warn" title={w.reasonOf(row)}>
        {w.receivedFrom(
          row.deviceName || row.device,
          words.format.dateTime(row.receivedAt, store.zone()),
          row.actorName || w.unknownPerson,
        )}
      </Banner>
      <Versions row={row} />
      {cannot !== undefined && <p className="quiet">{cannot}</p>}
      <TextField
        label={w.why}
        hint={w.whyHint}
        error={tried && reason === '' ? w.whyNeeded : undefined}
        value={fields.reason}
        onValue={(next) => set({ reason: next })}
        maxLength={500}
        required
      />
    </Dialog>
  )
}
