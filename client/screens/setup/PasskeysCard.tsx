import { type FormEvent, useState } from 'react'
import type { PasskeyRow } from '../../../shared/api/passkeys.ts'
import { instant } from '../../../shared/time.ts'
import { useDevice } from '../../log/useAttendance.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Card, Stack } from '../../ui/Card.tsx'
import { TextField } from '../../ui/Field.tsx'
import { useWords } from '../../words/index.ts'
import { NamedDialog } from '../desk/NamedDialog.tsx'
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
  const path = `/api/passkeys/${encodeURIComponent(passkey.id)}`
  const moment = (at: number): string => words.format.moment(instant(at), store.zone(), store.now())
  return (
    <li>
      <strong>{passkey.name}</strong> <span className="quiet">{w.made(moment(passkey.createdAt))}</span>{' '}
      <span className="quiet">{passkey.lastUsedAt === null ? w.unused : w.used(moment(passkey.lastUsedAt))}</span>{' '}
      <Button look="quiet" onClick={() => setOpen(true)}>
        {w.change(passkey.name)}
      </Button>
      {open && (
        <NamedDialog
          title={w.changeTitle(passkey.name)}
          label={w.name}
          name={passkey.name}
          maxLength={60}
          path={path}
          end={{ path: `${path}/remove`, label: w.remove }}
          onClose={() => setOpen(false)}
          onChanged={onChanged}
        >
          <p className="quiet">{w.removeText}</p>
        </NamedDialog>
      )}
    </li>
  )
}
