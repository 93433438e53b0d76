/** Everything that is kept of one student, for the family that asks (34 CFR 99.10, EC 49069.7): nobody else is in it but who taught. */
import type { RegistryRecord } from '../../shared/registry.ts'
import type { Context } from '../context.ts'
import type { StudentFile } from '../log/studentFile.ts'
import { openStudentRest } from '../log/studentRest.ts'

const OWN: ReadonlySet<RegistryRecord['kind']> = new Set(['student', 'enrollment', 'absence'])

/** Gives the export of a student whose file was read within the reader's schools. */
export function openStudentExport({ disclosures, log, store }: Pick<Context, 'disclosures' | 'log' | 'store'>) {
  const restOf = openStudentRest(log)
  return (student: string, { records, events }: StudentFile) => {
    const whose = entriesOf(student, records)
    const rest = restOf([...whose])
    return {
      kind: 'recoup-student' as const,
      student,
      district: store.get('district', 'district')?.body.name ?? '',
      madeAt: log.sources.now(),
      through: { epoch: log.epoch, seq: log.head() },
      records: records.filter((record) => !OWN.has(record.kind) || whose.has(studentIn(record))),
      ...rest,
      events: eventsOf(events, whose),
      disclosures: disclosures.of(student).map((one) => ({ ...one, name: store.get('staff', one.person)?.body.name ?? '' })),
    }
  }
}

const studentIn = ({ kind, id, body }: RegistryRecord): string =>
  kind === 'student' ? id : typeof body === 'object' && 'student' in body ? String(body.student) : ''

/** The entries that are one student: itself, and those with the same statewide identifier. */
function entriesOf(student: string, records: readonly RegistryRecord[]): ReadonlySet<string> {
  const own = records.find(({ kind, id }) => kind === 'student' && id === student)
  const ssid = own?.kind === 'student' ? own.body.ssid : null
  const same = records.filter((one) => one.kind === 'student' && ssid !== null && one.body.ssid === ssid)
  return new Set([student, ...same.map(({ id }) => id)])
}

/**
 * The events about this student, under a walk-in's number too, and those about a session as a whole. What was recorded of another child,
 * and why that was corrected, is that child's.
 */
function eventsOf(events: readonly unknown[], entries: ReadonlySet<string>): unknown[] {
  const all = events.filter((event): event is Said => typeof event === 'object' && event !== null)
  const matched = all.filter(({ type, student }) => type === 'WalkInMatched' && typeof student === 'string' && entries.has(student))
  const whose = new Set([...entries, ...matched.flatMap(({ temporary }) => (typeof temporary === 'string' ? [temporary] : []))])
  const own = all.filter(({ student }) => student === undefined || (typeof student === 'string' && whose.has(student)))
  const ids = new Set(own.map(({ id }) => id))
  return own.filter(({ type, voids }) => type !== 'EventVoided' || ids.has(voids))
}

interface Said {
  readonly id?: unknown
  readonly type?: unknown
  readonly student?: unknown
  readonly temporary?: unknown
  readonly voids?: unknown
}
