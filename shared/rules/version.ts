import { ZONES_VERSION } from '../zones.ts'

/** Names the rules: two computers compare totals only when both count by the same. Raised with every change that may change a figure. */
export const RULES_VERSION = `california-ar/1 zones/${ZONES_VERSION}`
