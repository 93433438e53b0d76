import { useState } from 'react'
import type { FormEvent } from 'react'
import { Link, useLocation } from 'wouter'
import type { SectionId, SiteId } from '../../../shared/ids.ts'
import type { Section } from '../../../shared/registry.ts'
import { HOUR, addDays, instant, localInstant, localTimeOf, parseLocalTime, parseSchoolDate } from '../../../shared/time.ts'
import type { SessionPlan } from '../../log/commands.ts'
import { recordStart } from '../../log/commands.ts'
import { useAccount, useDevice, useLedger } from '../../log/useAttendance.ts'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { DateField, Select, TextField, TimeField } from '../../ui/Field.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useWords } from '../../words/index.ts'
import styles from './End.module.css'
import { Frame } from './Frame.tsx'
import { planOf, sectionsOf } from './sessions.ts'

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
  const [section, setSection] = useState<Section | null>(null)
  const [site, setSite] = useState<SiteId | undefined>(sites[0]?.id)
  const [title, setTitle] = useState('')
  const [room, setRoom] = useState('')
  const [on, setOn] = useState<string>(past ? '' : store.today())
  const zone = (section ? ledger.site(section.site) : ledger.site(site ?? ('' as SiteId)))?.zone ?? store.zone()
  const [from, setFrom] = useState<string>(past ? '' : localTimeOf(now, zone))
  const [until, setUntil] = useState<string>(past ? '' : localTimeOf(instant(now + HOUR), zone))
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)

  const choose = (id: string): void => {
    const next = sections.find((each) => each.id === (id as SectionId)) ?? null
    setSection(next)
    if (!next) return
    setTitle(next.name)
    setRoom(next.room)
    if (past) {
      setFrom(next.window.from)
      setUntil(next.window.until)
    }
  }
  const date = parseSchoolDate(on)
  const fromTime = parseLocalTime(from)
  const untilTime = parseLocalTime(until)
  const errors = {
    title: title.trim() === '' ? words.teacher.needName : undefined,
    on: !date || date > store.today() ? words.teacher.needDate : undefined,
    until: !fromTime || !untilTime || untilTime === fromTime ? words.teacher.needWindow : undefined,
    reason: past && reason.trim() === '' ? words.teacher.needReason : undefined,
  }
  const start = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    const where = section?.site ?? site
    if (!date || !fromTime || !untilTime || !where || Object.values(errors).some(Boolean)) return
    const begins = localInstant(date, fromTime, zone)
    const ends = localInstant(untilTime > fromTime ? date : addDays(date, 1), untilTime, zone)
    const plan: SessionPlan = {
      site: where,
      section: section?.id ?? null,
      on: date,
      window: { from: begins, until: ends },
      breaks: section ? planOf(section, date, zone).breaks.filter((pause) => pause.from >= begins && pause.until <= ends) : [],
      room: room.trim(),
      title: title.trim(),
    }
    const { session } = recordStart(store, newId, plan, past ? { at: begins, reason: reason.trim() } : undefined)
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
          />
        )}
        {!section && sites.length > 1 && (
          <Select<string>
            label={words.teacher.school}
            value={site ?? ''}
            options={sites.map((each) => ({ value: each.id, label: each.name }))}
            onValue={(id) => setSite(id as SiteId)}
          />
        )}
        <TextField
          label={words.teacher.sessionName}
          value={title}
          onValue={setTitle}
          maxLength={120}
          error={tried ? errors.title : undefined}
        />
        <TextField label={words.teacher.room} value={room} onValue={setRoom} maxLength={80} />
        {past && (
          <DateField label={words.teacher.date} value={on} onValue={setOn} max={store.today()} error={tried ? errors.on : undefined} />
        )}
        <div className={styles.pair}>
          <TimeField label={words.teacher.from} value={from} onValue={setFrom} />
          <TimeField label={words.teacher.until} value={until} onValue={setUntil} error={tried ? errors.until : undefined} />
        </div>
        {past && (
          <TextField
            label={words.teacher.whyLater}
            hint={words.teacher.whyLaterHint}
            value={reason}
            onValue={setReason}
            maxLength={500}
            error={tried ? errors.reason : undefined}
          />
        )}
        <div className={styles.all}>
          <Button type="submit" look="primary" large>
            {words.teacher.start}
          </Button>
          <Link href="/" className={buttonClass({ large: true })}>
            {words.common.cancel}
          </Link>
        </div>
      </form>
    </Frame>
  )
}
