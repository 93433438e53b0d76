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

/** The kind under which a signed closing is itself an entry of the log, so that none can vanish from beside it. Of the server alone, as an erasure is. */
export const CLOSING = 'closing'

/** What the log says of a closing: which it is, and the hash of all that was signed. */
export const closingEntry = (row: Unsigned): string =>
  canonical({ id: row.id, period: row.period, year: row.year, number: row.number, text: sha256(closingText(row)) })

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

interface Entry {
  readonly seq: number
  readonly id: string
  readonly body: string
}

/** Adds closings that are not as they were signed, or that are gone. Gives those of which the figures alone are signed for. */
export function verifyClosings(db: Db, key: string, isSigned: IsSigned, find: Find): readonly string[] {
  const inLog = new Map(
    db
      .prepare<[string], Entry>('SELECT seq, id, body FROM record_version WHERE kind = ? ORDER BY seq')
      .all(CLOSING)
      .map((entry) => [entry.id, entry]),
  )
  const figuresAlone: string[] = []
  let before: ClosingRow | undefined
  for (const row of db.prepare<[], ClosingRow>('SELECT * FROM period_closing ORDER BY period, year, number').iterate()) {
    const said = vouchedFor(row, key, isSigned)
    const isInLog = said === 'figures' || inLog.get(row.id)?.body === closingEntry(row)
    if (said === 'nothing' || !isInLog) find('closingChanged', inLog.get(row.id)?.seq ?? null, closingName(row))
    if (said === 'figures') figuresAlone.push(closingName(row))
    const due = before?.period === row.period && before.year === row.year ? before.number + 1 : 0
    if (row.number !== due) find('closingMissing', null, closingName({ ...row, number: due }))
    inLog.delete(row.id)
    before = row
  }
  for (const { seq, id } of inLog.values()) find('closingMissing', seq, id)
  return figuresAlone
}
