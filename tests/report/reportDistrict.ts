/** A small district with all that reports ask for: state codes, statewide identifiers, and a certified Saturday. */
import { foldSession } from '../../shared/attendance/fold.ts'
import { as, type SessionId } from '../../shared/ids.ts'
import type { RegistryChange } from '../../server/registry/store.ts'
import { absent, ELM, OAK, smallDistrict, studentRecord } from '../server/smallDistrict.ts'
import { signedIn, type Browser, type TestServer } from '../server/testServer.ts'
import { at, openTestTablet, SESSION, type TestTablet } from '../server/testTablet.ts'

export interface ReportDistrict {
  readonly server: TestServer
  readonly tablet: TestTablet
  /** Of the district's office. */
  readonly browser: Browser
}

/** Ana earned and recovered a day, ben earned one and has no absence, eva (enrolled at both schools) recovered one of oak's. */
export async function reportDistrict(): Promise<ReportDistrict> {
  const server = await smallDistrict()
  const { store } = server.context
  const district = store.get('district', 'district')
  const sites = [ELM, OAK].map((id, i): RegistryChange => {
    const site = store.get('site', id)
    if (!site) throw new Error('no such school')
    return { kind: 'site', id, ended: false, body: { ...site.body, cds: { district: '1964733', school: `600000${i + 1}` } } }
  })
  if (!district) throw new Error('no district')
  store.apply([
    { kind: 'district', id: 'district', ended: false, body: { ...district.body, lea: '1964733' } },
    ...sites,
    studentRecord('ana', '1000000001'),
    studentRecord('ben', '1000000002'),
    absent('cleo', ELM, '2026-09-08'),
  ])
  const tablet = await openTestTablet(server, 'rivera', ELM)
  tablet.recordSaturday(['ana', 'ben', 'eva'])
  certify(tablet, SESSION)
  await tablet.push()
  const { browser } = await signedIn(server, 'lund')
  return { server, tablet, browser }
}

/** The teacher signs a session as it stands on the tablet. */
export function certify(tablet: TestTablet, session: SessionId): void {
  const own = tablet.tablet.events.filter((event) => 'session' in event && event.session === session)
  tablet.tablet.record(tablet.reply.me.staff, at('13:05'), {
    type: 'SessionCertified',
    session,
    digest: foldSession(session, own).digest,
    statement: 'I was there.',
    name: 'R. Rivera',
    method: 'typedName',
  })
}

export const OTHER_SESSION = as<SessionId>('elm-2026-11-21-b')

/** A STAS line of a student, as the student information system writes it. */
export const stasLine = (ssid: string, school: string, recovery: string, by = '^', end = '\r\n'): string =>
  ['STAS', '', `${school}_2026-2027_${ssid}`, '1964733', school, '2026-2027', ssid, `L-${ssid}`, 'Ana', 'Tester', '20150301', 'F', '', 'N']
    .concat(['180', '170', '0', '0', '6', '4', '0', '0', '', recovery])
    .join(by) + end
