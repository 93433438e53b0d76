import { as } from '../../../shared/ids.ts'
import { Link } from 'wouter'
import { useDevice, useMinute, useParity } from '../../log/useAttendance.ts'
import { Banner } from '../../ui/Banner.tsx'
import { useWords } from '../../words/index.ts'
import tools from '../desk/Tools.module.css'

const MOST_NAMED = 10

/** Whether this device and the district came to the same totals, when, and otherwise exactly whose differ. (S10) */
export function Parity() {
  const words = useWords()
  const w = words.coordinator.today
  const { store } = useDevice()
  const parity = useParity()
  const now = useMinute()
  if (!parity) return <Banner>{w.parityNone}</Banner>
  if (parity.kind === 'match') return <Banner tone="good">{w.parityMatch(words.format.moment(parity.at, store.zone(), now))}</Banner>
  if (parity.kind === 'provisional') return <Banner>{parity.why === 'unsent' ? w.parityWaiting : w.parityRules}</Banner>
  return (
    <Banner tone="stop" title={w.parityDiffer(parity.students.length)}>
      <ul className={tools.list}>
        {parity.students.slice(0, MOST_NAMED).map((id) => {
          const student = store.ledger.student(as(id))?.student
          return (
            <li key={id}>
              <Link href={`/student/${id}`}>{student ? `${student.last}, ${student.first}` : id}</Link>
            </li>
          )
        })}
      </ul>
    </Banner>
  )
}
