/** A district of two schools with names that cannot be mistaken for anything else, and somebody of each role to ask as. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Role, ROLES } from '../../shared/api/people.ts'
import { as, type StaffId, type StudentId } from '../../shared/ids.ts'
import { ELM, enrolled, OAK, SECTION, smallDistrict, studentRecord } from '../server/smallDistrict.ts'
import { PASSWORD, signedIn, testServer, type TestServer } from '../server/testServer.ts'
import { openTestTablet } from '../server/testTablet.ts'
import type { Asker } from './fuzz.ts'

const ELM_NAME = 'Zqelmcanary'
const OAK_NAME = 'Zqoakcanary'

export const CANARIES: readonly string[] = [ELM_NAME, OAK_NAME]

type Like = { readonly folder: string; readonly askers: readonly Asker[]; readonly known: readonly string[] }
let prepared: Promise<Like> | undefined

/** Another of the same: people are signed in once, since each sign-in is made dear on purpose. */
export async function fuzzDistrict(): Promise<{ server: TestServer; askers: Asker[]; known: readonly string[] }> {
  const { folder, askers, known } = await (prepared ??= prepare())
  const server = await testServer({}, folder)
  return { server, askers: askers.map((asker) => ({ ...asker, browser: server.browser(asker.browser.cookies) })), known }
}

async function prepare(): Promise<Like> {
  const { server, askers, known } = await makeDistrict()
  const folder = mkdtempSync(join(tmpdir(), 'recoup-fuzz-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  server.context.log.db.pragma('wal_checkpoint(TRUNCATE)')
  cpSync(server.folder, folder, { recursive: true })
  // Theirs from now on are of the copies.
  return {
    folder,
    askers: askers.map((asker) => ({ ...asker, browser: { ...asker.browser, cookies: new Map(asker.browser.cookies) } })),
    known,
  }
}

/** People of elm must never be told the name of oak's student, nor the other way round; a browser of nobody neither. */
async function makeDistrict(): Promise<{ server: TestServer; askers: Asker[]; known: string[] }> {
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
