/** What coordinators decided about what stood out in a day: kept beside the log, never changed. */
import type { NewResolution, Resolution } from '../../shared/api/day.ts'
import type { Me } from '../../shared/api/people.ts'
import type { Scope } from '../log/deliver.ts'
import type { Log } from '../log/log.ts'

export interface Resolutions {
  /** Those of the sites of a scope, oldest first. */
  list(scope: Scope): Resolution[]
  write(entries: readonly NewResolution[], by: Me): void
}

type Line = Omit<Resolution, 'on' | 'byName'> & { readonly school_date: Resolution['on']; readonly by_name: string }

export function openResolutions({ db, sources, write }: Log): Resolutions {
  const all = db.prepare<[], Line>(
    `SELECT d.*, coalesce(json_extract(v.body, '$.name'), '') AS by_name FROM day_resolution d
     LEFT JOIN record r ON r.kind = 'staff' AND r.id = d.by LEFT JOIN record_version v ON v.seq = r.seq ORDER BY d.at, d.id`,
  )
  const ofSites = db.prepare<[string], Line>(
    `SELECT d.*, coalesce(json_extract(v.body, '$.name'), '') AS by_name FROM day_resolution d
     LEFT JOIN record r ON r.kind = 'staff' AND r.id = d.by LEFT JOIN record_version v ON v.seq = r.seq
     WHERE d.site IN (SELECT value FROM json_each(?)) ORDER BY d.at, d.id`,
  )
  const put = db.prepare(
    `INSERT INTO day_resolution (id, site, problem, section, session, school_date, digest, reason, document, by, at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  return {
    list: (scope) =>
      (scope === 'all' ? all.all() : ofSites.all(JSON.stringify(scope))).map(({ school_date, by_name, ...line }) => ({
        ...line,
        on: school_date,
        byName: by_name,
      })),
    write(entries, by) {
      write(() => {
        for (const { site, problem, section, session, on, digest, reason, document } of entries)
          put.run(sources.newId(), site, problem, section, session, on, digest, reason, document, by.staff, sources.now())
      })
    },
  }
}
