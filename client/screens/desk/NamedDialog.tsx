import { type ReactNode, useState } from 'react'
import { Done } from '../../../shared/api.ts'
import { api } from '../../sync/http.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { useWords } from '../../words/index.ts'
import { useOrder } from './useOrder.ts'

/** A thing with a name that the server keeps: another name for it, or its end. What ending it means is said by `children`. */
export function NamedDialog({
  title,
  label,
  name: before,
  maxLength,
  path,
  end,
  children,
  onClose,
  onChanged,
}: {
  readonly title: string
  readonly label: string
  readonly name: string
  readonly maxLength: number
  /** Where its name is sent. */
  readonly path: string
  /** The way to end it: where that is sent, and the button. */
  readonly end: { readonly path: string; readonly label: string }
  readonly children: ReactNode
  readonly onClose: () => void
  readonly onChanged: () => void
}) {
  const { common } = useWords()
  const [name, setName] = useState(before)
  const { busy, problem, send } = useOrder()
  const after = (done: unknown) => {
    if (!done) return
    onClose()
    onChanged()
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button look="primary" busy={busy} onClick={async () => after(await send(() => api(Done, 'PATCH', path, { name })))}>
            {common.save}
          </Button>
        </>
      }
    >
      <TextField label={label} value={name} onValue={setName} maxLength={maxLength} required />
      {children}
      <Button look="danger" busy={busy} onClick={async () => after(await send(() => api(Done, 'POST', end.path)))}>
        {end.label}
      </Button>
      {problem && (
        <Banner tone="stop" live="assertive">
          {problem}
        </Banner>
      )}
    </Dialog>
  )
}
