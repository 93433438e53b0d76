/** Thousands of broken versions are looked at: a property is tried a few times, the same way each time. */
import fc from 'fast-check'

fc.configureGlobal({ numRuns: 20, seed: 46_211 })
