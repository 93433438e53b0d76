import { useState } from 'react'
import { StaffAdded } from '../../../../shared/api/people.ts'
import { api } from '../../../sync/http.ts'
import { useHalfDone } from '../../../trust/useHalfDone.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Checkbox, TextField } from '../../../ui/Field.tsx'
import { focusFault } from '../../../ui/focusFault.ts'
import { HalfDoneNote } from '../../../ui/HalfDoneNote.tsx'
import { PickList } from '../../../ui/PickList.tsx'
import { useWords } from '../../../words/index.ts'
import { useOrder } from '../../desk/useOrder.ts'
import { useSchools } from '../useSchools.ts'
import styles from './People.module.css'

const EMPTY = { name: '', email: '', title: '', certificated: false, sites: [] as readonly string[] }
const isAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+$/.test(text.trim())

/** Somebody of the staff whom no file brings: who it is, where, and whether time under this person counts. */
export function AddPerson({ onClose, onAdded }: { readonly onClose: () => void; readonly onAdded: (added: StaffAdded) => void }) {
  const words = useWords()
  const w = words.district.people.adding
  const schools = useSchools()
  const half = useHalfDone('person.new', EMPTY)
  const { draft, change } = half
  const [tried, setTried] = useState(false)
  const { busy, problem, send } = useOrder()
  const lacksName = draft.name.trim() === ''
  const lacksAddress = !isAddress(draft.email)
  const add = async () => {
    setTried(true)
    if (lacksName || lacksAddress) return focusFault()
    const added = await send(() => api(StaffAdded, 'POST', '/api/staff', draft))
    if (!added) return
    half.done()
    onAdded(added)
  }
  const giveUp = () => {
    half.done()
    onClose()
  }
  return (
    <Dialog
      title={w.title}
      inField
      onClose={giveUp}
      actions={
        <>
          <Button onClick={giveUp}>{words.common.cancel}</Button>
          <Button look="primary" busy={busy} onClick={add}>
            {w.go}
          </Button>
        </>
      }
    >
      <HalfDoneNote of={half} />
      <p>{w.text}</p>
      <TextField
        label={w.name}
        value={draft.name}
        onValue={(name) => change({ name })}
        error={tried && lacksName ? w.nameFirst : undefined}
        maxLength={200}
        autoComplete="off"
        required
      />
      <TextField
        label={w.email}
        hint={w.emailHint}
        type="email"
        value={draft.email}
        onValue={(email) => change({ email })}
        error={tried && lacksAddress ? w.emailFirst : undefined}
        maxLength={200}
        autoComplete="off"
        required
      />
      <TextField
        label={w.job}
        hint={w.jobHint}
        value={draft.title}
        onValue={(title) => change({ title })}
        maxLength={200}
        autoComplete="off"
      />
      <Checkbox
        label={words.district.people.certificated}
        hint={words.district.people.certificatedHint}
        checked={draft.certificated}
        onChecked={(certificated) => change({ certificated })}
      />
      <fieldset>
        <legend className={styles.legend}>{w.schools}</legend>
        <p className="quiet">{w.schoolsHint}</p>
        <PickList
          label={w.schools}
          items={schools.map(({ id, name }) => ({ id, label: name }))}
          picked={new Set(draft.sites)}
          onPick={(id, on) => change({ sites: on ? [...draft.sites, id] : draft.sites.filter((one) => one !== id) })}
        />
      </fieldset>
      {problem && (
        <Banner tone="stop" live="assertive">
          {problem}
        </Banner>
      )}
    </Dialog>
  )
}
