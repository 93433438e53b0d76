import { useSearchParams } from 'wouter'
import type { StudentId } from '../../../shared/ids.ts'
import { as } from '../../../shared/ids.ts'
import { parseSchoolDate } from '../../../shared/time.ts'
import { topic } from '../../log/topics.ts'
import { useDevice, useLedger, usePhase } from '../../log/useAttendance.ts'
import { Loading } from '../../ui/States.tsx'
import { useWords } from '../../words/index.ts'
import { Frame } from '../teacher/Frame.tsx'
import { StudentPage } from './StudentPage.tsx'

/** A student's page from what this device holds, as of today or of the day in the address: it works without a network. */
export function LocalStudent({ id }: { readonly id: string }) {
  const words = useWords()
  const { store } = useDevice()
  const ledger = useLedger(topic.students)
  const phase = usePhase()
  const [params] = useSearchParams()
  const asOf = parseSchoolDate(params.get('asOf') ?? '') ?? store.today()
  return (
    <Frame>
      {phase === 'ready' ? (
        <StudentPage ledger={ledger} student={as<StudentId>(id)} asOf={asOf} />
      ) : (
        <Loading>{words.student.loading}</Loading>
      )}
    </Frame>
  )
}
