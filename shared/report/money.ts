/** What recovered attendance may be worth, at the district's own rates: an estimate, and never part of a report. */
import type { GradeSpan } from '../rules/california/periods.ts'
import type { PadcLine } from './padc.ts'

/** Dollars for one unit of average daily attendance, in cents; a span without a rate is not estimated. */
export type Rates = Readonly<Partial<Record<GradeSpan, number>>>

export interface MoneyRow {
  readonly span: GradeSpan
  readonly hundredths: number
  /** Cents for one unit; null where the district gave none. */
  readonly rate: number | null
  /** Cents; null without a rate. */
  readonly cents: number | null
}

export interface MoneyEstimate {
  readonly rows: readonly MoneyRow[]
  /** Cents, of the spans that have a rate. */
  readonly cents: number
  /** Whether every span with attendance has a rate. */
  readonly whole: boolean
}

/** Cents for hundredths of average daily attendance as they are printed, at a rate in cents for one unit; a half is rounded up. */
export const centsOf = (hundredths: number, rate: number): number => Math.floor((hundredths * rate + 50) / 100)

/** The line's attendance as it is printed, times the district's own rate of each span. Cents, a half rounded up. */
export function moneyEstimate(line: PadcLine, rates: Rates): MoneyEstimate {
  const rows = line.rows.map(({ span, hundredths }): MoneyRow => {
    const rate = rates[span] ?? null
    return { span, hundredths, rate, cents: rate === null ? null : centsOf(hundredths, rate) }
  })
  return {
    rows,
    cents: rows.reduce((sum, row) => sum + (row.cents ?? 0), 0),
    whole: rows.every((row) => row.rate !== null || row.hundredths === 0),
  }
}
