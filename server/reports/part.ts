/** A school's part of the district's reports, as of a date: what its students recovered, and what of its sessions is not in order. */
import type { Ledger } from '../../shared/attendance/ledger.ts'
import { isUnsigned, sessionsUpTo } from '../../shared/attendance/signed.ts'
import type { SiteId } from '../../shared/ids.ts'
import { type Share, sharesOf } from '../../shared/report/padc.ts'
import { byStudent, recoveredBy } from '../../shared/report/recovered.ts'
import { type StasRow, stasRowsOf } from '../../shared/report/stas.ts'
import type { SchoolDate } from '../../shared/time.ts'
import type { Answers } from '../totals/answers.ts'
import { type Found, found } from './compliance.ts'
import { isHome } from './schools.ts'
import type { Unfinished } from './unfinished.ts'

/** One student who recovered something. */
interface Line {
  readonly who: Parameters<typeof byStudent>[0]
  readonly shares: readonly Share[]
  readonly stas: readonly StasRow[]
}
export interface Part {
  readonly lines: readonly Line[]
  readonly unfinished: Unfinished
  readonly found: Found
}

/** The part of a school, worked out. */
export function part(ledger: Ledger, site: SiteId, asOf: SchoolDate): Part {
  const lines: Line[] = []
  let pendingDays = 0
  const home = [...ledger.students()].filter((view) => isHome(ledger, view, site, asOf) && view.sameStudent[0] === view.student.id)
  for (const view of home) {
    pendingDays += ledger.judge(view.student.id, asOf).pendingDays
    const recovered = recoveredBy(ledger, view, asOf)
    if (!recovered) continue
    const { id, last, first, localId } = view.student
    lines.push({ who: { id, last, first, localId }, shares: sharesOf(recovered), stas: stasRowsOf(ledger, recovered, asOf) })
  }
  const sessions = sessionsUpTo(ledger, asOf).filter((session) => session.site === site)
  const unfinished = { sessions: sessions.filter(isUnsigned).length, pendingDays }
  return { lines, unfinished, found: found(ledger, sessions, home, asOf) }
}

/** The part of a school: the one that is kept, or a new one. */
export const partIn = (answers: Answers, site: SiteId, asOf: SchoolDate): Part =>
  answers.of('report', site, asOf, (ledger) => part(ledger, site, asOf))

/** The students of all schools in the order of reports. */
export const linesOf = (parts: readonly Part[]): readonly Line[] =>
  parts.flatMap(({ lines }) => lines).sort((a, b) => byStudent(a.who, b.who))
