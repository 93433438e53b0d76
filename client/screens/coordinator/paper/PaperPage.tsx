import { Link, useSearchParams } from 'wouter'
import type { SiteId } from '../../../../shared/ids.ts'
import type { Section } from '../../../../shared/registry.ts'
import { parseSchoolDate, type SchoolDate } from '../../../../shared/time.ts'
import { topic } from '../../../log/topics.ts'
import { useDevice, useLedger } from '../../../log/useAttendance.ts'
import { buttonClass } from '../../../ui/Button.tsx'
import { Stack } from '../../../ui/Card.tsx'
import { DateField, Select } from '../../../ui/Field.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { EmptyState } from '../../../ui/States.tsx'
import { useWords } from '../../../words/index.ts'
import { Tools } from '../../desk/Tools.tsx'
import { AtSite, SitePicker } from '../SitePicker.tsx'
import { listOf, sectionsAt } from './lists.ts'
import styles from './Paper.module.css'
import { PrintButton } from '../../desk/PrintButton.tsx'

/** Rows for people who are on no list. */
const BLANK_ROWS = 5

/** A roster to print for a room without a device. Works offline: the list is on this device. */
export function PaperPage() {
  const words = useWords()
  const w = words.day.sheet
  return (
    <>
      <div className="noPrint">
        <PageHeader title={w.title} sub={w.sub} actions={<SitePicker />} />
      </div>
      <AtSite>{(site) => <Choose site={site.id} />}</AtSite>
    </>
  )
}

function Choose({ site }: { readonly site: SiteId }) {
  const words = useWords()
  const w = words.day.sheet
  const { store } = useDevice()
  const ledger = useLedger(topic.sessions)
  const [params, setParams] = useSearchParams()
  const sections = sectionsAt(ledger, site)
  const section = sections.find(({ id }) => id === params.get('section')) ?? sections[0]
  // A date that is only half typed stays as it is typed: no sheet is printed for another day than the one shown.
  const typed = params.get('on') ?? store.today()
  const on = parseSchoolDate(typed)
  if (!section) return <EmptyState title={w.noSections}>{w.noSectionsText}</EmptyState>
  return (
    <Stack>
      <div className="noPrint">
        <Tools>
          <Select
            label={w.section}
            hideLabel
            value={section.id as string}
            onValue={(id) => setParams({ section: id, on: typed }, { replace: true })}
            options={sections.map(({ id, name }) => ({ value: id as string, label: name }))}
          />
          <DateField
            label={w.date}
            hideLabel
            value={typed}
            error={on ? undefined : words.rules.planner.badDate}
            onValue={(date) => setParams({ section: section.id, on: date }, { replace: true })}
          />
          {on && <PrintButton look="primary">{w.print}</PrintButton>}
          <Link className={buttonClass()} href={`/site/paper/key?section=${section.id}&on=${typed}`}>
            {w.keyIn}
          </Link>
        </Tools>
      </div>
      {on && <Sheet section={section} on={on} />}
    </Stack>
  )
}

function Sheet({ section, on }: { readonly section: Section; readonly on: SchoolDate }) {
  const words = useWords()
  const w = words.day.sheet
  const { store } = useDevice()
  const ledger = useLedger(topic.sessions)
  const teachers = section.staff.map((id) => ledger.staff(id)?.name ?? '–')
  const heads = [w.row, w.student, w.grade, w.in, w.out, w.note]
  return (
    <section className={styles.sheet} aria-label={w.title}>
      <div className={styles.head}>
        <div>
          <h2>{section.name}</h2>
          <span>{ledger.site(section.site)?.name}</span>
        </div>
        <div className={styles.facts}>
          <span>
            {w.date}: <strong>{words.format.dateWithYear(on)}</strong>
          </span>
          <span>
            {w.hours}: {words.format.wallTime(section.window.from)} – {words.format.wallTime(section.window.until)}
          </span>
          <span>
            {w.room}: {section.room}
          </span>
          <span>
            {w.teacher}: {words.format.list(teachers)}
          </span>
        </div>
      </div>
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {listOf(store.ledger, section).map(({ student, code, name }) => {
            const grade = store.ledger.enrollmentOn(student, on)?.grade
            return (
              <tr key={student}>
                <td className={styles.code}>{code}</td>
                <td>{name}</td>
                <td>{grade ? words.common.gradeShort(grade) : ''}</td>
                <td className={styles.box} />
                <td className={styles.box} />
                <td className={styles.box} />
              </tr>
            )
          })}
          {Array.from({ length: BLANK_ROWS }, (_, i) => (
            <tr key={i}>
              <td />
              <td className="quiet">{i === 0 ? w.walkIn : ''}</td>
              <td />
              <td />
              <td />
              <td />
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet">
        {w.how} {w.ends}
      </p>
      <p>{w.statement}</p>
      <div className={styles.sign}>
        <span>
          {w.teacher}, {w.signature}
        </span>
        <span>{w.signedOn}</span>
      </div>
    </section>
  )
}
