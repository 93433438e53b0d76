/**
 * What the rules are told: plain facts, without a log, a registry or a clock. `shared/attendance` makes them from events and
 * records. A rule never asks anything else.
 */
import type { Instant, SchoolDate } from '../time.ts'
import type { Spans } from './spans.ts'

export type Grade = 'TK' | 'KG' | '01' | '02' | '03' | '04' | '05' | '06' | '07' | '08' | '09' | '10' | '11' | '12'
export type SchoolType = 'regular' | 'continuation' | 'opportunity' | 'countyCommunity' | 'juvenileCourt' | 'communityDay' | 'charter'
export type AbsenceKind =
  | 'excused'
  | 'unexcused'
  | 'suspension'
  | 'immunization'
  | 'partialDay'
  | 'closure'
  | 'independentStudyNoWork'
  | 'homeHospital'
  | 'otherLea'
  | 'madeUp'

/** A district's choices where the law leaves one. */
export interface PolicyChoices {
  readonly accrual: 'hours' | 'minutes'
  readonly dailyPath: 'minutes' | 'wholeHours'
  readonly remainder: 'discard' | 'carry'
  readonly ratioBreach: 'noCredit' | 'flagOnly'
  readonly countUncertified: boolean
  /** Days; the law's own most holds when it is lower. */
  readonly yearlyMost: number
}

export interface SchoolYearFacts {
  readonly first: SchoolDate
  readonly last: SchoolDate
  /** The regular school day on the wall clock, `HH:MM`. */
  readonly day: { readonly from: string; readonly until: string }
  /** Weekdays in the year on which no school is held. */
  readonly noSchool: ReadonlySet<string>
}

export interface SchoolFacts {
  readonly key: string
  readonly type: SchoolType
  readonly zone: string
  readonly years: readonly SchoolYearFacts[]
}

/** A student at a school in a grade, from a date until the day before another. */
export interface Placement {
  readonly school: SchoolFacts
  readonly grade: Grade
  readonly from: SchoolDate
  readonly until: SchoolDate | null
}

/** One registry entry of a student. */
export interface EntryFacts {
  /** Oldest first. Never empty. */
  readonly placements: readonly [Placement, ...Placement[]]
  readonly setting: 'classroom' | 'nonclassroom'
  readonly iepMinutes: number | null
  /** School dates, inclusive. */
  readonly independentStudy: readonly { readonly from: SchoolDate; readonly until: SchoolDate }[]
}

export interface AbsenceFacts {
  readonly on: SchoolDate
  readonly kind: AbsenceKind
  /** The school where it occurred. */
  readonly site: string
}

/** One student for the law: the entries that share a statewide identifier, and the absences of all of them. */
export interface StudentFacts {
  readonly entries: readonly [EntryFacts, ...EntryFacts[]]
  readonly absences: readonly AbsenceFacts[]
}

export interface SessionFacts {
  /** Orders sessions that are otherwise equal, by code units. */
  readonly key: string
  readonly on: SchoolDate
  readonly zone: string
  /** The scheduled window, milliseconds. */
  readonly from: number
  readonly until: number
  readonly breaks: readonly { readonly from: number; readonly until: number; readonly meal: boolean }[]
  /** When each certificated employee of the LEA was there, one entry a person. */
  readonly certificated: readonly Spans[]
  /** Everybody who was there, one entry a person. */
  readonly crowd: readonly { readonly presence: { readonly spans: Spans }; readonly youngest: boolean }[]
  readonly certified: boolean
}

/** One student in one session. */
export interface PresenceFacts {
  /** Check-in to check-out; only stretches that have an end. */
  readonly spans: Spans
  readonly firstIn: number
  /** The earliest and the latest mark. */
  readonly firstMark: number
  readonly lastMark: number
  /** A check-in that no check-out follows. */
  readonly missingCheckOut: boolean
  /** Marks that were entered after the moment they are a record of. */
  readonly enteredLater: readonly { readonly at: Instant; readonly recordedAt: Instant }[]
  /** A mark from a device whose clock was in doubt. */
  readonly clockSuspect: boolean
}
