import { useState } from 'react'
import { Checkbox, TextField } from '../../ui/Field.tsx'
import { useWords } from '../../words/index.ts'
import { passwordFault } from './password.ts'

/** A new password, typed twice. `checked` shows what is wrong; before that nobody is scolded while typing. */
export function NewPassword({
  first,
  second,
  checked,
  onFirst,
  onSecond,
}: {
  readonly first: string
  readonly second: string
  readonly checked: boolean
  readonly onFirst: (value: string) => void
  readonly onSecond: (value: string) => void
}) {
  const words = useWords()
  const [shown, setShown] = useState(false)
  const fault = checked ? passwordFault(first, second) : undefined
  const type = shown ? 'text' : 'password'
  return (
    <>
      <TextField
        label={words.setup.password}
        hint={words.setup.passwordHint}
        error={fault?.kind === 'short' ? words.setup.passwordShort(fault.has) : undefined}
        type={type}
        value={first}
        onValue={onFirst}
        autoComplete="new-password"
        required
      />
      <TextField
        label={words.setup.passwordAgain}
        error={fault?.kind === 'differs' ? words.setup.passwordDiffers : undefined}
        type={type}
        value={second}
        onValue={onSecond}
        autoComplete="new-password"
        required
      />
      <Checkbox label={words.setup.showPassword} checked={shown} onChecked={setShown} />
    </>
  )
}
