/** Totals worked out a second and a third way, to be compared with those that people are shown. */
import { openLedger } from '../../shared/attendance/ledger.ts'
import { as, type StudentId } from '../../shared/ids.ts'
import { totalsDigest } from '../../shared/sync/digest.ts'
import type { SchoolDate } from '../../shared/time.ts'
import type { Deliver } from '../log/deliver.ts'
import type { RegistryStore } from '../registry/store.ts'
import { keptEvent, type Ledgers } from './ledgers.ts'

export interface Refolded {
  readonly students: number
  /** One digest for the totals of all students. */
  readonly digest: string
  /** Students whose totals came out another way, and which way that was. */
  readonly differ: readonly { readonly student: string; readonly where: string }[]
}

/**
 * Folds the whole log again in one go and from its end, and once more as each school is told it, and compares every student's totals at the
 * end of a date with those of the ledger that reports are made from.
 */
export function refold(ledgers: Ledgers, deliver: Deliver, store: RegistryStore, asOf: SchoolDate): Refolded {
  const shown = ledgers.proof('all', asOf)
  const differ: { student: string; where: string }[] = []
  const whole = openLedger()
  const page = deliver('all', 0, Number.MAX_SAFE_INTEGER - 1)
  for (const record of page.records) whole.putRecord(record)
  whole.putEvents(
    page.events
      .map(({ event }) => keptEvent(event))
      .filter((event) => event !== undefined)
      .reverse(),
  )
  for (const [student, digest] of Object.entries(shown.students)) {
    if (totalsDigest(whole.judge(as<StudentId>(student), shown.asOf)) !== digest) differ.push({ student, where: 'folded again' })
  }
  for (const site of store.list('site')) {
    const told = ledgers.proof([site.id], asOf).students
    for (const [student, digest] of Object.entries(told)) {
      if (shown.students[student] !== digest) differ.push({ student, where: `as ${site.body.name} is told it` })
    }
  }
  return { students: Object.keys(shown.students).length, digest: shown.digest, differ }
}
