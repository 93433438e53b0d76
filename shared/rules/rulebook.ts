/** What an accountant may read of the rules, gathered: the values, the choices, the readings. The rulebook page is made from it. */
import { ABSENCE_READINGS } from './california/absences.ts'
import { mostIndependentStudy } from './california/exclusion.ts'
import { minimumDays } from './california/minimumDay.ts'
import { OPEN_QUESTIONS } from './california/openQuestions.ts'
import { DEFAULT_POLICY, mostRecoveredDays, POLICY_READINGS } from './california/policy.ts'
import { communityDayDivisors } from './california/periods.ts'
import { mostForTeacher, mostYoungestForTeacher } from './california/ratio.ts'
import { REASON_CITES } from './california/reasons.ts'
import { SOURCES } from './law.ts'
import type { Parameter } from './parameter.ts'
import { RULES_VERSION } from './version.ts'

const parameters: readonly Parameter<number>[] = [
  ...Object.values(minimumDays),
  mostRecoveredDays,
  mostForTeacher,
  mostYoungestForTeacher,
  mostIndependentStudy,
  ...Object.values(communityDayDivisors),
]

export const californiaRulebook = {
  version: RULES_VERSION,
  sources: SOURCES,
  parameters,
  defaults: DEFAULT_POLICY,
  policies: POLICY_READINGS,
  absences: ABSENCE_READINGS,
  reasons: REASON_CITES,
  openQuestions: OPEN_QUESTIONS,
} as const
