/** The checklist as the coordinator of a school is told it: the lines of the own schools, as the district has them, and nothing else. */
import { expect, test } from 'vitest'
import type { ComplianceItem, PeriodReply, SiteChecklistReply } from '../../shared/api/periods.ts'
import { as, type SessionId } from '../../shared/ids.ts'
import { reportDistrict } from '../report/reportDistrict.ts'
import { REPORT } from '../support/report.ts'
import { signedBy } from '../support/signedByOther.ts'
import { ELM, OAK, studentRecord } from './smallDistrict.ts'
import { type Browser, PASSWORD, signedIn } from './testServer.ts'
import { at, openTestTablet, SATURDAY } from './testTablet.ts'

const OAKS = as<SessionId>('oak-2026-11-21')

const asked = async (browser: Browser, query = ''): Promise<SiteChecklistReply> => {
  const answer = await browser.ask('GET', `/api/periods/checklist?period=P-1&year=2026${query}`)
  expect(answer.status).toBe(200)
  return answer.json<SiteChecklistReply>()
}
/** What stands open, by item: how much of it, and which sessions, students or names. */
const open = (checklist: readonly ComplianceItem[]): Record<string, readonly [number, readonly string[]]> =>
  Object.fromEntries(
    checklist.flatMap(({ key, count, rows }) =>
      count > 0 ? [[key, [count, rows.map(({ session, student, name, detail }) => student ?? session ?? (name || detail))]]] : [],
    ),
  )

/** At both schools something stands open: at oak somebody did not check out, who is at home at elm. Marsh runs elm, idle oak. */
async function twoSchools() {
  const district = await reportDistrict()
  const { server } = district
  const { store } = server.context
  await server.context.accounts.create('idle', 'idle', 'coordinator', PASSWORD)
  await signedBy(district, 'marsh')
  const osei = await openTestTablet(server, 'osei', OAK)
  osei.tablet.record(osei.reply.me.staff, at('07:55'), {
    ...{ type: 'SessionStarted', session: OAKS, section: null, on: SATURDAY, breaks: [], room: 'Gym', title: 'Oak Saturday' },
    window: { from: at('08:00'), until: at('13:00') },
  })
  for (const student of ['dora', 'cleo'])
    osei.tablet.record(osei.reply.me.staff, at('08:00'), { type: 'StudentCheckedIn', session: OAKS, student: as(student) })
  osei.tablet.record(osei.reply.me.staff, at('12:00'), { type: 'StudentCheckedOut', session: OAKS, student: as('dora') })
  osei.tablet.record(osei.reply.me.staff, at('13:00'), { type: 'SessionEnded', session: OAKS })
  await osei.push()
  // A bad event of each school is set aside, and a tablet of each holds something.
  for (const [tablet, name] of [
    [osei, 'Oak tablet'],
    [district.tablet, 'Elm tablet'],
  ] as const) {
    const [first] = tablet.tablet.events
    await tablet.browser.ask('POST', '/api/sync/push', {
      protocol: 1,
      events: [{ ...first, at: 1 }],
      report: { ...REPORT, unsent: 2 },
    })
    server.context.devices.rename(tablet.reply.device.id, name)
  }
  // Ana cannot be reported; dora and ben, of two schools, have one number.
  store.apply([studentRecord('ana', null), studentRecord('dora', '1000000002')])
  for (const id of [ELM, OAK]) {
    const record = store.get('site', id)
    if (record && id === OAK) store.apply([{ ...record, body: { ...record.body, cds: null } }])
  }
  store.apply(
    [],
    [{ kind: 'term', id: 'fall', ended: false, body: { title: 'Fall', type: 'term', from: '2026-08-17', until: '2026-11-20' } }],
  )
  const browsers = {
    marsh: (await signedIn(server, 'marsh')).browser,
    idle: (await signedIn(server, 'idle')).browser,
    lund: district.browser,
  }
  return { ...district, ...browsers }
}

test('each coordinator is told the lines of the own school, each with where it is put right', async () => {
  const { marsh, idle } = await twoSchools()
  expect(open((await asked(marsh)).checklist)).toEqual({
    noSsid: [1, ['ana']],
    // With one number they are one student, who was in two rooms at once.
    overlap: [1, ['ben']],
    sharedSsid: [1, ['ben']],
    setAside: [1, ['1']],
    holding: [1, ['Elm tablet']],
    termWithout: [1, ['Fall']],
    signedByOther: [1, ['elm-2026-11-21']],
  })
  // Cleo is at home at elm; her check-out is missing at oak, and that is where it is put right.
  expect(open((await asked(idle)).checklist)).toEqual({
    uncertified: [1, [OAKS]],
    missingCheckOut: [1, ['cleo']],
    noSchoolCode: [expect.any(Number), expect.anything()],
    sharedSsid: [1, ['dora']],
    setAside: [1, ['1']],
    holding: [1, ['Oak tablet']],
    termWithout: [1, ['Fall']],
  })
})

test('nothing of another school is in the answer, and no figure of the district', async () => {
  const { marsh, idle } = await twoSchools()
  const [elm, oak] = [await asked(marsh), await asked(idle)]
  expect(Object.keys(elm).sort()).toEqual(['asOf', 'checklist', 'cutOff', 'period', 'year'])
  expect(JSON.stringify(elm)).not.toMatch(/oak|dora|osei|Gym/i)
  expect(JSON.stringify(oak)).not.toMatch(/elm|"ana"|"ben"|marsh|rivera/i)
  expect((await marsh.ask('GET', '/api/periods?period=P-1&year=2026')).status).toBe(403)
  expect((await marsh.ask('GET', '/api/periods/checklist?site=oak')).status).toBe(404)
})

test('together the schools are told what the district is told, by the same definitions', async () => {
  const { marsh, idle, lund } = await twoSchools()
  const whole = (await lund.ask('GET', '/api/periods?period=P-1&year=2026')).json<PeriodReply>().checklist
  expect((await asked(lund)).checklist).toEqual(whole)
  const parts = [(await asked(marsh)).checklist, (await asked(idle)).checklist]
  const counted = (checklist: readonly ComplianceItem[]) => checklist.map(({ key, weight, count }) => [key, weight, count])
  const sums = whole.map(({ key, weight }) => [
    key,
    weight,
    parts.reduce((sum, part) => sum + (part.find((item) => item.key === key)?.count ?? 0), 0),
  ])
  expect(sums).toEqual(counted(whole))
})

test('who coordinates two schools is told of both, or of the one that is looked at', async () => {
  const { server, marsh } = await twoSchools()
  const { store } = server.context
  const record = store.get('staff', 'marsh')
  if (record) store.apply([{ kind: 'staff', id: 'marsh', ended: false, body: { ...record.body, sites: [ELM, OAK] } }])
  const told = async (query: string) => Object.keys(open((await asked(marsh, query)).checklist))
  expect(await told('')).toEqual(expect.arrayContaining(['uncertified', 'signedByOther']))
  expect(await told('&site=oak')).toContain('uncertified')
  expect(await told('&site=oak')).not.toContain('signedByOther')
})

test('who looked at it is written down with the students it names', async () => {
  const { marsh } = await twoSchools()
  await asked(marsh)
  const seen = (await marsh.ask('GET', '/api/students/ana/disclosures')).json<{ rows?: unknown }>()
  expect(JSON.stringify(seen)).toContain('checklist')
})
