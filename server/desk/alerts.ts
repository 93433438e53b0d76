/** What somebody should know today. Nothing is said of what is fine, and each thing is told once. */
import type { Alert, AlertKind } from '../../shared/api/alerts.ts'
import { ALERTS } from '../../shared/api/alerts.ts'
import { isYearKnown, type Site } from '../../shared/registry.ts'
import { addDays, DAY, fiscalYearOf, type SchoolDate, schoolDateOf } from '../../shared/time.ts'
import type { Scope } from '../log/deliver.ts'
import type { Log } from '../log/log.ts'
import type { Db } from '../log/openDatabase.ts'
import { isInScope, type Overview } from '../log/overview.ts'
import { openImportRuns } from './importRuns.ts'
import type { LastImport } from './lastImport.ts'

export type NewAlert = Omit<Alert, 'seen'>
export interface Alerts {
  /** What concerns the sites of a scope, in the order told. @param totals those of today */
  of(scope: Scope, today: SchoolDate, totals: Db): NewAlert[]
  /** The keys somebody was told of in a way. */
  told(staff: string, how: 'seen' | 'mailed'): ReadonlySet<string>
  tell(staff: string, how: 'seen' | 'mailed', keys: readonly string[]): void
}

/** A device that holds something and was not heard for so long is silent. */
const SILENT_DAYS = 2
/** Absences should come in every week of school. */
const OLD_DAYS = 8
/** What two people decide on ends after a week. */
const ASKED_DAYS = 7
/** What happened longer ago than this is no news. */
const NEWS_DAYS = 35
const MOST = 500

/** Who took many files with many students, by name. */
export type ManyFiles = () => readonly { readonly person: string; readonly name: string; readonly at: number }[]

interface Line {
  readonly id: string
  readonly site: string
  readonly site_name: string
  readonly name: string
  readonly school_date: string | null
  readonly n: number
}

export function openAlerts({ db, sources, write }: Log, overview: Overview, lastImport: LastImport, manyFiles: ManyFiles): Alerts {
  const importRuns = openImportRuns({ db, sources })
  const toldKeys = db.prepare<[string, string], string>('SELECT key FROM alert_told WHERE staff = ? AND how = ?').pluck()
  const put = db.prepare('INSERT INTO alert_told (staff, key, how, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
  const lastBackup = db.prepare<[], { id: number; at: number; fault: string | null }>(
    'SELECT id, at, fault FROM backup ORDER BY id DESC LIMIT 1',
  )

  const askedFor = db.prepare<[number], { id: string; subject: string; asked_at: number }>(
    'SELECT id, subject, asked_at FROM approval WHERE decided_at IS NULL AND asked_at > ? ORDER BY asked_at',
  )

  const schools = db
    .prepare<[], string>(
      "SELECT v.body FROM record r JOIN record_version v ON v.seq = r.seq WHERE r.kind = 'site' AND r.ended = 0 ORDER BY r.id",
    )
    .pluck()

  function sessions(totals: Db, scope: Scope, today: SchoolDate): NewAlert[] {
    const rows = totals
      .prepare(
        `SELECT s.id, s.site, coalesce((SELECT site_name FROM student WHERE site = s.site LIMIT 1), '') AS site_name, s.title AS name, s.school_date,
           CASE WHEN s.missing > 0 THEN 1 WHEN s.ended = 0 THEN 2 ELSE 3 END AS n
         FROM session s WHERE s.school_date < ? AND s.school_date >= ? AND (s.missing > 0 OR s.ended = 0 OR s.certified = 0)
         ORDER BY s.school_date, s.starts`,
      )
      .all(today, addDays(today, -NEWS_DAYS)) as Line[]
    const kinds: readonly AlertKind[] = ['checkOutMissing', 'sessionOpen', 'notCertified']
    return rows
      .filter(({ site }) => isInScope(scope, site))
      .map((row) => alertOf(kinds[row.n - 1] ?? 'notCertified', row, `${row.id}`, '/site?days=35'))
  }

  function students(totals: Db, scope: Scope): NewAlert[] {
    const rows = totals
      .prepare(
        `SELECT id, site, site_name, first || ' ' || last AS name, NULL AS school_date, claimable AS n FROM student
         WHERE instr(' ' || attention || ' ', ' nearCap ') > 0 AND site IS NOT NULL ORDER BY last, first, id`,
      )
      .all() as Line[]
    return rows.filter(({ site }) => isInScope(scope, site)).map((row) => alertOf('nearCap', row, row.id, '/site/follow-up?show=nearCap'))
  }

  function devices(scope: Scope, zone: string): NewAlert[] {
    const now = sources.now()
    return overview.devices(scope).flatMap(({ id, name, site, lastSeenAt, report }): NewAlert[] => {
      const holds = report !== null && report.unsent + report.openSessions > 0
      if (!holds || lastSeenAt === null || now - lastSeenAt < SILENT_DAYS * DAY) return []
      const on = schoolDateOf(lastSeenAt, zone)
      return [{ key: `deviceSilent ${id} ${on}`, kind: 'deviceSilent', site, siteName: '', name, on, href: '/site/devices' }]
    })
  }

  function district(scope: Scope, zone: string): NewAlert[] {
    if (scope !== 'all') return []
    const made: NewAlert[] = []
    const about = { site: null, siteName: '', name: '' }
    const backup = lastBackup.get()
    if (backup?.fault)
      made.push({
        key: `backupFailed ${backup.id}`,
        kind: 'backupFailed',
        ...about,
        name: backup.fault,
        on: schoolDateOf(backup.at as never, zone),
        href: '/evidence',
      })
    for (const { id, at, source } of importRuns.failed()) {
      const on = schoolDateOf(at as never, zone)
      made.push({ key: `importFailed ${id}`, kind: 'importFailed', ...about, name: source, on, href: '/import' })
    }
    for (const { id, subject, asked_at } of askedFor.all(sources.now() - ASKED_DAYS * DAY)) {
      const on = schoolDateOf(asked_at as never, zone)
      const [period = '', year = ''] = subject.split(' ')
      made.push({
        key: `reopenAsked ${id}`,
        kind: 'reopenAsked',
        ...about,
        name: subject,
        on,
        href: `/periods?period=${period}&year=${year}`,
      })
    }
    for (const { person, name, at } of manyFiles()) {
      const on = schoolDateOf(at as never, zone)
      made.push({ key: `manyFiles ${person} ${on}`, kind: 'manyFiles', ...about, name, on, href: '/people' })
    }
    const imported = lastImport()
    if (imported && sources.now() - imported.at > OLD_DAYS * DAY) {
      const on = schoolDateOf(imported.at, zone)
      made.push({ key: `absencesOld ${on}`, kind: 'absencesOld', ...about, on, href: '/import' })
    }
    return made
  }

  /** Schools with students and without any day of the fiscal year in their calendar. */
  function calendars(totals: Db, scope: Scope, today: SchoolDate): NewAlert[] {
    if (scope !== 'all') return []
    const year = fiscalYearOf(today)
    const attended = new Set(totals.prepare('SELECT DISTINCT site FROM student').pluck().all())
    return schools.all().flatMap((text): NewAlert[] => {
      const school = JSON.parse(text) as Site
      if (!attended.has(school.id) || isYearKnown(school, year)) return []
      const about = { site: school.id, siteName: '', name: school.name, on: null }
      return [{ key: `calendarMissing ${school.id} ${year}`, kind: 'calendarMissing', ...about, href: '/registry' }]
    })
  }

  return {
    of(scope, today, totals) {
      const zone = 'America/Los_Angeles'
      const all = [
        ...district(scope, zone),
        ...calendars(totals, scope, today),
        ...devices(scope, zone),
        ...sessions(totals, scope, today),
        ...students(totals, scope),
      ]
      return all.sort((a, b) => ALERTS.indexOf(a.kind) - ALERTS.indexOf(b.kind)).slice(0, MOST)
    },
    told: (staff, how) => new Set(toldKeys.all(staff, how)),
    tell(staff, how, keys) {
      if (keys.length > 0) write(() => keys.forEach((key) => put.run(staff, key, how, sources.now())))
    },
  }
}

const alertOf = (kind: AlertKind, row: Line, key: string, href: string): NewAlert => ({
  ...{ key: `${kind} ${key}`, kind, site: row.site as Alert['site'], siteName: row.site_name, name: row.name, href },
  on: row.school_date as Alert['on'],
})
