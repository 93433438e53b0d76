import { useCallback, useState } from 'react'
import type { SiteId } from '../../../shared/ids.ts'
import type { Student } from '../../../shared/registry.ts'
import { recordMatch, recordVoid } from '../../log/commands.ts'
import { topic } from '../../log/topics.ts'
import { useAccount, useDevice, useLedger } from '../../log/useAttendance.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Card, Stack } from '../../ui/Card.tsx'
import { FindField } from '../../ui/Field.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { UndoBar } from '../../ui/UndoBar.tsx'
import { finds } from '../../../shared/finding.ts'
import { useWords } from '../../words/index.ts'
import { mayMatch } from '../desk/may.ts'
import tools from '../desk/Tools.module.css'
import { studentsAt } from './studentsAt.ts'
import { AtSite, SitePicker } from './SitePicker.tsx'
import { NobodyDialog } from './NobodyDialog.tsx'
import { SettledList } from './SettledList.tsx'
import { settledBy, settledIn } from './settledWalkIns.ts'
import type { Candidate, WaitingWalkIn } from './walkIns.ts'
import { candidatesFor, walkInsOf } from './walkIns.ts'

/** Typed names that wait for a student; matching one is an event like any other, recorded here and sent when there is a network. */
export function WalkInsPage() {
  const words = useWords()
  const w = words.coordinator.walkIns
  return (
    <>
      <PageHeader title={w.title} sub={w.sub} actions={<SitePicker />} />
      <AtSite>{(site) => <Waiting site={site.id} />}</AtSite>
    </>
  )
}

/** The newest of those settled stand under the list; all of them in their sessions. */
const MOST_SETTLED = 20

function Waiting({ site }: { readonly site: SiteId }) {
  const words = useWords()
  const w = words.coordinator.walkIns
  const { store } = useDevice()
  const account = useAccount()
  const ledger = useLedger(topic.sessions)
  const [last, setLast] = useState<string>()
  const [leaving, setLeaving] = useState<WaitingWalkIn>()
  const [left, setLeft] = useState<WaitingWalkIn>()
  const waiting = walkInsOf(ledger, site)
  const students = studentsAt(ledger, site, store.today())
  const settled = [...ledger.sessions()]
    .flatMap((session) => (session.site === site ? settledIn(session) : []))
    .sort((a, b) => b.by.at - a.by.at)
  const cannot = account && mayMatch(account.me.role) ? undefined : w.notAllowed
  const match = (walkIn: WaitingWalkIn, student: Student) => {
    recordMatch(store, walkIn.session, walkIn.student, student.id)
    setLast(w.matched(walkIn.name, `${student.first} ${student.last}`))
  }
  const undo = (): void => {
    const done = settled.find(({ student }) => student === left?.student)
    if (done) recordVoid(store, done.session, settledBy(done), words.teacher.undone)
    setLeft(undefined)
  }
  const gone = useCallback(() => setLeft(undefined), [])
  return (
    <Stack>
      {last && (
        <Banner tone="good" live="polite">
          {last}
        </Banner>
      )}
      {waiting.length === 0 && <EmptyState title={w.noneTitle}>{w.none}</EmptyState>}
      {waiting.map((walkIn) => (
        <WalkInCard
          key={walkIn.student}
          walkIn={walkIn}
          students={students}
          cannot={cannot}
          onMatch={(student) => match(walkIn, student)}
          onNobody={() => setLeaving(walkIn)}
        />
      ))}
      <SettledList settled={settled.slice(0, MOST_SETTLED)} />
      {leaving && (
        <NobodyDialog
          walkIn={leaving}
          onClose={() => setLeaving(undefined)}
          onDone={() => {
            setLeft(leaving)
            setLeaving(undefined)
            setLast(undefined)
          }}
        />
      )}
      {left && <UndoBar message={w.nobodyDone(left.name)} action={words.teacher.undo} onAction={undo} onGone={gone} />}
    </Stack>
  )
}

function WalkInCard({
  walkIn,
  students,
  cannot,
  onMatch,
  onNobody,
}: {
  readonly walkIn: WaitingWalkIn
  readonly students: readonly Student[]
  readonly cannot: string | undefined
  readonly onMatch: (student: Student) => void
  readonly onNobody: () => void
}) {
  const words = useWords()
  const w = words.coordinator.walkIns
  const { store } = useDevice()
  const [find, setFind] = useState('')
  const { session } = walkIn
  const since = session.students.get(walkIn.student)?.intervals[0]?.in
  const came = w.cameTo(session.title, words.format.date(session.on))
  const candidates =
    find.trim() === ''
      ? candidatesFor(walkIn.name, students, session)
      : students
          .filter((s) => finds(`${s.first} ${s.last} ${s.localId}`, find.trim()))
          .slice(0, 8)
          .map((student): Candidate => ({ student, likeness: 1, already: session.students.has(student.id) }))
  return (
    <Card title={w.typed(walkIn.name)} sub={since === undefined ? came : `${came} · ${w.stayed(words.format.time(since, store.zone()))}`}>
      <div className={tools.measure}>
        <FindField label={w.find} value={find} onValue={setFind} />
      </div>
      <p className="quiet">{candidates.length === 0 ? w.nobody : w.likely}</p>
      <ul className={tools.list}>
        {candidates.map(({ student, already }) => {
          const grade = store.ledger.enrollmentOn(student.id, session.on)?.grade
          const name = `${student.first} ${student.last}`
          return (
            <li key={student.id} className={tools.inline}>
              <Button cannot={cannot} onClick={() => onMatch(student)}>
                {w.match(name)}
              </Button>
              <span className="quiet">
                {grade && words.common.gradeOf(grade)} · {student.localId}
                {already && ` · ${w.already}`}
              </span>
            </li>
          )
        })}
      </ul>
      <Button look="quiet" cannot={cannot} onClick={onNobody}>
        {w.nobodyOfOurs}
      </Button>
    </Card>
  )
}
