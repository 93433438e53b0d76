import { expect, test } from 'vitest'
import { type Role, ROLES } from '../../shared/api/people.ts'
import { as, type StaffId } from '../../shared/ids.ts'
import { DISCLOSES } from '../../server/people/disclosures.ts'
import { ELM, OAK, section, smallDistrict } from './smallDistrict.ts'
import { type Browser, PASSWORD, signedIn, type TestServer } from './testServer.ts'

type Method = Parameters<Browser['ask']>[0]
/** A request about one school, or about somebody of one school. */
interface Case {
  readonly route: string
  readonly may: readonly Role[]
  ask(site: 'elm' | 'oak'): readonly [url: string, body?: object]
}

const DESK: readonly Role[] = ['coordinator', 'district', 'data', 'administrator']
const student = { elm: 'ana', oak: 'dora' } as const
const siteIds = { elm: ELM, oak: OAK } as const
const devices: Record<'elm' | 'oak', string> = { elm: '', oak: '' }
const bySite = (route: string, may: readonly Role[]): Case => ({ route, may, ask: (site) => [`${route.split(' ')[1]}?site=${site}`] })
const byStudent = (route: string, may: readonly Role[]): Case => ({
  route,
  may,
  ask: (site) => [(route.split(' ')[1] ?? '').replace(':student', student[site])],
})

/** Every route that is asked about one school or one person of it. */
const CASES: readonly Case[] = [
  bySite('GET /api/roster', ROLES),
  bySite('GET /api/roster.csv', ROLES),
  bySite('GET /api/sections', ROLES),
  bySite('GET /api/devices', DESK),
  bySite('GET /api/quarantine', DESK),
  bySite('GET /api/periods/checklist', DESK),
  bySite('GET /api/classes', DESK),
  bySite('GET /api/day', [...DESK, 'auditor']),
  bySite('GET /api/follow-ups', DESK),
  byStudent('GET /api/students/:student', ROLES),
  byStudent('GET /api/students/:student/disclosures', [...DESK, 'auditor']),
  byStudent('GET /api/students/:student/export', DESK),
  {
    route: 'PUT /api/sections',
    may: DESK,
    ask: (site) => ['/api/sections', { section: section(as(`new-${site}`), siteIds[site], []).body, ended: false }],
  },
  { route: 'PATCH /api/devices/:device', may: DESK, ask: (site) => [`/api/devices/${devices[site]}`, { name: 'Renamed' }] },
]

async function everyRole(server: TestServer): Promise<Map<Role, Browser>> {
  const people = new Map<Role, Browser>()
  for (const role of ROLES) {
    const name = `own-${role}`
    const body = { id: as<StaffId>(name), name, email: '', sites: [ELM], title: '', certificated: true, employee: true }
    server.context.store.apply([{ kind: 'staff', id: name, ended: false, body }])
    await server.context.accounts.create(name, name, role, PASSWORD)
    people.set(role, (await signedIn(server, name)).browser)
  }
  return people
}

/** What an answer must be: for a role that may not, refused; about another school, as if there were nothing; else given. */
function wanted(one: Case, role: Role, site: 'elm' | 'oak'): number {
  const isWide = ['district', 'data', 'auditor', 'administrator'].includes(role)
  if (!one.may.includes(role)) return 403
  return site === 'oak' && !isWide ? 404 : 200
}

test('role by role, route by route: what is of another school is not there, for whoever is not of the whole district', async () => {
  const server = await smallDistrict()
  for (const [username, site] of [
    ['rivera', 'elm'],
    ['osei', 'oak'],
  ] as const)
    devices[site] = (await signedIn(server, username)).reply.device.id
  const people = await everyRole(server)
  const cells = CASES.flatMap((one) => ROLES.flatMap((role) => (['elm', 'oak'] as const).map((site) => ({ one, role, site }))))
  const found: string[] = []
  const due: string[] = []
  for (const { one, role, site } of cells) {
    const [url, body] = one.ask(site)
    const answer = await people.get(role)?.ask(one.route.split(' ')[0] as Method, url, body)
    found.push(`${one.route} as ${role} about ${site}: ${answer?.status}`)
    due.push(`${one.route} as ${role} about ${site}: ${wanted(one, role, site)}`)
  }
  expect(found).toEqual(due)
  expect(cells.length).toBe(CASES.length * ROLES.length * 2)
})

test('role by role, section by section: for whoever is limited to a section, the rest of the school is as another school is', async () => {
  const server = await smallDistrict()
  const { accounts, store } = server.context
  store.apply([section(as('elm-tutoring'), ELM, ['ben'])])
  const people = await everyRole(server)
  const found: string[] = []
  const due: string[] = []
  for (const role of ['teacher', 'substitute'] as const) {
    const account = accounts.byStaff(`own-${role}`)
    if (account) accounts.change(account, { sections: [as('elm-tutoring')] })
    for (const { route, may, ask } of CASES) {
      for (const who of ['ben', 'ana', 'dora'] as const) {
        const [url, body] = ask(who === 'dora' ? 'oak' : 'elm')
        const answer = await people.get(role)?.ask(route.split(' ')[0] as Method, url.replace('ana', who), body)
        const isThere = who === 'ben' || (who === 'ana' && !route.includes(':student'))
        found.push(`${route} as ${role} about ${who}: ${answer?.status}${answer?.text.includes('L-ana') ? ', and names ana' : ''}`)
        due.push(`${route} as ${role} about ${who}: ${may.includes(role) ? (isThere ? 200 : 404) : 403}`)
      }
    }
  }
  expect(found).toEqual(due)
})

/** Routes under `/api` that show records of students, or could: each is in the log of disclosures, or says here why not. */
const SHOWS_NOBODY: readonly RegExp[] = [
  /^\w+ \/api\/(health|openapi|setup|sign-|sso\/|password|return$|sync\/sealed$|me$|invites|people|registry|sections|policy$|settings|letters|trust|devices|device|staff)/,
  /^\w+ \/api\/(approvals|checkpoints|second-factor|passkeys|signed-in|step-up|follow-ups\/choices|imports$|documents$|day\/resolutions|alerts|views)/,
  // Counts of schools, not students; what a device sends and is answered with; jobs that name nobody but whom their owner asked for.
  /^\w+ \/api\/(totals$|period-ends$|periods\/padc|packets$|packets\/:packet\/cancel|sync\/(push|relay))/,
  /^(POST|PUT) \/api\/(follow-ups|imports|periods$|reports|write-back)/,
  /^DELETE \/api\/imports\/:import$/,
  /^GET \/api\/students\/:student\/disclosures$/,
]

test('every route is known to show records of students, or not to', async () => {
  const server = await smallDistrict()
  await server.app.ready()
  const { paths } = server.app.swagger() as { paths: Record<string, Record<string, unknown>> }
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  )
  const unknown = routes.filter((route) => !(route in DISCLOSES) && !SHOWS_NOBODY.some((known) => known.test(route)))
  expect(unknown).toEqual([])
  expect(Object.keys(DISCLOSES).filter((route) => !routes.includes(route))).toEqual([])
})
