import type { SiteId, StudentId } from '../../../../shared/ids.ts'
import type { Absence } from '../../../../shared/registry.ts'
import { groupBy } from '../../../../shared/report/recovered.ts'
import type { SchoolDate } from '../../../../shared/time.ts'
import { stableId } from '../ids.ts'
import { fileAlone } from '../read/entries.ts'
import type { Plan } from '../plan.ts'
import type { Work } from '../source.ts'
import { dateOf } from '../values.ts'
import type { Code } from './codes.ts'
import { schoolOf } from './schoolOf.ts'

/**
 * Whole-day attendance marks that are absences, by the code table. A snapshot of its schools from its first date to its last: an
 * absence there that it no longer has was corrected at the school, and ends.
 */
export async function readAbsences(work: Work): Promise<void> {
  const { plan, directory } = work
  const table = work.table('absences', fileAlone(work.input, ['absences']), {
    required: ['Student ID', 'School Code', 'Date', 'All Day Code'],
    optional: ['Description'],
  })
  const codes = plan.sources<Code>('code')
  const span = openSpan()
  /** Sites, and days of sites, of which a row does not say whose absence it is: any of theirs may be meant. */
  const unclear = new Set<string>()
  const seen = new Map<string, { readonly line: number; readonly code: string }>()
  for await (const row of table.rows) {
    const site = schoolOf(row, directory, false)
    const student = row.take('Student ID', (id) => directory.student(id), 'knownStudent')
    const on = row.take('Date', dateOf, 'date')
    if (site === undefined || student === undefined || !on) {
      if (site === undefined) table.notWhole()
      else unclear.add(on ? `${site} ${on}` : site)
      continue
    }
    span.add(site, on)
    const id = absenceId(student, site, on)
    const code = row.cell('All Day Code')
    const before = seen.get(id)
    if (before && before.code !== code) row.fault('All Day Code', 'oneCodeADay', { line: before.line, code: before.code })
    if (before) continue
    seen.set(id, { line: row.line, code })
    const kind = row.take(
      'All Day Code',
      (text) => (codes.get(text)?.ended === false ? codes.get(text)?.body.kind : undefined),
      codes.size === 0 ? 'codesFirst' : 'knownCode',
    )
    if (kind) plan.put('absence', id, { id, student, site, on, kind, code })
  }
  const kept: Absence[] = []
  for (const [id, { ended, body }] of [...plan.list('absence')]) {
    if (ended || seen.has(id) || !span.holds(body.site, body.on)) continue
    if (!table.isWhole() || unclear.has(body.site) || unclear.has(`${body.site} ${body.on}`)) kept.push(body)
    else plan.put('absence', id, body, true)
  }
  noteKept(plan, kept)
}

/** Days of a school that a note names. */
const MOST_DAYS = 10

/** Says which absences are not in the file and stay all the same. */
function noteKept(plan: Plan, kept: readonly Absence[]): void {
  if (kept.length === 0) return
  const where = [...groupBy(kept, ({ site }) => site)].map(([site, own]) => {
    const days = [...new Set(own.map(({ on }) => on))].sort()
    const more = days.length > MOST_DAYS ? ` and ${days.length - MOST_DAYS} more days` : ''
    return `${plan.get('site', site)?.body.name ?? site} (${days.slice(0, MOST_DAYS).join(', ')}${more})`
  })
  plan.note(
    `${kept.length === 1 ? '1 absence that is' : `${kept.length} absences that are`} not in the file ${kept.length === 1 ? 'was' : 'were'} kept, because rows with faults do not say whose they are: ${where.join('; ')}. Put those rows right and import the file again.`,
  )
}

const absenceId = (student: StudentId, site: SiteId, on: SchoolDate): string => stableId('abs', `${student}-${site}-${on}`)

/** The sites a file names and the days from its first to its last. */
function openSpan(): { add(site: SiteId, on: SchoolDate): void; holds(site: SiteId, on: SchoolDate): boolean } {
  const sites = new Set<SiteId>()
  let first: SchoolDate | undefined
  let last: SchoolDate | undefined
  return {
    add(site, on) {
      sites.add(site)
      if (first === undefined || on < first) first = on
      if (last === undefined || on > last) last = on
    },
    holds: (site, on) => sites.has(site) && first !== undefined && last !== undefined && first <= on && on <= last,
  }
}
