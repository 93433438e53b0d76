/** The signature under a period's closing: what it binds, and whether a stored one is as it was signed. */
import type { IsSigned } from '../../shared/evidence/checkpoint.ts'
import { canonical } from '../../shared/sync/chain.ts'
import type { Db } from './openDatabase.ts'
import type { Find } from './verifyTables.ts'
import { isSigned as isSignedHere } from './receipts.ts'
import { sha256 } from './serverChain.ts'

/** A closing, or a supplement to it, as it is stored. */
export interface ClosingRow {
  readonly id: string
  readonly period: string
  readonly year: number
  /** 0 is the closing itself, 1 and on are supplements to it. */
  readonly number: number
  readonly epoch: string
  readonly seq: number
  readonly as_of: string
  readonly at: number
  readonly by: string
  readonly name: string
  readonly statement: string
  readonly note: string
  readonly open: string
  readonly report: string
  readonly digest: string
  readonly signature: string
}
export type Unsigned = Omit<ClosingRow, 'digest' | 'signature'>

/** The text that is signed: everything about the closing, its figures by their hash. */
export const closingText = ({
  report,
  id,
  period,
  year,
  number,
  epoch,
  seq,
  as_of,
  at,
  by,
  name,
  statement,
  note,
  open,
}: Unsigned): string =>
  `recoup-closing ${canonical({ id, period, year, number, epoch, seq, as_of, at, by, name, statement, note, open, report: sha256(report) })}`

/** What was signed at first: the figures, their period and the time, not who signed with which words. */
const figuresText = ({ period, year, number, at, report }: Unsigned): string =>
  `recoup-period ${period} ${year} ${number} ${at} ${sha256(report)}`

/** What of a stored closing its signature vouches for: all of it, the figures alone (an older one), or nothing. */
export function vouchedFor(row: ClosingRow, key: string, isSigned: IsSigned = isSignedHere): 'all' | 'figures' | 'nothing' {
  if (sha256(row.report) !== row.digest) return 'nothing'
  if (isSigned(closingText(row), row.signature, key)) return 'all'
  return isSigned(figuresText(row), row.signature, key) ? 'figures' : 'nothing'
}

/** How a closing is named to people. */
export const closingName = ({ period, year, number }: Pick<ClosingRow, 'period' | 'year' | 'number'>): string =>
  `${period} ${year}, ${number === 0 ? 'closing' : `supplement ${number}`}`

/** Adds closings that are not as they were signed, or are missing before another. Gives those of whom the figures alone are signed for. */
export function verifyClosings(db: Db, key: string, isSigned: IsSigned, find: Find): readonly string[] {
  const rows = db.prepare<[], ClosingRow>('SELECT * FROM period_closing ORDER BY period, year, number')
  const figuresAlone: string[] = []
  let before: ClosingRow | undefined
  for (const row of rows.iterate()) {
    const said = vouchedFor(row, key, isSigned)
    if (said === 'nothing') find('closingChanged', null, closingName(row))
    if (said === 'figures') figuresAlone.push(closingName(row))
    const due = before?.period === row.period && before.year === row.year ? before.number + 1 : 0
    if (row.number !== due) find('closingMissing', null, closingName(row))
    before = row
  }
  return figuresAlone
}
