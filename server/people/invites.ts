/** What is said when people are invited, and what comes of it. */
import type { Me } from '../../shared/api/people.ts'
import type { StaffId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/time.ts'

export interface Invite {
  readonly staff: StaffId
  readonly name: string
  readonly username: string
  readonly path: string
  readonly expires: Instant
}

export interface Inviting {
  /** Who invites: nobody ends the invitation of somebody above. Absent for the server's operator. */
  readonly by?: Pick<Me, 'role' | 'staff'>
  /** The name of one person's account. */
  readonly wanted?: string
  readonly until?: number | null | undefined
  readonly sections?: readonly string[] | null | undefined
}

export const INVITE_DAYS = 7
