import type { ImportFault } from '../../../shared/api/registry.ts'
import { expected } from './expected.ts'
import { LIMITS } from './read/limits.ts'

/** What was wrong in the files, in the order found. Above a number that nobody reads they are only counted. */
export interface Faults {
  add(fault: ImportFault): void
  /** How many there are, listed or not. */
  count(): number
  list(): ImportFault[]
}

/** A cell's text as a fault quotes it. */
const quoted = (value: string): string => (value.length > 80 ? `${value.slice(0, 79)}…` : value)

/** An empty list of faults. */
export function openFaults(): Faults {
  const kept: ImportFault[] = []
  let count = 0
  return {
    add(fault) {
      count += 1
      if (kept.length < LIMITS.faults) kept.push({ ...fault, value: quoted(fault.value) })
    },
    count: () => count,
    list: () =>
      count > kept.length
        ? [...kept, { file: '', line: 0, column: '', value: '', ...expected('notListed', { n: count - kept.length }) }]
        : kept,
  }
}
