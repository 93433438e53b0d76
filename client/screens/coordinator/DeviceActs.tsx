import { useState } from 'react'
import type { DeviceRow } from '../../../shared/api/desk.ts'
import { EnrolCode } from '../../../shared/api/trust.ts'
import { type Instant, instant } from '../../../shared/time.ts'
import { useDevice } from '../../log/useAttendance.ts'
import { api } from '../../sync/http.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { QrCode } from '../../ui/QrCode.tsx'
import { useWords } from '../../words/index.ts'
import { NamedDialog } from '../desk/NamedDialog.tsx'
import { useOrder } from '../desk/useOrder.ts'
import { enrolLink } from '../setup/enrolLink.ts'

/** Makes a code for a new device and shows it, once. */
export function NewDeviceCode() {
  const words = useWords()
  const w = words.trust.devices
  const { store } = useDevice()
  const [made, setMade] = useState<EnrolCode>()
  const { busy, problem, send } = useOrder()
  const make = async () => setMade(await send(() => api(EnrolCode, 'POST', '/api/devices/codes')))
  return (
    <>
      <Button busy={busy} onClick={make}>
        {w.newCode}
      </Button>
      {problem && <Banner tone="stop">{problem}</Banner>}
      {made && (
        <Dialog
          title={w.newCodeTitle}
          onClose={() => setMade(undefined)}
          actions={<Button onClick={() => setMade(undefined)}>{words.common.close}</Button>}
        >
          <p>
            <code>{made.code}</code>
          </p>
          <QrCode text={enrolLink(made.code)} label={w.newCodeQr} />
          <p>{w.newCodeScan}</p>
          <p>{w.newCodeText(words.format.time(instant(made.expires), store.zone()))}</p>
        </Dialog>
      )}
    </>
  )
}

/** One device: its name, whether it signs what it sends, and the way to revoke it. */
export function ChangeDevice({
  device,
  moment,
  onChanged,
}: {
  readonly device: DeviceRow
  readonly moment: (at: Instant) => string
  readonly onChanged: () => void
}) {
  const words = useWords()
  const w = words.trust.devices
  const [open, setOpen] = useState(false)
  const path = `/api/devices/${encodeURIComponent(device.id)}`
  if (device.revokedAt != null) return w.revoked(moment(device.revokedAt))
  return (
    <>
      <Button look="quiet" onClick={() => setOpen(true)}>
        {w.change}
      </Button>
      {open && (
        <NamedDialog
          title={w.changeTitle(device.name)}
          label={w.name}
          name={device.name}
          maxLength={120}
          path={path}
          end={{
            path: `${path}/revoke`,
            label: w.revoke,
            sure: { title: w.sure.title(device.name), label: w.sure.go, text: <Revoking unsent={device.report?.unsent ?? 0} /> },
          }}
          onClose={() => setOpen(false)}
          onChanged={onChanged}
        >
          <p className="quiet">{device.isSigned ? w.isSigned : w.isNotSigned}</p>
        </NamedDialog>
      )}
    </>
  )
}

/** What sending a device away means, before it is done. */
function Revoking({ unsent }: { readonly unsent: number }) {
  const w = useWords().trust.devices.sure
  return (
    <>
      <p>{w.goes}</p>
      <p>
        {w.taken} {unsent > 0 && w.unsent(unsent)}
      </p>
      <p>{w.forGood}</p>
    </>
  )
}
