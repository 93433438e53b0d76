/** When something is offered once more that was refused without a signature: rarely, since a server may have its keys back by then. (S4, S14) */
import { HOUR, type Instant } from '../../../shared/time.ts'

const RARELY = HOUR

/** Whether it is time. A clock that was put back makes nothing wait longer. */
export const isDueAgain = (triedAt: Instant | undefined, now: Instant): boolean =>
  triedAt === undefined || now < triedAt || now - triedAt >= RARELY
