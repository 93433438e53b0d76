/** Letters: a template, the fields in it, and what takes their place for one student. Pure. */
import type { Ledger } from '../../../../shared/attendance/ledger.ts'
import { meetingsOf } from '../../../../shared/attendance/planned.ts'
import type { SiteId, StudentId } from '../../../../shared/ids.ts'
import type { Section } from '../../../../shared/registry.ts'
import { nextDay } from '../../../../shared/rules/california/next.ts'
import type { SchoolDate } from '../../../../shared/time.ts'
import { addDays } from '../../../../shared/time.ts'
import type { MergeField } from '../../../words/letters.ts'
import { MERGE_FIELDS } from '../../../words/letters.ts'
import type { Words } from '../../../words/index.ts'

export type MergeValues = Readonly<Record<MergeField, string>>

const FIELD = /\{\{\s*(\w+)\s*\}\}/g

/** The text with every known field replaced; an unknown one stays as it was typed, for somebody to see. */
export const merged = (text: string, values: MergeValues): string =>
  text.replace(FIELD, (whole, name: string) => (MERGE_FIELDS.includes(name as MergeField) ? values[name as MergeField] : whole))

/** Names in double braces that are no field. */
export const unknownFields = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(FIELD)].map((match) => match[1] ?? '').filter((name) => !MERGE_FIELDS.includes(name as MergeField))),
]

/** Letters look so many weeks ahead, and name so many sessions. */
const AHEAD = 42
const MOST_SESSIONS = 4
/** Where there are several sections, one that meets every day does not push the others out. */
const MOST_OF_ONE = 2

/** What stands for each field in a letter about one student, in the language of the words. */
export function valuesFor(
  words: Words,
  ledger: Ledger,
  student: StudentId,
  at: { readonly site: SiteId; readonly today: SchoolDate; readonly signed: string },
): MergeValues {
  const w = words.followUp
  const view = ledger.student(student)
  const totals = ledger.judge(student, at.today)
  const own = [...ledger.sections()].filter((section) => section.students.includes(student))
  const sections = own.length > 0 ? own : [...ledger.sections()].filter((section) => section.site === at.site)
  const lastCame = ledger
    .sessionsOf(student)
    .filter((session) => (session.students.get(student)?.marks.length ?? 0) > 0)
    .reduce<SchoolDate | null>((last, { on }) => (last === null || on > last ? on : last), null)
  const grade = ledger.enrollmentOn(student, at.today)?.grade
  return {
    student: view ? `${view.student.first} ${view.student.last}` : '',
    grade: grade ? words.common.gradeShort(grade) : '–',
    school: ledger.site(at.site)?.name ?? '',
    district: ledger.district()?.name ?? '',
    today: words.format.dateWithYear(at.today),
    absences: words.format.number(totals.eligibleAbsences),
    recovered: words.format.number(totals.claimableDays),
    left: words.format.number(totals.remainingDays),
    toNextDay: words.format.duration(nextDay(totals, 0, false, ledger.policyOn(at.today)).hourly ?? 0),
    section: words.format.list(own.map(({ name }) => name)) || w.letters.noSection,
    sessions: nextSessions(words, ledger, sections, at.today) || w.letters.noSessions,
    lastCame: lastCame === null ? w.never : words.format.longDate(lastCame),
    signed: at.signed,
  }
}

function nextSessions(words: Words, ledger: Ledger, sections: readonly Section[], today: SchoolDate): string {
  return sections
    .flatMap((section) =>
      meetingsOf(section, addDays(today, 1), addDays(today, AHEAD), ledger.site(section.site))
        .slice(0, sections.length > 1 ? MOST_OF_ONE : MOST_SESSIONS)
        .map((on) => ({ on, section })),
    )
    .sort((a, b) => (a.on + a.section.window.from < b.on + b.section.window.from ? -1 : 1))
    .slice(0, MOST_SESSIONS)
    .map(({ on, section }) => {
      const hours = `${words.format.wallTime(section.window.from)} – ${words.format.wallTime(section.window.until)}`
      return `• ${words.format.longDate(on)}, ${hours} (${section.name}${section.room === '' ? '' : `, ${section.room}`})`
    })
    .join('\n')
}
