// The district's own sign-in, against a real provider: who is let in, and every answer that is not taken.
import { expect, onTestFinished, test } from 'vitest'
import type { SignedIn } from '../../shared/api/people.ts'
import type { RecoveryCodes, SecondFactorBegun } from '../../shared/api/trust.ts'
import { DAY, MINUTE } from '../../shared/time.ts'
import { readConfig } from '../../server/config.ts'
import { codeAt, stepAt } from '../../server/people/totp.ts'
import { type IdentityProvider, openIdentityProvider } from '../support/identityProvider.ts'
import { smallDistrict } from './smallDistrict.ts'
import { type Browser, signedIn, type TestServer } from './testServer.ts'

const URL_HERE = 'https://recoup.example.org'
const ROLES = 'Recoup Coordinators=coordinator;CN=Admins,OU=Recoup=administrator;Subs=substitute'
const codeOf = (answer: { json<T>(): T }) => answer.json<{ code: string }>().code

async function withProvider(more: Record<string, string> = {}): Promise<{ idp: IdentityProvider; server: TestServer }> {
  const idp = await openIdentityProvider(`${URL_HERE}/sso/return`)
  onTestFinished(() => idp.close())
  const config = readConfig({
    RECOUP_URL: URL_HERE,
    RECOUP_SSO_ISSUER: idp.issuer,
    RECOUP_SSO_CLIENT: idp.client,
    RECOUP_SSO_SECRET: idp.secret,
    RECOUP_SSO_NAME: 'Test Unified',
    ...more,
  })
  if ('fault' in config || !config.sso) throw new Error('the settings are not right')
  return { idp, server: await smallDistrict({ url: URL_HERE, sso: config.sso }) }
}

const begin = async (browser: Browser, fresh = false): Promise<string> =>
  (await browser.ask('POST', '/api/sso/begin', { fresh })).json<{ url: string }>().url
const finish = (browser: Browser, query: string, more: object = {}) =>
  browser.ask('POST', '/api/sso/finish', { query, deviceName: 'Desk', ...more })
/** There and back. */
async function enter(idp: IdentityProvider, browser: Browser, fresh = false) {
  return finish(browser, await idp.walk(await begin(browser, fresh)))
}

test('somebody of the staff list signs in at the district’s own provider, and the sign-in page says what it is called', async () => {
  const { idp, server } = await withProvider()
  idp.person = { sub: 'u-1', email: 'Marsh@Example.org' }
  const browser = server.browser()
  expect((await browser.ask('GET', '/api/setup')).json()).toMatchObject({ sso: 'Test Unified' })
  const reply = await enter(idp, browser)
  expect(reply.text).toContain('"role":"coordinator"')
  expect(reply.json<SignedIn>().me.staff).toBe('marsh')
  expect([...browser.cookies.keys()].sort()).toEqual(['__Host-recoup_device', '__Host-recoup_session'])
  expect((await browser.ask('GET', '/api/devices')).status).toBe(200)
  // From then on by the subject: a new address in the staff list changes nothing.
  idp.person = { sub: 'u-1', email: 'other@example.org' }
  expect((await enter(idp, server.browser())).json<SignedIn>().me.staff).toBe('marsh')
})

test('the cookie that binds a sign-in to its browser is of this host alone, for ten minutes, and not readable by script', async () => {
  const { server } = await withProvider()
  const { headers } = await server.browser().ask('POST', '/api/sso/begin', {})
  expect(String(headers['set-cookie'])).toMatch(/^__Host-recoup_sso=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
})

test('the provider is asked with PKCE, a state and a nonce, all new every time', async () => {
  const { server } = await withProvider()
  const asked = [await begin(server.browser()), await begin(server.browser())].map((url) => new URL(url).searchParams)
  for (const params of asked) {
    expect(params.get('code_challenge_method')).toBe('S256')
    expect(params.get('response_type')).toBe('code')
    for (const name of ['state', 'nonce', 'code_challenge']) expect(params.get(name), name).toMatch(/^[\w-]{43}$/)
  }
  for (const name of ['state', 'nonce', 'code_challenge']) expect(asked[0]?.get(name)).not.toBe(asked[1]?.get(name))
})

test('an answer is taken once, in the browser that began it, with its own state, within ten minutes', async () => {
  const { idp, server } = await withProvider()
  idp.person = { sub: 'u-1', email: 'marsh@example.org' }
  const browser = server.browser()
  const query = await idp.walk(await begin(browser))
  expect(codeOf(await finish(server.browser(), query))).toBe('ssoAgain')
  const stranger = server.browser()
  await begin(stranger)
  expect(codeOf(await finish(stranger, query))).toBe('ssoAgain')
  const wrong = new URLSearchParams(query)
  wrong.set('state', 'x'.repeat(43))
  expect(codeOf(await finish(browser, wrong.toString()))).toBe('ssoAgain')
  wrong.delete('state')
  expect(codeOf(await finish(browser, wrong.toString()))).toBe('ssoAgain')
  const kept = new Map(browser.cookies)
  expect((await finish(browser, query)).status).toBe(200)
  for (const [name, value] of kept) browser.cookies.set(name, value)
  expect(codeOf(await finish(browser, query))).toBe('ssoAgain')
  const late = server.browser()
  const lateQuery = await idp.walk(await begin(late))
  server.wait(11 * MINUTE)
  expect(codeOf(await finish(late, lateQuery))).toBe('ssoAgain')
})

test('a code of another sign-in is not taken: the verifier of this one does not fit it', async () => {
  const { idp, server } = await withProvider()
  idp.person = { sub: 'u-1', email: 'marsh@example.org' }
  const [mine, theirs] = [server.browser(), server.browser()]
  const own = new URLSearchParams(await idp.walk(await begin(mine)))
  const stolen = new URLSearchParams(await idp.walk(await begin(theirs)))
  own.set('code', stolen.get('code') ?? '')
  expect(codeOf(await finish(mine, own.toString()))).toBe('ssoRefused')
})

const NOW_S = Math.floor(Date.now() / 1000)
test.each([
  ['another nonce', { nonce: 'of somebody else' }],
  ['no nonce', { nonce: undefined }],
  ['another audience', { aud: 'some-other-program' }],
  ['another issuer', { iss: 'https://login.elsewhere.example' }],
  ['an end that has passed', { exp: NOW_S - 3600, iat: NOW_S - 7200 }],
  ['no end', { exp: undefined }],
  ['a beginning that is still to come', { nbf: NOW_S + 3600 }],
  ['a second audience and no authorized party', { aud: ['recoup', 'other'], azp: undefined }],
  ['no subject', { sub: undefined }],
])('an ID token with %s is refused', async (_what, change) => {
  const { idp, server } = await withProvider()
  idp.person = { sub: 'u-1', email: 'marsh@example.org' }
  idp.bend = ({ header, claims }) => ({ header, claims: { ...claims, ...change } })
  const reply = await enter(idp, server.browser())
  expect([reply.status, codeOf(reply)]).toEqual([401, 'ssoRefused'])
  expect(reply.headers['set-cookie']).toBeUndefined()
})

test('an ID token that nobody signed, or another key, or with another method, is refused', async () => {
  const { idp, server } = await withProvider()
  idp.person = { sub: 'u-1', email: 'marsh@example.org' }
  idp.bend = ({ header, claims }) => ({ header: { ...header, alg: 'none' }, claims })
  expect(codeOf(await enter(idp, server.browser()))).toBe('ssoRefused')
  idp.bend = ({ header, claims }) => ({ header: { ...header, alg: 'HS256' }, claims })
  expect(codeOf(await enter(idp, server.browser()))).toBe('ssoRefused')
  idp.bend = undefined
  idp.signsWithOtherKey = true
  expect(codeOf(await enter(idp, server.browser()))).toBe('ssoRefused')
  idp.signsWithOtherKey = false
  expect((await enter(idp, server.browser())).status).toBe(200)
})

test('what the provider itself refused is no sign-in, and no more is an answer from elsewhere', async () => {
  const { idp, server } = await withProvider()
  const browser = server.browser()
  const state = new URL(await begin(browser)).searchParams.get('state') ?? ''
  expect(codeOf(await finish(browser, `error=access_denied&state=${state}&iss=${encodeURIComponent(idp.issuer)}`))).toBe('ssoRefused')
  idp.person = { sub: 'u-1', email: 'marsh@example.org' }
  const query = new URLSearchParams(await idp.walk(await begin(browser)))
  query.set('iss', 'https://login.elsewhere.example')
  expect(codeOf(await finish(browser, query.toString()))).toBe('ssoRefused')
})

test('who is not on the staff list, or is there twice, or whose address nobody verified, is told what to do', async () => {
  const { idp, server } = await withProvider({ RECOUP_SSO_ROLES: ROLES })
  idp.person = { sub: 'u-1', email: 'stranger@example.org', groups: ['Recoup Coordinators'] }
  const stranger = await enter(idp, server.browser())
  expect([stranger.status, codeOf(stranger)]).toEqual([403, 'ssoUnknown'])
  expect(stranger.json<{ message: string }>().message).toContain('Ask your school’s office')
  idp.person = { sub: 'u-2', email: 'marsh@example.org', emailVerified: false }
  expect(codeOf(await enter(idp, server.browser()))).toBe('ssoUnknown')
  idp.person = { sub: 'u-3' }
  expect(codeOf(await enter(idp, server.browser()))).toBe('ssoUnknown')
  const { store } = server.context
  const osei = store.get('staff', 'osei')
  if (!osei) throw new Error('no osei')
  store.apply([{ kind: 'staff', id: 'osei', ended: false, body: { ...osei.body, email: 'marsh@example.org' } }])
  idp.person = { sub: 'u-4', email: 'marsh@example.org' }
  expect(codeOf(await enter(idp, server.browser()))).toBe('ssoUnknown')
})

test('groups give roles, the first that fits; who is in none and has no role here is not let in', async () => {
  const { idp, server } = await withProvider({ RECOUP_SSO_ROLES: ROLES })
  const role = async () => (await enter(idp, server.browser())).json<SignedIn>().me?.role
  idp.person = { sub: 'u-1', email: 'idle@example.org', groups: ['Everybody'] }
  expect(codeOf(await enter(idp, server.browser()))).toBe('ssoNoRole')
  idp.person = { sub: 'u-1', email: 'idle@example.org', groups: ['CN=Admins,OU=Recoup', 'Recoup Coordinators'] }
  expect(await role()).toBe('coordinator')
  idp.person = { sub: 'u-1', email: 'idle@example.org', groups: ['CN=Admins,OU=Recoup'] }
  expect(await role()).toBe('administrator')
  idp.person = { sub: 'u-1', email: 'idle@example.org', groups: [] }
  expect(codeOf(await enter(idp, server.browser()))).toBe('ssoNoRole')
  // A role given here by hand stays with somebody who is in no such group.
  idp.person = { sub: 'u-2', email: 'marsh@example.org', groups: ['Everybody'] }
  expect(await role()).toBe('coordinator')
})

test('a substitute by a group comes for a while all the same', async () => {
  const { idp, server } = await withProvider({ RECOUP_SSO_ROLES: ROLES })
  idp.person = { sub: 'u-1', email: 'idle@example.org', groups: ['Subs'] }
  expect((await enter(idp, server.browser())).status).toBe(200)
  server.wait(31 * DAY)
  expect(codeOf(await enter(idp, server.browser()))).toBe('ssoClosed')
})

test('an account that was closed stays closed, and one person of the provider is one person here', async () => {
  const { idp, server } = await withProvider()
  const { browser: lund } = await signedIn(server, 'lund')
  idp.person = { sub: 'u-1', email: 'marsh@example.org' }
  expect((await enter(idp, server.browser())).status).toBe(200)
  idp.person = { sub: 'u-2', email: 'marsh@example.org' }
  expect(codeOf(await enter(idp, server.browser()))).toBe('ssoOther')
  const change = (state: 'active' | 'disabled') => lund.ask('PATCH', '/api/people/marsh', { state })
  await change('disabled')
  expect(codeOf(await enter(idp, server.browser()))).toBe('ssoClosed')
  await change('active')
  expect((await enter(idp, server.browser())).status).toBe(200)
})

test('a person who was only invited is taken up; one who left the district is not', async () => {
  const { idp, server } = await withProvider()
  server.context.accounts.invite(['idle'], 'teacher')
  idp.person = { sub: 'u-1', email: 'idle@example.org' }
  expect((await enter(idp, server.browser())).json<SignedIn>().me.role).toBe('teacher')
  expect((await server.browser().signIn('idle')).status).toBe(401)
  const idle = server.context.store.get('staff', 'idle')
  if (!idle) throw new Error('no idle')
  server.context.store.apply([{ kind: 'staff', id: 'idle', ended: true, body: idle.body }])
  expect(codeOf(await enter(idp, server.browser()))).toBe('ssoClosed')
})

test('where the district asks for a second factor the provider’s counts; without one ours is asked for', async () => {
  const { idp, server } = await withProvider()
  server.context.trustPolicy.set({ secondFactor: true, enrolByCode: false })
  idp.person = { sub: 'u-1', email: 'marsh@example.org', amr: ['pwd', 'mfa'] }
  const vouched = server.browser()
  expect((await enter(idp, vouched)).json<SignedIn>().secondFactorNeeded).toBe(false)
  expect((await vouched.ask('GET', '/api/roster')).status).toBe(200)
  idp.person = { sub: 'u-1', email: 'marsh@example.org', amr: ['pwd'] }
  const plain = server.browser()
  expect((await enter(idp, plain)).json<SignedIn>().secondFactorNeeded).toBe(true)
  expect(codeOf(await plain.ask('GET', '/api/roster'))).toBe('secondFactorNeeded')
  const { secret } = (await plain.ask('POST', '/api/second-factor/begin')).json<SecondFactorBegun>()
  const code = (more: number) => codeAt(secret, stepAt(server.context.log.sources.now()) + more)
  expect((await plain.ask('POST', '/api/second-factor/confirm', { code: code(0) })).json<RecoveryCodes>().codes).toHaveLength(10)
  server.wait(MINUTE)
  // Asked for besides, the same answer of the provider goes on where it was.
  const next = server.browser()
  const query = await idp.walk(await begin(next))
  expect(codeOf(await finish(next, query))).toBe('secondFactor')
  expect(codeOf(await finish(next, query, { code: '000000' }))).toBe('wrongCode')
  expect(codeOf(await finish(server.browser(), query, { code: code(0) }))).toBe('ssoAgain')
  expect((await finish(next, query, { code: code(0) })).status).toBe(200)
  expect(codeOf(await finish(next, query, { code: code(1) }))).toBe('ssoAgain')
})

test('to show again that one is oneself is to sign in there again', async () => {
  const { idp, server } = await withProvider()
  server.context.trustPolicy.set({ secondFactor: true, enrolByCode: false })
  idp.person = { sub: 'u-1', email: 'lund@example.org', amr: ['mfa'] }
  const browser = server.browser()
  await enter(idp, browser)
  server.wait(6 * MINUTE)
  expect(codeOf(await browser.ask('GET', '/api/roster.csv'))).toBe('stepUp')
  const before = browser.cookies.get('__Host-recoup_session')
  expect(new URL(await begin(browser, true)).searchParams.get('max_age')).toBe('0')
  expect((await enter(idp, browser, true)).status).toBe(200)
  expect(browser.cookies.get('__Host-recoup_session')).not.toBe(before)
  expect((await browser.ask('GET', '/api/roster.csv')).status).toBe(200)
  // A provider that did not ask again says so by the time of the sign-in.
  idp.bend = ({ header, claims }) => ({ header, claims: { ...claims, auth_time: NOW_S - 3600 } })
  expect(codeOf(await enter(idp, browser, true))).toBe('ssoRefused')
})

test('a new device needs a coordinator’s code also here, where the district asks for it', async () => {
  const { idp, server } = await withProvider()
  const { browser: marsh } = await signedIn(server, 'marsh')
  server.context.trustPolicy.set({ secondFactor: false, enrolByCode: true })
  idp.person = { sub: 'u-1', email: 'rivera@example.org' }
  const tablet = server.browser()
  const query = await idp.walk(await begin(tablet))
  expect(codeOf(await finish(tablet, query))).toBe('enrolCode')
  const { code } = (await marsh.ask('POST', '/api/devices/codes')).json<{ code: string }>()
  expect((await finish(tablet, query, { enrolCode: code })).status).toBe(200)
})

test('while the provider is down, or where there is none, people sign in with a password', async () => {
  const { idp, server } = await withProvider()
  await idp.close()
  const down = await server.browser().ask('POST', '/api/sso/begin', {})
  expect([down.status, codeOf(down)]).toEqual([503, 'ssoDown'])
  expect((await server.browser().signIn('marsh')).status).toBe(200)
  const none = await smallDistrict()
  expect(codeOf(await none.browser().ask('POST', '/api/sso/begin', {}))).toBe('ssoOff')
  expect((await none.browser().ask('GET', '/api/setup')).json()).toMatchObject({ sso: null })
})

test('settings that cannot be right stop the start with a sentence', () => {
  const base = { RECOUP_URL: URL_HERE, RECOUP_SSO_ISSUER: 'https://login.example.org', RECOUP_SSO_CLIENT: 'recoup' }
  expect(readConfig(base)).toMatchObject({ sso: { name: 'login.example.org', groupsClaim: 'groups', roles: [] } })
  expect(readConfig({})).not.toHaveProperty('sso')
  expect(readConfig({ ...base, RECOUP_SSO_ROLES: 'a=teacher; CN=x,OU=y=auditor' })).toMatchObject({
    sso: {
      roles: [
        ['a', 'teacher'],
        ['CN=x,OU=y', 'auditor'],
      ],
    },
  })
  for (const [more, word] of [
    [{ RECOUP_SSO_ISSUER: 'http://login.example.org' }, 'RECOUP_SSO_ISSUER'],
    [{ RECOUP_SSO_ISSUER: 'login' }, 'RECOUP_SSO_ISSUER'],
    [{ RECOUP_URL: '' }, 'RECOUP_URL'],
    [{ RECOUP_SSO_CLIENT: '' }, 'RECOUP_SSO_CLIENT'],
    [{ RECOUP_SSO_ROLES: 'a=king' }, 'RECOUP_SSO_ROLES'],
  ] as const)
    expect(readConfig({ ...base, ...more }), word).toMatchObject({ fault: expect.stringContaining(word) })
})
