import { expect, test } from 'vitest'
import type { OwnSignIns, PasskeyAnswer, PasskeyOptions } from '../../shared/api/passkeys.ts'
import type { RecoveryCodes, SecondFactorBegun, SecondFactorState, StepUpState } from '../../shared/api/trust.ts'
import { HOUR, MINUTE } from '../../shared/time.ts'
import { codeAt, stepAt } from '../../server/people/totp.ts'
import { type Authenticator, openAuthenticator } from '../support/authenticator.ts'
import type * as z from 'zod/mini'
import { smallDistrict } from './smallDistrict.ts'
import { type Browser, PASSWORD, signedIn, type TestServer } from './testServer.ts'

type Options = z.infer<typeof PasskeyOptions>
const URL_OF_PAGES = 'https://recoup.example.org'
const codeOf = (answer: { json<T>(): T }) => answer.json<{ code: string }>().code
const ask = async (browser: Browser) => (await browser.ask('POST', '/api/passkeys/ask')).json<Options>()
const state = async (browser: Browser) => (await browser.ask('GET', '/api/second-factor')).json<SecondFactorState>()

async function withPasskey(browser: Browser, name = 'Laptop'): Promise<{ key: Authenticator; paper: readonly string[] }> {
  const key = openAuthenticator(URL_OF_PAGES)
  const begun = (await browser.ask('POST', '/api/passkeys/begin')).json<Options>()
  const kept = await browser.ask('POST', '/api/passkeys', { name, made: key.make(begun) })
  if (kept.status !== 200) throw new Error(kept.text)
  return { key, paper: kept.json<RecoveryCodes>().codes }
}
const enter = (browser: Browser, more: { passkey?: PasskeyAnswer; code?: string | undefined } = {}, username = 'lund') =>
  browser.ask('POST', '/api/sign-in', { username, password: PASSWORD, deviceName: 'Desk', ...more })
const district = (): Promise<TestServer> => smallDistrict({ url: URL_OF_PAGES })

test('a passkey is a second factor: the password alone is not enough, and ten codes on paper come with the first one', async () => {
  const server = await district()
  server.context.trustPolicy.set({ secondFactor: true, enrolByCode: false })
  const { browser, reply } = await signedIn(server, 'lund')
  expect(reply.secondFactorNeeded).toBe(true)
  const { key, paper } = await withPasskey(browser)
  expect(paper).toHaveLength(10)
  expect((await withPasskey(browser, 'Telephone')).paper).toEqual([])
  expect(await state(browser)).toMatchObject({ on: true, app: false, needed: false, recoveryLeft: 10 })
  expect((await browser.ask('GET', '/api/roster')).status).toBe(200)
  const other = server.browser()
  expect(codeOf(await enter(other))).toBe('secondFactor')
  const asked = await ask(other)
  // Who asks without being signed in learns of nobody's keys.
  expect(asked.options.allowCredentials).toEqual([])
  expect((await enter(other, { passkey: key.answer(asked) })).status).toBe(200)
  expect((await enter(server.browser(), { code: paper[0] })).status).toBe(200)
  expect(codeOf(await enter(server.browser(), { code: paper[0] }))).toBe('wrongCode')
})

test('an answer is good once, for five minutes, for this address, for one account, and from a key that counts on', async () => {
  const server = await district()
  const { browser } = await signedIn(server, 'lund')
  const { key } = await withPasskey(browser)
  const refused = async (passkey: PasskeyAnswer, username = 'lund') => codeOf(await enter(server.browser(), { passkey }, username))
  const asked = await ask(browser)
  const answer = key.answer(asked)
  expect((await enter(server.browser(), { passkey: answer })).status).toBe(200)
  expect(await refused(answer)).toBe('wrongPasskey')
  expect(await refused(key.answer(asked))).toBe('wrongPasskey')
  expect(await refused(key.answer(await ask(browser), { origin: 'https://recoup.example.net' }))).toBe('wrongPasskey')
  expect(await refused(key.answer(await ask(browser), { counter: 1 }))).toBe('wrongPasskey')
  const late = await ask(browser)
  server.wait(5 * MINUTE)
  expect(await refused(key.answer(late))).toBe('wrongPasskey')
  const madeUp = { options: { challenge: Buffer.alloc(56, 1).toString('base64url') } }
  expect(await refused(key.answer(madeUp))).toBe('wrongPasskey')
  expect(await refused(openAuthenticator(URL_OF_PAGES).answer(await ask(browser)))).toBe('wrongPasskey')
  // Another account with a passkey of its own.
  const marsh = await signedIn(server, 'marsh')
  await withPasskey(marsh.browser)
  expect(await refused(key.answer(await ask(browser)), 'marsh')).toBe('wrongPasskey')
  // Wrong answers are counted like wrong codes.
  const one = server.browser()
  for (let i = 0; i < 10; i++) await enter(one, { passkey: answer })
  expect((await enter(one, { passkey: key.answer(await ask(one)) })).status).toBe(429)
})

test('passkeys are named and removed by whoever has just shown who it is, and only the own ones', async () => {
  const server = await district()
  const { browser } = await signedIn(server, 'lund')
  const { key } = await withPasskey(browser)
  expect((await browser.ask('PATCH', `/api/passkeys/${key.id}`, { name: 'Grey laptop' })).status).toBe(200)
  expect((await state(browser)).passkeys).toMatchObject([{ id: key.id, name: 'Grey laptop', lastUsedAt: null }])
  const marsh = await signedIn(server, 'marsh')
  expect((await marsh.browser.ask('POST', `/api/passkeys/${key.id}/remove`)).status).toBe(404)
  server.wait(6 * MINUTE)
  for (const [method, url, body] of [
    ['POST', `/api/passkeys/${key.id}/remove`, undefined],
    ['PATCH', `/api/passkeys/${key.id}`, { name: 'x' }],
    ['POST', '/api/passkeys/begin', undefined],
  ] as const)
    expect(codeOf(await browser.ask(method, url, body)), url).toBe('stepUp')
  expect((await browser.ask('GET', '/api/step-up')).json<StepUpState>()).toMatchObject({ way: 'code', passkeys: true, fresh: false })
  expect((await browser.ask('POST', '/api/step-up', { passkey: key.answer(await ask(browser)) })).status).toBe(200)
  expect((await browser.ask('GET', '/api/roster.csv')).status).toBe(200)
  expect((await browser.ask('POST', `/api/passkeys/${key.id}/remove`)).status).toBe(200)
  expect(await state(browser)).toMatchObject({ on: false, passkeys: [] })
  expect((await enter(server.browser())).status).toBe(200)
})

test('somebody who takes another’s second factor away takes the passkeys too, and another app holds back none that is in use', async () => {
  const server = await district()
  const { browser } = await signedIn(server, 'marsh')
  const { key } = await withPasskey(browser)
  const { secret } = (await browser.ask('POST', '/api/second-factor/begin')).json<SecondFactorBegun>()
  // Begun and left: the passkey is asked for as before.
  expect(codeOf(await enter(server.browser(), {}, 'marsh'))).toBe('secondFactor')
  const code = (more = 0) => codeAt(secret, stepAt(server.context.log.sources.now()) + more)
  expect((await browser.ask('POST', '/api/second-factor/confirm', { code: code() })).status).toBe(200)
  await browser.ask('POST', '/api/second-factor/begin')
  server.wait(MINUTE)
  expect((await enter(server.browser(), { code: code() }, 'marsh')).status).toBe(200)
  expect((await enter(server.browser(), { passkey: key.answer(await ask(browser)) }, 'marsh')).status).toBe(200)
  const lund = await signedIn(server, 'lund')
  expect((await lund.browser.ask('PATCH', '/api/people/marsh', { resetSecondFactor: true })).status).toBe(200)
  expect((await enter(server.browser(), {}, 'marsh')).status).toBe(200)
})

test('a person sees where the own account is signed in and ends it there; nobody sees or ends another’s', async () => {
  const server = await smallDistrict()
  const here = (await signedIn(server, 'rivera')).browser
  server.wait(MINUTE)
  const tablet = await signedIn(server, 'rivera')
  const third = (await signedIn(server, 'rivera')).browser
  const osei = (await signedIn(server, 'osei')).browser
  const list = async () => (await here.ask('GET', '/api/signed-in')).json<z.infer<typeof OwnSignIns>>().signIns
  const before = await list()
  expect(before.map((one) => String(one.here)).sort()).toEqual(['false', 'false', 'true'])
  expect(before[0]).toMatchObject({ device: 'Test tablet' })
  const another = before.find((one) => !one.here)?.id ?? ''
  expect((await osei.ask('POST', '/api/signed-in/end', { which: another })).status).toBe(404)
  expect((await here.ask('POST', '/api/signed-in/end', { which: another })).status).toBe(200)
  expect(await list()).toHaveLength(2)
  expect((await here.ask('POST', '/api/signed-in/end', { which: 'others' })).status).toBe(200)
  expect((await list()).map((one) => one.here)).toEqual([true])
  for (const ended of [tablet.browser, third]) expect((await ended.ask('GET', '/api/me')).status).toBe(401)
  // As after signing out there: no more news, and what it holds is taken.
  const pull = { protocol: 1, cursor: null, asOf: '2026-11-22', limit: 10 }
  expect((await tablet.browser.ask('POST', '/api/sync/pull', pull)).status).toBe(401)
  expect((await tablet.browser.ask('POST', '/api/sync/push', { protocol: 1, events: [], report: { pending: 0 } })).status).not.toBe(401)
  expect((await osei.ask('GET', '/api/me')).status).toBe(200)
})

test('what is refused to somebody who is signed in is written down without what was asked for, once an hour, and never changed', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'rivera')
  await browser.ask('GET', '/api/people')
  await browser.ask('GET', '/api/people')
  await browser.ask('GET', '/api/students/dora')
  await browser.ask('GET', '/api/students/nobody-there')
  await browser.ask('PUT', '/api/sections', { wrong: true })
  const { log, refusals } = server.context
  const told = () => refusals.newest(10).map(({ username, route, code }) => `${username} ${code} ${route}`)
  expect(told()).toEqual([
    'rivera notYourRole PUT /api/sections',
    'rivera notFound GET /api/students/:student',
    'rivera notYourRole GET /api/people',
  ])
  server.wait(HOUR)
  await browser.ask('GET', '/api/people')
  expect(told()).toHaveLength(4)
  expect(JSON.stringify(log.db.prepare('SELECT * FROM refusal').all())).not.toContain('dora')
  expect(() => log.db.exec("UPDATE refusal SET code = 'x'")).toThrow('never changed')
})

test.each([
  ['mailcreated5240', true],
  ['mustang20202020202', true],
  ['Monkey!Mustang12345', true],
  ['elephant shadow', true],
  ['tulip cabinet window frost', false],
  ['correct horse battery staple', false],
])('a password known from breaches, or made of two that are, is refused: %s', async (password, isRefused) => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'rivera')
  const answer = await browser.ask('POST', '/api/password', { current: PASSWORD, password })
  expect(isRefused ? codeOf(answer) : answer.status).toBe(isRefused ? 'breachedPassword' : 200)
})
