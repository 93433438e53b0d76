/** Days over divisors, added without rounding: only what is printed is rounded, once. */
export interface Fraction {
  readonly over: number
  readonly by: number
}

export const NOTHING: Fraction = { over: 0, by: 1 }

const common = (a: number, b: number): number => (b === 0 ? a : common(b, a % b))

/** The sum. Divisors are numbers of school days, of which a district has a few: the result stays exact. */
export function add(a: Fraction, b: Fraction): Fraction {
  const over = a.over * b.by + b.over * a.by
  const by = a.by * b.by
  const most = common(over, by)
  return { over: over / most, by: by / most }
}

/** Hundredths, a half rounded up. */
export const hundredths = ({ over, by }: Fraction): number => Math.floor((over * 200 + by) / (by * 2))

/** Hundredths as text with two decimals, `0.28`. */
export const twoDecimals = (n: number): string => `${Math.floor(n / 100)}.${String(n % 100).padStart(2, '0')}`
