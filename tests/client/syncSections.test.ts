// A tablet whose person is limited to a section: it holds that section's students, and the totals are the district's all the same.
import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { v7 } from 'uuid'
import { recordCheckIn, recordStart, recordWalkIn } from '../../client/log/commands.ts'
import { nameOf, rosterOf } from '../../client/screens/teacher/rows.ts'
import { planOf, sectionsOf } from '../../client/screens/teacher/sessions.ts'
import { as, type SectionId } from '../../shared/ids.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { absent, ELM, section, smallDistrict, student } from '../server/smallDistrict.ts'
import type { TestServer } from '../server/testServer.ts'
import { openTestTablet } from '../server/testTablet.ts'
import type { RealTablet } from './realTablet.ts'
import { offline, openRealTablet } from './realTablet.ts'

const OTHER = as<SectionId>('elm-tutoring')
const [ana, ben, cleo] = [student('ana'), student('ben'), student('cleo')]

/** Rivera, limited to a section of ben; ana, ben and eva were at a Saturday before. */
async function substituting(): Promise<{ server: TestServer; tablet: RealTablet }> {
  const server = await smallDistrict()
  const { accounts, store } = server.context
  store.apply([section(OTHER, ELM, ['ben']), absent('ben', ELM, '2026-09-09'), absent('cleo', ELM, '2026-09-10')])
  const office = await openTestTablet(server, 'marsh', ELM)
  office.recordSaturday(['ana', 'ben', 'cleo'])
  await office.push()
  const account = accounts.byStaff('rivera')
  if (!account) throw new Error('rivera has no account')
  accounts.change(account, { sections: [OTHER] })
  const tablet = await openRealTablet(server)
  await tablet.signIn('rivera')
  return { server, tablet }
}
const stored = async (tablet: RealTablet): Promise<string> =>
  JSON.stringify([await tablet.db.records.toArray(), await tablet.db.events.toArray()])
const named = ({ store }: RealTablet): string[] =>
  [...store.ledger.students()]
    .map(({ student: { first } }) => first)
    .filter((first) => first !== '')
    .sort()

test('[S7] A teacher limited to one section has its students on the tablet and nobody else’s name, and totals that match', async () => {
  const { tablet } = await substituting()
  expect(named(tablet)).toEqual(['ben'])
  expect(await stored(tablet)).not.toMatch(/L-ana|L-cleo|L-eva/)
  expect(sectionsOf(tablet.store.ledger, { ...(await tablet.signIn('rivera')).me }).map(({ id }) => id)).toEqual([OTHER])
  expect(tablet.store.ledger.judge(ben, '2026-11-22' as SchoolDate).pendingDays).toBe(1)
  expect(tablet.sync.parity()).toMatchObject({ kind: 'match' })
})

test('[S7] Somebody moved into the section arrives with history, one moved out goes, and what is unsent stays and is sent', async () => {
  const { server, tablet } = await substituting()
  server.context.store.apply([section(OTHER, ELM, ['ben', 'cleo'])])
  await tablet.sync.now()
  expect(named(tablet)).toEqual(['ben', 'cleo'])
  expect(tablet.store.ledger.student(cleo)?.absences).toHaveLength(1)
  expect(tablet.store.ledger.judge(cleo, '2026-11-22' as SchoolDate).pendingDays).toBe(1)
  expect(tablet.sync.parity()).toMatchObject({ kind: 'match' })

  const list = tablet.store.ledger.section(OTHER)
  if (!list) throw new Error('the section was not pulled')
  const network = tablet.network
  tablet.network = offline
  const { session } = recordStart(tablet.store, v7, planOf(list, '2026-11-22' as SchoolDate, 'America/Los_Angeles'))
  const held = tablet.store.ledger.session(session)
  if (!held) throw new Error('the session is not there')
  await recordCheckIn(tablet.store, held, [ben, cleo]).done
  server.context.store.apply([section(OTHER, ELM, ['cleo'])])
  // News come, and nothing gets out yet.
  tablet.network = (schema, method, path, body) =>
    path.endsWith('/push') && (body as { events: unknown[] }).events.length > 0
      ? Promise.resolve({ kind: 'offline' })
      : network(schema, method, path, body)
  await tablet.sync.now()
  expect(await tablet.db.events.filter((row) => row.outbox !== undefined).count()).toBe(3)
  tablet.network = network
  await tablet.sync.now()
  expect(tablet.store.outbox.rows()).toEqual([])
  expect(named(tablet)).toEqual(['cleo'])
  expect(await stored(tablet)).not.toContain('L-ben')
  expect(tablet.sync.parity()).toMatchObject({ kind: 'match' })
  const marks = server.context.log.db.prepare("SELECT count(*) FROM event WHERE session = ? AND body ->> '$.student' IS NOT NULL").pluck()
  expect(marks.get(session)).toBe(2)
})

test('[S7] Somebody who is not on the list is typed in by name, and is that name also after the office found out who it is', async () => {
  const { server, tablet } = await substituting()
  const list = tablet.store.ledger.section(OTHER)
  if (!list) throw new Error('the section was not pulled')
  const { session } = recordStart(tablet.store, v7, planOf(list, '2026-11-22' as SchoolDate, 'America/Los_Angeles'))
  const held = () => {
    const state = tablet.store.ledger.session(session)
    if (!state) throw new Error('the session is not there')
    return state
  }
  const walkIn = recordWalkIn(tablet.store, v7, held(), 'Anna from room 9')
  await walkIn.done
  await tablet.sync.now()
  const office = await openTestTablet(server, 'marsh', ELM)
  const temporary = held().walkIns[0]?.student
  if (!temporary) throw new Error('nobody walked in')
  const match = { type: 'WalkInMatched', session, temporary, student: ana } as const
  await office.push([office.tablet.record(office.reply.me.staff, tablet.store.now(), match)])
  await tablet.sync.now()
  expect(rosterOf(tablet.store.ledger, held()).map((one) => nameOf(tablet.store.ledger, held(), one))).toContain('Anna from room 9')
  expect(await stored(tablet)).not.toContain('L-ana')
  // Another tablet of the same section is told the name as it was typed.
  const second = await openRealTablet(server)
  await second.signIn('rivera')
  expect(await stored(second)).toContain('Anna from room 9')
  expect(second.sync.parity()).toMatchObject({ kind: 'match' })
})

test('[S7] A limit set while the tablet is away: with the next contact the rest of the school is gone, and what was recorded there stays', async () => {
  const server = await smallDistrict()
  const { accounts, store } = server.context
  store.apply([section(OTHER, ELM, ['ben'])])
  const tablet = await openRealTablet(server)
  await tablet.signIn('rivera')
  expect(named(tablet)).toContain('ana')
  const account = accounts.byStaff('rivera')
  if (!account) throw new Error('rivera has no account')
  accounts.change(account, { sections: [OTHER] })
  await tablet.sync.now()
  await tablet.sync.now()
  expect(tablet.store.account?.me.sections).toEqual([OTHER])
  expect(named(tablet)).toEqual(['ben'])
  expect(await stored(tablet)).not.toContain('L-ana')
  expect(tablet.sync.parity()).toMatchObject({ kind: 'match' })
  accounts.change(account, { sections: null })
  await tablet.sync.now()
  expect(tablet.store.account?.me.sections).toBeUndefined()
  expect(named(tablet)).toContain('ana')
})
