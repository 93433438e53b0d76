/** The names of this version's events, apart from their schemas: who reads what was checked before need not load those. */
export const EVENT_TYPES = [
  'SessionStarted',
  'SupervisionStarted',
  'SupervisionEnded',
  'StudentCheckedIn',
  'StudentCheckedOut',
  'StudentNoted',
  'EventVoided',
  'SessionEnded',
  'SessionCertified',
  'WalkInAdded',
  'WalkInMatched',
  'ReviewDecided',
] as const

const TYPES: ReadonlySet<string> = new Set(EVENT_TYPES)

/** Whether this build knows an event's type and version. */
export const isKnownType = ({ type, v }: { readonly type: string; readonly v: number }): boolean => v === 1 && TYPES.has(type)
