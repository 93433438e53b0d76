/** A policy while it is being decided: what the form holds, what is wrong with it, and the order it makes. Pure. */
import type { PolicyReply } from '../../../../shared/api/registry.ts'
import type { Policy } from '../../../../shared/registry.ts'
import { DEFAULT_POLICY, mostRecoveredDays } from '../../../../shared/rules/california/policy.ts'
import type { PolicyChoices } from '../../../../shared/rules/facts.ts'
import { parseSchoolDate, type SchoolDate } from '../../../../shared/time.ts'

export type Entry = PolicyReply['policies'][number]

export interface PolicyDraft extends PolicyChoices {
  readonly from: string
  readonly decidedBy: string
  readonly why: string
}
export type PolicyFault = 'from' | 'decidedBy' | 'why'

export const CHOICES = Object.keys(DEFAULT_POLICY) as readonly (keyof PolicyChoices)[]

/** No policy holds before the program itself. */
const FIRST_DATE = mostRecoveredDays.values[0].from

const choicesOf = (choices: PolicyChoices): PolicyChoices => ({
  accrual: choices.accrual,
  dailyPath: choices.dailyPath,
  remainder: choices.remainder,
  ratioBreach: choices.ratioBreach,
  countUncertified: choices.countUncertified,
  yearlyMost: choices.yearlyMost,
})

/** The entry in force on a date. */
export const inForce = (entries: readonly Entry[], on: SchoolDate): Entry | undefined =>
  entries.findLast(({ policy, ended }) => !ended && policy.from <= on)

/** A new entry: the choices of today, from today on, to be decided by whoever decides. */
export const newDraft = (entries: readonly Entry[], today: SchoolDate, name: string): PolicyDraft => ({
  ...choicesOf(inForce(entries, today)?.policy ?? DEFAULT_POLICY),
  from: today,
  decidedBy: name,
  why: '',
})

export const draftOf = ({ policy }: Entry): PolicyDraft => ({
  ...choicesOf(policy),
  from: policy.from,
  decidedBy: policy.decidedBy,
  why: policy.why,
})

/** The policy a draft makes, or what is wrong with it. */
export function policyOf(draft: PolicyDraft): { readonly policy: Policy } | { readonly faults: readonly PolicyFault[] } {
  const from = parseSchoolDate(draft.from)
  const faults: PolicyFault[] = []
  if (!from || from < FIRST_DATE) faults.push('from')
  if (draft.decidedBy.trim() === '') faults.push('decidedBy')
  if (draft.why.trim() === '') faults.push('why')
  if (!from || faults.length > 0) return { faults }
  return { policy: { ...choicesOf(draft), from, decidedBy: draft.decidedBy.trim(), why: draft.why.trim() } }
}

export type EntryState = 'now' | 'coming' | 'earlier' | 'ended'

export function stateOf(entries: readonly Entry[], entry: Entry, today: SchoolDate): EntryState {
  if (entry.ended) return 'ended'
  if (entry.policy.from > today) return 'coming'
  return inForce(entries, today) === entry ? 'now' : 'earlier'
}

/** The choices in which a policy differs from the cautious reading. */
export const differing = (choices: PolicyChoices): readonly (keyof PolicyChoices)[] =>
  CHOICES.filter((choice) => choices[choice] !== DEFAULT_POLICY[choice])
