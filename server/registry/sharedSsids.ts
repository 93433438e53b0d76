/** Statewide identifiers that children of different names have: for the law they are one student, and their days are counted together. */
import type { Student } from '../../shared/registry.ts'
import { groupBy } from '../../shared/report/recovered.ts'
import type { Scope } from '../log/deliver.ts'
import type { Log } from '../log/log.ts'
import { isInScope } from '../log/overview.ts'
import { isSameName } from './sameName.ts'
import type { RegistryStore } from './store.ts'

/** Gives every student who shares an identifier with one of another name, by identifier. */
export function openSharedSsids({ db }: Pick<Log, 'db'>, store: Pick<RegistryStore, 'get'>): () => readonly Student[] {
  const shared = db
    .prepare<[], string>(
      `SELECT id FROM record WHERE kind = 'student' AND ended = 0 AND ssid IN
         (SELECT ssid FROM record WHERE kind = 'student' AND ended = 0 AND ssid IS NOT NULL GROUP BY ssid HAVING count(*) > 1)
       ORDER BY ssid, id`,
    )
    .pluck()
  return () => {
    const students = shared.all().flatMap((id) => store.get('student', id)?.body ?? [])
    return [...groupBy(students, ({ ssid }) => ssid).values()].flatMap((own) =>
      own.filter((one) => own.some((other) => !isSameName(one, other))),
    )
  }
}

/** Tells whether a student is, or was, enrolled at a school of a scope by an entry of their own. */
export function openEnrolledIn({ db }: Pick<Log, 'db'>): (scope: Scope, student: string) => boolean {
  const sites = db.prepare<[string], string>("SELECT site FROM record WHERE kind = 'enrollment' AND student = ? AND ended = 0").pluck()
  return (scope, student) => scope === 'all' || sites.all(student).some((site) => isInScope(scope, site))
}
