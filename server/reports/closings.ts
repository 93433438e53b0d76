/** Reporting periods that were signed: their figures as they were, and what is other by now. */
import { createHash } from 'node:crypto'
import type { Changed, Signed } from '../../shared/api/periods.ts'
import type { PadcStudent } from '../../shared/report/padc.ts'
import type { Period } from '../../shared/rules/california/periods.ts'
import { canonical } from '../../shared/sync/chain.ts'
import type { Log } from '../log/log.ts'
import type { ReceiptKey } from '../log/receipts.ts'
import { openServerChain } from '../log/serverChain.ts'
import { CLOSING, type ClosingRow, closingEntry, closingName, closingText, vouchedFor } from '../log/signedClosing.ts'
import type { Late } from '../log/since.ts'
import type { Approvals } from '../people/approvals.ts'
import type { PadcReport } from './padcReport.ts'

export interface Closing extends Omit<Signed, 'figures'> {
  readonly report: PadcReport
}
export type NewClosing = Pick<Signed, 'by' | 'name' | 'statement' | 'note' | 'open'> & { readonly report: PadcReport }

export interface Closings {
  /** The closing of a period and its supplements, oldest first, each as it was signed. Throws `NotAsSigned` when one is not. */
  of(period: Period, year: number): readonly Closing[]
  /** Signs: the closing, or the next supplement to it; undefined for a supplement that nobody else agreed to. */
  sign(closing: NewClosing): Closing | undefined
}

/** Thrown when a stored closing is not the one that was signed. The message names it, and says what to do. */
export class NotAsSigned extends Error {}

/** What identifies figures: everything in them but the place in the log, which moves with every tap that changes none of them. */
export function figuresDigest(report: PadcReport): string {
  const { period, year, cutOff, asOf, complete, lines, gaps, district, rules } = report
  const figures = { period, year, cutOff, asOf, complete, lines, gaps, district, rules }
  return createHash('sha256').update(canonical(figures)).digest('hex')
}

/** What two people agree on when a signed period is opened for a supplement. */
export const reopening = (period: Period, year: number): string => `${period} ${year}`

export function openClosings(log: Log, key: Pick<ReceiptKey, 'publicKey' | 'signText'>, approvals: Pick<Approvals, 'use'>): Closings {
  const { db, sources } = log
  const rows = db.prepare<[string, number], ClosingRow>('SELECT * FROM period_closing WHERE period = ? AND year = ? ORDER BY number')
  const add = db.prepare(
    `INSERT INTO period_closing (id, period, year, number, epoch, seq, as_of, at, by, name, statement, note, open, report, digest, signature)
     VALUES (@id, @period, @year, @number, @epoch, @seq, @as_of, @at, @by, @name, @statement, @note, @open, @report, @digest, @signature)`,
  )
  const putEntry = db.prepare('INSERT INTO record_version (seq, kind, id, ended, at, body) VALUES (?, ?, ?, 0, ?, ?)')
  const chain = openServerChain(db)
  function read(row: ClosingRow): Closing {
    if (vouchedFor(row, key.publicKey) === 'nothing') throw new NotAsSigned(whatToDo(row))
    const { id, number, by, name, statement, note } = row
    const at = row.at as Closing['at']
    return {
      id,
      number,
      at,
      by,
      name,
      statement,
      note,
      open: JSON.parse(row.open) as Closing['open'],
      report: JSON.parse(row.report) as PadcReport,
    }
  }
  const of = (period: Period, year: number): Closing[] => rows.all(period, year).map(read)
  return {
    of,
    sign({ report, open, ...said }) {
      const { period, year, asOf, through } = report
      const at = sources.now()
      const id = sources.newId()
      return log.write((next) => {
        const number = of(period, year).length
        if (number > 0 && !approvals.use('reopenPeriod', reopening(period, year))) return undefined
        const texts = { open: JSON.stringify(open), report: canonical(report) }
        const row = { id, period, year, number, ...through, as_of: asOf, at, ...said, ...texts }
        const digest = createHash('sha256').update(texts.report).digest('hex')
        add.run({ ...row, digest, signature: key.signText(closingText(row)) })
        const [place, body] = [next(), closingEntry(row)]
        putEntry.run(place, CLOSING, id, at, body)
        chain.addRecord(place, at, { kind: CLOSING, id, ended: false, body })
        return { id, number, at, ...said, open, report }
      })
    },
  }
}

const whatToDo = (row: ClosingRow): string =>
  `${closingName(row)}: these figures, or what was signed with them, are not those that were signed. ` +
  'Pass nothing of this period on. Ask whoever runs the server for "recoup verify", and for a backup in which it holds.'

type Held = PadcStudent & { readonly siteName: string }

/** Recovered days by student and school. */
function heldBy(report: PadcReport): ReadonlyMap<string, Held> {
  const held = new Map<string, Held>()
  for (const { rows } of report.lines)
    for (const { sites } of rows)
      for (const site of sites)
        for (const student of site.students) held.set(`${student.student} ${site.site}`, { ...student, siteName: site.name })
  return held
}

/** The students whose days differ between two reports, with what came in between. */
export function changedSince(
  before: PadcReport,
  after: PadcReport,
  since: (students: readonly string[]) => ReadonlyMap<string, readonly Late[]>,
): Changed[] {
  const [was, is] = [heldBy(before), heldBy(after)]
  const differing = [...new Set([...was.keys(), ...is.keys()])].filter(
    (key) => canonical(was.get(key)?.days ?? []) !== canonical(is.get(key)?.days ?? []),
  )
  const late = since([...new Set(differing.map((key) => key.split(' ')[0] ?? ''))])
  return differing
    .map((key): Changed => {
      const { student, last, first, siteName } = (is.get(key) ?? was.get(key)) as Held
      return {
        student,
        name: `${last}, ${first}`,
        siteName,
        before: was.get(key)?.days.length ?? 0,
        after: is.get(key)?.days.length ?? 0,
        late: (late.get(student) ?? []).map((one) => ({ ...one, receivedAt: one.receivedAt as Changed['late'][number]['receivedAt'] })),
      }
    })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}
