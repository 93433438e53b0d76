import type { KeyboardEvent } from 'react'
import { useRef, useState } from 'react'
import { Done } from '../../../../shared/api.ts'
import { DayReply, type DocumentView } from '../../../../shared/api/day.ts'
import type { SessionId, StaffId } from '../../../../shared/ids.ts'
import { as } from '../../../../shared/ids.ts'
import type { Section } from '../../../../shared/registry.ts'
import { parseLocalTime, type SchoolDate } from '../../../../shared/time.ts'
import { useAccount, useDevice, useMinute } from '../../../log/useAttendance.ts'
import { api } from '../../../sync/http.ts'
import { useHalfDone } from '../../../trust/useHalfDone.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Select, TextField, TimeField } from '../../../ui/Field.tsx'
import { HalfDoneNote } from '../../../ui/HalfDoneNote.tsx'
import { useWords } from '../../../words/index.ts'
import { DocumentField } from '../day/DocumentField.tsx'
import { keyedIn, withPaper } from '../day/resolving.ts'
import tools from '../../desk/Tools.module.css'
import { useReply } from '../../desk/useReply.ts'
import { EMPTY, isAhead, onlyFilled, recordSheet, rowState, type Sheet, sheetOf, type Typed } from './keying.ts'
import { listOf, teachersOf } from './lists.ts'
import styles from './Paper.module.css'
import { readCode } from './rowCode.ts'

/** The rows of one sheet: times for those who came, nothing for those who did not. */
export function KeyInForm({
  section,
  on,
  onRecorded,
}: {
  readonly section: Section
  readonly on: SchoolDate
  readonly onRecorded: (session: string) => void
}) {
  const words = useWords()
  const w = words.day.keyIn
  const { store, newId } = useDevice()
  const account = useAccount()
  const [session] = useState(() => as<SessionId>(newId()))
  const { asked } = useReply(DayReply, `/api/day?site=${encodeURIComponent(section.site)}`)
  const half = useHalfDone<Sheet>(`paper.${section.id}.${on}`, sheetOf(section))
  const { change } = half
  const { teacher, from, until, typed, walkIns } = half.draft
  const reason = half.draft.reason ?? w.reasonText
  const [paper, setPaper] = useState<DocumentView | null>(null)
  const [code, setCode] = useState('')
  const [noSuch, setNoSuch] = useState(false)
  const table = useRef<HTMLDivElement>(null)
  const zone = store.ledger.site(section.site)?.zone ?? store.zone()
  const rows = listOf(store.ledger, section)
  const timesOf = (student: string): Typed => typed[student] ?? EMPTY
  const came = rows.filter(({ student }) => rowState(timesOf(student)) === 'good')
  const named = walkIns.filter((one) => one.name.trim() !== '' && rowState(one) === 'good')
  const now = useMinute()
  const faultOf = (one: Typed): string | undefined => {
    if (rowState(one) === 'bad') return w.needTime
    return isAhead(on, one.out, zone, now) ? w.ahead : undefined
  }
  const isWindow = parseLocalTime(from) !== undefined && parseLocalTime(until) !== undefined && from < until
  const windowFault = !isWindow ? w.needTime : isAhead(on, until, zone, now) ? w.ahead : undefined
  const n = came.length + named.length
  const fault = windowFault ?? [...rows.map(({ student }) => timesOf(student)), ...walkIns].map(faultOf).find(Boolean)
  const cannot = n === 0 ? w.nobody : (fault ?? (reason.trim() === '' ? words.day.dialog.needReason : undefined))
  const reach = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    const read = readCode(code)
    const row = read.kind === 'code' ? rows.find((one) => one.code === read.code) : undefined
    setNoSuch(row === undefined)
    if (!row) return
    setCode('')
    table.current?.querySelector<HTMLInputElement>(`[data-code="${row.code}"] input`)?.focus()
  }
  const fill = () =>
    change({ typed: { ...Object.fromEntries(rows.map(({ student }) => [student, { in: from, out: until }])), ...onlyFilled(typed) } })
  const record = () => {
    const start = parseLocalTime(from)
    const end = parseLocalTime(until)
    if (!account || !start || !end || cannot) return
    const written = recordSheet(store, newId, {
      session,
      section,
      on,
      zone,
      from: start,
      until: end,
      teacher: teacher === '' ? null : as<StaffId>(teacher),
      by: account.me.staff,
      reason: withPaper(reason.trim(), paper?.sha256 ?? null),
      rows: came.map(({ student }) => ({ student, typed: timesOf(student) })),
      walkIns: named.map((one) => ({ name: one.name.trim(), typed: one })),
    })
    // On a disk that took nothing the sheet is still there.
    void written.then(({ kind }) => kind === 'saved' && half.done())
    const held = store.ledger.session(session)
    if (held && asked.kind === 'ok')
      void api(Done, 'POST', '/api/day/resolutions', { entries: keyedIn(held, reason.trim(), paper?.id ?? null) })
    onRecorded(session)
  }
  const times = (name: string, value: Typed, set: (next: Typed) => void) => (
    <>
      <td>
        <TimeField label={w.inOf(name)} hideLabel value={value.in} onValue={(time) => set({ ...value, in: time })} />
      </td>
      <td>
        <TimeField label={w.outOf(name)} hideLabel value={value.out} onValue={(time) => set({ ...value, out: time })} />
      </td>
      <td className={styles.bad}>{faultOf(value)}</td>
    </>
  )
  return (
    <div className={tools.form}>
      <HalfDoneNote of={half} />
      <div className={tools.pair}>
        <Select
          label={w.teacher}
          value={teacher}
          onValue={(next) => change({ teacher: next })}
          options={[
            ...teachersOf(store.ledger, section).map(({ id, name }) => ({ value: id as string, label: name })),
            { value: '', label: w.noTeacher },
          ]}
        />
        <TimeField label={w.from} value={from} onValue={(next) => change({ from: next })} />
        <TimeField label={w.until} value={until} onValue={(next) => change({ until: next })} error={windowFault} />
      </div>
      <div className={`${tools.inline} ${tools.acts}`}>
        <div className={tools.measure}>
          <TextField
            label={w.find}
            hint={w.findHint}
            value={code}
            onValue={setCode}
            onKeyDown={reach}
            error={noSuch ? w.noSuch : undefined}
            autoComplete="off"
          />
        </div>
        <Button onClick={fill}>{w.same}</Button>
        <Button look="quiet" onClick={() => change({ typed: {} })}>
          {w.clear}
        </Button>
      </div>
      <div ref={table} className={styles.rows} role="group" aria-label={w.label} tabIndex={0}>
        <table aria-label={w.label}>
          <thead>
            <tr>
              {[words.day.sheet.row, words.day.sheet.student, words.day.sheet.in, words.day.sheet.out].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {rows.map(({ student, code: own, name }) => (
              <tr key={student} data-code={own}>
                <td className={styles.code}>{own}</td>
                <td>{name}</td>
                {times(name, timesOf(student), (next) => change({ typed: { ...typed, [student]: next } }))}
              </tr>
            ))}
            {walkIns.map((one, i) => (
              <tr key={i}>
                <td />
                <td>
                  <TextField
                    label={w.walkIn(i + 1)}
                    hideLabel
                    placeholder={w.walkIn(i + 1)}
                    value={one.name}
                    onValue={(name) => change({ walkIns: walkIns.with(i, { ...one, name }) })}
                    maxLength={120}
                  />
                </td>
                {times(one.name || w.walkIn(i + 1), one, (next) => change({ walkIns: walkIns.with(i, { ...one, ...next }) }))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div>
        <Button onClick={() => change({ walkIns: [...walkIns, { name: '', ...EMPTY }] })}>{w.addWalkIn}</Button>
      </div>
      <TextField label={words.day.dialog.reason} value={reason} onValue={(next) => change({ reason: next })} maxLength={300} />
      {asked.kind === 'ok' && (
        <DocumentField
          place={{ site: section.site, section: section.id, session, on }}
          known={asked.value.documents.filter((one) => one.section === section.id && one.on === on)}
          value={paper}
          onValue={setPaper}
        />
      )}
      {n > 0 && (
        <Banner tone="accent" title={words.day.dialog.will} live="polite">
          {w.will(n, section.name, words.format.date(on))} {w.certify}
        </Banner>
      )}
      <div>
        <Button look="primary" large cannot={cannot} showWhy onClick={record}>
          {w.save}
        </Button>
      </div>
    </div>
  )
}
