// What somebody opened elsewhere with a password alone: when it ends, and what it never opens.
import { expect, test } from 'vitest'
import type { PasskeyOptions } from '../../shared/api/passkeys.ts'
import type { SignedIn } from '../../shared/api/people.ts'
import type { PullReply, ReceiptBody } from '../../shared/api/sync.ts'
import { MINUTE } from '../../shared/time.ts'
import { codeAt, stepAt } from '../../server/people/totp.ts'
import { openAuthenticator } from '../support/authenticator.ts'
import type * as z from 'zod/mini'
import { ELM, smallDistrict } from './smallDistrict.ts'
import { type Answer, type Browser, PASSWORD, signedIn, type TestServer } from './testServer.ts'
import { openTestTablet } from './testTablet.ts'

const OTHER_PASSWORD = 'quiet lantern orbit mango sofa'
const codeOf = (answer: Answer): string => answer.json<{ code: string }>().code
const codeNow = (server: TestServer, secret: string): string => codeAt(secret, stepAt(server.context.log.sources.now()))
const begin = async (browser: Browser): Promise<string> =>
  (await browser.ask('POST', '/api/second-factor/begin')).json<{ secret: string }>().secret
async function setUp(server: TestServer, browser: Browser): Promise<string> {
  const secret = await begin(browser)
  const confirmed = await browser.ask('POST', '/api/second-factor/confirm', { code: codeNow(server, secret) })
  expect(confirmed.status).toBe(200)
  return secret
}
const withCode = (browser: Browser, username: string, code: string): Promise<Answer> =>
  browser.ask('POST', '/api/sign-in', { username, password: PASSWORD, deviceName: 'Desk', code })
const comeBack = (browser: Browser, { grant }: SignedIn): Promise<Answer> => browser.ask('POST', '/api/return', { grant })
const pull = (browser: Browser): Promise<Answer> =>
  browser.ask('POST', '/api/sync/pull', { protocol: 1, cursor: null, asOf: '2026-11-22', limit: 5000 })
const named = async (browser: Browser): Promise<number> => {
  const answer = await pull(browser)
  return answer.status === 200 ? answer.json<PullReply>().records.filter(({ kind }) => kind === 'student').length : 0
}

test.each(['app', 'passkey'])(
  'who has only the password gets nothing by it when the second factor is set up elsewhere (%s)',
  async (by) => {
    const url = 'https://recoup.example.org'
    const server = await smallDistrict({ url })
    server.context.trustPolicy.set({ secondFactor: true, enrolByCode: false })
    const thief = await signedIn(server, 'lund')
    const other = await signedIn(server, 'lund')
    expect(codeOf(await thief.browser.ask('GET', '/api/people'))).toBe('secondFactorNeeded')
    const victim = await signedIn(server, 'lund')
    server.wait(1000)
    if (by === 'app') await setUp(server, victim.browser)
    else {
      const options = (await victim.browser.ask('POST', '/api/passkeys/begin')).json<z.infer<typeof PasskeyOptions>>()
      const made = openAuthenticator(url).make(options)
      expect((await victim.browser.ask('POST', '/api/passkeys', { name: 'Laptop', made })).status).toBe(200)
    }
    for (const path of ['/api/people', '/api/roster', '/api/roster.csv', '/api/me'])
      expect((await thief.browser.ask('GET', path)).status, path).toBe(401)
    expect((await thief.browser.ask('POST', '/api/second-factor/begin')).status).toBe(401)
    expect((await comeBack(other.browser, other.reply)).status).toBe(401)
    expect([await named(thief.browser), await named(other.browser)]).toEqual([0, 0])
    expect((await victim.browser.ask('GET', '/api/people')).status).toBe(200)
    expect(await named(victim.browser)).toBeGreaterThan(0)
    // Where it was set up one comes back with the PIN as before, also after the session has ended.
    const renewed = await comeBack(victim.browser, victim.reply)
    expect(renewed.status).toBe(200)
    server.wait(31 * MINUTE)
    expect((await comeBack(victim.browser, renewed.json<SignedIn>())).status).toBe(200)
    expect((await victim.browser.ask('GET', '/api/people')).status).toBe(200)
  },
)

test('a session from before it was noted who showed the second factor is none where there is one, and nobody else’s ends', async () => {
  const server = await smallDistrict()
  const desk = await signedIn(server, 'lund')
  const secret = await setUp(server, desk.browser)
  const teacher = await signedIn(server, 'rivera')
  server.context.log.db.exec('UPDATE web_session SET proved = 0')
  expect(codeOf(await desk.browser.ask('GET', '/api/people'))).toBe('signIn')
  expect((await desk.browser.ask('POST', '/api/second-factor/begin')).status).toBe(401)
  expect((await desk.browser.ask('POST', '/api/second-factor/confirm', { code: codeNow(server, secret) })).status).toBe(401)
  expect((await teacher.browser.ask('GET', '/api/roster')).status).toBe(200)
  server.wait(MINUTE)
  const again = await withCode(desk.browser, 'lund', codeNow(server, secret))
  expect(again.status).toBe(200)
  expect((await desk.browser.ask('GET', '/api/people')).status).toBe(200)
  expect((await comeBack(desk.browser, again.json<SignedIn>())).status).toBe(200)
})

test('a second factor is begun anew only by who has shown the one there is, just now', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'marsh')
  const secret = await setUp(server, browser)
  server.wait(6 * MINUTE)
  expect(codeOf(await browser.ask('POST', '/api/second-factor/begin'))).toBe('stepUp')
  expect((await browser.ask('POST', '/api/step-up', { code: codeNow(server, secret) })).status).toBe(200)
  expect((await browser.ask('POST', '/api/second-factor/begin')).status).toBe(200)
})

const changePassword = (browser: Browser) => browser.ask('POST', '/api/password', { current: PASSWORD, password: OTHER_PASSWORD })
const endOthers = (browser: Browser) => browser.ask('POST', '/api/signed-in/end', { which: 'others' })

test.each([
  ['another password', changePassword],
  ['ending the others', endOthers],
])('[S9] after %s other devices are told no name more, and what they hold is taken all the same', async (_what, end) => {
  const server = await smallDistrict()
  const elsewhere = await openTestTablet(server, 'rivera', ELM)
  elsewhere.recordSaturday(['ana'])
  const { browser, reply } = await signedIn(server, 'rivera')
  expect(await named(elsewhere.browser)).toBeGreaterThan(0)
  server.wait(1000)
  expect((await end(browser)).status).toBe(200)
  expect((await pull(elsewhere.browser)).status).toBe(401)
  expect((await comeBack(elsewhere.browser, elsewhere.reply)).status).toBe(401)
  const { results } = JSON.parse((await elsewhere.push()).receipt.body) as ReceiptBody
  expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['accepted']))
  // Where it was done the person goes on.
  expect(await named(browser)).toBeGreaterThan(0)
  expect((await browser.ask('GET', '/api/me')).status).toBe(200)
  if (end === endOthers) expect((await comeBack(browser, reply)).status).toBe(200)
})

test('a device whose session ended long before is told nothing more either when the others are ended', async () => {
  const server = await smallDistrict()
  const thief = await signedIn(server, 'marsh')
  server.wait(31 * MINUTE)
  expect((await thief.browser.ask('GET', '/api/me')).status).toBe(401)
  const { browser } = await signedIn(server, 'marsh')
  expect(await named(thief.browser)).toBeGreaterThan(0)
  expect((await endOthers(browser)).status).toBe(200)
  expect((await pull(thief.browser)).status).toBe(401)
  // What was ended from here does not come back when it is ended from there.
  server.wait(1000)
  const there = await signedIn(server, 'marsh')
  const late = await signedIn(server, 'marsh')
  server.wait(1000)
  await endOthers(there.browser)
  expect((await comeBack(late.browser, late.reply)).status).toBe(401)
  server.wait(1000)
  await late.browser.signIn('marsh')
  await endOthers(late.browser)
  expect((await comeBack(late.browser, late.reply)).status).toBe(401)
})

test('an account that was closed and opened again begins with signing in, on every device', async () => {
  const server = await smallDistrict()
  const teacher = await signedIn(server, 'rivera')
  const { browser } = await signedIn(server, 'lund')
  for (const state of ['disabled', 'active']) expect((await browser.ask('PATCH', '/api/people/rivera', { state })).status).toBe(200)
  expect((await pull(teacher.browser)).status).toBe(401)
  expect((await comeBack(teacher.browser, teacher.reply)).status).toBe(401)
  expect((await teacher.browser.signIn('rivera')).status).toBe(200)
  expect((await pull(teacher.browser)).status).toBe(200)
})
