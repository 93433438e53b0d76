import { useState } from 'react'
import { useLocation } from 'wouter'
import { Done } from '../../../../shared/api.ts'
import { MOST_OFFLINE_DAYS } from '../../../../shared/api/lockers.ts'
import { TrustPolicy } from '../../../../shared/api/trust.ts'
import { topic } from '../../../log/topics.ts'
import { useLedger } from '../../../log/useAttendance.ts'
import { api } from '../../../sync/http.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Checkbox, TextField } from '../../../ui/Field.tsx'
import { useWords } from '../../../words/index.ts'
import { useOrder } from '../../desk/useOrder.ts'
import { useReply } from '../../desk/useReply.ts'

const isDays = (text: string): boolean => /^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= MOST_OFFLINE_DAYS

/** What the district asks for beyond passwords. Only who decides for the district sees and turns it. */
export function TrustSwitches() {
  const words = useWords()
  const w = words.trust.policy
  const isSample = useLedger(topic.sessions).district()?.sample === true
  const [days, setDays] = useState<string>()
  const { asked, reload } = useReply(TrustPolicy, '/api/trust')
  const { busy, problem, send } = useOrder()
  const [, navigate] = useLocation()
  if (asked.kind !== 'ok') return null
  const policy = asked.value
  const set = async (change: Partial<TrustPolicy>) => {
    if (busy) return
    await send(() => api(Done, 'PUT', '/api/trust', { ...policy, ...change }))
    // Whoever turns it on is asked as well, and first.
    if (change.secondFactor) navigate('/second-factor')
    else reload()
  }
  return (
    <Card title={w.title}>
      <Checkbox
        label={w.secondFactor}
        hint={isSample && !policy.secondFactor ? `${w.secondFactorHint} ${w.secondFactorSample}` : w.secondFactorHint}
        checked={policy.secondFactor}
        onChecked={(secondFactor) => void set({ secondFactor })}
      />
      <Checkbox
        label={w.enrolByCode}
        hint={w.enrolByCodeHint}
        checked={policy.enrolByCode}
        onChecked={(enrolByCode) => void set({ enrolByCode })}
      />
      <Checkbox
        label={words.lock.policy.pin}
        hint={words.lock.policy.pinHint}
        checked={policy.pinNeeded}
        onChecked={(pinNeeded) => void set({ pinNeeded })}
      />
      <TextField
        label={words.lock.policy.days}
        hint={words.lock.policy.daysHint}
        type="number"
        min={1}
        max={MOST_OFFLINE_DAYS}
        value={days ?? String(policy.offlineDays)}
        onValue={setDays}
        onBlur={() => days !== undefined && isDays(days) && void set({ offlineDays: Number(days) })}
      />
      {problem && (
        <Banner tone="stop" live="assertive">
          {problem}
        </Banner>
      )}
    </Card>
  )
}
