import { useMemo } from 'react'
import { StudentReply } from '../../../shared/api.ts'
import type { Ledger } from '../../../shared/attendance/ledger.ts'
import { openLedger } from '../../../shared/attendance/ledger.ts'
import type { KeptEvent } from '../../../shared/events.ts'
import { readEvent } from '../../../shared/events.ts'
import { Link } from 'wouter'
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

/** The reasons behind one line of the merged roster. */
export function ReasonsPage({ id }: { readonly id: string }) {
  const { asked, reload } = useReply(StudentReply, `/api/students/${encodeURIComponent(id)}`)
  return (
    <Asking asked={asked} onRetry={reload}>
      {(reply) => <Reasons reply={reply} />}
    </Asking>
  )
}

function Reasons({ reply }: { readonly reply: StudentReply }) {
  const words = useWords()
  const ledger = useMemo(() => ledgerOf(reply), [reply])
  return (
    <StudentPage
      ledger={ledger}
      student={reply.student}
      asOf={reply.asOf}
      actions={
        <>
          <Link className={buttonClass()} href="/district">
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
