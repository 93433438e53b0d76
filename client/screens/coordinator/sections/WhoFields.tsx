import { useState } from 'react'
import type { SiteId } from '../../../../shared/ids.ts'
import { GRADES, type Student } from '../../../../shared/registry.ts'
import { mostStudents } from '../../../../shared/rules/california/ratio.ts'
import { useDevice } from '../../../log/useAttendance.ts'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Checkbox, FindField, Select } from '../../../ui/Field.tsx'
import { PickList } from '../../../ui/PickList.tsx'
import { finds } from '../../../../shared/finding.ts'
import { useWords } from '../../../words/index.ts'
import { Tools } from '../../desk/Tools.tsx'
import { studentsAt } from '../studentsAt.ts'
import type { SectionDraft } from './draft.ts'
import styles from './Editor.module.css'

/** So many are drawn; more than these are found by typing. */
const MOST_SHOWN = 300

/** Who teaches a section and who is invited. */
export function WhoFields({
  draft,
  site,
  onChange,
}: {
  readonly draft: SectionDraft
  readonly site: SiteId
  readonly onChange: (part: Partial<SectionDraft>) => void
}) {
  const words = useWords()
  const w = words.coordinator.editor
  const { store } = useDevice()
  const { ledger } = store
  const today = store.today()
  const [find, setFind] = useState('')
  const [grade, setGrade] = useState('')
  const [invitedOnly, setInvitedOnly] = useState(false)
  const invited = new Set(draft.students)
  const gradeOf = (id: SectionDraft['students'][number]) => ledger.enrollmentOn(id, today)?.grade
  const isFound = (s: Student): boolean =>
    (grade === '' || gradeOf(s.id) === grade) && (find.trim() === '' || finds(`${s.first} ${s.last} ${s.localId}`, find.trim()))
  const here = studentsAt(ledger, site, today)
  const hereNow = new Set(here.map(({ id }) => id))
  // Invited from another school, or no longer at this one: who is on the list is seen, and can be taken off.
  const elsewhere = draft.students.filter((id) => !hereNow.has(id))
  const guests = elsewhere.flatMap((id) => ledger.student(id)?.student ?? []).filter(isFound)
  const shown = here.filter((s) => isFound(s) && (!invitedOnly || invited.has(s.id)))
  const staff = [...ledger.allStaff()].filter((person) => person.sites.includes(site)).sort((a, b) => (a.name < b.name ? -1 : 1))
  const youngest = draft.students.some((id) => ['TK', 'KG'].includes(gradeOf(id) ?? ''))
  const most = mostStudents(today, youngest)
  return (
    <Card title={w.who}>
      <fieldset>
        <legend className={styles.legend}>{w.teachers}</legend>
        {staff.length === 0 && <p className="quiet">{w.noTeachers}</p>}
        <PickList
          label={w.teachers}
          items={staff.map(({ id, name, certificated, employee }) => ({
            id,
            label: name,
            ...(!(certificated && employee) && { hint: w.notCounting }),
          }))}
          picked={new Set(draft.staff)}
          onPick={(id, on) => onChange({ staff: on ? [...draft.staff, id] : draft.staff.filter((each) => each !== id) })}
        />
      </fieldset>
      <fieldset>
        <legend className={styles.legend}>{w.students}</legend>
        <Tools count={w.invited(draft.students.length)}>
          <FindField label={w.find} value={find} onValue={setFind} />
          <Select
            label={words.common.grade}
            hideLabel
            value={grade}
            onValue={setGrade}
            options={[
              { value: '', label: words.district.roster.allGrades },
              ...GRADES.map((g) => ({ value: g as string, label: words.common.gradeOf(g) })),
            ]}
          />
          <Checkbox label={w.invitedOnly} checked={invitedOnly} onChecked={setInvitedOnly} />
          <Button look="quiet" onClick={() => onChange({ students: [...new Set([...draft.students, ...shown.map((s) => s.id)])] })}>
            {w.addShown(shown.length)}
          </Button>
          {elsewhere.length > 0 && (
            <Button look="quiet" onClick={() => onChange({ students: draft.students.filter((id) => hereNow.has(id)) })}>
              {w.removeElsewhere(elsewhere.length)}
            </Button>
          )}
          {draft.students.length > 0 && (
            <Button look="quiet" onClick={() => onChange({ students: [] })}>
              {w.removeAll}
            </Button>
          )}
        </Tools>
        <PickList
          label={w.students}
          items={[
            ...guests.map((student) => ({
              id: student.id,
              label: student.last === '' ? '–' : `${student.last}, ${student.first}`,
              hint: w.elsewhere,
            })),
            ...shown.slice(0, MOST_SHOWN).map((student) => {
              const g = gradeOf(student.id)
              return { id: student.id, label: `${student.last}, ${student.first}`, hint: g ? words.common.gradeOf(g) : student.localId }
            }),
          ]}
          picked={invited}
          onPick={(id, on) => onChange({ students: on ? [...draft.students, id] : draft.students.filter((each) => each !== id) })}
        />
        <p role="status" className="quiet">
          {shown.length + guests.length === 0 && w.noneFound}
          {shown.length > MOST_SHOWN && w.moreHidden(MOST_SHOWN, shown.length)}
        </p>
        {draft.students.length > most && <p className="quiet">{w.ratio(draft.students.length, most)}</p>}
      </fieldset>
    </Card>
  )
}
