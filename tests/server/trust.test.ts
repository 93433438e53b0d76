import { webcrypto } from 'node:crypto'
import { expect, test } from 'vitest'
import type { DevicesReply, QuarantineReply } from '../../shared/api/desk.ts'
import type { PushReply, ReceiptBody } from '../../shared/api/sync.ts'
import type { AlertsReply } from '../../shared/api/alerts.ts'
import type { InvitesReply, SignedIn } from '../../shared/api/people.ts'
import type {
  ApprovalRow,
  ApprovalsReply,
  DisclosuresReply,
  EnrolCode,
  RecoveryCodes,
  SecondFactorBegun,
  StepUpState,
} from '../../shared/api/trust.ts'
import { canonical } from '../../shared/sync/chain.ts'
import { REVOKED_BEFORE } from '../../shared/sync/asideDetails.ts'
import { DAY, HOUR, instant, MINUTE } from '../../shared/time.ts'
import { openStanding } from '../../server/log/standing.ts'
import { codeAt, stepAt } from '../../server/people/totp.ts'
import { ELM, smallDistrict, staff } from './smallDistrict.ts'
import { type Browser, PASSWORD, signedIn, type TestServer } from './testServer.ts'
import { at, openTestTablet } from './testTablet.ts'
import { REPORT } from '../support/report.ts'

const codeOf = (answer: { json<T>(): T }) => answer.json<{ code: string }>().code

/** A code that an authenticator shows at the server's time. */
const codeNow = (server: TestServer, secret: string, more = 0): string => codeAt(secret, stepAt(server.context.log.sources.now()) + more)

async function withSecondFactor(server: TestServer, browser: Browser): Promise<{ secret: string; paper: string[] }> {
  const { secret, uri } = (await browser.ask('POST', '/api/second-factor/begin')).json<SecondFactorBegun>()
  expect(uri).toContain(`secret=${secret}`)
  const confirmed = await browser.ask('POST', '/api/second-factor/confirm', { code: codeNow(server, secret) })
  return { secret, paper: confirmed.json<RecoveryCodes>().codes }
}

test.each([
  ['59', '94287082'],
  ['1111111109', '07081804'],
  ['1111111111', '14050471'],
  ['1234567890', '89005924'],
  ['2000000000', '69279037'],
])('the code at second %s is that of RFC 6238', (seconds, eight) => {
  expect(codeAt('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', stepAt(Number(seconds) * 1000))).toBe(eight.slice(2))
})

test('where the district asks for it, a coordinator sets up a second factor before anything else, and a teacher does not', async () => {
  const server = await smallDistrict()
  server.context.trustPolicy.set({ secondFactor: true, enrolByCode: false })
  const { browser, reply } = await signedIn(server, 'marsh')
  expect(reply.secondFactorNeeded).toBe(true)
  expect(codeOf(await browser.ask('GET', '/api/roster'))).toBe('secondFactorNeeded')
  const pull = { protocol: 1, cursor: null, asOf: '2026-11-22', limit: 10 }
  expect((await browser.ask('POST', '/api/sync/pull', pull)).status).toBe(401)
  await withSecondFactor(server, browser)
  expect((await browser.ask('GET', '/api/roster')).status).toBe(200)
  expect((await browser.ask('POST', '/api/sync/pull', pull)).status).toBe(200)
  const teacher = await signedIn(server, 'rivera')
  expect(teacher.reply.secondFactorNeeded).toBe(false)
  expect((await teacher.browser.ask('GET', '/api/roster')).status).toBe(200)
})

test('signing in asks for the code; each is good once, paper codes too; the wrong ones are counted', async () => {
  const server = await smallDistrict()
  const { secret, paper } = await withSecondFactor(server, (await signedIn(server, 'lund')).browser)
  expect(paper).toHaveLength(10)
  const browser = server.browser()
  const tryWith = (code?: string) =>
    browser.ask('POST', '/api/sign-in', {
      username: 'lund',
      password: PASSWORD,
      deviceName: 'Desk',
      ...(code === undefined ? {} : { code }),
    })
  expect(codeOf(await tryWith())).toBe('secondFactor')
  expect(codeOf(await tryWith(codeNow(server, secret)))).toBe('wrongCode')
  server.wait(MINUTE)
  const code = codeNow(server, secret)
  expect((await tryWith(code)).status).toBe(200)
  expect(codeOf(await tryWith(code))).toBe('wrongCode')
  expect((await tryWith(paper[0]?.toLowerCase())).status).toBe(200)
  expect(codeOf(await tryWith(paper[0]))).toBe('wrongCode')
  for (let i = 0; i < 10; i++) await tryWith('000000')
  expect((await tryWith(codeNow(server, secret))).status).toBe(429)
  server.wait(16 * MINUTE)
  expect((await tryWith(paper[1])).status).toBe(200)
})

test('a wrong password never asks for a code: who guesses learns nothing', async () => {
  const server = await smallDistrict()
  await withSecondFactor(server, (await signedIn(server, 'lund')).browser)
  const answers = await Promise.all(
    ['lund', 'nobody'].map((username) =>
      server.browser().ask('POST', '/api/sign-in', { username, password: 'not this one', deviceName: 'x' }),
    ),
  )
  expect(answers[0]?.text).toBe(answers[1]?.text)
  expect(codeOf(answers[0] as never)).toBe('wrongPassword')
})

test('taking records away in bulk asks for a fresh code, good for five minutes', async () => {
  const server = await smallDistrict()
  server.context.trustPolicy.set({ secondFactor: true, enrolByCode: false })
  const { browser } = await signedIn(server, 'lund')
  const { secret } = await withSecondFactor(server, browser)
  expect((await browser.ask('GET', '/api/roster.csv')).status).toBe(200)
  server.wait(6 * MINUTE)
  expect(codeOf(await browser.ask('GET', '/api/roster.csv'))).toBe('stepUp')
  expect((await browser.ask('GET', '/api/roster')).status).toBe(200)
  expect(codeOf(await browser.ask('POST', '/api/step-up', { code: '123456' }))).toBe('wrongCode')
  expect((await browser.ask('POST', '/api/step-up', { code: codeNow(server, secret) })).status).toBe(200)
  expect((await browser.ask('GET', '/api/roster.csv')).status).toBe(200)
})

test('without a second factor the password shows again that one is oneself, and nothing else does', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'lund')
  const state = async () => (await browser.ask('GET', '/api/step-up')).json<StepUpState>()
  expect(await state()).toEqual({ fresh: true, way: 'password', passkeys: false, provider: '', filesLeft: 10 })
  server.wait(5 * MINUTE)
  expect(await state()).toMatchObject({ fresh: false })
  for (const path of [
    '/api/roster.csv',
    '/api/totals/roster.csv',
    '/api/totals/roster.xlsx',
    '/api/reports/stas.csv',
    '/api/packets/x/pdf',
  ])
    expect(codeOf(await browser.ask('GET', path)), path).toBe('stepUp')
  expect((await browser.ask('GET', '/api/students/ana/export')).status).toBe(200)
  expect(codeOf(await browser.ask('POST', '/api/step-up', { password: 'not this one' }))).toBe('wrongCode')
  expect(codeOf(await browser.ask('POST', '/api/step-up', { code: '000000' }))).toBe('wrongCode')
  expect((await browser.ask('POST', '/api/step-up', { password: PASSWORD })).status).toBe(200)
  expect((await browser.ask('GET', '/api/roster.csv')).status).toBe(200)
})

test('an hour is any sixty minutes: eight files about the turn of the clock are eight, and eight in more than an hour are not', async () => {
  const server = await smallDistrict()
  const { disclosures } = server.context
  const take = (person: string): void => disclosures.note({ person, device: null, what: 'rosterFile', student: null, scope: 'all' }, true)
  for (let i = 0; i < 8; i++) {
    take('slow')
    server.wait(9 * MINUTE)
  }
  expect(disclosures.manyFiles()).toEqual([])
  server.wait(HOUR - (server.context.log.sources.now() % HOUR) - 10 * MINUTE)
  for (let i = 0; i < 8; i++) {
    take('quick')
    server.wait(4 * MINUTE)
  }
  expect(disclosures.manyFiles().map(({ person }) => person)).toEqual(['quick'])
})

test('nobody takes more than ten files with many students in an hour, and the district is told of whoever comes near', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'lund')
  const take = async () => (await browser.ask('GET', '/api/roster.csv')).status
  const told = async () =>
    (await browser.ask('GET', '/api/alerts')).json<AlertsReply>().alerts.flatMap(({ kind, name }) => (kind === 'manyFiles' ? [name] : []))
  for (let i = 0; i < 7; i++) expect(await take()).toBe(200)
  const before = await told()
  for (let i = 0; i < 3; i++) expect(await take()).toBe(200)
  expect(codeOf(await browser.ask('GET', '/api/roster.csv'))).toBe('manyFiles')
  expect([before, await told()]).toEqual([[], ['lund of the staff']])
  // Another person's files are that person's.
  const { browser: marsh } = await signedIn(server, 'marsh')
  expect((await marsh.ask('GET', '/api/roster.csv')).status).toBe(200)
  server.wait(HOUR)
  await browser.signIn('lund')
  expect(await take()).toBe(200)
})

test('many files asked for at once are no more than ten, and what was not given does not count', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'lund')
  const left = async () => (await browser.ask('GET', '/api/step-up')).json<StepUpState>().filesLeft
  const atOnce = async (n: number, path: string) =>
    (await Promise.all(Array.from({ length: n }, () => browser.ask('GET', path)))).map(({ status }) => status).sort((a, b) => a - b)
  expect(await atOnce(12, '/api/packets/x/pdf')).not.toContain(200)
  expect(await left()).toBe(10)
  expect(await atOnce(40, '/api/roster.csv')).toEqual([...Array.from({ length: 10 }, () => 200), ...Array.from({ length: 30 }, () => 429)])
  expect(await left()).toBe(0)
  server.wait(HOUR)
  await browser.signIn('lund')
  expect(await left()).toBe(10)
})

test('one student’s whole record is given as JSON and as PDF, with what was set aside and written, and nobody else’s', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  tablet.recordSaturday(['ana', 'ben'])
  const session = tablet.tablet.events.find(({ type }) => type === 'SessionStarted') as { session: never } | undefined
  const walkIn = { type: 'WalkInAdded', session: session?.session as never, student: 'temp-1' as never, name: 'Cleo Canary' } as const
  tablet.tablet.record('rivera' as never, at('09:30'), walkIn)
  await tablet.push()
  const { browser: marsh } = await signedIn(server, 'marsh')
  await marsh.ask('POST', '/api/follow-ups', { entries: [{ student: 'ana', site: ELM, kind: 'note', text: 'Called home' }] })
  const json = await marsh.ask('GET', '/api/students/ana/export')
  const held = json.json<{ events: { type: string; student?: string }[]; versions: { kind: string }[]; followUps: unknown[] }>()
  expect(new Set(held.events.flatMap(({ student }) => (student === undefined ? [] : [student])))).toEqual(new Set(['ana']))
  expect(held.versions.filter(({ kind }) => kind === 'absence')).toHaveLength(3)
  for (const other of ['ben', 'Cleo Canary', 'cleo', 'dora']) expect(json.text, other).not.toContain(other)
  const pdf = await marsh.ask('GET', '/api/students/ana/export.pdf')
  expect([pdf.status, pdf.headers['content-type'], pdf.text.slice(0, 5)]).toEqual([200, 'application/pdf', '%PDF-'])
  expect((await marsh.ask('GET', '/api/students/dora/export.pdf')).status).toBe(404)
  const { disclosures, student } = (await marsh.ask('GET', '/api/students/ana/disclosures')).json<DisclosuresReply>()
  expect(student).toBe('ana Tester')
  expect(disclosures.filter(({ what }) => what === 'studentExport')).toHaveLength(2)
})

test('a lost telephone: somebody of the office takes the second factor away, and it is set up anew', async () => {
  const server = await smallDistrict()
  await withSecondFactor(server, (await signedIn(server, 'marsh')).browser)
  const { browser: lund } = await signedIn(server, 'lund')
  expect((await lund.ask('PATCH', '/api/people/marsh', { resetSecondFactor: true })).status).toBe(200)
  expect((await server.browser().signIn('marsh')).status).toBe(200)
})

test('failures are remembered when the server starts again', async () => {
  const server = await smallDistrict()
  for (let i = 0; i < 10; i++) await server.browser().signIn('marsh', 'wrong')
  expect((await server.browser().signIn('marsh')).status).toBe(429)
  expect(server.context.log.db.prepare('SELECT count FROM attempt').pluck().get()).toBe(10)
})

test('a new device needs a coordinator’s code where the district asks for it; the code works once and for ten minutes', async () => {
  const server = await smallDistrict()
  const { browser: marsh } = await signedIn(server, 'marsh')
  server.context.trustPolicy.set({ secondFactor: false, enrolByCode: true })
  const enrol = (browser: Browser, enrolCode?: string) =>
    browser.ask('POST', '/api/sign-in', {
      username: 'rivera',
      password: PASSWORD,
      deviceName: 'Tablet',
      ...(enrolCode ? { enrolCode } : {}),
    })
  const newCode = async () => (await marsh.ask('POST', '/api/devices/codes')).json<EnrolCode>().code
  const tablet = server.browser()
  expect(codeOf(await enrol(tablet))).toBe('enrolCode')
  const code = await newCode()
  expect(code).toMatch(/^[2-9A-Z]{5}-[2-9A-Z]{5}$/)
  expect((await enrol(tablet, code.toLowerCase())).status).toBe(200)
  expect((await enrol(tablet)).status).toBe(200)
  expect(codeOf(await enrol(server.browser(), code))).toBe('wrongEnrolCode')
  const late = await newCode()
  server.wait(11 * MINUTE)
  expect(codeOf(await enrol(server.browser(), late))).toBe('wrongEnrolCode')
})

test('to name a device that was revoked, or one that is not known, is no way around the code', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  tablet.recordSaturday(['ana'])
  await tablet.push()
  const { browser: marsh } = await signedIn(server, 'marsh')
  server.context.trustPolicy.set({ secondFactor: false, enrolByCode: true })
  const named = (device: string) =>
    server.browser().ask('POST', '/api/sign-in', { username: 'rivera', password: PASSWORD, deviceName: 'At home', device })
  const { id } = tablet.reply.device
  expect((await named(id)).json<SignedIn>().device.id).toBe(id)
  expect(codeOf(await named(`${id}.deadbeef`))).toBe('enrolCode')
  expect(codeOf(await named('019300aa-dddd-7000-8000-000000000009'))).toBe('enrolCode')
  expect((await marsh.ask('POST', `/api/devices/${id}/revoke`)).status).toBe(200)
  expect(codeOf(await named(id))).toBe('enrolCode')
})

async function keyOf() {
  const pair = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
  const publicKey = Buffer.from(await webcrypto.subtle.exportKey('raw', pair.publicKey)).toString('base64')
  const sign = async (body: unknown) =>
    Buffer.from(await webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, Buffer.from(canonical(body)))).toString(
      'base64',
    )
  return { publicKey, sign }
}

test('what a device with a key sends must be signed by it; one without goes on as before', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  tablet.recordSaturday(['ana'])
  await tablet.push(tablet.tablet.events.slice(0, 1))
  const key = await keyOf()
  const given = await tablet.browser.ask('POST', '/api/device/key', { publicKey: key.publicKey })
  expect(JSON.parse(given.json<{ body: string }>().body)).toMatchObject({ device: tablet.reply.device.id, publicKey: key.publicKey })
  const body = { protocol: 1, events: tablet.tablet.events, report: REPORT }
  const push = (signature?: string, sent: object = body) =>
    tablet.browser.ask('POST', '/api/sync/push', { ...sent, ...(signature === undefined ? {} : { signature }) })
  expect(codeOf(await push())).toBe('unsigned')
  expect(codeOf(await push('AAAA'))).toBe('unsigned')
  // One too old to know of signatures is asked to be updated, not to sign in.
  expect((await push(undefined, { ...body, protocol: 0 })).status).toBe(426)
  const signature = await key.sign(body)
  expect(codeOf(await push(signature, { ...body, events: body.events.slice(1) }))).toBe('unsigned')
  expect((await push(signature)).status).toBe(200)
  const other = await keyOf()
  await tablet.browser.ask('POST', '/api/sign-out')
  expect((await tablet.browser.ask('POST', '/api/device/key', { publicKey: other.publicKey })).status).toBe(409)
  expect((await tablet.browser.ask('POST', '/api/device/key', { publicKey: 'no key' })).status).toBe(409)
  expect((await push(await key.sign(body))).status).toBe(200)
})

test('devices are named and revoked by the coordinator of their school, and by nobody else’s', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const foreign = await openTestTablet(server, 'osei', 'oak' as never)
  const { browser: marsh } = await signedIn(server, 'marsh')
  const id = tablet.reply.device.id
  expect((await marsh.ask('PATCH', `/api/devices/${id}`, { name: 'Library 3' })).status).toBe(200)
  expect((await marsh.ask('PATCH', `/api/devices/${foreign.reply.device.id}`, { name: 'Mine' })).status).toBe(404)
  expect((await marsh.ask('POST', `/api/devices/${foreign.reply.device.id}/revoke`)).status).toBe(404)
  const { devices } = (await marsh.ask('GET', '/api/devices')).json<DevicesReply>()
  expect(devices.find((one) => one.id === id)?.name).toBe('Library 3')
})

test('[S9] a revoked device is signed out and told to forget; what it still holds is taken, and waits for a person', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  tablet.recordSaturday(['ana'])
  await tablet.push(tablet.tablet.events.slice(0, 2))
  const { browser: lund } = await signedIn(server, 'lund')
  expect((await lund.ask('POST', `/api/devices/${tablet.reply.device.id}/revoke`)).status).toBe(200)
  expect((await tablet.browser.ask('GET', '/api/me')).status).toBe(401)
  expect((await tablet.pull()).status).toBe(401)
  const reply: PushReply = await tablet.push()
  expect(reply.revoked).toBe(true)
  const { results } = JSON.parse(reply.receipt.body) as ReceiptBody
  expect(results.map(({ outcome, reason }) => reason ?? outcome)).toEqual(['duplicate', 'duplicate', 'otherDevice', 'otherDevice'])
  const { rows } = (await lund.ask('GET', '/api/quarantine')).json<QuarantineReply>()
  expect(rows.map(({ detail }) => detail)).toEqual([REVOKED_BEFORE, REVOKED_BEFORE])
  expect(codeOf(await tablet.browser.signIn('rivera'))).toBe('deviceRevoked')
})

test('a substitute and an auditor come for a while: the account ends by itself, and so do their events', async () => {
  const server = await smallDistrict()
  await server.context.accounts.create('idle', 'idle', 'substitute', PASSWORD)
  const tablet = await openTestTablet(server, 'idle', 'oak' as never)
  tablet.tablet.record('idle' as never, at('09:00'), { type: 'SupervisionStarted', session: 's' as never, staff: 'idle' as never })
  const late = instant(server.context.log.sources.now() + 40 * DAY)
  tablet.tablet.record('idle' as never, late, { type: 'SupervisionEnded', session: 's' as never, staff: 'idle' as never })
  expect((await tablet.results()).map(({ outcome }) => outcome)).toEqual(['accepted', 'quarantined'])
  server.wait(31 * DAY)
  expect((await server.browser().signIn('idle')).status).toBe(401)
  expect((await tablet.pull()).status).toBe(401)
})

test('an auditor reads and never records: what one records is set aside, and what a teacher recorded before becoming one counts', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const record = (when: number) =>
    tablet.tablet.record('rivera' as never, instant(when), {
      type: 'SupervisionStarted',
      session: 's' as never,
      staff: 'rivera' as never,
    })
  server.wait(DAY)
  const { browser } = await signedIn(server, 'lund')
  record(server.context.log.sources.now() - MINUTE)
  expect((await browser.ask('PATCH', '/api/people/rivera', { role: 'auditor' })).status).toBe(200)
  record(server.context.log.sources.now() + MINUTE)
  expect((await tablet.results()).map(({ reason, outcome }) => reason ?? outcome)).toEqual(['accepted', 'outsideSite'])
})

test('an event is judged by the school its recorder worked at when it was recorded', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  server.wait(DAY)
  const held = server.context.store.get('staff', 'rivera')
  if (!held) throw new Error('no rivera')
  const before = server.context.log.sources.now() - DAY / 2
  server.context.store.apply([{ kind: 'staff', id: 'rivera', ended: false, body: { ...held.body, sites: ['oak' as never] } }])
  const record = (when: number, session: string) =>
    tablet.tablet.record('rivera' as never, instant(when), {
      type: 'SupervisionStarted',
      session: session as never,
      staff: 'rivera' as never,
    })
  record(before, 'then')
  record(server.context.log.sources.now() + MINUTE, 'after')
  expect((await tablet.results()).map(({ reason, outcome }) => reason ?? outcome)).toEqual(['accepted', 'outsideSite'])
})

test('two people for one thing: nobody decides on what they asked for, and an approval is used once', async () => {
  const server = await smallDistrict()
  await server.context.accounts.create('idle', 'idle', 'administrator', PASSWORD)
  const { browser: lund } = await signedIn(server, 'lund')
  const { browser: idle } = await signedIn(server, 'idle')
  const asked = (
    await lund.ask('POST', '/api/approvals', { kind: 'reopenPeriod', subject: 'P-1 2026', reason: 'A sheet was found' })
  ).json<{ id: string }>()
  const decide = (browser: Browser) => browser.ask('POST', `/api/approvals/${asked.id}`, { decision: 'approve' })
  const { approvals } = server.context
  expect(approvals.use('reopenPeriod', 'P-1 2026')).toBe(false)
  expect(codeOf(await decide(lund))).toBe('ownRequest')
  expect((await decide(idle)).status).toBe(200)
  expect(codeOf(await decide(idle))).toBe('decided')
  expect([approvals.use('reopenPeriod', 'P-1 2026'), approvals.use('reopenPeriod', 'P-1 2026')]).toEqual([true, false])
})

test('one sign-in is not two people: whoever was invited or changed by the same hand does not agree for thirty days', async () => {
  const server = await smallDistrict()
  const { accounts, store } = server.context
  const idle = store.get('staff', 'idle')
  if (!idle) throw new Error('nobody is idle')
  for (const id of ['second', 'head']) store.apply([{ ...idle, id, body: { ...idle.body, id: staff(id), sites: [] } }])
  await accounts.create('head', 'head', 'administrator', PASSWORD)
  const as = async (name: string) => (await signedIn(server, name)).browser
  const lund = await as('lund')
  const invited = async (by: Browser, who: string): Promise<Browser> => {
    const { invites } = (await by.ask('POST', '/api/people/invites', { staff: [who], role: 'district' })).json<InvitesReply>()
    await server.browser().ask('POST', invites[0]?.path.replace('/invite/', '/api/invites/') ?? '', { password: PASSWORD })
    return as(invites[0]?.username ?? '')
  }
  const ask = async (by: Browser, subject: string) =>
    (await by.ask('POST', '/api/approvals', { kind: 'reopenPeriod', subject, reason: 'A sheet was found' })).json<ApprovalRow>()
  const agree = (by: Browser, { id }: ApprovalRow) => by.ask('POST', `/api/approvals/${id}`, { decision: 'approve' })
  const puppet = await invited(lund, 'idle')
  const second = await invited(puppet, 'second')
  const own = await ask(lund, 'P-1 2026')
  const head = await as('head')
  expect(own.deciders).toEqual([{ staff: 'head', name: 'idle of the staff' }])
  // Whom the asker invited, and whom that one invited; and the other way about; and two of one hand.
  expect(codeOf(await agree(puppet, own))).toBe('onePerson')
  expect(codeOf(await agree(second, own))).toBe('onePerson')
  expect(codeOf(await agree(lund, await ask(second, 'P-2 2026')))).toBe('onePerson')
  expect((await agree(head, own)).status).toBe(200)
  // Another hand on one of them does not make two others one.
  expect((await head.ask('PATCH', '/api/people/idle', { resetSecondFactor: true })).status).toBe(200)
  const hers = await ask(head, 'annual 2026')
  expect(codeOf(await agree(puppet, hers))).toBe('onePerson')
  expect((await agree(lund, hers)).status).toBe(200)
  server.wait(30 * DAY)
  const later = await ask(await as('lund'), 'annual 2027')
  expect(later.deciders?.map((one) => one.staff)).toEqual(['head', 'idle', 'second'])
  expect((await agree(await as('idle'), later)).status).toBe(200)
})

test('a link to a new password makes its maker and its holder one for thirty days: whoever made it could have used it', async () => {
  const server = await smallDistrict()
  await server.context.accounts.create('idle', 'idle', 'district', PASSWORD)
  await server.context.accounts.create('oak', 'oak', 'administrator', PASSWORD)
  const lund = (await signedIn(server, 'lund')).browser
  const asked = { kind: 'reopenPeriod', subject: 'P-1 2026', reason: 'A sheet was found' }
  const request = (await lund.ask('POST', '/api/approvals', asked)).json<ApprovalRow>()
  const others = async () =>
    (await lund.ask('GET', '/api/approvals')).json<ApprovalsReply>().approvals[0]?.deciders?.map((one) => one.staff)
  expect(await others()).toEqual(['idle', 'oak'])
  const { invites } = (await lund.ask('POST', '/api/people/idle/link')).json<InvitesReply>()
  expect(await others()).toEqual(['oak'])
  const taken = await server
    .browser()
    .ask('POST', invites[0]?.path.replace('/invite/', '/api/invites/') ?? '', { password: 'another long password' })
  expect(taken.status).toBe(200)
  const { browser } = await signedIn(server, 'idle', 'another long password')
  expect(codeOf(await browser.ask('POST', `/api/approvals/${request.id}`, { decision: 'approve' }))).toBe('onePerson')
})

test('what two people decide on is asked once at a time, can be refused, and ends after a week, asked or agreed', async () => {
  const server = await smallDistrict()
  await server.context.accounts.create('idle', 'idle', 'administrator', PASSWORD)
  const [lund, idle] = [server.browser(), server.browser()]
  const signIn = async () => {
    await lund.signIn('lund')
    await idle.signIn('idle')
  }
  await signIn()
  const ask = (reason = 'A sheet was found') => lund.ask('POST', '/api/approvals', { kind: 'reopenPeriod', subject: 'P-1 2026', reason })
  const newest = async () => (await idle.ask('GET', '/api/approvals')).json<ApprovalsReply>().approvals[0]
  const decide = async (decision: string) => idle.ask('POST', `/api/approvals/${(await newest())?.id}`, { decision })
  const { approvals } = server.context
  expect((await ask('  ')).status).toBe(400)
  expect((await ask()).status).toBe(200)
  expect(codeOf(await ask())).toBe('askedBefore')
  expect(await newest()).toMatchObject({ state: 'open', askedByName: 'lund of the staff', decidedByName: '' })
  expect((await decide('refuse')).status).toBe(200)
  expect(await newest()).toMatchObject({ state: 'refused', decidedByName: 'idle of the staff' })
  expect(approvals.use('reopenPeriod', 'P-1 2026')).toBe(false)
  server.wait(1)
  expect((await ask()).status).toBe(200)
  server.wait(7 * DAY)
  await signIn()
  expect(await newest()).toMatchObject({ state: 'ended' })
  expect(codeOf(await decide('approve'))).toBe('askEnded')
  await ask()
  expect((await decide('approve')).status).toBe(200)
  expect(approvals.use('reopenPeriod', 'P-2 2026')).toBe(false)
  server.wait(7 * DAY)
  await signIn()
  expect(await newest()).toMatchObject({ state: 'ended' })
  expect(approvals.use('reopenPeriod', 'P-1 2026')).toBe(false)
})

test('who was shown or took away a student’s record is written down, and told to those who may ask', async () => {
  const server = await smallDistrict()
  const { browser: rivera } = await signedIn(server, 'rivera')
  const { browser: osei } = await signedIn(server, 'osei')
  const { browser: lund } = await signedIn(server, 'lund')
  await rivera.ask('GET', '/api/students/ana')
  await rivera.ask('GET', '/api/students/ana')
  await osei.ask('GET', '/api/students/ana')
  await osei.ask('GET', '/api/roster')
  await lund.ask('GET', '/api/roster.csv')
  const taken = await lund.ask('GET', '/api/students/ana/export')
  expect(taken.text).toContain('"ana"')
  expect(taken.text).not.toContain('ben')
  const of = async (student: string) =>
    (await lund.ask('GET', `/api/students/${student}/disclosures`))
      .json<DisclosuresReply>()
      .disclosures.map(({ what, person }) => `${person} ${what}`)
  expect(await of('ana')).toEqual(['lund studentExport', 'lund rosterFile', 'rivera studentFile'])
  expect(await of('dora')).toEqual(['lund rosterFile', 'osei roster'])
  expect((await rivera.ask('GET', '/api/students/ana/disclosures')).status).toBe(403)
})

test('under TLS the cookies say by their names that they are of this host alone, and no others are taken', async () => {
  const server = await smallDistrict({ url: 'https://recoup.example.org' })
  const { browser } = await signedIn(server, 'lund')
  expect([...browser.cookies.keys()].sort()).toEqual(['__Host-recoup_device', '__Host-recoup_session'])
  expect((await browser.ask('GET', '/api/me')).status).toBe(200)
  const named = (name: string) => browser.cookies.get(`__Host-${name}`) ?? ''
  const planted = server.browser(new Map(['recoup_session', 'recoup_device'].map((name) => [name, named(name)])))
  expect((await planted.ask('GET', '/api/me')).status).toBe(401)
})

test('[S9] under TLS a device that a neighbour may have named sends what it holds, is told nothing, and becomes nobody’s by a sign-in', async () => {
  const server = await smallDistrict({ url: 'https://recoup.example.org' })
  const tablet = await openTestTablet(server, 'rivera', ELM)
  tablet.recordSaturday(['ana'])
  const { cookies } = tablet.browser
  const old = cookies.get('__Host-recoup_device') ?? ''
  cookies.clear()
  cookies.set('recoup_device', old)
  expect((await tablet.results()).every(({ outcome }) => outcome === 'accepted')).toBe(true)
  expect(codeOf(await tablet.pull())).toBe('signIn')
  const other = server.browser(new Map([['recoup_device', old]]))
  const entered = (await other.signIn('marsh')).json<{ device: { id: string } }>()
  expect(entered.device.id).not.toBe(tablet.reply.device.id)
  // Whoever used it goes on there, under the same name.
  const asked = { username: 'rivera', password: PASSWORD, deviceName: 'Test tablet', device: tablet.reply.device.id }
  const again = await tablet.browser.ask('POST', '/api/sign-in', asked)
  expect(again.json<{ device: { id: string } }>().device.id).toBe(tablet.reply.device.id)
  expect((await tablet.pull()).status).toBe(200)
})

test('S30 A grant ends after the district’s days, with the account, and three weeks after the password at the latest, however often a PIN makes it longer', async () => {
  const server = await smallDistrict()
  const { accounts, log, trustPolicy } = server.context
  const begun = log.sources.now()
  const { browser, reply } = await signedIn(server, 'rivera')
  const endOf = ({ offlineUntil }: SignedIn) => (offlineUntil - begun) / DAY
  let last = reply
  expect(endOf(last)).toBe(7)
  const back = async () => {
    const answer = await browser.ask('POST', '/api/return', { grant: last.grant })
    if (answer.status === 200) last = answer.json<SignedIn>()
    return answer.status
  }
  for (const [day, end] of [
    [6, 13],
    [12, 19],
    [18, 21],
    [20, 21],
  ] as const) {
    server.wait(begun + day * DAY - log.sources.now())
    expect([await back(), endOf(last)], `day ${day}`).toEqual([200, end])
  }
  server.wait(DAY)
  expect(await back()).toBe(401)

  trustPolicy.set({ offlineDays: 2 })
  const account = accounts.byStaff('rivera')
  if (!account) throw new Error('rivera has no account')
  const again = async () => (await signedIn(server, 'rivera')).reply.offlineUntil - log.sources.now()
  expect(await again()).toBe(2 * DAY)
  accounts.change(account, { role: 'substitute', until: instant(log.sources.now() + DAY) })
  expect(await again()).toBe(DAY)
})

test('S30 A grant is one person’s: an account that was given to somebody else comes back by none of before', async () => {
  const server = await smallDistrict()
  const { browser, reply } = await signedIn(server, 'rivera')
  const { db } = server.context.log
  const comeBack = async () => (await browser.ask('POST', '/api/return', { grant: reply.grant })).status
  expect(await comeBack()).toBe(200)
  db.prepare("UPDATE account SET staff = 'idle' WHERE staff = 'rivera'").run()
  expect(await comeBack()).toBe(401)
})

test('somebody acts in a role from the moment it was given until the moment its time ends', async () => {
  const server = await smallDistrict()
  const { accounts, log } = server.context
  const account = accounts.byStaff('rivera')
  if (!account) throw new Error('rivera has no account')
  server.wait(HOUR)
  const given = log.sources.now()
  const until = instant(given + DAY)
  accounts.change(account, { role: 'substitute', until })
  const standing = openStanding(log.db)('rivera')
  const may = (at: number) => [standing?.(at).role, standing?.(at).mayAct]
  expect([may(given - 1), may(given)]).toEqual([
    ['teacher', true],
    ['substitute', true],
  ])
  expect([may(until - 1), may(until)]).toEqual([
    ['substitute', true],
    ['substitute', false],
  ])
})
