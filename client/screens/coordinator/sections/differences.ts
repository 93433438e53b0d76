/** What differs between two versions of a section, field by field, in words. Pure. */
import type { Ledger } from '../../../../shared/attendance/ledger.ts'
import { parseSchoolDate } from '../../../../shared/time.ts'
import type { Words } from '../../../words/index.ts'
import type { SectionDraft } from './draft.ts'

export interface Difference {
  readonly field: string
  readonly theirs: string
  readonly yours: string
}

/** The fields in which what is saved now and what was typed differ. Of a list of students only those are named who are on one of the two. */
export function differences(words: Words, ledger: Ledger, theirs: SectionDraft, yours: SectionDraft): readonly Difference[] {
  const w = words.coordinator.editor
  const both = (field: string, of: (draft: SectionDraft, other: SectionDraft) => string): Difference => ({
    field,
    theirs: of(theirs, yours) || '–',
    yours: of(yours, theirs) || '–',
  })
  const students = (draft: SectionDraft, other: SectionDraft): string => {
    const alone = draft.students.filter((id) => !other.students.includes(id)).map((id) => studentName(ledger, id))
    const only = draft === theirs ? w.meanwhile.onlyThere : w.meanwhile.onlyHere
    return w.meanwhile.students(draft.students.length) + (alone.length === 0 ? '' : only(words.format.list(alone.sort())))
  }
  const fields = [
    both(w.name, ({ name }) => name.trim()),
    both(w.room, ({ room }) => room.trim()),
    both(w.when, (draft) => daysText(words, draft)),
    both(w.meanwhile.hours, ({ from, until }) => hoursText(words, from, until)),
    both(w.breaks, ({ breaks }) =>
      words.format.list(breaks.map((one) => hoursText(words, one.from, one.until) + (one.meal ? ` (${w.meal})` : ''))),
    ),
    both(w.teachers, ({ staff }) => words.format.list(staff.map((id) => ledger.staff(id)?.name ?? '–').sort())),
  ].filter((one) => one.theirs !== one.yours)
  const isOneList = theirs.students.length === yours.students.length && theirs.students.every((id) => yours.students.includes(id))
  return isOneList ? fields : [...fields, both(w.students, students)]
}

function studentName(ledger: Ledger, id: SectionDraft['students'][number]): string {
  const student = ledger.student(id)?.student
  return student ? `${student.last}, ${student.first}` : '–'
}

const dateText = (words: Words, text: string): string => {
  const on = parseSchoolDate(text)
  return on ? words.format.dateWithYear(on) : text
}

function daysText(words: Words, { kind, weekdays, first, last, dates }: SectionDraft): string {
  if (kind === 'dates') return words.format.list([...dates].sort().map((text) => dateText(words, text)))
  const days = words.format.list([...weekdays].sort((a, b) => a - b).map(words.format.weekdayShort))
  return `${days}, ${dateText(words, first)} – ${dateText(words, last)}`
}

const hoursText = (words: Words, from: string, until: string): string => `${words.format.wallTime(from)} – ${words.format.wallTime(until)}`
