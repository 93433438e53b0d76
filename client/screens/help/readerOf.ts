import type { Role } from '../../../shared/api/people.ts'
import type { Reader } from '../../words/guide.ts'

/** Which part of the guide is for a role. */
export function readerOf(role: Role): Reader {
  if (role === 'coordinator') return 'coordinator'
  return role === 'district' || role === 'data' || role === 'auditor' || role === 'administrator' ? 'district' : 'teacher'
}
