import { useState } from 'react'
import type { SessionState } from '../../../shared/attendance/fold.ts'
import type { Ledger } from '../../../shared/attendance/ledger.ts'
import type { StaffId } from '../../../shared/ids.ts'
import { recordSupervision } from '../../log/commands.ts'
import { topic } from '../../log/topics.ts'
import { useAccount, useDevice, useLedger } from '../../log/useAttendance.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Select } from '../../ui/Field.tsx'
import { useWords } from '../../words/index.ts'
import styles from './Sheet.module.css'

/** Who teaches in this session now: the ratio and the credited time rest on it. Somebody comes, somebody leaves. */
export function TeachersDialog({ session, onClose }: { readonly session: SessionState; readonly onClose: () => void }) {
  const words = useWords()
  const { store } = useDevice()
  const account = useAccount()
  const ledger = useLedger(topic.session(session.id))
  const [chosen, setChosen] = useState('')
  const zone = ledger.site(session.site)?.zone ?? store.zone()
  const here = session.supervision.filter((shift) => shift.until === null)
  const others = teachersOf(ledger, session, new Set(here.map((shift) => shift.staff)))
  const coming = others.find((staff) => staff === chosen)
  const name = (staff: StaffId): string => ledger.staff(staff)?.name ?? '–'
  return (
    <Dialog title={words.teacher.teachers} onClose={onClose}>
      <div className={styles.part}>
        {here.length === 0 && <p className="quiet">{words.teacher.noTeachers}</p>}
        <ul role="list" className={styles.marks}>
          {here.map((shift) => (
            <li key={shift.staff}>
              <span>
                {name(shift.staff)} <span className="quiet">{words.teacher.since(words.format.time(shift.from, zone))}</span>
              </span>
              <Button
                aria-label={shift.staff === account?.me.staff ? words.teacher.leave : words.teacher.leavesOf(name(shift.staff))}
                onClick={() => recordSupervision(store, session, shift.staff, 'SupervisionEnded')}
              >
                {shift.staff === account?.me.staff ? words.teacher.leave : words.teacher.leaves}
              </Button>
            </li>
          ))}
        </ul>
      </div>
      {others.length > 0 && (
        <div className={styles.part}>
          <div className={styles.noteRow}>
            <Select
              label={words.teacher.whoComes}
              value={chosen}
              onValue={setChosen}
              options={[{ value: '', label: '–' }, ...others.map((staff) => ({ value: staff as string, label: name(staff) }))]}
            />
            <Button
              cannot={coming ? undefined : words.teacher.chooseTeacher}
              onClick={() => {
                if (!coming) return
                recordSupervision(store, session, coming, 'SupervisionStarted')
                setChosen('')
              }}
            >
              {words.teacher.comes}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  )
}

/** Those who teach at the site and are not here yet, by name. */
function teachersOf(ledger: Ledger, session: SessionState, here: ReadonlySet<StaffId>): StaffId[] {
  const all = new Set<StaffId>()
  for (const section of ledger.sections()) if (section.site === session.site) for (const staff of section.staff) all.add(staff)
  const named = [...all].flatMap((staff) => {
    const known = here.has(staff) ? undefined : ledger.staff(staff)
    return known ? [known] : []
  })
  return named.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)).map((each) => each.id)
}
