// What the coordinator's board of devices makes of what devices said, and of sessions that nothing was heard of.
import { expect, test } from 'vitest'
import type { DeviceRow } from '../../shared/api/desk.ts'
import { openLedger } from '../../shared/attendance/ledger.ts'
import { as } from '../../shared/ids.ts'
import type { RegistryRecord } from '../../shared/registry.ts'
import type { LocalTime, SchoolDate } from '../../shared/time.ts'
import { DAY, HOUR, instant, localInstant, MINUTE } from '../../shared/time.ts'
import { ACT_TONE, actsFor, expectedOf } from '../../client/screens/coordinator/deviceBoard.ts'
import { ELM, OAK, section, smallDistrict, staff } from '../server/smallDistrict.ts'
import { openTestTablet } from '../server/testTablet.ts'
import type { DevicesReply } from '../../shared/api/desk.ts'
import { signedIn } from '../server/testServer.ts'
import { REPORT } from '../support/report.ts'

const NOW = instant(100 * DAY)
type Report = NonNullable<DeviceRow['report']>
const device = (report: Partial<Report> | null, more: Partial<DeviceRow> = {}): DeviceRow => ({
  id: as('d1'),
  name: 'Tablet 1',
  site: ELM,
  lastPerson: 'rivera of the staff',
  lastSeenAt: NOW,
  lastConfirmedAt: NOW,
  report: report && { ...REPORT, appVersion: '1', ...report },
  ...more,
})

test.each<readonly [string, DeviceRow, readonly string[]]>([
  ['all is well', device({}), []],
  ['it never reported', device(null), []],
  ['half a day is not old', device({ unsent: 3, oldestUnsentAt: instant(NOW - 12 * HOUR) }), []],
  ['what waits longer is', device({ unsent: 3, oldestUnsentAt: instant(NOW - 12 * HOUR - 1) }), ['oldUnsent']],
  ['something was set aside', device({ attention: 1 }), ['attention']],
  ['its totals differ', device({ totals: 'differ' }), ['differ']],
  ['two minutes off is fine', device({ clockOffset: -2 * MINUTE }), []],
  ['more is not', device({ clockOffset: -2 * MINUTE - 1 }), ['clock']],
  ['a window that forgets', device({ storage: 'temporary' }), ['temporary']],
  ['a full disk', device({ storage: 'reserve' }), ['reserve']],
  ['an emptied storage, before everything else', device({ storage: 'emptied', totals: 'differ' }), ['emptied', 'differ']],
  ['another version', device({ appVersion: '0' }), ['version']],
  ['not heard for a week', device({}, { lastSeenAt: instant(NOW - 7 * DAY - 1) }), ['silent']],
  [
    'revoked, and not heard for a week: nobody is to open it again',
    device({ appVersion: '0', storage: 'temporary', totals: 'differ' }, { lastSeenAt: instant(NOW - 7 * DAY - 1), revokedAt: NOW }),
    [],
  ],
  [
    'revoked, and it holds something still',
    device({ appVersion: '0', attention: 1, unsent: 3, oldestUnsentAt: instant(NOW - 13 * HOUR) }, { revokedAt: NOW }),
    ['oldUnsent', 'attention'],
  ],
])('What to do about a device: %s', (_, row, acts) => {
  expect(actsFor(row, NOW, '1')).toEqual(acts)
  for (const act of acts) expect(ACT_TONE[act as keyof typeof ACT_TONE]).toBeDefined()
})

const SATURDAY = '2026-11-21' as SchoolDate
const at = (time: string) => localInstant(SATURDAY, time as LocalTime, 'America/Los_Angeles')

function schoolDay(started: boolean) {
  const ledger = openLedger()
  const put = (change: ReturnType<typeof section>, seq: number) => ledger.putRecord({ ...change, seq } as RegistryRecord)
  put(section(as('library'), ELM, ['ana']), 1)
  put(section(as('gym'), OAK, []), 2)
  ledger.putRecord({
    kind: 'staff',
    id: 'rivera',
    seq: 3,
    ended: false,
    body: {
      id: staff('rivera'),
      name: 'rivera of the staff',
      email: '',
      sites: [ELM],
      title: '',
      certificated: true,
      employee: true,
    },
  })
  if (started)
    ledger.putEvents([
      {
        id: as('e1'),
        type: 'SessionStarted',
        v: 1,
        device: as('d1'),
        deviceSeq: 1,
        prev: '',
        actor: staff('rivera'),
        site: ELM,
        at: at('08:00'),
        recordedAt: at('08:00'),
        clock: { offset: 0, age: 0 },
        session: as('s1'),
        section: as('library'),
        on: SATURDAY,
        window: { from: at('08:00'), until: at('13:00') },
        breaks: [],
        room: 'Library',
        title: 'Saturday',
      },
    ])
  return ledger
}

test('A planned session that nothing was heard of is named with its room and with the tablet its teacher used last', () => {
  const silent = device({ unsent: 0 }, { id: as('d2'), name: 'Desk' })
  const waiting = device({ unsent: 7, openSessions: 1 })
  const other = device({ unsent: 9 }, { id: as('d3'), lastPerson: 'somebody else' })
  const early = expectedOf(schoolDay(false), [ELM], SATURDAY, at('08:15'), [])
  expect(early).toEqual({ due: 0, received: 0, missing: [] })
  const late = expectedOf(schoolDay(false), [ELM], SATURDAY, instant(at('08:15') + 1), [silent, other, waiting])
  expect([late.due, late.received]).toEqual([1, 0])
  expect(late.missing.map(({ room, devices }) => [room, devices.map(({ name }) => name)])).toEqual([['Library', ['Tablet 1', 'Desk']]])
  expect(expectedOf(schoolDay(true), [ELM], SATURDAY, at('09:00'), [])).toEqual({ due: 1, received: 1, missing: [] })
  expect(expectedOf(schoolDay(true), [ELM, OAK], SATURDAY, at('09:00'), []).missing.map(({ site }) => site)).toEqual([OAK])
  expect(expectedOf(schoolDay(false), [ELM], '2026-11-22' as SchoolDate, at('23:00'), []).due).toBe(0)
})

test('What a device says of itself reaches the board as it said it, also of a field that is new', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const said = { ...REPORT, unsent: 4, attention: 1, rules: 'r1', storage: 'temporary', lastConfirmedAt: 5, aFieldOfTheFuture: true }
  await tablet.browser.ask('POST', '/api/sync/push', { protocol: 2, events: [], report: said })
  const { browser } = await signedIn(server, 'lund')
  const { devices } = (await browser.ask('GET', '/api/devices')).json<DevicesReply>()
  const { aFieldOfTheFuture: _, ...known } = said
  expect(devices.find(({ id }) => id === tablet.reply.device.id)?.report).toEqual(known)
})

test('What a push brings does not wait on the tablet any more, though it was closed before it could say so again; what it did not bring does', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const { browser } = await signedIn(server, 'lund')
  const events = tablet.recordSaturday(['ana'])
  const shown = async (unsent: number) => {
    const report = { ...REPORT, unsent, oldestUnsentAt: NOW - 13 * HOUR }
    await tablet.browser.ask('POST', '/api/sync/push', { protocol: 2, events, report })
    const { devices } = (await browser.ask('GET', '/api/devices')).json<DevicesReply>()
    const said = devices.find(({ id }) => id === tablet.reply.device.id)?.report
    return [said?.unsent, said?.oldestUnsentAt]
  }
  expect(await shown(events.length)).toEqual([0, null])
  expect(await shown(events.length + 3)).toEqual([3, NOW - 13 * HOUR])
})
