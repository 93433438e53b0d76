/** What of a student's line waits for a person before it can be claimed. */
import type { Flag } from '../rules/california/flags.ts'

interface Line {
  readonly flags: readonly Flag[]
  readonly ssid: string | null
  readonly earnedDays: number
  readonly pendingDays: number
  readonly hours: number
  readonly minutes: number
}

/** Flags that wait for a person; the others only explain a figure. */
const WAITING: readonly Flag[] = ['missingCheckOut', 'overlap', 'ratioBreached', 'noCertificatedTeacher', 'insideSchoolDay', 'clockSuspect']

/** The first flag that somebody should look at. */
export const waitingFlag = (line: Pick<Line, 'flags'>): Flag | undefined => WAITING.find((flag) => line.flags.includes(flag))

/** Whether somebody should look at this student's record before it is claimed. */
export const needsAttention = (line: Line): boolean =>
  waitingFlag(line) !== undefined || line.pendingDays > 0 || (line.ssid === null && line.earnedDays + line.pendingDays > 0)

export const tookPart = (line: Line): boolean => line.earnedDays + line.pendingDays + line.hours + line.minutes > 0
