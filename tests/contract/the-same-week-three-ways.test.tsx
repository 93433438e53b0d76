// @vitest-environment jsdom
// One file, three ways through the product: what a tablet shows, what the report says and what the rules give must be the same.
import 'fake-indexeddb/auto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RosterReply, StudentReply } from '../../shared/api/desk.ts'
import { openLedger } from '../../shared/attendance/ledger.ts'
import type { KeptEvent } from '../../shared/events.ts'
import type { StudentId } from '../../shared/ids.ts'
import type { Totals } from '../../shared/rules/california/judge.ts'
import { instant } from '../../shared/time.ts'
import { openAttendanceStore } from '../../client/log/attendanceStore.ts'
import { LogDb } from '../../client/log/db.ts'
import { openHints } from '../../client/log/hints.ts'
import { record } from '../../client/log/record.ts'
import { DeviceContext, useLedger } from '../../client/log/useAttendance.ts'
import type { Device as Tablet } from '../../client/log/useAttendance.ts'
import { applyPage } from '../../client/sync/pull.ts'
import { buildApp } from '../../server/app.ts'
import { openContext } from '../../server/context.ts'
import type { Context } from '../../server/context.ts'
import { sources } from '../../server/main.ts'
import { differences } from '../../server/scenario/differences.ts'
import { readScenario } from '../../server/scenario/readScenario.ts'
import { runScenario } from '../../server/scenario/runScenario.ts'
import { scenarioLog } from '../../server/scenario/scenarioLog.ts'
import { openDevice } from '../support/device.ts'

const read = readScenario(readFileSync(path.join(import.meta.dirname, 'a-week-at-two-schools.yaml')))
if ('faults' in read) throw new Error(read.faults.join('\n'))
const { scenario } = read
const log = scenarioLog(scenario)
const keys = [...log.students.keys()]

/** Totals by the file's own names, with its schools' names. */
function named(totals: (student: StudentId) => Totals): Record<string, Totals> {
  const schools = new Map([...log.schools].map(([name, id]) => [id as string, name]))
  return Object.fromEntries(
    keys.map((key, i) => {
      const found = totals(ids[i] as StudentId)
      const days = found.days.map((day) => ({ ...day, school: day.school === null ? null : (schools.get(day.school) ?? day.school) }))
      return [key, { ...found, days, flags: [...found.flags].sort() }]
    }),
  )
}
const ids = [...log.students.values()]

const pure = Object.fromEntries(
  [...runScenario(scenario)].map(([key, { totals }]) => [key, { ...totals, flags: [...totals.flags].sort() }]),
)

let folder: string
let context: Context
let app: Awaited<ReturnType<typeof buildApp>>
let url: string

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'recoup-three-'))
  context = openContext({ host: '127.0.0.1', port: 0, data: folder, dist: folder, url: undefined, loopback: true }, sources, 1000)
  app = await buildApp(context)
  url = await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await app.close()
  context.close()
  rmSync(folder, { recursive: true, force: true })
})

test('The rules alone give what the file expects', () => {
  expect(differences(scenario, runScenario(scenario))).toEqual([])
})

test('The tablet that recorded the week shows the same totals, from its own disk', async () => {
  const db = new LogDb(`three-${v7()}`)
  const cursor = { epoch: 'e', scope: 's', seq: 1 }
  await applyPage(
    db,
    { cursor, head: 1, more: false, records: [...log.records], events: [], totals: null, serverTime: instant(Date.now()) },
    instant(Date.now()),
  )
  for (const event of log.events) await record(db, [event])

  const store = openAttendanceStore({
    db,
    hints: openHints('three'),
    now: () => instant(Date.now()),
    newId: v7,
    breathe: () => new Promise((resolve) => setTimeout(resolve)),
  })
  const wrapper = ({ children }: { children: ReactNode }) => <DeviceContext value={{ db, store } as Tablet}>{children}</DeviceContext>
  const screen = renderHook(() => useLedger(), { wrapper })
  await store.start(null)
  await waitFor(() => expect(store.phase).toBe('ready'))
  expect(named((student) => screen.result.current.judge(student, scenario.asOf))).toEqual(pure)
  db.close()
})

test("The server's report, and the reasons it sends for each student, say the same", async () => {
  context.store.apply(log.records)
  const recorder = log.events[0]?.actor ?? ''
  await context.accounts.create(recorder, 'recorder', 'coordinator', 'correct horse battery')
  const device = await openDevice(url, 'recorder', 'correct horse battery')
  const results = await device.push(log.events.map((event) => device.adopt(event)))
  expect(results.filter(({ outcome }) => outcome !== 'accepted')).toEqual([])

  const { rows } = await device.ask<RosterReply>('GET', `/api/roster?asOf=${scenario.asOf}`)
  for (const [i, key] of keys.entries()) {
    const row = rows.find(({ student }) => student === ids[i])
    const { days: _, flags, ...figures } = pure[key] as Totals
    expect({ ...row, flags: [...(row?.flags ?? [])].sort() }, key).toMatchObject({ ...figures, flags })
  }

  const reasons = new Map<string, Totals>()
  for (const id of ids) {
    const reply = await device.ask<StudentReply>('GET', `/api/students/${id}?asOf=${scenario.asOf}`)
    const ledger = openLedger()
    for (const each of reply.records) ledger.putRecord(each)
    ledger.putEvents(reply.events as KeptEvent[])
    reasons.set(id, ledger.judge(id, scenario.asOf))
  }
  expect(named((student) => reasons.get(student) as Totals)).toEqual(pure)
})
