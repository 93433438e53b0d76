/** A Saturday that one teacher supervised and signed, signed again by somebody else. */
import { foldSession } from '../../shared/attendance/fold.ts'
import type { ReportDistrict } from '../report/reportDistrict.ts'
import { ELM } from '../server/smallDistrict.ts'
import { at, openTestTablet, SESSION } from '../server/testTablet.ts'

/** Somebody who was not there signs the certified Saturday of the district, as it stands. */
export async function signedBy({ server, tablet }: ReportDistrict, username: string): Promise<void> {
  const other = await openTestTablet(server, username, ELM)
  const own = tablet.tablet.events.filter((event) => 'session' in event && event.session === SESSION)
  const { digest } = foldSession(SESSION, own)
  const signature = { digest, statement: 'I was there.', name: 'A name', method: 'typedName' } as const
  other.tablet.record(other.reply.me.staff, at('14:00'), { type: 'SessionCertified', session: SESSION, ...signature })
  await other.push()
}
