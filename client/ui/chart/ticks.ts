/** Round numbers from 0 to at least a value, few enough to read: 0, 20, 40, 60. */
export function ticks(most: number): readonly number[] {
  const rough = most / 4
  const ten = 10 ** Math.floor(Math.log10(Math.max(1, rough)))
  const step = Math.max(1, ([1, 2, 5, 10].find((times) => times * ten >= rough) ?? 10) * ten)
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, i) => i * step)
}
