// What the desks work out for themselves: who a typed name may be, what a day still needs, what a section means, whether a file is alarming.
import { expect, test } from 'vitest'
import '../../client/words/late.ts'
import { similarity } from '../../client/screens/coordinator/similar.ts'
import type { SectionDraft } from '../../client/screens/coordinator/sections/draft.ts'
import { draftOf, insideSchoolDay, newDraft, sectionOf } from '../../client/screens/coordinator/sections/draft.ts'
import { candidatesFor } from '../../client/screens/coordinator/walkIns.ts'
import { isShown, stateOf, sumOf } from '../../client/screens/desk/rosterState.ts'
import { needsAttention } from '../../shared/report/needs.ts'
import { PAGES_OF, rolesToGive } from '../../client/screens/desk/may.ts'
import { alarming, byName } from '../../client/screens/district/import/counts.ts'
import { faultsCsv } from '../../client/screens/district/import/faultsCsv.ts'
import { fileFault, merged } from '../../client/screens/district/import/files.ts'
import { nextSteps } from '../../client/screens/district/nextSteps.ts'
import { yearIn, yearsOffered } from '../../client/screens/district/schoolYear.ts'
import { reportedNext } from '../../shared/report/reportedNext.ts'
import { passwordFault } from '../../client/screens/setup/password.ts'
import { WORDS } from '../../client/words/index.ts'
import type { RosterRow } from '../../shared/api/desk.ts'
import type { ImportReport, RegistrySummary } from '../../shared/api/registry.ts'
import { ROLES } from '../../shared/api/people.ts'
import type { SectionId, SiteId } from '../../shared/ids.ts'
import { as } from '../../shared/ids.ts'
import type { Site, Student } from '../../shared/registry.ts'
import type { LocalTime, SchoolDate } from '../../shared/time.ts'

const pupil = (first: string, last: string): Student => ({
  id: as(`${first}-${last}`),
  localId: '1',
  ssid: null,
  first,
  last,
  iepMinutes: null,
  setting: 'classroom',
  independentStudy: [],
})
const CLASS = [pupil('Ana', 'Alvarado'), pupil('Ben', 'Okafor'), pupil('Camila', 'Duarte'), pupil('Eun-ji', 'Park'), pupil('José', 'Núñez')]

test.each([
  ['Ana Alvarado', 'Ana'],
  ['alvarado ana', 'Ana'],
  ['Anna Alvardo', 'Ana'],
  ['Camilla', 'Camila'],
  ['jose nunez', 'José'],
  ['Eunji Park', 'Eun-ji'],
  ['Ben O', 'Ben'],
  ['Ben (new this week)', 'Ben'],
])('Whoever typed "%s" most likely meant %s', (typed, first) => {
  expect(candidatesFor(typed, CLASS, undefined)[0]?.student.first).toBe(first)
})

test('A name like nobody’s has no candidate', () => {
  expect(candidatesFor('Xqwz', CLASS, undefined)).toEqual([])
  expect(candidatesFor('', CLASS, undefined)).toEqual([])
})

test('A name is wholly like itself, in whatever order, and never more than wholly like another', () => {
  expect(similarity('Ana Alvarado', 'Alvarado Ana')).toBe(1)
  for (const a of CLASS) for (const b of CLASS) expect(similarity(a.first, b.first)).toBeLessThanOrEqual(1)
})

// ------------------------------------------------------------------------------------------------------------- the roster

const ROW: RosterRow = {
  student: as('s'),
  last: 'Okafor',
  first: 'Ben',
  localId: '42',
  ssid: '1234567890',
  grade: '05',
  site: as('elm'),
  siteName: 'Elm',
  eligibleAbsences: 5,
  hours: 0,
  minutes: 0,
  minimumDayMinutes: 240,
  earnedDays: 2,
  pendingDays: 0,
  claimableDays: 2,
  bankedDays: 0,
  beyondCapDays: 0,
  remainingDays: 3,
  heldBy: 'time',
  flags: [],
}

test.each<readonly [string, Partial<RosterRow>, string, boolean]>([
  ['nothing in the way', {}, 'On track', false],
  ['days that wait for a signature', { pendingDays: 1 }, '1 day to certify', true],
  ['no statewide number, which blocks a claim', { ssid: null, pendingDays: 1 }, 'No statewide ID', true],
  ['a check-out missing', { flags: ['missingCheckOut'], pendingDays: 1 }, 'Check-out missing', true],
  ['a place in a session that goes on', { stillThere: true, pendingDays: 1 }, 'Still there', true],
  ['ten days reached', { heldBy: 'yearlyMost' }, 'At the yearly limit', false],
  ['more days than absences', { bankedDays: 2 }, 'Banked', false],
  ['two days to the limit', { flags: ['capNear'], remainingDays: 2 }, '2 days left', false],
  ['never came', { earnedDays: 0, claimableDays: 0 }, 'Not started', false],
  ['never came and has no statewide number: nothing to claim yet', { earnedDays: 0, claimableDays: 0, ssid: null }, 'Not started', false],
])('A student with %s: "%s"', (_case, part, text, attention) => {
  const row = { ...ROW, ...part }
  expect(stateOf(WORDS.en, row).text).toBe(text)
  expect(needsAttention(row)).toBe(attention)
})

test('Filters narrow together, and a find looks at names and numbers', () => {
  const none = { find: '', site: '', grade: '', attention: false, started: false }
  expect(isShown(ROW, none)).toBe(true)
  expect(isShown(ROW, { ...none, find: 'okafor ben' })).toBe(true)
  expect(isShown(ROW, { ...none, find: '1234567890' })).toBe(true)
  expect(isShown(ROW, { ...none, find: '42', site: 'oak' })).toBe(false)
  expect(isShown(ROW, { ...none, grade: '06' })).toBe(false)
  expect(isShown(ROW, { ...none, attention: true })).toBe(false)
  expect(sumOf([ROW, ROW], 'claimableDays')).toBe(4)
})

test('Nobody gives a role that reaches further than the own', () => {
  expect(rolesToGive('coordinator')).toEqual(['teacher', 'substitute'])
  expect(rolesToGive('district')).not.toContain('administrator')
  expect(rolesToGive('data')).toEqual(['teacher', 'substitute', 'coordinator', 'data'])
  expect(rolesToGive('administrator')).toEqual(ROLES)
  expect(PAGES_OF.auditor).not.toContain('people')
})

// ----------------------------------------------------------------------------------------------------------- the sections

const today = '2026-11-22' as SchoolDate
const ELM: Site = {
  id: as<SiteId>('elm'),
  name: 'Elm',
  code: '1',
  cds: null,
  type: 'regular',
  zone: 'America/Los_Angeles',
  years: [
    {
      first: '2026-08-17' as SchoolDate,
      last: '2027-06-04' as SchoolDate,
      day: { from: '08:15' as LocalTime, until: '14:30' as LocalTime },
      noSchool: [],
    },
  ],
}
const draft: SectionDraft = { ...newDraft(today, ELM), name: 'Saturday school' }
const made = (part: Partial<SectionDraft>) => sectionOf({ ...draft, ...part }, as<SectionId>('new'), ELM.id)

test('A new section meets on Saturdays until the school year ends, its last day included', () => {
  const { section } = made({}) as Extract<ReturnType<typeof made>, { section: unknown }>
  expect(section.meets).toEqual({ kind: 'weekly', weekdays: [6], from: today, until: '2027-06-05' })
  expect(sectionOf(draftOf(section, today), section.id, section.site)).toEqual({ section })
})

test.each<readonly [string, Partial<SectionDraft>, readonly string[]]>([
  ['no name', { name: ' ' }, ['name']],
  ['no weekday', { weekdays: [] }, ['days']],
  ['a last day before the first', { last: '2026-11-21' }, ['range']],
  ['one day only', { last: today }, []],
  ['no date', { kind: 'dates', dates: [''] }, ['dates']],
  ['a date that does not exist', { kind: 'dates', dates: ['2026-02-30'] }, ['dates']],
  ['an end at its begin', { until: '08:00' }, ['window']],
  ['a break outside', { breaks: [{ from: '12:00', until: '12:15', meal: false }] }, ['breaks']],
  ['a break turned round', { breaks: [{ from: '10:15', until: '10:00', meal: false }] }, ['breaks']],
  ['a break to its end', { breaks: [{ from: '11:45', until: '12:00', meal: true }] }, []],
  ['an evening that runs over midnight, which the district does not plan', { from: '22:00', until: '02:00' }, ['window']],
])('A section with %s', (_case, part, faults) => {
  const result = made(part)
  expect('faults' in result ? result.faults : []).toEqual(faults)
})

test.each<readonly [string, Partial<SectionDraft>, boolean]>([
  ['on Saturday morning', {}, false],
  ['on Mondays from the last bell', { weekdays: [1], from: '14:30', until: '16:30' }, false],
  ['on Mondays from one minute before it', { weekdays: [1], from: '14:29', until: '16:30' }, true],
  ['on Mondays until the first bell', { weekdays: [1], from: '07:00', until: '08:15' }, false],
  ['on Mondays until one minute after it', { weekdays: [1], from: '07:00', until: '08:16' }, true],
])('A section %s reaches into the school day: %#', (_case, part, inside) => {
  expect(insideSchoolDay({ ...draft, ...part }, ELM, today) !== undefined).toBe(inside)
})

// ------------------------------------------------------------------------------------------------------------- the import

const report = (part: Partial<ImportReport>): ImportReport => ({
  rows: {},
  added: {},
  changed: {},
  unchanged: {},
  ended: {},
  faults: [],
  ...part,
})

test.each<readonly [string, Partial<ImportReport>, readonly string[]]>([
  ['a first import', { added: { students: 400 } }, []],
  ['an ordinary week', { unchanged: { students: 396 }, ended: { students: 4 } }, []],
  ['a tenth of a school gone', { unchanged: { students: 360 }, ended: { students: 40 } }, ['students']],
  ['less than a tenth', { unchanged: { students: 361 }, ended: { students: 39 } }, []],
  ['another district’s file', { added: { students: 880 }, ended: { students: 400, classes: 80 } }, ['students']],
])('An import that is %s asks about %j', (_case, part, kinds) => {
  expect(alarming(report(part)).map((row) => row.kind)).toEqual(kinds)
})

test('Faults for the registrar open in a spreadsheet without running anything', () => {
  const csv = faultsCsv([{ file: 'a.csv', line: 2, column: 'Name', value: '=1+1', expected: 'a name, "plain"' }])
  expect(csv).toBe('\uFEFFfile,line,column,value,expected\r\na.csv,2,Name,\'=1+1,"a name, ""plain"""\r\n')
})

test('Only lists and archives are sent, and one with a name already chosen takes its place', () => {
  expect(fileFault({ name: 'students.CSV', size: 10 })).toBeUndefined()
  expect(fileFault({ name: 'students.xlsx', size: 10 })).toEqual({ kind: 'wrongKind', name: 'students.xlsx' })
  expect(fileFault({ name: 'all.zip', size: 64 * 1024 * 1024 })).toBeUndefined()
  expect(fileFault({ name: 'all.zip', size: 64 * 1024 * 1024 + 1 })).toEqual({ kind: 'tooLarge', name: 'all.zip' })
  const [first, again] = [new File(['1'], 'a.csv'), new File(['22'], 'A.csv')]
  expect(merged([first], [again])).toEqual([again])
})

test('What to import next follows from what is missing', () => {
  const site = { id: as<SiteId>('elm'), name: 'Elm', students: 10, staff: 2, sections: 0, absences: 0, hasCalendar: false }
  const summary = (part: Partial<RegistrySummary>): RegistrySummary => ({
    district: 'D',
    year: 2026,
    sites: [site],
    students: 10,
    staff: 2,
    absences: 0,
    ...part,
  })
  expect(nextSteps(summary({})).map((step) => step.kind)).toEqual(['calendar', 'absences', 'sections'])
  expect(nextSteps(summary({ sites: [], students: 0, staff: 0 })).map((step) => step.kind)).toEqual(['people', 'absences', 'sections'])
  expect(nextSteps(summary({ sites: [{ ...site, hasCalendar: true, sections: 1 }], absences: 3 }))).toEqual([])
})

test.each([
  ['14 characters', 'a'.repeat(14), 'a'.repeat(14), 'short'],
  ['15 characters', 'a'.repeat(15), 'a'.repeat(15), undefined],
  ['two that differ', 'a'.repeat(15), 'b'.repeat(15), 'differs'],
])('A new password of %s', (_case, first, second, fault) => {
  expect(passwordFault(first, second)?.kind).toBe(fault)
})

test('Rows of a file and what is kept of them are one row when people call them the same', () => {
  const row = { rows: 0, added: 0, changed: 0, unchanged: 0, ended: 0 }
  const rows = [
    { ...row, kind: 'schools', rows: 4 },
    { ...row, kind: 'sites', changed: 3, unchanged: 1 },
  ]
  expect(byName(rows, (kind) => WORDS.en.district.imports.kinds[kind] ?? kind)).toEqual([
    { kind: 'Schools', rows: 4, added: 0, changed: 3, unchanged: 1, ended: 0 },
  ])
})

test.each([
  ['2025-09-01', 'P-1', 2025],
  ['2026-01-31', 'P-1', 2025],
  ['2026-02-01', 'P-2', 2025],
  ['2026-05-31', 'P-2', 2025],
  ['2026-06-01', 'Annual', 2025],
  ['2026-06-30', 'Annual', 2025],
  ['2026-07-11', 'Annual', 2025],
  ['2026-08-31', 'Annual', 2025],
  ['2026-09-01', 'P-1', 2026],
  ['2025-07-15', 'P-1', 2025],
])('On %s a report begins with %s of %i: what is reported next, also when its year is over', (today, period, year) => {
  expect(reportedNext(today as SchoolDate)).toEqual({ period, year })
})

test('This year and the two before it are offered, none before there was anything to recover', () => {
  expect(yearsOffered('2028-06-30' as SchoolDate)).toEqual([2027, 2026, 2025])
  expect(yearsOffered('2026-07-01' as SchoolDate)).toEqual([2026, 2025])
  const asked = (year: string) => yearIn(new URLSearchParams({ year }), '2026-11-23' as SchoolDate)
  expect([asked('2025'), asked('2026'), asked('2024'), asked('x'), asked('')]).toEqual([2025, 2026, undefined, undefined, undefined])
})
