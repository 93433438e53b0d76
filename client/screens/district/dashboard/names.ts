import type { Part, TotalsCell } from '../../../../shared/api/totals.ts'
import type { SchoolDate } from '../../../../shared/time.ts'
import type { Words } from '../../../words/index.ts'

/** What one part is called: a month by its name, a span with the word for grades, the rest as they are named. */
export function nameOf(words: Words, part: Part, { key, name }: Pick<TotalsCell, 'key' | 'name'>): string {
  if (part === 'month') return words.format.month(`${key}-01` as SchoolDate)
  if (part === 'span') return `${words.dashboard.spans} ${key}`
  return name === '' ? words.dashboard.unknown : name
}
