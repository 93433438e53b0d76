/** `recoup set`, `checklist`, `sign` and `packet`: what the district's desk does, from the command line. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ComplianceItem } from '../../shared/api/periods.ts'
import { PutSetting } from '../../shared/api/reports.ts'
import type { PacketSubject } from '../../shared/report/packet.ts'
import { CODE_PATTERNS, type LocalCode, SIS } from '../../shared/report/writeBack/layouts.ts'
import { GRADE_SPANS } from '../../shared/rules/california/periods.ts'
import { parseSchoolDate } from '../../shared/time.ts'
import type { Context } from '../context.ts'
import { openPace } from '../reports/pace.ts'
import { makePacket } from '../reports/packet/makePacket.ts'
import { openPeriods } from '../reports/periods.ts'
import { openSettings } from '../reports/settings.ts'
import { type ExportOptions, reportsOf, tell, yearOf } from './exportOptions.ts'
import { periodOf } from './exportPadc.ts'
import { type Io, Stop } from './io.ts'
import { studentOf } from './studentOf.ts'

const BY = 'command line'

export interface SetOptions {
  readonly span?: string
  readonly from?: string
  readonly site?: string
  readonly on?: string
  readonly what?: string
  readonly dollars?: string
  readonly sis?: string
}

const KINDS: readonly string[] = ['rate', 'cost', 'mapping']
/** What is said of a field that is missing or wrong: the option it comes from, and what that expects. */
const ASKED: Readonly<Record<string, { readonly option: string; readonly value?: keyof SetOptions; readonly expected: string }>> = {
  span: { option: '--span', value: 'span', expected: `choose one of ${GRADE_SPANS.join(', ')}` },
  from: { option: '--from', value: 'from', expected: 'give a date that exists, such as 2026-07-01' },
  on: { option: '--on', value: 'on', expected: 'give a date that exists, such as 2026-11-21' },
  cents: { option: '--dollars', value: 'dollars', expected: 'give an amount that is not negative, such as 11000 or 450.50' },
  what: { option: '--what', value: 'what', expected: 'say in at most 120 letters what the cost was for' },
  sis: { option: '--sis', value: 'sis', expected: `choose one of ${SIS.join(', ')}` },
  codes: { option: 'set mapping', expected: 'names and values have at most 60 letters each, and a code cannot begin with =, +, - or @' },
}

/** Keeps a rate, a cost, or the local codes of a system (`name=value`). */
export function setSetting(context: Context, kind: string, values: readonly string[], options: SetOptions, io: Io): void {
  if (!KINDS.includes(kind)) throw new Stop(`set ${kind}: choose one of ${KINDS.join(', ')}.`)
  if (kind !== 'mapping' && values[0] !== undefined) throw new Stop(`${values[0]}: set ${kind} takes options alone.`)
  const body = (): unknown => {
    if (kind === 'rate') return { span: options.span, from: options.from, cents: centsOf(options.dollars) }
    if (kind === 'cost') {
      const site = siteOf(context, options.site)
      return { id: context.log.sources.newId(), site, on: options.on, what: options.what, cents: centsOf(options.dollars) }
    }
    return { sis: options.sis, codes: Object.fromEntries(values.map(codeOf)) }
  }
  const setting = PutSetting.safeParse({ kind, ended: false, body: body() })
  if (!setting.success) {
    const field = String(setting.error.issues[0]?.path[1] ?? '')
    const { option, value, expected } = ASKED[field] ?? { option: `set ${kind}`, expected: 'this cannot be kept' }
    const given = value === undefined ? undefined : options[value]
    throw new Stop(`${option}${given === undefined ? '' : ` ${given}`}: ${expected}.`)
  }
  openSettings(context.log).put(setting.data, BY)
  io.stdout.write('Kept.\n')
}

/** An amount as people write it, `11000` or `450.50`: no other number, and no part of a cent. */
function centsOf(dollars = ''): number {
  const [, whole, part = ''] = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(dollars.trim()) ?? []
  if (whole === undefined) throw new Stop(`--dollars "${dollars}": give dollars, or dollars and cents, such as 11000 or 450.50.`)
  return Number(whole) * 100 + Number(part.padEnd(2, '0'))
}

/** `name=value`, where the value is a code that the system's files can hold. */
function codeOf(text: string): readonly [name: string, code: string] {
  const at = text.indexOf('=')
  if (at < 1) throw new Stop(`${text}: give name=value, such as program=AR.`)
  const [name, code] = [text.slice(0, at), text.slice(at + 1)]
  if (Object.hasOwn(CODE_PATTERNS, name) && !CODE_PATTERNS[name as LocalCode].test(code))
    throw new Stop(`${text}: "${code}" cannot be a code of this kind. A code has no = in it, and none begins with =, +, - or @.`)
  return [name, code]
}

function siteOf(context: Context, site: string | undefined): string | null {
  if (site === undefined) return null
  const found = context.store.list('site').find(({ body }) => body.id === site || body.code === site)
  if (!found) throw new Stop(`--site ${site}: there is no such school.`)
  return found.id
}

export interface PeriodOptions extends ExportOptions {
  readonly period: string
}

const SAID: Readonly<Record<ComplianceItem['weight'], string>> = { stop: 'put right', warn: 'look at' }

/** Prints what is open on a period's checklist; findings are its items. */
export async function checklist(context: Context, options: PeriodOptions, io: Io): Promise<void> {
  const reports = reportsOf(context)
  const looked = await openPeriods(context, reports).look(periodOf(options.period), yearOf(options, reports))
  if ('refused' in looked) throw new Stop(looked.message)
  const { checklist: items } = looked
  const open = items.filter(({ count }) => count > 0)
  tell(
    open.flatMap(({ key, weight, count, rows }) => [
      `${key}: ${count} to ${SAID[weight]}`,
      ...rows
        .slice(0, 20)
        .map(
          ({ name, on, siteName, detail }) => `  ${[name, on, siteName, detail].filter((part) => part !== '' && part !== null).join(', ')}`,
        ),
    ]),
    open.length === 0 ? ['Everything is in order.'] : [],
    { open },
    options,
    io,
  )
}

const STATEMENT = 'I have reviewed these Attendance Recovery figures, and they are those of our records.'

/** Signs a period as it stands, or a supplement to it. */
export async function signPeriod(
  context: Context,
  options: PeriodOptions & { readonly name: string; readonly note?: string },
  io: Io,
): Promise<void> {
  const reports = reportsOf(context)
  const periods = openPeriods(context, reports)
  const [period, year] = [periodOf(options.period), yearOf(options, reports)]
  const looked = await periods.look(period, year)
  if ('refused' in looked) throw new Stop(looked.message)
  const { digest } = looked.figures
  const signed = await periods.sign({ period, year, digest, name: options.name, statement: STATEMENT, note: options.note ?? '' }, BY)
  if ('refused' in signed) throw new Stop(signed.message)
  const days = signed.figures.lines.reduce((sum, line) => sum + line.total.days, 0)
  const what = signed.number === 0 ? 'Signed' : `Supplement ${signed.number} signed`
  io.stdout.write(`${what}: ${days} days, log position ${signed.figures.through.seq}.\n`)
}

export interface PacketOptions extends ExportOptions {
  readonly period?: string
  readonly site?: string
  readonly from?: string
  readonly until?: string
  readonly student?: string
  readonly session?: readonly string[]
  readonly out: string
}

/** Writes an audit packet, paper and file, into a folder. */
export async function writePacket(context: Context, options: PacketOptions, io: Io): Promise<void> {
  const reports = reportsOf(context)
  const subject = withLastDay(
    context,
    subjectOf(context, options, (asked) => yearOf(asked, reports)),
  )
  mkdirSync(options.out, { recursive: true })
  const paths = { json: join(options.out, 'packet.json'), pdf: join(options.out, 'packet.pdf') }
  const made = await makePacket(context, { subject, by: BY, today: reports.today(), paths }, openPace())
  if ('fault' in made)
    throw new Stop(
      made.fault === 'nothing' ? 'There is no session in this.' : 'These are more than 2,000 sessions: choose one school, or fewer days.',
    )
  io.stdout.write(`${made.sessions} sessions, ${made.students} students: packet.json and packet.pdf in ${options.out}.\n`)
}

/** Which day ends a period is the district's word, and stands in the packet. */
const withLastDay = ({ log }: Context, subject: PacketSubject): PacketSubject =>
  subject.kind === 'period' ? { ...subject, last: openSettings(log).lastDay(subject.period, subject.year) } : subject

type YearOf = (asked: Pick<PacketOptions, 'year'>) => number

function subjectOf(context: Context, options: PacketOptions, yearMeant: YearOf): PacketSubject {
  const { period, site, from, until, student, session, year } = options
  if (session) return { kind: 'sessions', sessions: [...session] }
  if (student !== undefined) {
    const found = studentOf(context.store, student)
    return { kind: 'student', student: found, ...(year === undefined ? {} : { year: yearMeant({ year }) }) }
  }
  if (period !== undefined) return { kind: 'period', period: periodOf(period), year: yearMeant(options), site: siteOf(context, site) }
  const [first, last] = [parseSchoolDate(from ?? ''), parseSchoolDate(until ?? '')]
  const at = siteOf(context, site)
  if (at === null || !first || !last) throw new Stop('Say for what: --period, --student, --session, or --site with --from and --until.')
  return { kind: 'site', site: at, from: first, until: last }
}
