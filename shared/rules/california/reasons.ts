import type { SourceKey } from '../law.ts'
import type { TimeReason } from './countable.ts'

/** Why a minute a student was there did not count: by the step that took it. */
export type NotCountedReason =
  | TimeReason
  | 'missingCheckOut'
  | 'uncertified'
  | 'partOfAnHour'
  | 'overMinimumDay'
  | 'leftOver'
  | 'programNotInForce'

/** On whose word. */
export const REASON_CITES: Readonly<Record<NotCountedReason, readonly SourceKey[]>> = {
  missingCheckOut: ['Reading: presence', 'CDE FAQ certified teacher'],
  outsideWindow: ['Reading: window'],
  break: ['EC 46115'],
  noCertificatedTeacher: ['EC 46211 supervision', 'Infinite Campus supervised'],
  insideSchoolDay: ['EC 46211(b)(1)'],
  ratioBreached: ['EC 46211 ratio', 'Reading: ratio'],
  nonclassroom: ['EC 46211(g)(1)'],
  independentStudy: ['EC 46211(g)(2)'],
  overlap: ['Reading: once'],
  uncertified: ['CDE FAQ certified teacher'],
  partOfAnHour: ['CDE FAQ hours'],
  overMinimumDay: ['EC 46211(d)(1)', 'Reading: surplus'],
  leftOver: ['Reading: surplus'],
  programNotInForce: ['EC 46211(a)'],
}
