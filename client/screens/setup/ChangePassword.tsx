import { type FormEvent, useState } from 'react'
import { Done } from '../../../shared/api.ts'
import { api } from '../../sync/http.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Card, Stack } from '../../ui/Card.tsx'
import { TextField } from '../../ui/Field.tsx'
import { useWords } from '../../words/index.ts'
import { useOrder } from '../desk/useOrder.ts'
import { NewPassword } from './NewPassword.tsx'
import { passwordFault } from './password.ts'

/** Another password, for who knows the one before. */
export function ChangePasswordCard() {
  const w = useWords().trust.password
  const [current, setCurrent] = useState('')
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const [checked, setChecked] = useState(false)
  const [done, setDone] = useState(false)
  const { busy, problem, send } = useOrder()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    setDone(false)
    if (busy || current === '' || passwordFault(first, second)) return
    if (!(await send(() => api(Done, 'POST', '/api/password', { current, password: first })))) return
    for (const clear of [setCurrent, setFirst, setSecond]) clear('')
    setChecked(false)
    setDone(true)
  }
  return (
    <Card title={w.title} sub={w.lead}>
      <form onSubmit={submit}>
        <Stack>
          <TextField label={w.current} type="password" value={current} onValue={setCurrent} autoComplete="current-password" required />
          <NewPassword first={first} second={second} checked={checked} onFirst={setFirst} onSecond={setSecond} />
          {(problem || done) && (
            <Banner tone={problem ? 'stop' : 'good'} live="polite">
              {problem ?? w.done}
            </Banner>
          )}
          <Button type="submit" busy={busy}>
            {w.change}
          </Button>
        </Stack>
      </form>
    </Card>
  )
}
