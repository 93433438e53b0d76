/**
 * The register of sources. A value or a rule cites a key of it, so a citation of an unknown source does not compile.
 * `says` is the sentence relied on, in our own words; `read` the day a person last compared it with the source.
 * Authorities rank: a lower one may add and may not contradict a higher one.
 */
export type Rank = 'statute' | 'regulation' | 'guidance' | 'vendor' | 'inference'

export interface Source {
  /** The exact place: section, subdivision, question. */
  readonly pin: string
  readonly rank: Rank
  /** `text`: the wording was read. `restated`: read in a source that cites it. `reading`: our own conclusion. */
  readonly confidence: 'text' | 'restated' | 'reading'
  readonly says: string
  readonly link: string
  readonly read: string
}

const read = '2026-11-22'
const faq = 'https://www.cde.ca.gov/fg/it/aarecovery.asp'
const guide = 'https://www.cde.ca.gov/fg/it/aarecoveryguide.asp'
const regulation = 'https://data.rcsd.info/json/board-policies/5113.1-AR.json'
const schoolwise = 'https://help.schoolwise.com/docs/attendance-recovery-tracking'
const code = 'https://leginfo.legislature.ca.gov/faces/codes.xhtml'

export const SOURCES = {
  'EC 46211(a)': {
    pin: 'Education Code 46211(a)',
    rank: 'statute',
    confidence: 'restated',
    says: 'From 1 July 2025 a district, a county office or a classroom-based charter school may run an attendance recovery program.',
    link: guide,
    read,
  },
  'EC 46211(b)(1)': {
    pin: 'Education Code 46211(b)(1)',
    rank: 'statute',
    confidence: 'restated',
    says: 'Sessions run before or after school, on weekends or on intersession days; never during the regular school day.',
    link: faq,
    read,
  },
  'EC 46211 supervision': {
    pin: 'Education Code 46211, supervision',
    rank: 'statute',
    confidence: 'restated',
    says: 'Students are under the immediate supervision and control of a certificated teacher who is an employee of the LEA.',
    link: regulation,
    read,
  },
  'EC 46211 ratio': {
    pin: 'Education Code 46211, ratio',
    rank: 'statute',
    confidence: 'restated',
    says: 'At most ten students for each certificated teacher in transitional kindergarten and kindergarten, at most twenty in grades 1 to 12.',
    link: regulation,
    read,
  },
  'EC 46211 yearly most': {
    pin: 'Education Code 46211, yearly most',
    rank: 'statute',
    confidence: 'restated',
    says: 'A student is credited with no more than the lesser of ten days or the absences the student accrued in that school year.',
    link: 'https://attendly.com/book/making-it-work/04-the-stas-file',
    read,
  },
  'EC 46211(d)(1)': {
    pin: 'Education Code 46211(d)(1)',
    rank: 'statute',
    confidence: 'restated',
    says: 'A student is credited with at most one day of attendance recovery for each calendar day of participation.',
    link: regulation,
    read,
  },
  'EC 46211(d)(3)': {
    pin: 'Education Code 46211(d)(3)',
    rank: 'statute',
    confidence: 'restated',
    says: 'The absence stays an absence; attendance recovery is kept and reported apart from it.',
    link: 'https://attendly.com/book/making-it-work/19-calpads-reporting-and-audit',
    read,
  },
  'EC 46211(g)(1)': {
    pin: 'Education Code 46211(g)(1)',
    rank: 'statute',
    confidence: 'restated',
    says: 'Students enrolled in nonclassroom-based programs earn no attendance recovery.',
    link: schoolwise,
    read,
  },
  'EC 46211(g)(2)': {
    pin: 'Education Code 46211(g)(2)',
    rank: 'statute',
    confidence: 'restated',
    says: 'Students continually enrolled in independent study for more than fifteen school days earn no attendance recovery.',
    link: schoolwise,
    read,
  },
  'EC 46010.3': {
    pin: 'Education Code 46010.3',
    rank: 'statute',
    confidence: 'text',
    says: 'A student is deemed present for the entire school day unless absent for the entire school day.',
    link: 'https://self-law.org/code/ca/education-code/46010-3',
    read,
  },
  'EC 46112': {
    pin: 'Education Code 46112',
    rank: 'statute',
    confidence: 'text',
    says: 'The minimum school day in grades 1, 2 and 3 is 230 minutes.',
    link: 'https://getpocketlaw.com/statutes/ca/education-code/46112',
    read,
  },
  'EC 46113': {
    pin: 'Education Code 46113',
    rank: 'statute',
    confidence: 'text',
    says: 'The minimum school day in grades 4 to 8 of an elementary school is 240 minutes.',
    link: code,
    read,
  },
  'EC 46115': {
    pin: 'Education Code 46115',
    rank: 'statute',
    confidence: 'text',
    says: 'Noon intermissions are never part of the minimum day, nor recess in grades 1 to 8; recess in kindergarten is.',
    link: code,
    read,
  },
  'EC 46117': {
    pin: 'Education Code 46117',
    rank: 'statute',
    confidence: 'text',
    says: 'The minimum school day in kindergarten, of which transitional kindergarten is the first year, is 180 minutes with recess.',
    link: 'https://gamutonline.net/district/wlake/displayPolicy/131983/0',
    read,
  },
  'EC 46141': {
    pin: 'Education Code 46141',
    rank: 'statute',
    confidence: 'text',
    says: 'The minimum school day in a junior high school or high school is 240 minutes.',
    link: code,
    read,
  },
  'EC 46170': {
    pin: 'Education Code 46170',
    rank: 'statute',
    confidence: 'text',
    says: 'A day of attendance in a continuation school is 180 minutes.',
    link: 'https://self-law.org/code/ca/education-code/46170',
    read,
  },
  'EC 46180': {
    pin: 'Education Code 46180',
    rank: 'statute',
    confidence: 'text',
    says: 'A day of attendance in an opportunity school or class is 180 minutes.',
    link: code,
    read,
  },
  'EC 46307': {
    pin: 'Education Code 46307',
    rank: 'statute',
    confidence: 'text',
    says: 'For a student in a special day class a day is the lesser of the minimum day and the minutes of the IEP.',
    link: code,
    read,
  },
  'EC 48645.3': {
    pin: 'Education Code 48645.3',
    rank: 'statute',
    confidence: 'text',
    says: 'The minimum school day in a juvenile court school is 240 minutes.',
    link: code,
    read,
  },
  'EC 48663': {
    pin: 'Education Code 48663',
    rank: 'statute',
    confidence: 'restated',
    says: 'The minimum school day in a community day school is 360 minutes.',
    link: 'https://support.aeries.com/support/solutions/articles/14000165807',
    read,
  },
  'Aeries county community': {
    pin: 'Aeries, attendance recovery questions, alternate minutes',
    rank: 'vendor',
    confidence: 'text',
    says: 'A county community school day is 240 minutes.',
    link: 'https://support.aeries.com/support/solutions/articles/14000165807',
    read,
  },
  'Charter plan': {
    pin: 'San Juan USD packet of 13 May 2025, charter attendance recovery plan',
    rank: 'vendor',
    confidence: 'text',
    says: 'A charter school uses the grade minimums of 180, 230 and 240 minutes as its attendance recovery day.',
    link: 'https://github.com/ccorcos/focs/blob/main/docs/SJUSD/2025-05-13/agenda-packet.md',
    read,
  },
  'CDE FAQ certified teacher': {
    pin: 'CDE attendance recovery FAQ, ADA reporting 1',
    rank: 'guidance',
    confidence: 'restated',
    says: 'The teacher documents each student\u2019s participation time, kept in daily or hourly increments as the sessions\u2019 length asks.',
    link: faq,
    read,
  },
  'CDE FAQ hours': {
    pin: 'CDE attendance recovery FAQ, participation in one-hour increments',
    rank: 'guidance',
    confidence: 'restated',
    says: 'Time accrues in whole hours over several sessions or days until the minimum day is met: 35 minutes are none, 175 are two.',
    link: 'https://business.sbceo.org/apportionments/?p=2335',
    read,
  },
  'CDE FAQ daily': {
    pin: 'CDE attendance recovery guidance, daily participation',
    rank: 'guidance',
    confidence: 'restated',
    says: 'Daily participation time is appropriate when a session meets the minimum-day minutes; a day is then recorded without hours.',
    link: schoolwise,
    read,
  },
  'CDE FAQ absences': {
    pin: 'CDE attendance recovery FAQ, absences ineligible',
    rank: 'guidance',
    confidence: 'restated',
    says: 'Absences due to suspension or to missing immunizations cannot be recovered.',
    link: 'https://business.sbceo.org/apportionments/?p=2335',
    read,
  },
  'CDE fiscal year': {
    pin: 'CDE attendance recovery guidance, period',
    rank: 'guidance',
    confidence: 'restated',
    says: 'The year runs from 1 July to 30 June; time before the first school day counts for the new year and may wait for an absence.',
    link: schoolwise,
    read,
  },
  'CDE J-13A': {
    pin: 'CDE Form J-13A questions',
    rank: 'guidance',
    confidence: 'restated',
    says: 'On an emergency closure school was not held, so there is no absence to recover.',
    link: 'https://www.cde.ca.gov/fg/it/formj13afaq.asp',
    read,
  },
  'CDE electronic attendance': {
    pin: 'CDE letter of 3 August 2009 on electronic attendance, conditions 2 and 3',
    rank: 'guidance',
    confidence: 'restated',
    says: 'Attendance is entered on the day it is a record of; a later entry is marked and rests on the paper written at the time.',
    link: 'https://www.cde.ca.gov/fg/aa/pa/electronicattenltr.asp',
    read,
  },
  'CALPADS STAS0740E1': {
    pin: 'CALPADS certification rule STAS0740E1',
    rank: 'guidance',
    confidence: 'text',
    says: 'For one statewide identifier the attendance recovery days over all schools of the reporting LEA are at most ten.',
    link: 'https://documentation.staging.calpads.org/Troubleshooting/EOY1/STAS0740E1',
    read,
  },
  'Aeries school of absence': {
    pin: 'Aeries attendance recovery workflow',
    rank: 'vendor',
    confidence: 'text',
    says: 'A recovered day is reported at the school where the absence occurred.',
    link: 'https://support.aeries.com/support/solutions/articles/14000163826',
    read,
  },
  'Infinite Campus supervised': {
    pin: 'Infinite Campus, attendance recovery process, step 5',
    rank: 'vendor',
    confidence: 'text',
    says: 'Of a longer program only the part taught by the certificated teacher counts.',
    link: 'https://kb.infinitecampus.com/help/attendance-recovery-process',
    read,
  },
  'Reading: window': {
    pin: 'Our reading, by analogy with 5 CCR 19821',
    rank: 'inference',
    confidence: 'reading',
    says: 'Attendance is not credited beyond the scheduled time of the session.',
    link: faq,
    read,
  },
  'Reading: ratio': {
    pin: 'Our reading of the ratio',
    rank: 'inference',
    confidence: 'reading',
    says: 'The ratio holds at every moment, ten to one while any kindergartner is there, and nobody earns while it is exceeded.',
    link: regulation,
    read,
  },
  'Reading: presence': {
    pin: 'Our reading of documented participation',
    rank: 'inference',
    confidence: 'reading',
    says: 'A check-in without a check-out is no documented time: an invented end would be an invented minute.',
    link: faq,
    read,
  },
  'Reading: surplus': {
    pin: 'Our reading of one day a calendar day',
    rank: 'inference',
    confidence: 'reading',
    says: 'Time over the minimum day on one date, and hours left over after a day, are not carried.',
    link: regulation,
    read,
  },
  'Reading: once': {
    pin: 'Our reading of participation time',
    rank: 'inference',
    confidence: 'reading',
    says: 'A minute spent in two sessions at once is one minute.',
    link: faq,
    read,
  },
  'Reading: absences': {
    pin: 'Our reading of absences that were otherwise made whole',
    rank: 'inference',
    confidence: 'reading',
    says: 'Independent study without work, home or hospital days, other LEAs\u2019 days and days made up elsewhere are not recovered.',
    link: guide,
    read,
  },
  'Reading: grade': {
    pin: 'Our reading of the grade of a summer session',
    rank: 'inference',
    confidence: 'reading',
    says: 'The grade is that of the enrollment in the fiscal year the session belongs to: in July, the coming grade.',
    link: guide,
    read,
  },
} as const satisfies Record<string, Source>

export type SourceKey = keyof typeof SOURCES
