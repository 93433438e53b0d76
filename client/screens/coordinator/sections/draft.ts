/** A section while it is being edited: what the form holds, what is wrong with it, and the section it makes. Pure. */
import type { ClassRow } from '../../../../shared/api/registry.ts'
import { SESSION_LIMITS } from '../../../../shared/eventTypes.ts'
import type { SectionId, SiteId, StaffId, StudentId } from '../../../../shared/ids.ts'
import type { Section, Site } from '../../../../shared/registry.ts'
import { meetsOn } from '../../../../shared/attendance/planned.ts'
import type { LocalTime, SchoolDate } from '../../../../shared/time.ts'
import { addDays, parseLocalTime, parseSchoolDate, weekday } from '../../../../shared/time.ts'

export interface BreakDraft {
  readonly from: string
  readonly until: string
  readonly meal: boolean
}

export interface SectionDraft {
  readonly name: string
  readonly room: string
  readonly staff: readonly StaffId[]
  readonly kind: 'weekly' | 'dates'
  readonly weekdays: readonly number[]
  readonly first: string
  /** The last day itself; a section's own `until` is the day after. */
  readonly last: string
  readonly dates: readonly string[]
  readonly from: string
  readonly until: string
  readonly breaks: readonly BreakDraft[]
  readonly students: readonly StudentId[]
}

/** A new section: Saturdays until the end of the school year, four hours in the morning. */
export function newDraft(today: SchoolDate, site: Site | undefined): SectionDraft {
  const year = site?.years.find((y) => y.first <= today && today <= y.last)
  return {
    name: '',
    room: '',
    staff: [],
    kind: 'weekly',
    weekdays: [6],
    first: today,
    last: year?.last ?? addDays(today, 90),
    dates: [''],
    from: '08:00',
    until: '12:00',
    breaks: [],
    students: [],
  }
}

export function draftOf({ name, room, staff, meets, window, breaks, students }: Section, today: SchoolDate): SectionDraft {
  const weekly = meets.kind === 'weekly'
  return {
    name,
    room,
    staff,
    kind: meets.kind,
    weekdays: weekly ? meets.weekdays : [6],
    first: weekly ? meets.from : today,
    last: weekly ? addDays(meets.until, -1) : addDays(today, 90),
    dates: weekly ? [''] : meets.dates,
    from: window.from,
    until: window.until,
    breaks: breaks.map((pause) => ({ from: pause.from, until: pause.until, meal: pause.meal ?? false })),
    students,
  }
}

/** The draft filled in from a class; hours and days stay as they were. */
export const fromClass = (draft: SectionDraft, { title, room, staff, students }: ClassRow): SectionDraft => ({
  ...draft,
  name: title.slice(0, SESSION_LIMITS.title),
  room: room.slice(0, SESSION_LIMITS.room),
  staff,
  students,
})

export type DraftFault = 'name' | 'days' | 'range' | 'dates' | 'window' | 'breaks'

const time = (text: string): LocalTime | undefined => parseLocalTime(text)?.slice(0, 5) as LocalTime | undefined

/** Whether a break lies inside the draft's hours and ends later than it begins. Times of the same form compare as they read. */
export function breakFits(draft: Pick<SectionDraft, 'from' | 'until'>, pause: Pick<BreakDraft, 'from' | 'until'>): boolean {
  const [from, until, a, b] = [draft.from, draft.until, pause.from, pause.until].map(time)
  return !!from && !!until && !!a && !!b && from <= a && a < b && b <= until
}

/** The section a draft makes, or everything that is wrong with it. */
export function sectionOf(
  draft: SectionDraft,
  id: SectionId,
  site: SiteId,
): { readonly section: Section } | { readonly faults: readonly DraftFault[] } {
  const faults: DraftFault[] = []
  const from = time(draft.from)
  const until = time(draft.until)
  const first = parseSchoolDate(draft.first)
  const last = parseSchoolDate(draft.last)
  const dates = [...new Set(draft.dates.flatMap((text) => parseSchoolDate(text) ?? []))].sort()
  const breaks = draft.breaks.map((pause) => ({ from: time(pause.from), until: time(pause.until), meal: pause.meal }))
  if (draft.name.trim() === '') faults.push('name')
  if (draft.kind === 'weekly' && draft.weekdays.length === 0) faults.push('days')
  if (draft.kind === 'weekly' && !(first && last && first <= last)) faults.push('range')
  if (draft.kind === 'dates' && dates.length === 0) faults.push('dates')
  if (!from || !until || from >= until) faults.push('window')
  else if (!draft.breaks.every((pause) => breakFits(draft, pause))) faults.push('breaks')
  const meets = meetsOf(draft, first, last, dates)
  if (faults.length > 0 || !from || !until || !meets) return { faults }
  return {
    section: {
      id,
      site,
      name: draft.name.trim(),
      room: draft.room.trim(),
      staff: [...draft.staff],
      meets,
      window: { from, until },
      breaks: breaks.flatMap((pause) =>
        pause.from && pause.until ? [{ from: pause.from, until: pause.until, ...(pause.meal && { meal: true }) }] : [],
      ),
      students: [...draft.students],
    },
  }
}

function meetsOf(
  draft: SectionDraft,
  first: SchoolDate | undefined,
  last: SchoolDate | undefined,
  dates: SchoolDate[],
): Section['meets'] | undefined {
  if (draft.kind === 'dates') return { kind: 'dates', dates }
  if (!first || !last) return undefined
  return { kind: 'weekly', weekdays: [...draft.weekdays].sort((a, b) => a - b), from: first, until: addDays(last, 1) }
}

/** The regular day that the draft's hours reach into on a day it meets, if they do. Attendance Recovery never runs inside it. */
export function insideSchoolDay(
  draft: SectionDraft,
  site: Site | undefined,
  on: SchoolDate,
): { readonly from: LocalTime; readonly until: LocalTime } | undefined {
  const year = site?.years.find((y) => y.first <= on && on <= y.last)
  const days = draft.kind === 'weekly' ? draft.weekdays : draft.dates.flatMap((text) => parseSchoolDate(text) ?? []).map(weekday)
  const meetsOnWeekday = days.some((day) => day >= 1 && day <= 5)
  if (!year || !meetsOnWeekday) return undefined
  const reaches = draft.from < year.day.until && draft.until > year.day.from
  return reaches ? year.day : undefined
}

/** The days of the draft's weekly pattern on which the school's calendar lets it not meet. */
export function closedDays(draft: SectionDraft, site: Site | undefined): readonly SchoolDate[] {
  const meets = meetsOf(draft, parseSchoolDate(draft.first), parseSchoolDate(draft.last), [])
  if (meets?.kind !== 'weekly') return []
  const closed = (site?.years ?? []).flatMap(({ noSchool }) => noSchool)
  return closed.filter((on) => meetsOn({ meets }, on, undefined) && !meetsOn({ meets }, on, site))
}
