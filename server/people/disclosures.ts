/**
 * Which routes show records of students, and what is written down of it: who, when, what, whose. The one place that says so. A route that
 * hands out records in bulk asks for a fresh proof of who one is, where the district asks for second factors.
 */
import { DAY, HOUR, MINUTE } from '../../shared/time.ts'
import type { Context } from '../context.ts'
import type { Log } from '../log/log.ts'
import { unlessBusy } from '../log/unlessBusy.ts'

interface Shown {
  /** What was shown, in the words of the log of disclosures. */
  readonly what: string
  /** Taken away as a file: written down every time. */
  readonly taken?: true
  /** With many students. */
  readonly bulk?: true
}

/** Every route of the API that shows records of students by name or number. */
export const DISCLOSES: Readonly<Record<string, Shown>> = {
  'GET /api/roster': { what: 'roster' },
  'GET /api/roster.csv': { what: 'rosterFile', taken: true, bulk: true },
  'GET /api/totals/roster': { what: 'roster' },
  'GET /api/totals/roster.csv': { what: 'rosterFile', taken: true, bulk: true },
  'GET /api/totals/roster.xlsx': { what: 'rosterFile', taken: true, bulk: true },
  'GET /api/totals/behind': { what: 'roster' },
  'GET /api/students/:student': { what: 'studentFile' },
  'GET /api/students/:student/export': { what: 'studentExport', taken: true },
  'GET /api/students/:student/export.pdf': { what: 'studentExport', taken: true },
  'GET /api/classes': { what: 'classes' },
  'GET /api/quarantine': { what: 'setAside' },
  'GET /api/day': { what: 'day' },
  'GET /api/follow-ups': { what: 'followUps' },
  'GET /api/documents/:id/file': { what: 'document', taken: true },
  'GET /api/periods': { what: 'checklist' },
  'GET /api/periods/checklist': { what: 'checklist' },
  'GET /api/periods/students': { what: 'periodStudents' },
  'GET /api/reports/stas': { what: 'stas' },
  'GET /api/reports/stas.csv': { what: 'stasFile', taken: true, bulk: true },
  'GET /api/packets/:packet/:format': { what: 'auditPacket', taken: true, bulk: true },
  'GET /api/sessions/:session/class-page.pdf': { what: 'classPage' },
  'GET /api/write-back/:sis': { what: 'writeBack' },
  'GET /api/write-back/:sis/:file': { what: 'writeBackFile', taken: true, bulk: true },
  'POST /api/policy/preview': { what: 'policyPreview' },
  'POST /api/imports/:import/preview': { what: 'importPreview' },
  'POST /api/sync/pull': { what: 'device' },
}

/** What counts as a file with many students. */
const BULK: readonly string[] = [...new Set(Object.values(DISCLOSES).flatMap(({ what, bulk }) => (bulk ? [what] : [])))]
/** The most of them that one person takes in an hour. */
export const MOST_FILES = 10
/** When the district is told of somebody who takes many. */
const MANY_FILES = 8
const NEWS = 7 * DAY

export interface Disclosure {
  readonly person: string
  readonly device: string | null
  readonly what: string
  /** The one student it was about; null for a list. */
  readonly student: string | null
  /** The sites whose students a list held: `all`, or ids joined by spaces. */
  readonly scope: string
}
export interface DisclosureOf extends Disclosure {
  readonly at: number
  readonly seq: number
}

type Row = [at: number, person: string, device: string | null, what: string, student: string | null, scope: string, seq: number]

export interface Disclosures {
  note(disclosure: Disclosure, taken: boolean): void
  /** Those about one student: by name of the record, and every list of a school that knows the student. Newest first. */
  of(student: string): DisclosureOf[]
  /** How many more files with many students a person may take now. */
  filesLeft(person: string): number
  /**
   * Sets one of them aside before it is made, so that many asked for at once are no more. Gives what puts it back once it is written
   * down, or was not made; undefined when there is none left.
   */
  reserveFile(person: string): (() => void) | undefined
  /** Who took so many of them within an hour of the last week that somebody should ask why; `at` is the last of that hour. */
  manyFiles(): { readonly person: string; readonly at: number }[]
}

/** The log of disclosures. A person who looks at one page again and again within an hour is written down once. */
export function openDisclosures({ db, head, sources, write }: Log): Disclosures {
  const put = db.prepare('INSERT INTO disclosure (at, person, device, what, student, scope, seq) VALUES (?, ?, ?, ?, ?, ?, ?)')
  const columns = 'SELECT at, person, device, what, student, scope, seq FROM disclosure'
  const ofStudent = db.prepare<[string, string, string], DisclosureOf>(
    `${columns} d WHERE student = ? OR (student IS NULL AND (scope = 'all' OR EXISTS (
       SELECT 1 FROM student_site s WHERE s.student = ? AND instr(' ' || d.scope || ' ', ' ' || s.site || ' ') > 0)))
     OR student IN (SELECT id FROM record WHERE kind = 'student' AND ssid = (SELECT ssid FROM record WHERE kind = 'student' AND id = ?))
     ORDER BY id DESC LIMIT 5000`,
  )
  const bulk = JSON.stringify(BULK)
  const taken = db
    .prepare<[string, number, string], number>(
      'SELECT count(*) FROM disclosure WHERE person = ? AND at > ? AND what IN (SELECT value FROM json_each(?))',
    )
    .pluck()
  // One that comes within an hour of the seventh before it is the eighth of an hour, whenever that hour began.
  const many = db.prepare<[number, number, string, number], { person: string; at: number }>(
    `SELECT person, max(at) AS at FROM (
       SELECT person, at, lag(at, ?) OVER (PARTITION BY person ORDER BY at, id) AS before FROM disclosure
       WHERE at > ? AND what IN (SELECT value FROM json_each(?)))
     WHERE before > at - ? GROUP BY person, at / 3600000 ORDER BY at DESC`,
  )
  const last = new Map<string, number>()
  let waiting: Row[] = []
  const underWay = new Set<{ readonly person: string; readonly since: number }>()
  function filesLeft(person: string): number {
    const now = sources.now()
    for (const one of underWay) if (now - one.since >= HOUR) underWay.delete(one)
    const unwritten = waiting.filter(([, whose, , what]) => whose === person && BULK.includes(what)).length
    const reserved = [...underWay].filter((one) => one.person === person).length
    return Math.max(0, MOST_FILES - (taken.get(person, now - HOUR, bulk) ?? 0) - unwritten - reserved)
  }
  return {
    note({ person, device, what, student, scope }, taken) {
      const now = sources.now()
      const key = `${person} ${what} ${student ?? ''} ${scope}`
      const isAgain = now - (last.get(key) ?? Number.NEGATIVE_INFINITY) < 60 * MINUTE
      if (isAgain && !taken) return
      waiting.push([now, person, device, what, student, scope, head()])
      // While an import writes, reading goes on; it is written down with the next one.
      const written = unlessBusy(() => write(() => waiting.map((row) => put.run(...row)).length))
      if (written !== undefined) waiting = []
      last.delete(key)
      last.set(key, now)
      if (last.size > 20_000) last.delete(last.keys().next().value ?? '')
    },
    filesLeft,
    reserveFile(person) {
      if (filesLeft(person) === 0) return undefined
      const one = { person, since: sources.now() }
      underWay.add(one)
      return () => void underWay.delete(one)
    },
    manyFiles: () => many.all(MANY_FILES - 1, sources.now() - NEWS, bulk, HOUR),
    of: (student) => ofStudent.all(student, student, student),
  }
}

/** Who took many files, by name. */
export const namedTakers = ({
  disclosures,
  store,
}: Pick<Context, 'disclosures' | 'store'>): { person: string; name: string; at: number }[] =>
  disclosures.manyFiles().map(({ person, at }) => ({ person, name: store.get('staff', person)?.body.name ?? '', at }))
