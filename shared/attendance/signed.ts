/** Which sessions are signed, by whom, and whether by somebody who was there. Pure. */
import { fiscalYear, fiscalYearOf, type SchoolDate } from '../time.ts'
import type { SessionState } from './fold.ts'
import type { Ledger } from './ledger.ts'

/** Whether a session was held and is not signed as it stands. */
export const isUnsigned = (session: SessionState): boolean =>
  session.started && session.certification.state !== 'certified' && [...session.students.values()].some(({ marks }) => marks.length > 0)

/** Whether a session is signed, as it stands, by somebody who by its record did not supervise it. */
export const isSignedByOther = ({ certification, supervision }: SessionState): boolean =>
  certification.state === 'certified' && supervision.every(({ staff }) => staff !== certification.by)

/** Who signed a session, by the name the district knows; as it was typed where it knows none. */
export const signerOf = (ledger: Ledger, { certification }: SessionState): string =>
  certification.state === 'none' ? '' : (ledger.staff(certification.by)?.name ?? certification.name)

/** The sessions of the fiscal year of a date, up to it. */
export function sessionsUpTo(ledger: Ledger, asOf: SchoolDate): SessionState[] {
  const { first } = fiscalYear(fiscalYearOf(asOf))
  return [...ledger.sessions()].filter(({ started, on }) => started && on >= first && on <= asOf)
}
