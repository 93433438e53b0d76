import { useState } from 'react'
import type { Figures, PeriodReply } from '../../../../shared/api/periods.ts'
import { Signed } from '../../../../shared/api/periods.ts'
import { api } from '../../../sync/http.ts'
import { useHalfTyped } from '../../../trust/useHalfTyped.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { TextField } from '../../../ui/Field.tsx'
import { useWords } from '../../../words/index.ts'
import tools from '../../desk/Tools.module.css'
import { useOrder } from '../../desk/useOrder.ts'
import styles from './Periods.module.css'
import { isReopened } from './reopened.ts'

/** The signature under the figures on the screen: the closing of the period, or a supplement to it. Before the period has ended it is asked once. */
export function Sign({
  reply,
  maySign,
  onSigned,
}: {
  readonly reply: PeriodReply
  readonly maySign: boolean
  readonly onSigned: () => void
}) {
  const words = useWords()
  const w = words.periods.sign
  const [name, setName] = useState('')
  const [asking, setAsking] = useState(false)
  const { busy, problem, send } = useOrder()
  const { figures, signed, checklist, changed } = reply
  const half = useHalfTyped(`sign.${figures.period}.${figures.year}`, { note: '' })
  const { note } = half.fields
  const period = words.periods.periodNames[figures.period]
  const isSupplement = signed.length > 0
  const isOpen = checklist.some((item) => item.count > 0)
  if (isSupplement && (changed.length === 0 || !isReopened(reply))) return null
  const statement = w.statement(period, words.periods.yearName(figures.year))
  const sign = async () => {
    setAsking(false)
    const order = { period: figures.period, year: figures.year, digest: figures.digest, name, statement, note }
    if (!(await send(() => api(Signed, 'POST', '/api/periods', order)))) return
    half.done()
    onSigned()
  }
  const cannot = maySign ? (name.trim() === '' ? w.nameFirst : isOpen && note.trim() === '' ? w.noteFirst : undefined) : w.notYours
  return (
    <div className="noPrint">
      <Card title={isSupplement ? w.titleSupplement(period) : w.title(period)} sub={w.sub}>
        <div className={tools.form}>
          <p className={styles.statement}>{statement}</p>
          {maySign && (
            <div className={tools.pair}>
              <TextField label={w.name} hint={w.nameHint} value={name} onValue={setName} maxLength={120} autoComplete="off" />
              {isOpen && (
                <TextField label={w.note} hint={w.noteHint} value={note} onValue={(next) => half.set({ note: next })} maxLength={1000} />
              )}
            </div>
          )}
          {problem && (
            <Banner tone="stop" live="assertive">
              {problem}
            </Banner>
          )}
          <div className={tools.inline}>
            <Button look="primary" busy={busy} cannot={cannot} showWhy onClick={figures.complete ? sign : () => setAsking(true)}>
              {isSupplement ? w.buttonSupplement : w.button(period)}
            </Button>
          </div>
        </div>
      </Card>
      {asking && <Early figures={figures} onSign={sign} onClose={() => setAsking(false)} />}
    </div>
  )
}

function Early({ figures, onSign, onClose }: { readonly figures: Figures; readonly onSign: () => void; readonly onClose: () => void }) {
  const words = useWords()
  const w = words.periods.sign
  const period = words.periods.periodNames[figures.period]
  const date = words.format.dateWithYear
  return (
    <Dialog
      title={w.earlyTitle(period)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button look="primary" onClick={onSign}>
            {w.earlyGo}
          </Button>
        </>
      }
    >
      <p>{w.early(period, date(figures.cutOff), date(figures.asOf))}</p>
      <p>{w.earlyMissing}</p>
      {figures.unfinished.sessions > 0 && <p>{w.earlyUnfinished(figures.unfinished.sessions)}</p>}
    </Dialog>
  )
}
