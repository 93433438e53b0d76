/** What a record says, line by line and in words people use: for whoever has to decide on one that was set aside. Pure. */
import type { Ledger } from '../../../../shared/attendance/ledger.ts'
import { as } from '../../../../shared/ids.ts'
import type { Instant, SchoolDate } from '../../../../shared/time.ts'
import { parseSchoolDate } from '../../../../shared/time.ts'
import type { Words } from '../../../words/index.ts'

export type Field = keyof Words['coordinator']['setAside']['fields']

/** In the order they are shown: what, who, when and where; then the rest. */
export const FIELDS = [
  'type',
  'student',
  'session',
  'title',
  'on',
  'at',
  'window',
  'breaks',
  'room',
  'staff',
  'text',
  'name',
  'voids',
  'replaces',
  'decision',
  'reason',
  'actor',
  'recordedAt',
  'deviceSeq',
] as const satisfies readonly Field[]

export interface Line {
  readonly field: Field
  readonly value: string
}

/** The lines of one record. It came from outside and may be anything: what cannot be read as meant is shown as it stands. */
export function linesOf(words: Words, ledger: Ledger, zone: string, raw: unknown): readonly Line[] {
  if (typeof raw !== 'object' || raw === null) return []
  const held = new Map(Object.entries(raw))
  return FIELDS.flatMap((field): Line[] => {
    const value = held.get(field)
    // The time it was recorded is worth a line only where it is not the time it happened.
    if (value === undefined || value === null || (field === 'recordedAt' && value === held.get('at'))) return []
    return [{ field, value: textOf(words, ledger, zone, field, value) ?? asItStands(value) }]
  })
}

const asItStands = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

function textOf(words: Words, ledger: Ledger, zone: string, field: Field, value: unknown): string | undefined {
  const w = words.coordinator.setAside
  if (field === 'window') return span(words, zone, value)
  if (field === 'breaks') {
    if (!Array.isArray(value)) return undefined
    return value.length === 0 ? words.common.none : words.format.list(value.map((each) => span(words, zone, each) ?? asItStands(each)))
  }
  if (field === 'at' || field === 'recordedAt') return isInstant(value) ? words.format.dateTime(value, zone) : undefined
  if (typeof value !== 'string') return undefined
  switch (field) {
    case 'type':
      return w.types[value]
    case 'student': {
      const student = ledger.student(as(value))?.student
      return student && `${student.first} ${student.last}`
    }
    case 'session': {
      const session = ledger.session(as(value))
      return session?.started ? `${session.title}, ${words.format.date(session.on)}` : w.unknownSession
    }
    case 'on': {
      const on: SchoolDate | undefined = parseSchoolDate(value)
      return on && words.format.dateWithYear(on)
    }
    case 'staff':
    case 'actor':
      return ledger.staff(as(value))?.name
    case 'voids':
    case 'replaces':
      return w.anotherRecord
    case 'decision':
      return value === 'accept' ? w.accepted : value === 'refuse' ? w.refused : undefined
    default:
      return value
  }
}

const isInstant = (value: unknown): value is Instant =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 8.64e15

function span(words: Words, zone: string, value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('from' in value) || !('until' in value)) return undefined
  const { from, until } = value
  return isInstant(from) && isInstant(until) ? `${words.format.time(from, zone)} – ${words.format.time(until, zone)}` : undefined
}
