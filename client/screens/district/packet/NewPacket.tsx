import { useState } from 'react'
import type * as z from 'zod/mini'
import { PacketJob } from '../../../../shared/api/packets.ts'
import type { StartPacket } from '../../../../shared/api/packets.ts'
import { RosterPageReply } from '../../../../shared/api/totals.ts'
import type { StudentId } from '../../../../shared/ids.ts'
import { PERIODS } from '../../../../shared/rules/california/periods.ts'
import { fiscalYear, parseSchoolDate, type SchoolDate } from '../../../../shared/time.ts'
import { reportedNext } from '../../../../shared/report/reportedNext.ts'
import { useDevice } from '../../../log/useAttendance.ts'
import { api } from '../../../sync/http.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { DateField, Select, TextField } from '../../../ui/Field.tsx'
import { useWords } from '../../../words/index.ts'
import styles from '../../desk/Tools.module.css'
import { useOrder } from '../../desk/useOrder.ts'
import { useSchools } from '../useSchools.ts'
import { YearSelect } from '../YearSelect.tsx'
import { useReply } from '../../desk/useReply.ts'

type Subject = z.infer<typeof StartPacket>['subject']
const KINDS = ['period', 'site', 'student', 'sample'] as const
type Kind = (typeof KINDS)[number]
/** Of those whose name or number was found. */
const MOST_FOUND = 20

/** Asks for a packet: for a period, a school and dates, a student, or a sample of sessions. */
export function NewPacket({ onStarted }: { readonly onStarted: () => void }) {
  const words = useWords()
  const w = words.reports.packets
  const { store } = useDevice()
  const sites = useSchools()
  const today: SchoolDate = store.today()
  const [kind, setKind] = useState<Kind>('period')
  const [{ period, year }, setReported] = useState(() => reportedNext(today))
  const [site, setSite] = useState('')
  const [from, setFrom] = useState<string>(fiscalYear(year).first)
  const [until, setUntil] = useState<string>(today < fiscalYear(year).last ? today : fiscalYear(year).last)
  const [find, setFind] = useState('')
  const [student, setStudent] = useState<StudentId | ''>('')
  const [most, setMost] = useState('20')
  const { busy, problem, send } = useOrder()
  const wanted = kind === 'student' && find.trim().length > 1 ? find.trim() : undefined
  const { asked: answer } = useReply(
    RosterPageReply,
    wanted === undefined ? undefined : `/api/totals/roster?find=${encodeURIComponent(wanted)}`,
  )
  const found = wanted !== undefined && answer.kind === 'ok' && answer.value.ready ? answer.value.rows.slice(0, MOST_FOUND) : []
  const dates = { from: parseSchoolDate(from), until: parseSchoolDate(until) }

  function subject(): Subject | undefined {
    if (kind === 'period') return { kind, period, year, site: site === '' ? null : site }
    if (kind === 'student') return student === '' ? undefined : { kind, student, year }
    if (kind === 'sample') return { kind, year, most: Math.min(500, Math.max(1, Math.floor(Number(most)) || 1)) }
    const at = site === '' ? sites[0]?.id : site
    return at !== undefined && dates.from && dates.until ? { kind, site: at, from: dates.from, until: dates.until } : undefined
  }
  const start = async () => {
    const asked = subject()
    if (asked && (await send(() => api(PacketJob, 'POST', '/api/packets', { subject: asked })))) onStarted()
  }
  const siteOptions = sites.map((each) => ({ value: each.id, label: each.name }))
  const cannot = kind === 'student' && student === '' ? w.chooseStudent : undefined
  return (
    <Card title={w.newTitle}>
      <div className={styles.form}>
        <div className={styles.pair}>
          <Select label={w.kind} value={kind} options={KINDS.map((value) => ({ value, label: w.kinds[value] }))} onValue={setKind} />
          {kind === 'period' && (
            <Select
              label={words.periods.period}
              value={period}
              options={PERIODS.map((value) => ({ value, label: words.periods.periodNames[value] }))}
              onValue={(next) => setReported({ period: next, year })}
            />
          )}
          {kind !== 'site' && (
            <YearSelect hideLabel={false} year={year} today={today} onYear={(next) => setReported({ period, year: next })} />
          )}
          {kind === 'period' && (
            <Select label={w.site} value={site} options={[{ value: '', label: w.allSites }, ...siteOptions]} onValue={setSite} />
          )}
          {kind === 'site' && <Select label={w.site} value={site || (sites[0]?.id ?? '')} options={siteOptions} onValue={setSite} />}
          {kind === 'site' && <DateField label={w.from} value={from} onValue={setFrom} />}
          {kind === 'site' && <DateField label={w.until} value={until} onValue={setUntil} />}
          {kind === 'student' && <TextField label={w.student} hint={w.studentHint} value={find} onValue={setFind} autoComplete="off" />}
          {kind === 'student' && found.length > 0 && (
            <Select
              label={words.common.students(found.length)}
              value={student}
              options={[
                { value: '' as StudentId | '', label: '–' },
                ...found.map((each) => ({ value: each.student, label: `${each.last}, ${each.first} (${each.localId})` })),
              ]}
              onValue={setStudent}
            />
          )}
          {kind === 'sample' && <TextField label={w.sampleCount} hint={w.sampleHint} value={most} onValue={setMost} inputMode="numeric" />}
        </div>
        {problem && (
          <Banner tone="stop" live="assertive">
            {problem}
          </Banner>
        )}
        <div className={styles.inline}>
          <Button look="primary" busy={busy} cannot={cannot} showWhy onClick={start}>
            {w.start}
          </Button>
        </div>
      </div>
    </Card>
  )
}
