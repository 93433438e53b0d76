import { type ReactNode, useState } from 'react'
import { Done } from '../../../shared/api.ts'
import { api } from '../../sync/http.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { useWords } from '../../words/index.ts'
import { useOrder } from './useOrder.ts'

interface Sure {
  readonly title: string
  readonly text: ReactNode
  readonly label: string
}

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
  /** The way to end it: where that is sent, the button, and the question that is asked first where there is no way back. */
  readonly end: { readonly path: string; readonly label: string; readonly sure?: Sure }
  readonly children: ReactNode
  readonly onClose: () => void
  readonly onChanged: () => void
}) {
  const { common } = useWords()
  const [name, setName] = useState(before)
  const [asking, setAsking] = useState<Sure>()
  const { busy, problem, send } = useOrder()
  const after = (done: unknown) => {
    if (!done) return
    onClose()
    onChanged()
  }
  const finish = async () => after(await send(() => api(Done, 'POST', end.path)))
  const fault = problem && (
    <Banner tone="stop" live="assertive">
      {problem}
    </Banner>
  )
  if (asking)
    return (
      <Dialog
        title={asking.title}
        onClose={() => setAsking(undefined)}
        actions={
          <>
            <Button onClick={() => setAsking(undefined)}>{common.cancel}</Button>
            <Button look="danger" busy={busy} onClick={finish}>
              {asking.label}
            </Button>
          </>
        }
      >
        {asking.text}
        {fault}
      </Dialog>
    )
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
      <Button look="danger" busy={busy} onClick={end.sure ? () => setAsking(end.sure) : finish}>
        {end.label}
      </Button>
      {fault}
    </Dialog>
  )
}
