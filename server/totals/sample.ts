/** A sample of the sessions held in a fiscal year. */
import { fiscalYear } from '../../shared/time.ts'
import type { Db } from '../log/openDatabase.ts'

/** Sessions of a year, so many, evenly spread over it: drawn the same way each time, so that a sample can be asked for again. */
export function sampleOf(db: Db, { year, most }: { readonly year: number; readonly most: number }): string[] {
  const { first, last } = fiscalYear(year)
  const all = db
    .prepare<[string, string], string>('SELECT id FROM session WHERE school_date BETWEEN ? AND ? ORDER BY school_date, id')
    .pluck()
    .all(first, last)
  if (all.length <= most) return all
  return Array.from({ length: most }, (_, i) => all[Math.floor((i * all.length) / most)] ?? '')
}
