import { useState } from 'react'
import type { PutPolicy } from '../../../../shared/api/registry.ts'
import { Done } from '../../../../shared/api.ts'
import { PolicyPreview } from '../../../../shared/api/registry.ts'
import { isUneven } from '../../../../shared/rules/california/policy.ts'
import type { SchoolDate } from '../../../../shared/time.ts'
import { parseSchoolDate } from '../../../../shared/time.ts'
import { api } from '../../../sync/http.ts'
import { useHalfDone } from '../../../trust/useHalfDone.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { DateField, TextField } from '../../../ui/Field.tsx'
import { HalfDoneNote } from '../../../ui/HalfDoneNote.tsx'
import { focusFault } from '../../../ui/focusFault.ts'
import { useWords } from '../../../words/index.ts'
import styles from '../../desk/Tools.module.css'
import { useOrder } from '../../desk/useOrder.ts'
import { ChoiceFields } from './ChoiceFields.tsx'
import { type Entry, type PolicyDraft, type PolicyFault, policyOf } from './draft.ts'
import { PolicyChanges } from './PolicyChanges.tsx'

interface Looked {
  readonly order: PutPolicy
  readonly preview: PolicyPreview
}

/** Decides a policy: the choices, from when, by whom and why; what it would change; then, and only then, saving it. */
export function PolicyEditor({
  initial,
  entries,
  today,
  onClose,
  onSaved,
}: {
  readonly initial: PolicyDraft
  readonly entries: readonly Entry[]
  readonly today: SchoolDate
  readonly onClose: () => void
  readonly onSaved: () => void
}) {
  const words = useWords()
  const w = words.rules.policy
  const half = useHalfDone(`policy.${initial.from}`, initial)
  const { draft } = half
  const [faults, setFaults] = useState<readonly PolicyFault[]>([])
  const [looked, setLooked] = useState<Looked>()
  const { busy, problem, send } = useOrder()
  const from = parseSchoolDate(draft.from)
  const standing = entries.find((entry) => entry.policy.from === from && !entry.ended)
  const change = (part: Partial<PolicyDraft>) => {
    half.change(part)
    setLooked(undefined)
  }
  const error = (fault: PolicyFault) => (faults.includes(fault) ? w.faults[fault] : undefined)
  const look = async (ended: boolean) => {
    const made = policyOf(draft)
    setFaults('faults' in made ? made.faults : [])
    if ('faults' in made) return focusFault()
    const order: PutPolicy = { policy: made.policy, ended }
    const preview = await send(() => api(PolicyPreview, 'POST', '/api/policy/preview', order))
    if (preview) setLooked({ order, preview })
  }
  const save = async () => {
    if (!looked || !(await send(() => api(Done, 'PUT', '/api/policy', looked.order)))) return
    half.done()
    onSaved()
  }
  return (
    <div className={styles.stack}>
      <HalfDoneNote of={half} />
      <Card title={w.newTitle}>
        <div className={styles.form}>
          <div className={styles.pair}>
            <DateField
              label={w.fromLabel}
              hint={w.fromHint}
              error={error('from')}
              value={draft.from}
              onValue={(date) => change({ from: date })}
              required
            />
            <TextField
              label={w.decidedByLabel}
              hint={w.decidedByHint}
              error={error('decidedBy')}
              value={draft.decidedBy}
              onValue={(decidedBy) => change({ decidedBy })}
              maxLength={200}
              required
            />
          </div>
          <TextField
            label={w.whyLabel}
            hint={w.whyHint}
            error={error('why')}
            value={draft.why}
            onValue={(why) => change({ why })}
            maxLength={1000}
            required
          />
          <ChoiceFields choices={draft} onChange={change} />
          {isUneven(draft) && <Banner tone="warn">{w.uneven}</Banner>}
          {from && from < today && <Banner tone="warn">{w.back}</Banner>}
        </div>
      </Card>
      {problem && (
        <Banner tone="stop" live="assertive">
          {problem}
        </Banner>
      )}
      {looked?.preview.years.map((year) => (
        <PolicyChanges key={year.asOf} year={year} ended={looked.order.ended} />
      ))}
      <div className={styles.inline}>
        <Button busy={busy} onClick={() => look(false)}>
          {w.preview}
        </Button>
        {standing && (
          <Button look="quiet" busy={busy} onClick={() => look(true)}>
            {w.takeBack}
          </Button>
        )}
        <Button look="primary" busy={busy} cannot={looked ? undefined : w.previewFirst} onClick={save}>
          {looked?.order.ended ? w.saveBack : w.save}
        </Button>
        <Button
          look="quiet"
          onClick={() => {
            half.done()
            onClose()
          }}
        >
          {words.common.cancel}
        </Button>
      </div>
    </div>
  )
}
