/** Everything a simulated world takes from chance: one generator, and ids made of it and of a clock. */
import type { Random } from '../../support/random.ts'

/** A maker of UUIDs of version 7, the same on every run. A clock before 1970 gives the digits of 1970. */
export const idMaker =
  (random: Random, now: () => number): (() => string) =>
  () => {
    const ms = Math.max(0, now()).toString(16).padStart(12, '0').slice(-12)
    return `${ms.slice(0, 8)}-${ms.slice(8)}-7${random.hex(3)}-8${random.hex(3)}-${random.hex(12)}`
  }

/** Whether something happens that happens once in `times`. */
export const oneIn = (random: Random, times: number): boolean => random.below(times) === 0

/** Something by weight; the weights are whole numbers. */
export function weighted<T>(random: Random, choices: readonly (readonly [number, T])[]): T {
  let left = random.below(choices.reduce((sum, [weight]) => sum + weight, 0))
  for (const [weight, choice] of choices) {
    if (left < weight) return choice
    left -= weight
  }
  throw new Error('nothing to choose from')
}
