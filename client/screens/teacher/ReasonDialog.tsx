import type { FormEvent, ReactNode } from 'react'
import { useId, useState } from 'react'
import { useHalfTyped } from '../../trust/useHalfTyped.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { useWords } from '../../words/index.ts'
import styles from './Sheet.module.css'

/** Asks once before something is taken back, and for the reason that stands beside it. What is typed is kept under `typedAs` until it is done with. */
export function ReasonDialog({
  title,
  button,
  hint,
  typedAs,
  large = false,
  onReason,
  onClose,
  children,
}: {
  readonly title: string
  readonly button: string
  readonly hint: string
  readonly typedAs: string
  /** For fingers. */
  readonly large?: boolean
  readonly onReason: (reason: string) => void
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const words = useWords()
  const { fields, set, done } = useHalfTyped(typedAs, { reason: '' })
  const reason = fields.reason.trim()
  const form = useId()
  const [tried, setTried] = useState(false)
  const leave = (): void => {
    done()
    onClose()
  }
  const save = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (reason === '') return
    done()
    onReason(reason)
  }
  return (
    <Dialog
      title={title}
      inField
      onClose={leave}
      actions={
        <>
          <Button large={large} onClick={leave}>
            {words.common.cancel}
          </Button>
          <Button look="primary" large={large} type="submit" form={form}>
            {button}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.fields} onSubmit={save} noValidate>
        {children}
        <TextField
          label={words.teacher.reason}
          hint={hint}
          value={fields.reason}
          onValue={(next) => set({ reason: next })}
          maxLength={500}
          error={tried && reason === '' ? words.teacher.needReason : undefined}
        />
      </form>
    </Dialog>
  )
}
