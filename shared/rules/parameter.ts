/**
 * A value that the law sets, by the first day it holds. Values live here and never inside a formula, so that a report for
 * September is computed under September's law whenever it is run.
 */
import type { SchoolDate } from '../time.ts'
import type { SourceKey } from './law.ts'

export interface ParameterValue<V> {
  /** First day on which this value holds. */
  readonly from: string
  /** `'none'` where the law has stopped setting one. */
  readonly value: V | 'none'
  readonly cite: SourceKey
  /** Our reading, where the text leaves a choice. */
  readonly reading?: string
}

export interface Parameter<V> {
  readonly label: string
  readonly unit: 'minutes' | 'days' | 'students for each teacher' | 'school days'
  /** Oldest first. */
  readonly values: readonly [ParameterValue<V>, ...ParameterValue<V>[]]
}

/** The value in force on a day; `'none'` before the first. The only way to read one: there is no "current". */
export function valueOn<V>(parameter: Parameter<V>, on: SchoolDate): V | 'none' {
  const { values } = parameter
  for (let i = values.length - 1; i >= 0; i--) {
    const entry = values[i] as ParameterValue<V>
    if (entry.from <= on) return entry.value
  }
  return 'none'
}
