import { useState } from 'react'
import { Link, Redirect, useLocation } from 'wouter'
import type { SessionState } from '../../../shared/attendance/fold.ts'
import type { SessionId } from '../../../shared/ids.ts'
import { as } from '../../../shared/ids.ts'
import type { Instant } from '../../../shared/time.ts'
import { MINUTE, localTimeOf } from '../../../shared/time.ts'
import { recordEnd } from '../../log/commands.ts'
import { topic } from '../../log/topics.ts'
import { useDevice, useLedger, useMinute } from '../../log/useAttendance.ts'
import type { Fields } from '../../trust/halfTyped.ts'
import { useHalfTyped } from '../../trust/useHalfTyped.ts'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { TimeField } from '../../ui/Field.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { useWords } from '../../words/index.ts'
import styles from './End.module.css'
import { Frame } from './Frame.tsx'
import { nameOf } from './rows.ts'
import { leavingIn } from './wallClock.ts'

/** Ends a session: who is still in, and when each of them left. A time is confirmed or missing; it is never assumed. */
export function EndPage({ id }: { readonly id: string }) {
  const session = useLedger(topic.session(id)).session(as<SessionId>(id))
  if (!session?.started || session.endedAt !== null) return <Redirect to={`/session/${id}`} replace />
  return <EndOf session={session} />
}

function EndOf({ session }: { readonly session: SessionState }) {
  const words = useWords()
  const { store } = useDevice()
  const [, navigate] = useLocation()
  const now = useMinute()
  const zone = store.ledger.site(session.site)?.zone ?? store.zone()
  // Going back to look somebody up is no answer: what was said of the others is there when one returns.
  const { fields: times, set, done } = useHalfTyped<Fields>(`end.${session.id}`, {})
  // What a button for all filled in, another such button may replace; what was said of one student stays.
  const [filled, setFilled] = useState<Fields>({})
  const still = [...session.students.values()].flatMap((each) =>
    each.since === null ? [] : [{ student: each.student, since: each.since }],
  )
  const isLive = session.reason === undefined && session.on === store.today()
  const nowText = localTimeOf(now, zone)
  const endText = localTimeOf(session.window.until, zone)
  const read = still.map((each) => ({ ...each, at: leavingIn(session, times[each.student], zone, each.since) }))
  const faultOf = (at: Instant | null, since: Instant): string | undefined => {
    if (at === null) return undefined
    return at < since ? words.teacher.timeBefore : at >= now + MINUTE ? words.teacher.timeAhead : undefined
  }
  const wrong = read.map((each) => faultOf(each.at, each.since)).find(Boolean)
  const missing = read.filter((each) => each.at === null).length

  const setAll = (time: string): void => {
    const open = still.filter(({ student }) => (times[student] ?? '') === '' || times[student] === filled[student])
    const next = Object.fromEntries(open.map(({ student }) => [student, time]))
    set(next)
    setFilled({ ...filled, ...next })
  }
  const setOne = (student: string, time: string): void => {
    set({ [student]: time })
    setFilled({ ...filled, [student]: '' })
  }
  const end = (): void => {
    if (wrong) return
    const leaving = read.flatMap((each) => (each.at === null ? [] : [{ student: each.student, at: each.at }]))
    const latest = leaving.reduce<Instant>((last, each) => (each.at > last ? each.at : last), session.window.from)
    // A session recorded or finished on another day ended when the last one left, at the scheduled end at the latest known.
    const at = isLive ? store.now() : latest > session.window.until ? latest : session.window.until
    recordEnd(store, session, at, leaving, isLive ? undefined : words.teacher.endLaterReason)
    done()
    navigate(`/session/${session.id}/certify`, { replace: true })
  }
  return (
    <Frame
      foot={
        <>
          <Link href={`/session/${session.id}`} className={buttonClass({ large: true })}>
            {words.teacher.back}
          </Link>
          <Button look="primary" large onClick={end} cannot={wrong}>
            {words.teacher.endButton}
          </Button>
        </>
      }
    >
      <PageHeader title={words.teacher.endTitle} sub={session.title} />
      {still.length === 0 ? (
        <Banner tone="good">{words.teacher.endNobody}</Banner>
      ) : (
        <section className={styles.part}>
          <h2>{words.teacher.endStill(still.length)}</h2>
          <p className="quiet">{words.teacher.endStillText}</p>
          <div className={styles.all}>
            {isLive && (
              <Button large onClick={() => setAll(nowText)}>
                {words.teacher.allNow(words.format.wallTime(nowText))}
              </Button>
            )}
            {now >= session.window.until && (
              <Button large onClick={() => setAll(endText)}>
                {words.teacher.allAtEnd(words.format.wallTime(endText))}
              </Button>
            )}
          </div>
          <ul role="list" className={styles.list}>
            {read.map(({ student, since, at }) => (
              <Leaving
                key={student}
                name={nameOf(store.ledger, session, student)}
                since={words.teacher.since(words.format.time(since, zone))}
                time={times[student] ?? ''}
                error={faultOf(at, since)}
                onNow={isLive ? () => setOne(student, nowText) : undefined}
                onTime={(time) => setOne(student, time)}
              />
            ))}
          </ul>
          {missing > 0 && <Banner tone="warn">{words.teacher.endWithout(missing)}</Banner>}
        </section>
      )}
    </Frame>
  )
}

function Leaving({
  name,
  since,
  time,
  error,
  onNow,
  onTime,
}: {
  readonly name: string
  readonly since: string
  readonly time: string
  readonly error: string | undefined
  readonly onNow: (() => void) | undefined
  readonly onTime: (time: string) => void
}) {
  const words = useWords()
  return (
    <li className={styles.leaving}>
      <div>
        <strong>{name}</strong>
        <div className="quiet">{since}</div>
      </div>
      <TimeField label={words.teacher.leftAt(name)} hideLabel value={time} onValue={onTime} error={error} />
      {onNow && (
        <Button aria-label={words.teacher.nowOf(name)} onClick={onNow}>
          {words.teacher.now}
        </Button>
      )}
    </li>
  )
}
