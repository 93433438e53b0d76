import type { SchoolDate } from '../../shared/time.ts'
import { addDays, parseSchoolDate, weekday } from '../../shared/time.ts'
import { FIRST, LAST } from './names.ts'
import { random } from './random.ts'
import type { Random } from './random.ts'

/** How large a district to invent. */
export interface DistrictSize {
  readonly seed: number
  readonly schools: number
  readonly students: number
  /** Classes each student is in. */
  readonly classesEach: number
  /** Absences a student has on average by the last day of the file. */
  readonly absencesEach: number
}

interface School {
  readonly org: string
  readonly code: string
  readonly name: string
  readonly cds: string
  readonly grades: readonly string[]
  readonly day: readonly [string, string]
}

interface Pupil {
  readonly user: string
  readonly localId: string
  readonly ssid: string
  readonly first: string
  readonly last: string
  readonly grade: string
  readonly school: School
  readonly born: string
  readonly gender: string
}

const ELEMENTARY = ['TK', 'KG', '01', '02', '03', '04', '05']
const MIDDLE = ['06', '07', '08']
const PLACES = [
  'Alder Creek',
  'Mesa Verde',
  'Live Oak',
  'Arroyo Seco',
  'Quail Hollow',
  'Vista Grande',
  'Sycamore',
  'Monarch',
  'Redwood',
  'Las Flores',
]
const SUBJECTS = ['English Language Arts', 'Mathematics', 'Science', 'Social Studies', 'Physical Education', 'Music', 'Art']
const NO_SCHOOL = [
  '2026-09-07',
  '2026-11-11',
  '2026-11-23',
  '2026-11-24',
  '2026-11-25',
  '2026-11-26',
  '2026-11-27',
  '2026-12-21',
  '2026-12-22',
  '2026-12-23',
  '2026-12-24',
  '2026-12-25',
  '2026-12-28',
  '2026-12-29',
  '2026-12-30',
  '2026-12-31',
  '2027-01-01',
  '2027-01-18',
  '2027-02-12',
  '2027-02-15',
  '2027-03-22',
  '2027-03-23',
  '2027-03-24',
  '2027-03-25',
  '2027-03-26',
  '2027-05-31',
]
/** Codes as a registrar keeps them, with how often each is given. */
const CODES: readonly (readonly [code: string, words: string, kind: string, share: number])[] = [
  ['U', 'Unexcused absence', 'unexcused', 34],
  ['I', 'Illness', 'excused', 25],
  ['T', 'Tardy over 30 minutes', 'partialDay', 15],
  ['V', 'Unverified absence', 'unexcused', 10],
  ['M', 'Medical appointment, all day', 'excused', 7],
  ['S', 'Suspension, at home', 'suspension', 3],
  ['Q', 'Independent study, no work returned', 'independentStudyNoWork', 2],
  ['B', 'Bereavement', 'excused', 2],
  ['N', 'Excluded, immunization', 'immunization', 2],
]

/** One CSV line: cells that need quotes get them. */
const line = (...cells: readonly string[]): string => cells.map((c) => (/[",\r\n]/.test(c) ? `"${c.replaceAll('"', '""')}"` : c)).join(',')
const file = (header: string, lines: readonly string[]): string => `${[header, ...lines].join('\r\n')}\r\n`
const uuid = (r: Random): string => [8, 4, 4, 4, 12].map((n) => r.hex(n)).join('-')
const american = (on: string): string => `${on.slice(5, 7)}/${on.slice(8, 10)}/${on.slice(0, 4)}`

function schoolDays(first: string, last: string): readonly SchoolDate[] {
  const days: SchoolDate[] = []
  const end = parseSchoolDate(last)
  for (let on = parseSchoolDate(first); on && end && on <= end; on = addDays(on, 1)) {
    if (weekday(on) % 6 !== 0 && !NO_SCHOOL.includes(on)) days.push(on)
  }
  return days
}

function makeSchools(r: Random, count: number): School[] {
  return Array.from({ length: count }, (_, i) => {
    const middle = i % 2 === 1
    const place = PLACES[i % PLACES.length] ?? 'Valley'
    return {
      org: uuid(r),
      code: String(middle ? 200 + i : 100 + i),
      name: `${place}${i >= PLACES.length ? ` ${Math.floor(i / PLACES.length) + 1}` : ''} ${middle ? 'Middle' : 'Elementary'} School`,
      cds: String(9_000_011 + i * 37),
      grades: middle ? MIDDLE : ELEMENTARY,
      day: middle ? ['08:30', '15:10'] : ['08:15', '14:30'],
    }
  })
}

function makePupils(r: Random, size: DistrictSize, schools: readonly School[]): Pupil[] {
  return Array.from({ length: size.students }, (_, i) => {
    const school = schools[i % schools.length]
    if (!school) throw new Error('a district has a school')
    const grade = school.grades[Math.floor(i / schools.length) % school.grades.length] ?? '01'
    const age = grade === 'TK' ? 4 : grade === 'KG' ? 5 : 5 + Number(grade)
    return {
      user: uuid(r),
      localId: String(4_500 + i * 7 + r.below(7)).padStart(6, '0'),
      // A few children have no statewide identifier yet, as in every September.
      ssid: i % 97 === 41 ? '' : String(1_000_000_000 + i * 9_973 + r.below(9_973)),
      first: r.pick(FIRST),
      last: r.next() < 0.04 ? `${r.pick(LAST)}-${r.pick(LAST)}` : r.pick(LAST),
      grade,
      school,
      born: `${2026 - age}-${String(1 + r.below(8)).padStart(2, '0')}-${String(1 + r.below(28)).padStart(2, '0')}`,
      gender: r.pick(['F', 'M', 'X', 'F', 'M']),
    }
  })
}

function absences(r: Random, size: DistrictSize, pupils: readonly Pupil[]): string[] {
  const days = schoolDays('2026-08-17', '2026-11-20')
  const codes = CODES.flatMap((code) => Array.from({ length: code[3] }, () => code))
  const lines: string[] = []
  for (const pupil of pupils) {
    // Most miss a few days, a few miss very many: what Attendance Recovery is for.
    const many = Math.min(30, Math.floor(-Math.log(1 - r.next()) * (size.absencesEach + 0.5)))
    const missed = new Set(Array.from({ length: many }, () => r.below(days.length)))
    for (const day of [...missed].sort((a, b) => a - b)) {
      const [code, words] = r.pick(codes)
      lines.push(line(pupil.localId, pupil.school.code, american(days[day] ?? ''), code, words))
    }
  }
  return lines
}

/** The files of an invented district, by path: a OneRoster 1.1 export and the extracts of a student information system that go with it. */
export function makeDistrict(size: DistrictSize): ReadonlyMap<string, string> {
  const r = random(size.seed)
  const on = '2026-11-20'
  const schools = makeSchools(r, size.schools)
  const pupils = makePupils(r, size, schools)
  const [district, year, fall, spring] = [uuid(r), uuid(r), uuid(r), uuid(r)]
  const courses = SUBJECTS.map((title, i) => ({ id: uuid(r), title, code: `${title.slice(0, 3).toUpperCase()}-${110 + i * 20}` }))
  const users: string[] = []
  const classes: string[] = []
  const rosters: string[] = []
  for (const school of schools) {
    for (const grade of school.grades) {
      const own = pupils.filter((p) => p.school === school && p.grade === grade)
      const groups = Math.max(1, Math.ceil(own.length / 32))
      for (let group = 0; group < groups; group++) {
        const [teacher, first, last] = [uuid(r), r.pick(FIRST), r.pick(LAST)]
        const mail = `${first}.${last}.${teacher.slice(0, 4)}`
          .normalize('NFD')
          .replace(/[^\w.]/g, '')
          .toLowerCase()
        users.push(
          line(
            teacher,
            'active',
            on,
            'true',
            school.org,
            'teacher',
            mail,
            '',
            first,
            last,
            '',
            `T${teacher.slice(0, 6).toUpperCase()}`,
            `${mail}@willowvalley.example`,
            '',
            '',
            '',
            '',
            '',
          ),
        )
        for (const course of courses.slice(0, size.classesEach)) {
          const id = uuid(r)
          const title = `${course.title} - Grade ${grade}${groups > 1 ? ` (${group + 1})` : ''}`
          classes.push(
            line(
              id,
              'active',
              on,
              title,
              grade,
              course.id,
              `${course.code}-${group + 1}`,
              'scheduled',
              `Room ${1 + r.below(40)}`,
              school.org,
              `${fall},${spring}`,
              course.title,
              course.code.slice(0, 3),
              '1',
            ),
          )
          const put = (user: string, role: string): void => {
            rosters.push(line(uuid(r), 'active', on, id, school.org, user, role, String(role === 'teacher'), '2026-08-01', '2027-06-30'))
          }
          put(teacher, 'teacher')
          for (const pupil of own.filter((_, i) => i % groups === group)) put(pupil.user, 'student')
        }
      }
    }
  }
  users.push(
    line(
      uuid(r),
      'active',
      on,
      'true',
      schools[0]?.org ?? district,
      'aide',
      'p.reyes',
      '',
      'Paloma',
      'Reyes',
      '',
      'T-AIDE-1',
      'p.reyes@willowvalley.example',
      '',
      '',
      '',
      '',
      '',
    ),
  )
  users.push(
    line(
      uuid(r),
      'active',
      on,
      'true',
      district,
      'administrator',
      'd.okafor',
      '',
      'Diana',
      'Okafor',
      '',
      'T-ADMIN-1',
      'd.okafor@willowvalley.example',
      '',
      '',
      '',
      '',
      '',
    ),
  )
  for (const p of pupils)
    users.push(
      line(
        p.user,
        'active',
        on,
        'true',
        p.school.org,
        'student',
        `s${p.localId}`,
        '',
        p.first,
        p.last,
        '',
        p.localId,
        '',
        '',
        '',
        '',
        p.grade,
        '',
      ),
    )
  const demographics = pupils.map((p) =>
    line(
      p.user,
      'active',
      on,
      p.born,
      p.gender === 'M' ? 'male' : p.gender === 'F' ? 'female' : 'other',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      'US',
      'CA',
      '',
      '',
    ),
  )
  const orgs = [
    line(district, 'active', on, 'Willow Valley Unified School District', 'district', '9970001', ''),
    ...schools.map((s) => line(s.org, 'active', on, s.name, 'school', s.code, district)),
  ]
  const kept = ['academicSessions', 'classes', 'courses', 'demographics', 'enrollments', 'orgs', 'users']
  const absent = ['categories', 'classResources', 'courseResources', 'lineItems', 'resources', 'results']
  const manifest = [
    'manifest.version,1.0',
    'oneroster.version,1.1',
    ...[...kept, ...absent].sort().map((name) => `file.${name},${kept.includes(name) ? 'bulk' : 'absent'}`),
    'source.systemName,Invented district',
    'source.systemCode,INV',
  ]
  const holidays = NO_SCHOOL.map(american).join(';')
  return new Map([
    ['oneroster/manifest.csv', file('propertyName,value', manifest)],
    ['oneroster/orgs.csv', file('sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId', orgs)],
    [
      'oneroster/academicSessions.csv',
      file('sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear', [
        line(year, 'active', on, '2026-2027 School Year', 'schoolYear', '2026-08-01', '2027-06-30', '', '2027'),
        line(fall, 'active', on, 'Fall 2026', 'term', '2026-08-17', '2026-12-18', year, '2027'),
        line(spring, 'active', on, 'Spring 2027', 'term', '2027-01-04', '2027-06-04', year, '2027'),
      ]),
    ],
    [
      'oneroster/courses.csv',
      file(
        'sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes',
        courses.map((c) =>
          line(c.id, 'active', on, year, c.title, c.code, 'TK,KG,01,02,03,04,05,06,07,08', district, c.title, c.code.slice(0, 3)),
        ),
      ),
    ],
    [
      'oneroster/classes.csv',
      file(
        'sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods',
        classes,
      ),
    ],
    [
      'oneroster/users.csv',
      file(
        'sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password',
        users,
      ),
    ],
    [
      'oneroster/enrollments.csv',
      file('sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate', rosters),
    ],
    [
      'oneroster/demographics.csv',
      file(
        'sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus',
        demographics,
      ),
    ],
    [
      'sis/schools.csv',
      file(
        'School Code,School Name,CDS District,CDS School,School Type',
        schools.map((s) => line(s.code, s.name, '9970001', s.cds, 'regular')),
      ),
    ],
    [
      'sis/students.csv',
      file(
        'Student ID,State Student ID,Last Name,First Name,Birthdate,Gender,Grade,School Code',
        pupils.map((p) => line(p.localId, p.ssid, p.last, p.first, p.born, p.gender, p.grade, p.school.code)),
      ),
    ],
    [
      'sis/attendance-codes.csv',
      file(
        'Code,Description,Kind',
        CODES.map(([code, words, kind]) => line(code, words, kind)),
      ),
    ],
    [
      'sis/calendar.csv',
      file(
        'School Code,First Day,Last Day,Start,Dismissal,Time Zone,No School',
        schools.map((s) => line(s.code, '08/17/2026', '06/04/2027', ...s.day, 'America/Los_Angeles', holidays)),
      ),
    ],
    ['sis/absences.csv', file('Student ID,School Code,Date,All Day Code,Description', absences(r, size, pupils))],
  ])
}
