import type { ComplianceItem, ComplianceRow } from '../../../../shared/api/periods.ts'
import type { SchoolDate } from '../../../../shared/time.ts'
import { Link } from 'wouter'
import type { Role } from '../../../../shared/api/people.ts'
import { useAccount } from '../../../log/useAttendance.ts'
import { Card } from '../../../ui/Card.tsx'
import { StatusPill } from '../../../ui/StatusPill.tsx'
import type { Column } from '../../../ui/Table.tsx'
import { Table } from '../../../ui/Table.tsx'
import type { Words } from '../../../words/index.ts'
import { useWords } from '../../../words/index.ts'
import { useChooseSite } from '../../coordinator/useSite.ts'
import { type DeskPage, mayImport, PAGES_OF } from '../../desk/may.ts'
import { reasonsHref } from '../schoolYear.ts'
import styles from './Periods.module.css'

/** What must be in order before a period is signed; each item opens to the list that is worked off. */
export function Checklist({ items, asOf }: { readonly items: readonly ComplianceItem[]; readonly asOf: SchoolDate }) {
  const words = useWords()
  const w = words.periods.list
  return (
    <Card title={w.title} sub={w.sub}>
      <ul className={styles.items}>
        {items.map((item) => (
          <li key={item.key}>{item.count === 0 ? <Head item={item} /> : <Open item={item} asOf={asOf} />}</li>
        ))}
      </ul>
    </Card>
  )
}

function Head({ item }: { readonly item: ComplianceItem }) {
  const words = useWords()
  const w = words.periods.list
  return (
    <span className={styles.head}>
      <span>{w.items[item.key].name}</span>
      <StatusPill tone={item.count === 0 ? 'good' : item.weight}>{item.count === 0 ? w.fulfilled : w.count(item.count)}</StatusPill>
    </span>
  )
}

function Open({ item, asOf }: { readonly item: ComplianceItem; readonly asOf: SchoolDate }) {
  const words = useWords()
  const w = words.periods.list
  const role = useAccount()?.me.role
  return (
    <details className={styles.open}>
      <summary>
        <Head item={item} />
      </summary>
      <p>
        {w.items[item.key].todo} {role && !mayImport(role) && BY_IMPORT.includes(item.key) && w.byOffice}
      </p>
      <Table
        label={w.label(w.items[item.key].name)}
        columns={columns(words, item, asOf, role)}
        rows={item.rows}
        rowKey={(row) => keyOf(item.rows, row)}
      />
      {item.count > item.rows.length && <p className="quiet">{w.more(item.count)}</p>}
    </details>
  )
}

/** The session itself, where it is put right. */
function ToSession({ row, children }: { readonly row: ComplianceRow; readonly children: string }) {
  const choose = useChooseSite()
  return (
    <Link href={`/session/${row.session}`} onClick={() => row.site !== null && choose(row.site)}>
      {children}
    </Link>
  )
}

const keyOf = (rows: readonly ComplianceRow[], row: ComplianceRow): string => String(rows.indexOf(row))

/** Where an item is put right when no student or session is meant. */
const PLACES: Readonly<Partial<Record<ComplianceItem['key'], { readonly page: DeskPage; readonly href: string }>>> = {
  setAside: { page: 'setAside', href: '/site/set-aside' },
  holding: { page: 'devices', href: '/site/devices' },
  noCalendar: { page: 'import', href: '/import' },
  noSchoolCode: { page: 'import', href: '/import' },
  termWithout: { page: 'sections', href: '/sections' },
}
/** What is put right in the district's own system, and imported again. */
const BY_IMPORT: readonly ComplianceItem['key'][] = ['daysAgainstAbsences', 'noSsid', 'sharedSsid', 'noSchoolCode', 'noCalendar']

/** A role without the district's roster has a student's page from the device itself. */
const studentHref = (student: string, asOf: SchoolDate, may: (page: DeskPage) => boolean): string =>
  may('district') ? reasonsHref(student, asOf) : `/student/${student}?asOf=${asOf}`

function columns(words: Words, { key }: ComplianceItem, asOf: SchoolDate, role: Role | undefined): readonly Column<ComplianceRow>[] {
  const may = (page: DeskPage): boolean => role !== undefined && PAGES_OF[role].includes(page)
  const w = words.periods.list
  const detail = (row: ComplianceRow): string => {
    if (row.n !== null) return row.of === null ? w.minutes(row.n) : (w.found[key]?.(row.n, row.of) ?? '')
    if (row.session !== null && row.student === null) return ''
    return /^\d+$/.test(row.detail) && row.session !== null && row.student !== null ? w.minutes(Number(row.detail)) : row.detail
  }
  const where = (row: ComplianceRow): string =>
    [row.siteName, row.on === null ? '' : words.format.dateWithYear(row.on)].filter((part) => part !== '').join(', ')
  const place = PLACES[key]
  return [
    {
      id: 'who',
      head: w.who,
      by: (row) => row.name,
      cell: (row) => {
        if (row.session !== null && row.student === null) {
          return <ToSession row={row}>{[row.detail || row.siteName, row.name].filter((part) => part !== '').join(' · ')}</ToSession>
        }
        if (row.student !== null && row.name !== '') return <Link href={studentHref(row.student, asOf, may)}>{row.name}</Link>
        const name = key === 'setAside' ? words.coordinator.setAside.title : row.name || row.detail || row.siteName
        return place && may(place.page) ? <Link href={place.href}>{name}</Link> : name
      },
    },
    {
      id: 'where',
      head: w.where,
      by: (row) => `${row.siteName} ${row.on ?? ''}`,
      cell: (row) => (row.session !== null && row.student !== null ? <ToSession row={row}>{where(row)}</ToSession> : where(row)),
    },
    {
      id: 'detail',
      head: w.detail,
      by: (row) => row.detail,
      cell: detail,
    },
  ]
}
