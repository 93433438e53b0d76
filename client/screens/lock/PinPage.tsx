import '../../words/late.ts'
import { type FormEvent, useState } from 'react'
import { useLocation } from 'wouter'
import type { SignedIn } from '../../../shared/api/people.ts'
import { useAccount, useDevice } from '../../log/useAttendance.ts'
import { api } from '../../sync/http.ts'
import { pinRelayKeys } from '../../sync/relay/relayKeys.ts'
import { canSeal } from '../../sync/relay/seal.ts'
import { readFact } from '../../log/db.ts'
import { browserStores } from '../../trust/browserStores.ts'
import { dropAllHalfTyped } from '../../trust/halfTyped.ts'
import { makeLocker } from '../../trust/locker.ts'
import { allOthersLocked, whileMoving } from '../../trust/oneOpen.ts'
import type { PinFault } from '../../trust/pinRules.ts'
import { needsPassphrase, pinFault } from '../../trust/pinRules.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useWords } from '../../words/index.ts'
import styles from '../setup/Door.module.css'
import { Front } from '../setup/Front.tsx'
import { noteSeen } from '../../trust/seen.ts'

/** Setting a PIN, or another one. `isNeeded`: nothing else is shown before. */
export function PinPage({ isNeeded = false }: { readonly isNeeded?: boolean }) {
  const account = useAccount()
  return account ? <PinPageOf account={account} isNeeded={isNeeded} /> : null
}

function PinPageOf({ account, isNeeded }: { readonly account: SignedIn; readonly isNeeded: boolean }) {
  const words = useWords()
  const w = words.lock
  const { store, newId, db, locker } = useDevice()
  const [, navigate] = useLocation()
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const [fault, setFault] = useState<PinFault>()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const isPhrase = needsPassphrase(account.me.role)

  const keep = async (): Promise<void> => {
    if (locker) {
      await locker.opened.changePin(first, isPhrase)
      return navigate('/device', { replace: true })
    }
    // What is recorded from now on is sealed for the district: with keys that a device is given while there is a network.
    if ((await readFact(db, 'relay'))?.device !== account.device.id && !(await pinRelayKeys(db, api))) return setProblem(w.noNetwork)
    if (!(await allOthersLocked())) return setProblem(w.otherTab)
    const sites = account.me.sites.map((site) => store.ledger.site(site)?.name)
    const place = sites.length === 1 && sites[0] ? sites[0] : account.district
    const stores = browserStores({ now: store.now, newId })
    const made = await whileMoving(() => makeLocker(stores, db, { account, pin: first, isPhrase, place }))
    dropAllHalfTyped()
    if (made) noteSeen(made.id, account.me.name)
    // Nothing of what was readable stays in memory, and the PIN shows at once that it opens. Who signed out in another tab is asked to sign in.
    location.replace('/')
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const found = pinFault(first, second, isPhrase)
    setFault(found)
    if (found || busy) return
    setBusy(true)
    setProblem(undefined)
    keep()
      .catch(() => setProblem(words.common.unexpected))
      .finally(() => setBusy(false))
  }
  const errorOf = (...faults: readonly PinFault[]): string | undefined => (fault && faults.includes(fault) ? w.faults[fault] : undefined)
  if (!canSeal()) {
    return (
      <Front narrow>
        <PageHeader title={w.newTitle} />
        <Banner tone="stop">{w.noCrypto}</Banner>
      </Front>
    )
  }
  return (
    <Front narrow sample={account.sample}>
      <PageHeader title={locker ? w.change : isPhrase ? w.newPhraseTitle : w.newTitle} sub={isNeeded ? w.needed : undefined} />
      <form className={styles.door} onSubmit={submit}>
        <p>{w.lead}</p>
        <TextField
          label={isPhrase ? w.phrase : w.pin}
          hint={isPhrase ? w.phraseHint : w.pinHint}
          error={errorOf('short', 'digits', 'common')}
          type="password"
          inputMode={isPhrase ? 'text' : 'numeric'}
          value={first}
          onValue={setFirst}
          autoComplete="off"
          required
        />
        <TextField
          label={w.again}
          error={errorOf('differs')}
          type="password"
          inputMode={isPhrase ? 'text' : 'numeric'}
          value={second}
          onValue={setSecond}
          autoComplete="off"
          required
        />
        {problem && (
          <Banner tone="stop" live="assertive">
            {problem}
          </Banner>
        )}
        <Button type="submit" look="primary" large wide busy={busy}>
          {busy ? w.keeping : w.keep}
        </Button>
        {!isNeeded && (
          <Button cannot={busy ? w.keepingWait : undefined} showWhy onClick={() => navigate('/', { replace: true })}>
            {w.later}
          </Button>
        )}
      </form>
      <p className="quiet">{w.protects}</p>
      <p className="quiet">{w.forgotten}</p>
    </Front>
  )
}
