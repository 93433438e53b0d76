import { useState } from 'react'
import type { FormEvent } from 'react'
import { Link, useLocation } from 'wouter'
import { HOUR, addDays, instant, localInstant, localTimeOf, parseLocalTime, parseSchoolDate } from '../../../shared/time.ts'
import type { SessionPlan } from '../../log/commands.ts'
import { recordStart } from '../../log/commands.ts'
import { useAccount, useDevice, useLedger } from '../../log/useAttendance.ts'
import { useHalfTyped } from '../../trust/useHalfTyped.ts'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { DateField, Select, TextField, TimeField } from '../../ui/Field.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useWords } from '../../words/index.ts'
import styles from './End.module.css'
import { Frame } from './Frame.tsx'
import { SameSessions, sameSessions } from './SameSessions.tsx'
import { planOf, sectionsOf } from './sessions.ts'

const EMPTY = { section: '', site: '', title: '', room: '', on: '', from: '', until: '', reason: '' }
type When = Pick<typeof EMPTY, 'on' | 'from' | 'until'>

/** A session that no pattern planned, now; or one that was held and is recorded later, with the reason why. */
export function NewSession({ past }: { readonly past: boolean }) {
  const words = useWords()
  const account = useAccount()
  const { store, newId } = useDevice()
  const ledger = useLedger()
  const [, navigate] = useLocation()
  const sections = account ? sectionsOf(ledger, account.me) : []
  const sites = [...ledger.sites()].filter((site) => account?.me.districtWide || account?.me.sites.includes(site.id))
  const now = store.now()
  const { fields, set, done } = useHalfTyped(past ? 'session.past' : 'session.new', EMPTY)
  const { title, room, reason } = fields
  // Whoever is there for some sections starts no session of another, or of none: it would be set aside.
  const isLimited = account?.me.sections !== undefined
  const section = sections.find((each) => each.id === fields.section)
  const site = section?.site ?? sites.find((each) => each.id === fields.site)?.id ?? sites[0]?.id
  const zone = (site && ledger.site(site)?.zone) ?? store.zone()
  // A session of now begins now, whatever was typed some hours ago.
  const [present, setPresent] = useState<When>({
    on: store.today(),
    from: localTimeOf(now, zone),
    until: localTimeOf(instant(now + HOUR), zone),
  })
  const { on, from, until } = past ? fields : present
  const setWhen = (change: Partial<When>): void => (past ? set(change) : setPresent({ ...present, ...change }))
  const [tried, setTried] = useState(false)
  // Sessions that were shown when somebody would have recorded one more.
  const [shown, setShown] = useState('')

  const choose = (id: string): void => {
    const next = sections.find((each) => each.id === id)
    if (!next) return set({ section: '' })
    set({ section: next.id, title: next.name, room: next.room, ...(past ? next.window : {}) })
  }
  const date = parseSchoolDate(on)
  const fromTime = parseLocalTime(from)
  const untilTime = parseLocalTime(until)
  const begins = date && fromTime && localInstant(date, fromTime, zone)
  const ends = date && fromTime && untilTime && localInstant(untilTime > fromTime ? date : addDays(date, 1), untilTime, zone)
  const same = past && date && site ? sameSessions(ledger, { section: section?.id ?? null, on: date, site, title }) : []
  const sameIds = same.map(({ id }) => id).join(' ')
  const isAhead = past && ends !== undefined && ends > now
  const errors = {
    section: isLimited && !section ? words.teacher.needSection : undefined,
    title: title.trim() === '' ? words.teacher.needName : undefined,
    on: !date || date > store.today() ? words.teacher.needDate : undefined,
    until: !fromTime || !untilTime || untilTime === fromTime ? words.teacher.needWindow : isAhead ? words.teacher.timeAhead : undefined,
    reason: past && reason.trim() === '' ? words.teacher.needReason : undefined,
  }
  const start = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (!date || !begins || !ends || !site || Object.values(errors).some(Boolean)) return
    if (sameIds !== '' && sameIds !== shown) return setShown(sameIds)
    const plan: SessionPlan = {
      site,
      section: section?.id ?? null,
      on: date,
      window: { from: begins, until: ends },
      breaks: section ? planOf(section, date, zone).breaks.filter((pause) => pause.from >= begins && pause.until <= ends) : [],
      room: room.trim(),
      title: title.trim(),
    }
    const { session, isRecorded } = recordStart(store, newId, plan, past ? { at: begins, reason: reason.trim() } : undefined)
    if (!isRecorded) return
    done()
    navigate(`/session/${session}`, { replace: true })
  }
  return (
    <Frame>
      <PageHeader title={past ? words.teacher.pastTitle : words.teacher.newTitle} />
      <form className={styles.form} onSubmit={start}>
        {sections.length > 0 && (
          <Select
            label={words.teacher.section}
            value={section?.id ?? ''}
            options={[
              { value: '', label: words.teacher.noSection },
              ...sections.map((each) => ({ value: each.id as string, label: each.name })),
            ]}
            onValue={choose}
            error={tried ? errors.section : undefined}
          />
        )}
        {!section && sites.length > 1 && (
          <Select<string>
            label={words.teacher.school}
            value={site ?? ''}
            options={sites.map((each) => ({ value: each.id, label: each.name }))}
            onValue={(id) => set({ site: id })}
          />
        )}
        <TextField
          label={words.teacher.sessionName}
          value={title}
          onValue={(next) => set({ title: next })}
          maxLength={120}
          error={tried ? errors.title : undefined}
        />
        <TextField label={words.teacher.room} value={room} onValue={(next) => set({ room: next })} maxLength={80} />
        {past && (
          <DateField
            label={words.teacher.date}
            value={on}
            onValue={(next) => setWhen({ on: next })}
            max={store.today()}
            error={tried ? errors.on : undefined}
          />
        )}
        <div className={styles.pair}>
          <TimeField label={words.teacher.from} value={from} onValue={(next) => setWhen({ from: next })} />
          <TimeField
            label={words.teacher.until}
            value={until}
            onValue={(next) => setWhen({ until: next })}
            error={tried ? errors.until : undefined}
          />
        </div>
        {past && (
          <TextField
            label={words.teacher.whyLater}
            hint={words.teacher.whyLaterHint}
            value={reason}
            onValue={(next) => set({ reason: next })}
            maxLength={500}
            error={tried ? errors.reason : undefined}
          />
        )}
        <SameSessions sessions={same} />
        <div className={styles.all}>
          <Button type="submit" look="primary" large>
            {past ? (sameIds !== '' && sameIds === shown ? words.day.twice.record : words.teacher.recordPast) : words.teacher.start}
          </Button>
          <Link href="/" onClick={done} className={buttonClass({ large: true })}>
            {words.common.cancel}
          </Link>
        </div>
      </form>
    </Frame>
  )
}
