import type { FormEvent } from 'react'
import { useState } from 'react'
import { Done } from '../../../shared/api.ts'
import { type SignedIn } from '../../../shared/api/people.ts'
import { ZONE_NAMES } from '../../../shared/zones.ts'
import { api } from '../../sync/http.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Checkbox, Select, TextField } from '../../ui/Field.tsx'
import { focusFault } from '../../ui/focusFault.ts'
import { useWords } from '../../words/index.ts'
import { useOrder } from '../desk/useOrder.ts'
import styles from './Door.module.css'
import { NewPassword } from './NewPassword.tsx'
import { passwordFault } from './password.ts'
import { useSignIn } from './signIn.ts'

const EMPTY = { district: '', zone: 'America/Los_Angeles', lea: '', name: '', username: '', password: '', again: '' }

/** An own district: its name, zone and code, and the first person who may do everything. Made, and that person signed in. */
export function DistrictForm({
  code,
  onDone,
  onBack,
}: {
  readonly code: { readonly code?: string }
  readonly onDone: (signedIn: SignedIn) => void
  readonly onBack: () => void
}) {
  const words = useWords()
  const [form, setForm] = useState(EMPTY)
  const [checked, setChecked] = useState(false)
  const [secondFactor, setSecondFactor] = useState(true)
  const { busy, problem, send } = useOrder()
  const signIn = useSignIn()
  const set = (name: keyof typeof EMPTY) => (value: string) => setForm((was) => ({ ...was, [name]: value }))
  const missing = (value: string) => (checked && value.trim() === '' ? words.setup.needed : undefined)
  const leaIsWrong = form.lea !== '' && !/^\d{7}$/.test(form.lea)

  const create = async (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (leaIsWrong || passwordFault(form.password, form.again) || [form.district, form.name, form.username].some((v) => v.trim() === ''))
      return focusFault()
    const administrator = { name: form.name.trim(), username: form.username.trim(), password: form.password }
    const body = { ...code, name: form.district.trim(), zone: form.zone, lea: form.lea || null, administrator, secondFactor }
    if (!(await send(() => api(Done, 'POST', '/api/setup/district', body)))) return
    const signedIn = await send(() => signIn(administrator.username, administrator.password))
    if (signedIn) onDone(signedIn)
  }

  return (
    <form className={styles.door} onSubmit={create} noValidate>
      <h2>{words.setup.districtTitle}</h2>
      <TextField
        label={words.setup.districtName}
        error={missing(form.district)}
        value={form.district}
        onValue={set('district')}
        required
        autoFocus
      />
      <div className={styles.pair}>
        <Select
          label={words.setup.zone}
          hint={words.setup.zoneHint}
          value={form.zone}
          onValue={set('zone')}
          options={ZONE_NAMES.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
        />
        <TextField
          label={words.setup.lea}
          hint={words.setup.leaHint}
          error={checked && leaIsWrong ? words.setup.leaWrong : undefined}
          value={form.lea}
          onValue={set('lea')}
          inputMode="numeric"
          maxLength={7}
        />
      </div>
      <fieldset className={styles.form}>
        <legend className={styles.legend}>{words.setup.adminTitle}</legend>
        <p className="quiet">{words.setup.adminText}</p>
        <div className={styles.pair}>
          <TextField
            label={words.setup.name}
            error={missing(form.name)}
            value={form.name}
            onValue={set('name')}
            autoComplete="name"
            required
          />
          <TextField
            label={words.setup.username}
            hint={words.setup.usernameHint}
            error={missing(form.username)}
            value={form.username}
            onValue={set('username')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
          />
        </div>
        <NewPassword first={form.password} second={form.again} checked={checked} onFirst={set('password')} onSecond={set('again')} />
      </fieldset>
      <Checkbox label={words.setup.factor} hint={words.setup.factorHint} checked={secondFactor} onChecked={setSecondFactor} />
      {problem && (
        <Banner tone="stop" live="assertive">
          {problem}
        </Banner>
      )}
      <div className={styles.pair}>
        <Button onClick={onBack} large>
          {words.common.back}
        </Button>
        <Button type="submit" look="primary" large busy={busy}>
          {words.setup.create}
        </Button>
      </div>
    </form>
  )
}
