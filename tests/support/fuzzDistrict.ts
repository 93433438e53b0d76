/** A district of two schools with names that cannot be mistaken for anything else, and somebody of each role to ask as. */
import { type Role, ROLES } from '../../shared/api.ts'
import { as, type StaffId, type StudentId } from '../../shared/ids.ts'
import { ELM, enrolled, OAK, SECTION, smallDistrict, studentRecord } from '../server/smallDistrict.ts'
import { PASSWORD, signedIn, type TestServer } from '../server/testServer.ts'
import { openTestTablet } from '../server/testTablet.ts'
import type { Asker } from './fuzz.ts'

const ELM_NAME = 'Zqelmcanary'
const OAK_NAME = 'Zqoakcanary'

export const CANARIES: readonly string[] = [ELM_NAME, OAK_NAME]

/** People of elm must never be told the name of oak's student, nor the other way round; a browser of nobody neither. */
export async function fuzzDistrict(): Promise<{ server: TestServer; askers: Asker[]; known: string[] }> {
  const server = await smallDistrict()
  const named = (id: string, last: string) => {
    const record = studentRecord(id)
    if (record.kind !== 'student') throw new Error('not a student')
    return { ...record, body: { ...record.body, id: as<StudentId>(id), last } }
  }
  server.context.store.apply([named('elm-1', ELM_NAME), named('oak-1', OAK_NAME), enrolled('elm-1', ELM), enrolled('oak-1', OAK)])
  const tablet = await openTestTablet(server, 'rivera', ELM)
  tablet.recordSaturday(['ana', 'elm-1'])
  await tablet.push()
  const askers: Asker[] = [{ name: 'nobody', browser: server.browser(), never: CANARIES }]
  for (const role of ROLES) {
    for (const [site, foreign] of [
      [ELM, OAK_NAME],
      [OAK, ELM_NAME],
    ] as const) {
      const name = `${role}-${site}`
      const body = { id: as<StaffId>(name), name, email: '', sites: [site], title: '', certificated: true, employee: true }
      server.context.store.apply([{ kind: 'staff', id: name, ended: false, body }])
      await server.context.accounts.create(name, name, role, PASSWORD)
      const isOfOneSchool = (['teacher', 'substitute', 'coordinator'] as readonly Role[]).includes(role)
      askers.push({ name, browser: (await signedIn(server, name)).browser, never: isOfOneSchool ? [foreign] : [] })
    }
  }
  return {
    server,
    askers,
    known: ['elm', 'oak', 'ana', 'ben', 'eva', 'elm-1', 'oak-1', 'rivera', 'marsh', 'lund', SECTION, 'elm-2026-11-21'],
  }
}
