import { useState } from 'react'
import { Done } from '../../../../shared/api.ts'
import type { AttentionChoices } from '../../../../shared/report/attention.ts'
import { api } from '../../../sync/http.ts'
import { Button } from '../../../ui/Button.tsx'
import { TextField } from '../../../ui/Field.tsx'
import { ErrorNote } from '../../../ui/States.tsx'
import { useWords } from '../../../words/index.ts'
import { useOrder } from '../../desk/useOrder.ts'
import styles from './FollowUp.module.css'

/** What the district considers worth a look; it holds for every school. */
export function Choices({ choices, onSaved }: { readonly choices: AttentionChoices; readonly onSaved: () => void }) {
  const words = useWords()
  const w = words.followUp
  const { busy, problem, send } = useOrder()
  const [from, setFrom] = useState(String(choices.eligibleFrom))
  const [missed, setMissed] = useState(String(choices.missedInRow))
  const save = async () => {
    const body = { eligibleFrom: Number(from), missedInRow: Number(missed) }
    if (await send(() => api(Done, 'PUT', '/api/follow-ups/choices', body))) onSaved()
  }
  return (
    <details className="noPrint">
      <summary>{w.choicesTitle}</summary>
      {problem && <ErrorNote message={problem} />}
      <div className={styles.choices}>
        <TextField label={w.eligibleFrom} type="number" min={1} max={60} value={from} onValue={setFrom} />
        <TextField label={w.missedInRow} type="number" min={1} max={10} value={missed} onValue={setMissed} />
        <Button busy={busy} onClick={save}>
          {w.choicesSave}
        </Button>
      </div>
    </details>
  )
}
