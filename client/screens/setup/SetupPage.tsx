import { useState } from 'react'
import { Done } from '../../../shared/api.ts'
import { type SetupState, type SignedIn } from '../../../shared/api/people.ts'
import { api } from '../../sync/http.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useWords } from '../../words/index.ts'
import { useOrder } from '../desk/useOrder.ts'
import { DistrictForm } from './DistrictForm.tsx'
import styles from './Door.module.css'
import { Front } from './Front.tsx'

/** Two doors into an empty Recoup: a ready sample district, or one's own. */
export function SetupPage({
  state,
  onSample,
  onDistrict,
}: {
  readonly state: SetupState
  /** The sample district is there; next comes the sign-in page with its accounts. */
  readonly onSample: () => void
  /** The own district is there and its administrator signed in; next come the files. */
  readonly onDistrict: (signedIn: SignedIn) => void
}) {
  const words = useWords()
  const [code, setCode] = useState('')
  const [own, setOwn] = useState(false)
  const { busy, problem, send } = useOrder()
  const given = state.codeNeeded ? { code: code.trim() } : {}
  const makeSample = async () => {
    if (await send(() => api(Done, 'POST', '/api/setup/sample', given))) onSample()
  }
  return (
    <Front>
      <div>
        <PageHeader title={words.setup.title} sub={words.setup.lead} />
        {state.codeNeeded && (
          <div className={styles.signIn}>
            <TextField
              label={words.setup.code}
              hint={words.setup.codeHint}
              value={code}
              onValue={setCode}
              autoComplete="one-time-code"
              required
            />
          </div>
        )}
      </div>
      {problem && (
        <Banner tone="stop" live="assertive">
          {problem}
        </Banner>
      )}
      {own ? (
        <DistrictForm code={given} onDone={onDistrict} onBack={() => setOwn(false)} />
      ) : (
        <div className={styles.doors}>
          <section className={styles.door}>
            <h2>{words.setup.sampleTitle}</h2>
            <p>{words.setup.sampleText}</p>
            <Button look="primary" large busy={busy} onClick={makeSample}>
              {words.setup.sampleButton}
            </Button>
            <p role="status" className={styles.status}>
              {busy && words.setup.sampleBusy}
            </p>
          </section>
          <section className={styles.door}>
            <h2>{words.setup.districtTitle}</h2>
            <p>{words.setup.districtText}</p>
            <Button large cannot={busy ? words.setup.sampleBusy : undefined} onClick={() => setOwn(true)}>
              {words.setup.districtButton}
            </Button>
          </section>
        </div>
      )}
    </Front>
  )
}
