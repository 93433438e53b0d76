import { useMemo } from 'react'
import { StudentReply } from '../../../shared/api/desk.ts'
import type { Ledger } from '../../../shared/attendance/ledger.ts'
import { openLedger } from '../../../shared/attendance/ledger.ts'
import type { KeptEvent } from '../../../shared/events.ts'
import { readEvent } from '../../../shared/events.ts'
import { fiscalYearOf, parseSchoolDate } from '../../../shared/time.ts'
import { Link, useSearchParams } from 'wouter'
import { useDevice } from '../../log/useAttendance.ts'
import { buttonClass } from '../../ui/Button.tsx'
import { useWords } from '../../words/index.ts'
import { Asking } from '../desk/Asking.tsx'
import { useReply } from '../desk/useReply.ts'
import { StudentPage } from '../student/StudentPage.tsx'
import { PrintButton } from '../desk/PrintButton.tsx'

/** A ledger of one student, from what the server sent: the same code then explains the same figures as on a tablet. */
export function ledgerOf(reply: StudentReply): Ledger {
  const ledger = openLedger()
  for (const record of reply.records) ledger.putRecord(record)
  ledger.putEvents(
    reply.events.flatMap((raw): KeptEvent[] => {
      const read = readEvent(raw)
      if (read.kind === 'malformed') return []
      return [read.kind === 'event' ? read.event : { ...read.event, unknown: true }]
    }),
  )
  return ledger
}

/** The reasons behind one line of the merged roster, as of today or of the day in the address. */
export function ReasonsPage({ id }: { readonly id: string }) {
  const [params] = useSearchParams()
  const asOf = parseSchoolDate(params.get('asOf') ?? '')
  const { asked, reload } = useReply(StudentReply, `/api/students/${encodeURIComponent(id)}${asOf ? `?asOf=${asOf}` : ''}`)
  return (
    <Asking asked={asked} onRetry={reload}>
      {(reply) => <Reasons reply={reply} />}
    </Asking>
  )
}

function Reasons({ reply }: { readonly reply: StudentReply }) {
  const words = useWords()
  const { store } = useDevice()
  const year = fiscalYearOf(reply.asOf)
  const ledger = useMemo(() => ledgerOf(reply), [reply])
  return (
    <StudentPage
      ledger={ledger}
      student={reply.student}
      asOf={reply.asOf}
      actions={
        <>
          <Link className={buttonClass()} href={year === fiscalYearOf(store.today()) ? '/district' : `/district?year=${year}`}>
            {words.district.studentPage.back}
          </Link>
          <Link className={buttonClass()} href={`/district/student/${reply.student}/seen`}>
            {words.trust.disclosures.link}
          </Link>
          <PrintButton />
        </>
      }
    />
  )
}
