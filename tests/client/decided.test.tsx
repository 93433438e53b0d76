// @vitest-environment jsdom
// What a coordinator decided about an entry that was set aside reaches the device that recorded it, whatever that pulls by now. (S15, 0092)
import 'fake-indexeddb/auto'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { v7 } from 'uuid'
import { recordStart } from '../../client/log/commands.ts'
import { DeviceContext } from '../../client/log/useAttendance.ts'
import { OutboxPage } from '../../client/screens/teacher/OutboxPage.tsx'
import { planOf } from '../../client/screens/teacher/sessions.ts'
import type { PushRequest } from '../../shared/api/sync.ts'
import { as, type SectionId, type SessionId } from '../../shared/ids.ts'
import { HOUR, type SchoolDate } from '../../shared/time.ts'
import { ELM, OAK, section, SECTION, smallDistrict } from '../server/smallDistrict.ts'
import { openTestTablet } from '../server/testTablet.ts'
import { NO_PIN } from './noPin.ts'
import { offline, openRealTablet } from './realTablet.ts'

const OTHER = as<SectionId>('elm-tutoring')

/** A teacher's start of a session is set aside at elm; then the teacher is at oak, and so is what the tablet pulls. */
async function setAside() {
  const server = await smallDistrict()
  const { accounts, log, store } = server.context
  store.apply([section(OTHER, ELM, ['ben'])])
  const tablet = await openRealTablet(server)
  await tablet.signIn('rivera')
  const { network } = tablet
  const list = tablet.store.ledger.section(SECTION)
  const held = accounts.byStaff('rivera')
  if (!list || !held) throw new Error('rivera has no section')
  tablet.network = offline
  const { session } = recordStart(tablet.store, v7, planOf(list, '2026-11-22' as SchoolDate, 'America/Los_Angeles'))
  accounts.change(held, { sections: [OTHER] })
  tablet.network = network
  await tablet.signIn('rivera')
  const [start] = tablet.store.outbox.rows().filter(({ attention }) => attention !== undefined)
  if (!start) throw new Error('nothing was set aside')
  const before = store.get('staff', 'rivera')
  if (before) store.apply([{ ...before, body: { ...before.body, sites: [OAK] } }])
  await tablet.sync.now()
  const office = await openTestTablet(server, 'marsh', ELM)
  const offers: number[] = []
  tablet.network = (schema, method, path, body) => {
    if (path.endsWith('/push')) offers.push((body as PushRequest).events.length)
    return network(schema, method, path, body)
  }
  return {
    tablet,
    start,
    session,
    log,
    offers,
    pass(ms: number): void {
      server.wait(ms)
      tablet.clock.now += ms
    },
    async decide(decision: 'accept' | 'refuse'): Promise<void> {
      const at = log.sources.now()
      office.tablet.record(office.reply.me.staff, at, { type: 'ReviewDecided', event: start.id, decision, reason: 'She was there' })
      await office.push()
    },
    marks: () => tablet.store.outbox.rows().map(({ id, attention, leftOut }) => ({ id, attention, leftOut })),
  }
}

test('[S15] An entry of another school that a coordinator accepts is confirmed on the device that recorded it, by a receipt', async () => {
  const { tablet, start, decide, pass, marks, offers } = await setAside()
  await decide('accept')
  await tablet.sync.now()
  expect(marks()).toMatchObject([{ id: start.id, attention: 'outsideSite' }])
  pass(HOUR)
  await tablet.sync.now()
  expect([marks(), tablet.store.outbox.mark(start.id)]).toEqual([[], { kind: 'confirmed' }])
  const row = await tablet.db.events.where('id').equals(start.id).first()
  const receipt = await tablet.db.receipts.get(row?.receipt ?? 0)
  expect(JSON.parse(receipt?.body ?? '{}')).toMatchObject({ results: [{ id: start.id, outcome: 'duplicate', seq: row?.seq }] })
  offers.length = 0
  pass(HOUR)
  await tablet.sync.now()
  expect(offers).toEqual([0])
})

test('[S15] One that is left out says so, counts here no more, and goes from the list when somebody has read it', async () => {
  const { tablet, start, session, decide, pass, marks, offers } = await setAside()
  const { store } = tablet
  expect(store.ledger.session(as<SessionId>(session))).toBeDefined()
  await decide('refuse')
  pass(HOUR)
  await tablet.sync.now()
  expect(marks()).toEqual([{ id: start.id, attention: 'outsideSite', leftOut: 1 }])
  expect(store.ledger.session(as<SessionId>(session))).toBeUndefined()
  offers.length = 0
  pass(2 * HOUR)
  await tablet.sync.now()
  expect(offers).toEqual([0])
  const { db, sync, session: keeper } = tablet
  render(
    <DeviceContext value={{ db, store, sync, session: keeper, newId: v7, version: 'test', ...NO_PIN }}>
      <OutboxPage />
    </DeviceContext>,
  )
  await screen.findByText(/^A coordinator left it out: it does not count/)
  await userEvent.click(screen.getByRole('button', { name: 'I understand' }))
  await waitFor(() => expect(marks()).toEqual([]))
  cleanup()
  await store.reload()
  expect([marks(), store.ledger.session(as<SessionId>(session))]).toEqual([[], undefined])
  // It stays whole on the device, as in quarantine.
  expect(await tablet.db.events.where('id').equals(start.id).count()).toBe(1)
})

test('[S15] The device asks rarely, and what nobody has decided stays as it is, once in quarantine', async () => {
  const { tablet, start, pass, marks, log, offers } = await setAside()
  for (let minutes = 0; minutes < 59; minutes += 10) {
    pass(HOUR / 6)
    await tablet.sync.now()
  }
  expect(offers.filter((count) => count > 0)).toEqual([1])
  expect(marks()).toMatchObject([{ id: start.id, attention: 'outsideSite', leftOut: undefined }])
  expect(log.db.prepare('SELECT count(*) FROM quarantine').pluck().get()).toBe(1)
})
