import type { Words } from '../../../words/index.ts'

/** Dollars of cents, whole; a dash where it is not known. */
export const dollars = (words: Words, cents: number | null): string =>
  cents === null ? '–' : `$${words.format.number(Math.round(cents / 100))}`
export const perDay = (words: Words, cost: number | null, days: number): string =>
  cost === null || days === 0 ? '–' : `$${words.format.decimal(cost / days / 100, 2)}`
/** Average daily attendance out of hundredths. */
export const ada = (words: Words, hundredths: number): string => words.format.decimal(hundredths / 100, 2)
export const hours = (words: Words, minutes: number): string => words.format.number(Math.round(minutes / 60))
