import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { totals } from '../../server/cli/totals.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'scenarios-'))
afterAll(() => rmSync(folder, { recursive: true }))

const good = `name: A Saturday
rules: california-ar
asOf: 2026-10-01
policy: { accrual: hours }
schools:
  elm: { type: regular, zone: America/Los_Angeles, day: { from: "08:15", until: "14:30" }, year: { first: 2026-08-17, last: 2027-06-04 } }
staff: { rivera: { certificated: true, employee: true } }
students:
  ana: { grade: "05", school: elm, absences: [2026-08-20, { on: 2026-08-21, kind: excused }] }
sessions:
  sat: { school: elm, on: 2026-09-12, from: "08:00", until: "12:00", staff: [rivera], breaks: [{ from: "10:00", until: "10:15" }] }
marks:
  - { session: sat, student: ana, in: "08:00", out: "12:00" }
then:
  ana: { earnedDays: 0, hours: 3, flags: [] }
`
let files = 0
function file(text: string | Uint8Array): string {
  const name = path.join(folder, `${++files}.yaml`)
  writeFileSync(name, text)
  return name
}
async function run(...args: string[]) {
  let [stdout, stderr] = ['', '']
  const exit = await totals(args, {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
  })
  return { exit, stdout, stderr }
}

describe('recoup totals', () => {
  test('prints one line of JSON a file', async () => {
    const name = file(good)
    const { exit, stdout, stderr } = await run(name, name)
    expect([exit, stderr]).toEqual([0, ''])
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines).toHaveLength(2)
    expect(lines[0]).toEqual({
      file: name,
      name: 'A Saturday',
      students: {
        ana: {
          minimumDayMinutes: 240,
          earnedDays: 0,
          pendingDays: 0,
          eligibleAbsences: 2,
          claimableDays: 0,
          bankedDays: 0,
          beyondCapDays: 0,
          remainingDays: 2,
          hours: 3,
          minutes: 180,
          heldBy: 'time',
          days: [],
          flags: [],
        },
      },
    })
  })
  test('says ok, or which field of whom differs', async () => {
    expect(await run('--check', file(good))).toMatchObject({ exit: 0, stderr: '' })
    const wrong = file(good.replace('hours: 3, flags: []', 'hours: 4, flags: [overlap]'))
    const { exit, stdout } = await run('--check', wrong)
    expect(exit).toBe(1)
    expect(stdout).toBe(`${wrong}: ana.hours: expected 4, got 3\n${wrong}: ana.flags: expected ["overlap"], got []\n`)
  })
  test('explains where every minute went, and on whose word', async () => {
    const { stdout } = await run('--explain', file(good))
    const { explanation } = JSON.parse(stdout).students.ana
    expect(explanation).toMatchObject({ minutesPresent: 240, minutesCounted: 180, minutesNotCounted: 60, days: [] })
    expect(explanation.notCounted).toMatchObject([
      { session: 'sat', on: '2026-09-12', minutes: 15, reason: 'break', citations: [{ pin: 'Education Code 46115' }] },
      { session: 'sat', on: '2026-09-12', minutes: 45, reason: 'partOfAnHour' },
    ])
  })
  test('a bad file among good ones is refused, the others are answered', async () => {
    const { exit, stdout } = await run(file('- 1'), file(good))
    expect(exit).toBe(2)
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
  })
  test.each([[[]], [['--wrong', 'x.yaml']], [['--check', '--explain', 'x.yaml']]])('refuses %j and says how it is used', async (args) => {
    const { exit, stdout, stderr } = await run(...args)
    expect([exit, stdout]).toEqual([2, ''])
    expect(stderr).toContain('Usage:')
  })
})

/** What is written in place of what, and the place and the words of the one fault. */
const slips: readonly (readonly [string, string, string])[] = [
  ['name: A Saturday', 'name: 5', 'name: expected a text'],
  ['name: A Saturday\n', '', 'name: missing'],
  ['rules: california-ar', 'rules: texas', 'rules: expected one of california-ar'],
  ['asOf: 2026-10-01', 'asOf: 2026-02-30', 'asOf: expected a date that exists'],
  ['asOf: 2026-10-01', 'asof: 2026-10-01\nasOf: 2026-10-01', 'asof: unknown key'],
  ['accrual: hours', 'accrual: days', 'policy.accrual: expected one of hours, minutes'],
  ['accrual: hours', 'accural: hours', 'policy.accural: unknown key'],
  ['accrual: hours', 'yearlyMost: 9.5', 'policy.yearlyMost: expected a whole number'],
  ['type: regular', 'type: elementary', 'schools.elm.type: expected one of regular'],
  ['America/Los_Angeles', 'Pacific', 'schools.elm.zone: expected a time zone'],
  ['until: "14:30"', 'until: "08:15"', 'schools.elm.day.until: expected a time after from'],
  ['last: 2027-06-04', 'last: 2026-06-04', 'schools.elm.year.last: expected a date on or after first'],
  ['certificated: true', 'certificated: "yes"', 'staff.rivera.certificated: expected true or false'],
  ['grade: "05"', 'grade: 5', 'students.ana.grade: expected one of TK'],
  ['grade: "05"', 'grade: "5"', 'students.ana.grade: expected one of TK'],
  ['grade: "05", school: elm', 'grade: "05", school: oak', 'students.ana.school: expected a school of this file, found "oak"'],
  ['kind: excused', 'kind: sick', 'students.ana.absences[1].kind: expected one of excused'],
  ['on: 2026-08-21', 'on: 2026-08-20', 'students.ana.absences[1]: expected each date once'],
  ['staff: [rivera]', 'staff: [kim]', 'sessions.sat.staff[0]: expected a member of staff of this file'],
  ['staff: [rivera]', 'staff: [{ who: rivera, from: "11:00", until: "10:00" }]', 'sessions.sat.staff[0].until: expected a time after from'],
  ['on: 2026-09-12, from: "08:00"', 'on: 2026-09-12, from: "24:00"', 'sessions.sat.from: expected a time from 00:00 to 23:59'],
  ['until: "12:00", staff', 'until: "08:00", staff', 'sessions.sat.until: expected a time other than from'],
  ['until: "10:15"', 'until: "09:15"', 'sessions.sat.breaks[0].until: expected a time after from (10:00), found 09:15'],
  ['session: sat', 'session: sun', 'marks[0].session: expected a session of this file'],
  ['student: ana', 'student: zoe', 'marks[0].student: expected a student of this file, found "zoe"'],
  ['in: "08:00", out: "12:00"', 'in: "08:00", out: "07:59:59"', 'marks[0].out: expected a time at or after in (08:00), found 07:59:59'],
  ['in: "08:00", out', 'out', 'marks[0].in: missing'],
  ['  ana: { earnedDays', '  zoe: { earnedDays', 'then.zoe: expected a student of this file'],
  ['earnedDays: 0, hours', 'earned: 0, hours', 'then.ana.earned: unknown key'],
  ['flags: []', 'flags: [late]', 'then.ana.flags[0]: expected one of outsideWindow'],
  ['flags: []', 'heldBy: nobody', 'then.ana.heldBy: expected one of time'],
  ['2026-09-12, from: "08:00"', '2027-03-14, from: "02:30"', 'sessions.sat.from: expected a time that exists on 2027-03-14'],
  ['marks:\n', 'marks:\n  - x\n', 'marks[0]: expected a mapping'],
  ['name: A Saturday', 'name: A Saturday\nname: Again', 'document: expected YAML'],
  ['accrual: hours', 'accrual: *other', 'policy.accrual: expected one of hours, minutes, found nothing'],
  ['accrual: hours', 'accrual: !mine hours', 'document: expected YAML'],
]

describe('a scenario that cannot be', () => {
  test.each(slips)('with %j as %j is refused in one line', async (right, wrong, fault) => {
    expect(good).toContain(right)
    const name = file(good.replace(right, wrong))
    const { exit, stdout, stderr } = await run(name)
    expect([exit, stdout]).toEqual([2, ''])
    const lines = stderr.trimEnd().split('\n')
    expect(lines[0]).toContain(`${name}: ${fault}`)
    expect(lines.filter((line) => !line.startsWith(`${name}: `))).toEqual([])
  })
  test('several faults are told in one line each, those of form and those of sense', async () => {
    const name = file(
      good
        .replace('accrual: hours', 'accruel: hours')
        .replace('student: ana, in: "08:00", out: "12:00"', 'student: bob, in: "08:00", out: "07:00"')
        .replace('kind: excused', 'kind: sick'),
    )
    const { exit, stderr } = await run(name)
    expect(exit).toBe(2)
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringContaining('policy.accruel: unknown key'),
      expect.stringContaining('students.ana.absences[1].kind: expected one of'),
      expect.stringContaining('marks[0].student: expected a student of this file, found "bob"'),
      expect.stringContaining('marks[0].out: expected a time at or after in'),
    ])
  })
  test('a fault in what others name is told alone, not with every use of it', async () => {
    const { stderr } = await run(file(good.replace('certificated: true', 'certificated: "yes"')))
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringContaining('staff.rivera.certificated: expected true or false')])
  })
  test.each([
    ['an empty file', ''],
    ['only a comment', '# nothing\n'],
    ['two documents', `${good}---\n${good}`],
    ['a list', '[1, 2]'],
    ['binary data', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 0xff, 0xfe])],
    ['a text with a zero', 'name: "a\0b"'],
    ['an unfinished quote', 'name: "a'],
    [
      'a thousand aliases of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c]`,
    ],
    ['an alias of itself', 'a: &a [*a]'],
    ['deep nesting', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  ])('%s is refused without a stack trace', async (_, bytes) => {
    const { exit, stdout, stderr } = await run(file(bytes))
    expect([exit, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^\S+\.yaml: /)
    expect(stderr).not.toMatch(/\n\s+at /)
  })
  test('a file that is not there, or a folder, is refused by name', async () => {
    expect(await run(path.join(folder, 'none.yaml'), folder)).toMatchObject({
      exit: 2,
      stdout: '',
      stderr: expect.stringContaining('ENOENT'),
    })
  })
})
