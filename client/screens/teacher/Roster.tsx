import { startTransition, useCallback, useEffect, useState } from 'react'
import { finds } from '../../../shared/finding.ts'
import type { SessionState } from '../../../shared/attendance/fold.ts'
import type { SessionId, StudentId } from '../../../shared/ids.ts'
import { as } from '../../../shared/ids.ts'
import type { SchoolDate } from '../../../shared/time.ts'
import { recordCheckIn, recordCheckOut } from '../../log/commands.ts'
import { useDevice, useLedger, usePhase } from '../../log/useAttendance.ts'
import { topic } from '../../log/topics.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip, Chips } from '../../ui/Chip.tsx'
import { FindField } from '../../ui/Field.tsx'
import { EmptyState, Loading } from '../../ui/States.tsx'
import { whenIdle } from '../../ui/whenIdle.ts'
import { useWords } from '../../words/index.ts'
import { Frame } from './Frame.tsx'
import { NotHere } from './NotHere.tsx'
import type { Done } from './notice.ts'
import { openNotice } from './notice.ts'
import styles from './Roster.module.css'
import { Acts, SelectedActs } from './RosterActs.tsx'
import { RosterHead } from './RosterHead.tsx'
import { RosterRow } from './RosterRow.tsx'
import { moveBetweenRows } from './rowKeys.ts'
import { nameOf, rosterOf } from './rows.ts'
import { SessionTakeBack } from './SessionTakeBack.tsx'
import { StudentSheet } from './StudentSheet.tsx'
import { TeachersDialog } from './TeachersDialog.tsx'
import { TimeDialog } from './TimeDialog.tsx'
import { Undo } from './Undo.tsx'
import { WalkInDialog } from './WalkInDialog.tsx'

type Filter = 'all' | 'here' | 'out' | 'notHere'
type Open =
  | { readonly kind: 'sheet'; readonly student: StudentId }
  | { readonly kind: 'time'; readonly student: StudentId; readonly way: 'in' | 'out' }
  | { readonly kind: 'walkIn' | 'teachers' }

/** One session's roster: a tap on the left third checks in or out; everything else about a student is one step away. */
export function Roster({ id }: { readonly id: string }) {
  const phase = usePhase()
  const session = useLedger(topic.session(id)).session(as<SessionId>(id))
  if (session?.started) return <RosterOf session={session} ready={phase === 'ready'} />
  if (phase !== 'ready')
    return (
      <Frame>
        <Loading />
      </Frame>
    )
  return <Frame>{session ? <SessionTakeBack session={session} otherwise={<NotHere />} /> : <NotHere />}</Frame>
}

/** What a tablet shows above its lower edge: enough to begin with, and few enough to be there at once. */
const IN_SIGHT = 8

/** Whether a tap means this moment: the session is of today and not over. */
const isLiveOn = (session: SessionState, today: SchoolDate): boolean =>
  session.endedAt === null && session.reason === undefined && session.on === today

function RosterOf({ session, ready }: { readonly session: SessionState; readonly ready: boolean }) {
  const words = useWords()
  const { store } = useDevice()
  const { ledger } = store
  const [filter, setFilter] = useState<Filter>('all')
  const [text, setText] = useState('')
  const [selected, setSelected] = useState<ReadonlySet<StudentId> | null>(null)
  const [open, setOpen] = useState<Open | null>(null)
  const [notice] = useState(openNotice)
  const [isWhole, setWhole] = useState(false)
  const { id } = session
  const isLive = isLiveOn(session, store.today())

  const roster = rosterOf(ledger, session)
  const placeOf = (student: StudentId): Filter => {
    const marks = session.students.get(student)
    if (marks?.since != null) return 'here'
    // While the session runs whoever left is one who is not here; afterwards they are those who were.
    return !isLive && (marks?.intervals.length ?? 0) > 0 ? 'out' : 'notHere'
  }
  const count = { here: 0, out: 0, notHere: 0, all: 0 }
  for (const student of roster) count[placeOf(student)]++
  const { here } = count
  const shown = roster.filter(
    (student) => (filter === 'all' || placeOf(student) === filter) && finds(nameOf(ledger, session, student), text),
  )

  // Whoever opens the roster sees its beginning first; the rest is there before anybody has scrolled to it.
  useEffect(() => whenIdle(() => startTransition(() => setWhole(true))), [])

  // The row answers and says "Saved here" first; the bar that offers to undo it comes after.
  const say = useCallback(
    (message: Done['message'], { events, done }: ReturnType<typeof recordCheckIn>) =>
      void done.then((written) => written.kind === 'saved' && notice.say({ message, events })),
    [notice],
  )
  // The same function for every tap: a new one would draw every row again.
  const tap = useCallback(
    (student: StudentId) => {
      const now = store.ledger.session(id)
      if (!now) return
      const isIn = now.students.get(student)?.since != null
      if (!isLiveOn(now, store.today())) return setOpen({ kind: 'time', student, way: isIn ? 'out' : 'in' })
      const written = (isIn ? recordCheckOut : recordCheckIn)(store, now, [student])
      const name = nameOf(store.ledger, now, student)
      say(({ teacher }) => (isIn ? teacher.checkedOut(name) : teacher.checkedIn(name)), written)
    },
    [store, id, say],
  )
  const choose = useCallback(
    (student: StudentId) =>
      setSelected((before) => {
        const next = new Set(before)
        if (!next.delete(student)) next.add(student)
        return next
      }),
    [],
  )
  const more = useCallback((student: StudentId) => setOpen({ kind: 'sheet', student }), [])
  const bulk = (way: 'in' | 'out', students: readonly StudentId[]): void => {
    const written = (way === 'in' ? recordCheckIn : recordCheckOut)(store, session, students)
    const many = students.length
    say(({ teacher }) => (way === 'in' ? teacher.checkedInMany(many) : teacher.checkedOutMany(many)), written)
    setSelected(null)
  }

  return (
    <Frame
      foot={
        selected ? (
          <SelectedActs session={session} selected={selected} onBulk={bulk} />
        ) : (
          <Acts session={session} onWalkIn={() => setOpen({ kind: 'walkIn' })} />
        )
      }
    >
      <RosterHead session={session} />
      <div className={styles.bar}>
        <Chips label={words.teacher.filters}>
          <Chip on={filter === 'all'} count={roster.length} onToggle={() => setFilter('all')}>
            {words.teacher.all}
          </Chip>
          {(isLive || here > 0) && (
            <Chip on={filter === 'here'} count={here} onToggle={() => setFilter('here')}>
              {words.teacher.here}
            </Chip>
          )}
          {!isLive && (
            <Chip on={filter === 'out'} count={count.out} onToggle={() => setFilter('out')}>
              {words.teacher.outTap}
            </Chip>
          )}
          <Chip on={filter === 'notHere'} count={count.notHere} onToggle={() => setFilter('notHere')}>
            {words.teacher.notHere}
          </Chip>
        </Chips>
        <div className={styles.find}>
          <FindField label={words.teacher.find} value={text} onValue={setText} />
        </div>
        {isLive && (
          <Button look="quiet" onClick={() => setOpen({ kind: 'teachers' })}>
            {words.teacher.teachers}
          </Button>
        )}
        {isLive && (
          <Button look="quiet" onClick={() => setSelected(selected ? null : new Set())}>
            {selected ? words.teacher.selectDone : words.teacher.select}
          </Button>
        )}
      </div>
      {roster.length > 0 && (
        <p className={styles.summary} role="status">
          {isLive ? words.teacher.summary(here, roster.length) : words.teacher.attended(here + count.out)}
        </p>
      )}
      {roster.length === 0 && <EmptyState title={words.teacher.nobody}>{words.teacher.nobodyText}</EmptyState>}
      {roster.length > 0 && shown.length === 0 && <p className={styles.none}>{words.teacher.nobodyFound}</p>}
      <ul role="list" className={styles.list} onKeyDown={moveBetweenRows}>
        {(isWhole ? shown : shown.slice(0, IN_SIGHT)).map((student) => (
          <RosterRow
            key={student}
            session={session.id}
            student={student}
            ready={ready}
            onTap={tap}
            onMore={more}
            onSelect={choose}
            selected={selected === null ? null : selected.has(student)}
          />
        ))}
      </ul>
      {isWhole && <SessionTakeBack session={session} />}
      <Undo session={id} notice={notice} />
      {open?.kind === 'sheet' && (
        <StudentSheet
          session={session}
          student={open.student}
          onClose={() => setOpen(null)}
          onTime={(way) => setOpen({ kind: 'time', student: open.student, way })}
        />
      )}
      {open?.kind === 'time' && <TimeDialog session={session} student={open.student} way={open.way} onClose={() => setOpen(null)} />}
      {open?.kind === 'teachers' && <TeachersDialog session={session} onClose={() => setOpen(null)} />}
      {open?.kind === 'walkIn' && (
        <WalkInDialog session={session} roster={roster} isLive={isLive} onSay={say} onClose={() => setOpen(null)} />
      )}
    </Frame>
  )
}
