import type { Format } from '../../words/format.ts'

/** Cents as dollars: $1,234.50, and $1,234 where there are no cents. */
export function dollars(format: Format, cents: number): string {
  return `$${format.decimal(cents / 100, cents % 100 === 0 ? 0 : 2)}`
}

/** Cents of an amount as people type it; undefined when it is none. */
export function centsOf(text: string): number | undefined {
  const plain = text.replaceAll(/[$,\s]/g, '')
  return /^\d{1,8}(?:\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : undefined
}
