/** A small district told in a few words: students with absences, Saturdays on which they came, and the ledger that results. */
import { type Ledger, openLedger } from '../../shared/attendance/ledger.ts'
import type { SiteId, StudentId } from '../../shared/ids.ts'
import type { Policy, RegistryRecord, Site } from '../../shared/registry.ts'
import { DEFAULT_POLICY } from '../../shared/rules/california/policy.ts'
import { addDays, type SchoolDate, weekday } from '../../shared/time.ts'
import { readScenario } from '../../server/scenario/readScenario.ts'
import { scenarioLog } from '../../server/scenario/scenarioLog.ts'

export const date = (text: string): SchoolDate => text as SchoolDate

export interface Told {
  readonly schools?: Readonly<Record<string, { readonly type?: Site['type']; readonly noSchool?: readonly string[] }>>
  readonly students: Readonly<
    Record<string, { grade?: string; school?: string; ssid?: string; absences?: readonly string[]; setting?: string }>
  >
  /** A morning of four hours on each date, at a school, for some students. */
  readonly mornings: readonly {
    readonly on: string
    readonly school?: string
    readonly students: readonly string[]
    readonly until?: string
  }[]
  readonly asOf?: string
  readonly policies?: readonly Partial<Policy>[]
}

export interface District {
  readonly ledger: Ledger
  readonly id: (student: string) => StudentId
  readonly site: (school: string) => SiteId
  readonly put: (records: Iterable<Omit<RegistryRecord, 'seq'>>) => void
}

const CODES: Readonly<Record<string, string>> = { elm: '6000001', oak: '6000002', ash: '6000003' }
const WEEKDAY_MORNING = { from: '08:15', until: '14:30' }

/** The scenario format's own day, with what it does not tell (school codes, dated policy) added as records. */
export function district(told: Told): District {
  const schools = told.schools ?? { elm: {} }
  const at = (school: string | undefined): string => school ?? Object.keys(schools)[0] ?? 'elm'
  const sessions = told.mornings.map(({ on, school, until = '12:00' }) => ({
    school: at(school),
    on,
    from: '08:00',
    until,
    staff: ['rivera'],
  }))
  const document = {
    name: 'A small district',
    rules: 'california-ar',
    asOf: told.asOf ?? '2027-06-30',
    lea: '1964733',
    schools: Object.fromEntries(
      Object.entries(schools).map(([key, { type = 'regular', noSchool = [] }]) => [
        key,
        { type, zone: 'America/Los_Angeles', day: WEEKDAY_MORNING, year: { first: '2026-08-17', last: '2027-06-04' }, noSchool },
      ]),
    ),
    staff: { rivera: { certificated: true, employee: true } },
    students: Object.fromEntries(
      Object.entries(told.students).map(([key, { grade = '05', school, ...rest }]) => [key, { grade, school: at(school), ...rest }]),
    ),
    sessions: Object.fromEntries(sessions.map((session, i) => [`s${String(i).padStart(2, '0')}`, session])),
    marks: told.mornings.flatMap(({ students, until = '12:00' }, i) =>
      students.map((student) => ({ session: `s${String(i).padStart(2, '0')}`, student, in: '08:00', out: until })),
    ),
    then: {},
  }
  const read = readScenario(new TextEncoder().encode(JSON.stringify(document)))
  if ('faults' in read) throw new Error(read.faults.join('\n'))
  const log = scenarioLog(read.scenario)
  const ledger = openLedger()
  for (const record of log.records) ledger.putRecord(record)
  let seq = log.records.length
  const put = (records: Iterable<Omit<RegistryRecord, 'seq'>>): void => {
    for (const record of records) ledger.putRecord({ ...record, seq: ++seq } as RegistryRecord)
  }
  put(
    [...ledger.sites()].map((site) => ({
      kind: 'site' as const,
      id: site.id,
      ended: false,
      body: { ...site, cds: { district: '1964733', school: CODES[site.name] ?? '6999999' } },
    })),
  )
  put((told.policies ?? []).map((choices) => policyRecord(choices)))
  ledger.putEvents(log.events)
  return { ledger, put, id: (student) => log.students.get(student) as StudentId, site: (school) => log.schools.get(school) as SiteId }
}

export const policyRecord = (choices: Partial<Policy>): Omit<Extract<RegistryRecord, { kind: 'policy' }>, 'seq'> => {
  const body: Policy = { from: date('2025-07-01'), ...DEFAULT_POLICY, decidedBy: 'Board', why: 'Decided.', ...choices }
  return { kind: 'policy', id: body.from, ended: false, body }
}

/** Weekdays from a date on: as many as asked for. */
export function weekdays(from: string, count: number): readonly string[] {
  const days: string[] = []
  for (let on = date(from); days.length < count; on = addDays(on, 1)) if (weekday(on) > 0 && weekday(on) < 6) days.push(on)
  return days
}

/** Saturdays from a date on. */
export function saturdays(from: string, count: number): readonly string[] {
  const days: string[] = []
  for (let on = date(from); days.length < count; on = addDays(on, 1)) if (weekday(on) === 6) days.push(on)
  return days
}
