import type { SchoolYear } from '../../../../shared/registry.ts'
import { canonical } from '../../../../shared/sync/chain.ts'
import type { SchoolDate } from '../../../../shared/time.ts'
import { addDays, fiscalYearOf, weekday } from '../../../../shared/time.ts'
import type { Row } from '../read/table.ts'
import { fileAlone } from '../read/entries.ts'
import type { Work } from '../source.ts'
import { dateOf, timeOf, zoneOf } from '../values.ts'
import { schoolOf } from './schoolOf.ts'

const REQUIRED = ['School Code', 'First Day', 'Last Day', 'Start', 'Dismissal'] as const
const OPTIONAL = ['Time Zone', 'No School'] as const
type CalendarRow = Row<(typeof REQUIRED)[number] | (typeof OPTIONAL)[number]>

/** A school year of each school: first and last day, the regular school day, days without school. It replaces that year and no other. */
export async function readCalendar(work: Work): Promise<void> {
  const { plan, directory } = work
  const table = work.table('calendar', fileAlone(work.input, ['calendar', 'calendars']), { required: REQUIRED, optional: OPTIONAL })
  const empty = !directory.hasSites()
  const lines = new Map<string, number>()
  for await (const row of table.rows) {
    const id = schoolOf(row, directory, empty)
    const year = yearOf(row)
    const zone = row.cell('Time Zone') === '' ? directory.district().zone : row.take('Time Zone', zoneOf, 'zone')
    if (id === undefined || !year || zone === undefined) continue
    const key = `${id} ${fiscalYearOf(year.first)}`
    const before = lines.get(key)
    if (before !== undefined) {
      row.fault('School Code', 'schoolOnceAYear', { line: before })
      continue
    }
    lines.set(key, row.line)
    const held = plan.get('site', id)
    if (!held) continue
    const same = (one: SchoolYear): boolean => fiscalYearOf(one.first) === fiscalYearOf(year.first)
    const replaced = held.body.years.find(same)
    const isSame = replaced !== undefined && canonical(replaced) === canonical(year) && held.body.zone === zone
    plan.tally('calendar', !replaced ? 'added' : isSame ? 'unchanged' : 'changed')
    const years = [...held.body.years.filter((one) => !same(one)), year].sort((a, b) => (a.first < b.first ? -1 : 1))
    plan.put('site', id, { ...held.body, zone, years })
  }
}

function yearOf(row: CalendarRow): SchoolYear | undefined {
  const first = row.take('First Day', dateOf, 'date')
  const last = row.take('Last Day', dateOf, 'date')
  const from = row.take('Start', timeOf, 'time')
  const until = row.take('Dismissal', timeOf, 'time')
  if (!first || !last || !from || !until) return undefined
  if (last <= first) return row.fault('Last Day', 'afterFirstDay', { first })
  if (last > addDays(first, 366)) return row.fault('Last Day', 'withinAYear', { first })
  if (until <= from) return row.fault('Dismissal', 'afterStartTime', { from })
  const noSchool = new Set<SchoolDate>()
  for (const text of row
    .cell('No School')
    .split(';')
    .map((one) => one.trim())) {
    if (text === '') continue
    const on = dateOf(text)
    if (!on) return row.fault('No School', 'noSchoolDates', { text })
    if (on < first || on > last) return row.fault('No School', 'noSchoolInside', { text })
    if (weekday(on) % 6 !== 0) noSchool.add(on)
  }
  return { first, last, day: { from, until }, noSchool: [...noSchool].sort() }
}
