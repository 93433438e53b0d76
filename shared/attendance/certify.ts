/** What exactly a teacher signs: the session's effective events, named by one hash. Any later change makes another. */
import type { AttendanceEvent } from '../events.ts'
import { hashText } from '../sync/chain.ts'

/** SHA-256, in hex, over the sorted ids of a session's effective events, one a line. A signature does not sign itself: certifications are left out.
 *  @param events the effective events of one session, in any order */
export function certifiedDigest(events: readonly AttendanceEvent[]): string {
  const ids: string[] = []
  let sorted = true
  for (const { id, type } of events) {
    if (type === 'SessionCertified') continue
    if (sorted && ids.length > 0 && id < (ids.at(-1) as string)) sorted = false
    ids.push(id)
  }
  if (!sorted) ids.sort()
  return hashText(ids.join('\n'))
}
