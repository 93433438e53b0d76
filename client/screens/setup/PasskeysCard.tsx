import { type FormEvent, useState } from 'react'
import { Done } from '../../../shared/api.ts'
import type { PasskeyRow } from '../../../shared/api/passkeys.ts'
import { instant } from '../../../shared/time.ts'
import { useDevice } from '../../log/useAttendance.ts'
import { api } from '../../sync/http.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Card, Stack } from '../../ui/Card.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { useWords } from '../../words/index.ts'
import { useOrder } from '../desk/useOrder.ts'
import { deviceName } from './deviceName.ts'
import styles from './Door.module.css'

/** The own passkeys: what each is called, when it was used last; another; and the way to name or remove one. */
export function PasskeysCard({
  passkeys,
  onPaper,
  onChanged,
}: {
  readonly passkeys: readonly PasskeyRow[]
  /** The codes for paper that came with a first one. */
  readonly onPaper: (codes: readonly string[]) => void
  readonly onChanged: () => void
}) {
  const words = useWords()
  const w = words.trust.passkeys
  const [name, setName] = useState(() => deviceName(navigator.userAgent, words.setup.someDevice))
  const { busy, problem, send } = useOrder()
  const add = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || name.trim() === '') return
    const made = await send(async () => (await import('../../trust/passkeys.ts')).makePasskey(name))
    if (!made) return
    if (made.codes.length > 0) onPaper(made.codes)
    onChanged()
  }
  return (
    <Card title={w.title} sub={w.lead}>
      <Stack>
        {passkeys.length === 0 ? (
          <p className="quiet">{w.none}</p>
        ) : (
          <ul className={styles.lines} aria-label={w.title}>
            {passkeys.map((passkey) => (
              <Passkey key={passkey.id} passkey={passkey} onChanged={onChanged} />
            ))}
          </ul>
        )}
        <form onSubmit={add}>
          <Stack>
            <TextField label={w.name} hint={w.nameHint} value={name} onValue={setName} maxLength={60} required />
            <Button type="submit" busy={busy}>
              {w.add}
            </Button>
            {problem && (
              <Banner tone="stop" live="assertive">
                {problem}
              </Banner>
            )}
          </Stack>
        </form>
      </Stack>
    </Card>
  )
}

function Passkey({ passkey, onChanged }: { readonly passkey: PasskeyRow; readonly onChanged: () => void }) {
  const words = useWords()
  const w = words.trust.passkeys
  const { store } = useDevice()
  const [open, setOpen] = useState(false)
  const [name, setName] = useState(passkey.name)
  const { busy, problem, send } = useOrder()
  const path = `/api/passkeys/${encodeURIComponent(passkey.id)}`
  const moment = (at: number): string => words.format.moment(instant(at), store.zone(), store.now())
  const after = (done: unknown) => {
    if (!done) return
    setOpen(false)
    onChanged()
  }
  return (
    <li>
      <strong>{passkey.name}</strong> <span className="quiet">{w.made(moment(passkey.createdAt))}</span>{' '}
      <span className="quiet">{passkey.lastUsedAt === null ? w.unused : w.used(moment(passkey.lastUsedAt))}</span>{' '}
      <Button look="quiet" onClick={() => setOpen(true)}>
        {w.change(passkey.name)}
      </Button>
      {open && (
        <Dialog
          title={w.changeTitle(passkey.name)}
          onClose={() => setOpen(false)}
          actions={
            <>
              <Button onClick={() => setOpen(false)}>{words.common.cancel}</Button>
              <Button look="primary" busy={busy} onClick={async () => after(await send(() => api(Done, 'PATCH', path, { name })))}>
                {words.common.save}
              </Button>
            </>
          }
        >
          <TextField label={w.name} value={name} onValue={setName} maxLength={60} required />
          <p className="quiet">{w.removeText}</p>
          <Button look="danger" busy={busy} onClick={async () => after(await send(() => api(Done, 'POST', `${path}/remove`)))}>
            {w.remove}
          </Button>
          {problem && (
            <Banner tone="stop" live="assertive">
              {problem}
            </Banner>
          )}
        </Dialog>
      )}
    </li>
  )
}
