import { expect, test } from 'vitest'
import type { InvitesReply, Me, PeopleReply, SignedIn } from '../../shared/api/people.ts'
import { DAY, HOUR, MINUTE } from '../../shared/time.ts'
import { ELM, smallDistrict, staff } from './smallDistrict.ts'
import { type Browser, NOW, PASSWORD, signedIn, testServer } from './testServer.ts'
import { openTestTablet } from './testTablet.ts'
import { forgetFactor } from '../../server/cli/user.ts'
import { codeAt, stepAt } from '../../server/people/totp.ts'

const code = (answer: { json<T>(): T }): string => answer.json<{ code: string }>().code

test('somebody who signs in is told who they are, and the browser becomes a device whose credential no script can read', async () => {
  const server = await smallDistrict()
  const browser = server.browser()
  const answer = await browser.signIn(' Rivera ')
  expect(answer.json<SignedIn>()).toMatchObject({
    me: { staff: 'rivera', role: 'teacher', sites: ['elm'], districtWide: false },
    district: 'Test Unified',
    sample: false,
  })
  const cookies = [answer.headers['set-cookie']].flat().map(String)
  expect(cookies).toHaveLength(2)
  for (const cookie of cookies) expect(cookie).toMatch(/HttpOnly; .*SameSite=Strict/)
  expect((await browser.ask('GET', '/api/me')).json<Me>().name).toBe('rivera of the staff')
})

test('a wrong password and an unknown name get the same answer', async () => {
  const server = await smallDistrict()
  const wrong = await server.browser().signIn('rivera', 'not the password')
  const unknown = await server.browser().signIn('nobody', 'not the password')
  expect(wrong.status).toBe(401)
  expect(unknown.text).toBe(wrong.text)
})

test('after ten failures further tries wait a quarter of an hour, on new devices together, and not for others', async () => {
  const server = await smallDistrict()
  for (let i = 0; i < 10; i++) expect((await server.browser().signIn('rivera', `guess number ${i}`)).status).toBe(401)
  expect((await server.browser().signIn('rivera')).status).toBe(429)
  expect((await server.browser().signIn('osei')).status).toBe(200)
  server.wait(15 * MINUTE)
  expect((await server.browser().signIn('rivera')).status).toBe(200)
})

test('a known device is not locked out by guesses made elsewhere', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'rivera')
  for (let i = 0; i < 12; i++) await server.browser().signIn('rivera', 'a guess from elsewhere')
  expect((await browser.signIn('rivera')).status).toBe(200)
})

test('a teacher stays signed in for a school day, somebody at a desk for half an hour without use', async () => {
  const server = await smallDistrict()
  const teacher = await signedIn(server, 'rivera')
  const coordinator = await signedIn(server, 'marsh')
  server.wait(29 * MINUTE)
  expect((await coordinator.browser.ask('GET', '/api/me')).status).toBe(200)
  server.wait(30 * MINUTE)
  expect((await coordinator.browser.ask('GET', '/api/me')).status).toBe(401)
  expect((await teacher.browser.ask('GET', '/api/me')).status).toBe(200)
  server.wait(11 * HOUR + MINUTE)
  expect((await teacher.browser.ask('GET', '/api/me')).status).toBe(401)
})

test('signing out ends the session; signing in again on the same browser keeps the device', async () => {
  const server = await smallDistrict()
  const { browser, reply } = await signedIn(server, 'rivera')
  expect((await browser.ask('POST', '/api/sign-out')).status).toBe(200)
  expect((await browser.ask('GET', '/api/me')).status).toBe(401)
  expect((await browser.signIn('marsh')).json<SignedIn>().device.id).toBe(reply.device.id)
})

test('an invitation is good once, for seven days, and its password must be long', async () => {
  const server = await smallDistrict()
  const district = await signedIn(server, 'lund')
  const { invites, skipped } = (
    await district.browser.ask('POST', '/api/people/invites', { staff: ['idle', 'rivera', 'nobody'], role: 'teacher' })
  ).json<InvitesReply>()
  expect(skipped).toEqual([
    { staff: 'rivera', reason: 'hasAccount' },
    { staff: 'nobody', reason: 'unknown' },
  ])
  const path = `/api/invites/${invites[0]?.path.split('/').at(-1)}`
  const browser = server.browser()
  expect((await browser.ask('GET', path)).json()).toMatchObject({ username: 'idle', role: 'teacher', district: 'Test Unified' })
  expect((await browser.ask('POST', path, { password: 'fourteen chars' })).status).toBe(400)
  expect((await browser.ask('POST', path, { password: PASSWORD })).status).toBe(200)
  expect(code(await browser.ask('POST', path, { password: PASSWORD }))).toBe('inviteGone')
  expect((await browser.signIn('idle')).status).toBe(200)
})

test('an invitation that is too old, or followed by a newer one, is gone', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'lund')
  const invite = async (): Promise<string> => {
    const reply = (await browser.ask('POST', '/api/people/invites', { staff: ['idle'], role: 'teacher' })).json<InvitesReply>()
    return `/api/invites/${reply.invites[0]?.path.split('/').at(-1)}`
  }
  const [first, second] = [await invite(), await invite()]
  expect((await server.browser().ask('GET', first)).status).toBe(404)
  expect((await server.browser().ask('GET', second)).status).toBe(200)
  server.wait(7 * DAY)
  expect((await server.browser().ask('GET', second)).status).toBe(404)
})

test('a lost password: a link sets another, ends what was signed in with the one before, and tries may be made again', async () => {
  const server = await smallDistrict()
  const teacher = await signedIn(server, 'rivera')
  const { browser } = await signedIn(server, 'marsh')
  for (let i = 0; i < 10; i++) await server.browser().signIn('rivera', `guess number ${i}`)
  const link = async (): Promise<string> => {
    const reply = (await browser.ask('POST', '/api/people/rivera/link')).json<InvitesReply>()
    expect(reply.invites[0]).toMatchObject({ staff: 'rivera', username: 'rivera' })
    return `/api/invites/${reply.invites[0]?.path.split('/').at(-1)}`
  }
  const [first, second] = [await link(), await link()]
  expect((await server.browser().ask('GET', first)).status).toBe(404)
  expect((await server.browser().ask('GET', second)).json()).toMatchObject({ username: 'rivera', role: 'teacher', again: true })
  // Until it is used nothing has changed.
  expect((await teacher.browser.ask('GET', '/api/me')).status).toBe(200)
  const other = 'copper violin eats rain'
  expect((await server.browser().ask('POST', second, { password: other })).status).toBe(200)
  expect((await teacher.browser.ask('GET', '/api/me')).status).toBe(401)
  expect((await teacher.browser.signIn('rivera', other)).status).toBe(200)
  expect((await server.browser().signIn('rivera')).status).toBe(401)
  expect((await server.browser().signIn('rivera', other)).status).toBe(200)
  expect(code(await server.browser().ask('POST', second, { password: other }))).toBe('inviteGone')
  const outcomes = server.context.signIns.newest(9).map(({ outcome }) => outcome)
  expect(outcomes).toEqual(expect.arrayContaining(['linkMade', 'passwordChanged']))
})

test('such a link is made by whoever may invite this person: not for a wider role, another school, a disabled account or oneself', async () => {
  const server = await smallDistrict()
  const coordinator = await signedIn(server, 'marsh')
  const district = await signedIn(server, 'lund')
  const asked = (browser: typeof district.browser, who: string) => browser.ask('POST', `/api/people/${who}/link`)
  expect(code(await asked(coordinator.browser, 'marsh'))).toBe('ownAccount')
  expect((await asked(coordinator.browser, 'osei')).status).toBe(404)
  expect((await asked(district.browser, 'idle')).status).toBe(404)
  const made = (await asked(district.browser, 'rivera')).json<InvitesReply>()
  // Somebody else's role now: whoever made the link may not have made it for that.
  await district.browser.ask('PATCH', '/api/people/rivera', { role: 'coordinator' })
  expect((await server.browser().ask('GET', `/api/invites/${made.invites[0]?.path.split('/').at(-1)}`)).status).toBe(404)
  expect(code(await asked(coordinator.browser, 'rivera'))).toBe('roleTooWide')
  await district.browser.ask('PATCH', '/api/people/rivera', { state: 'disabled' })
  expect(code(await asked(district.browser, 'rivera'))).toBe('accountClosed')
})

test('somebody disabled is signed out at once and cannot come back; enabled again, the old password holds', async () => {
  const server = await smallDistrict()
  const teacher = await signedIn(server, 'rivera')
  const { browser } = await signedIn(server, 'lund')
  expect((await browser.ask('PATCH', '/api/people/rivera', { state: 'disabled' })).status).toBe(200)
  expect((await teacher.browser.ask('GET', '/api/me')).status).toBe(401)
  expect((await server.browser().signIn('rivera')).status).toBe(401)
  expect((await browser.ask('PATCH', '/api/people/rivera', { state: 'active' })).status).toBe(200)
  expect((await server.browser().signIn('rivera')).status).toBe(200)
})

test('another role begins with another sign-in', async () => {
  const server = await smallDistrict()
  const teacher = await signedIn(server, 'rivera')
  const { browser } = await signedIn(server, 'lund')
  expect((await browser.ask('PATCH', '/api/people/rivera', { role: 'teacher' })).status).toBe(200)
  expect((await teacher.browser.ask('GET', '/api/me')).status).toBe(200)
  expect((await browser.ask('PATCH', '/api/people/rivera', { role: 'coordinator' })).status).toBe(200)
  expect((await teacher.browser.ask('GET', '/api/me')).status).toBe(401)
  expect((await signedIn(server, 'rivera')).reply.me.role).toBe('coordinator')
})

test('nobody gives a role that reaches further than the own, or changes the own account', async () => {
  const server = await smallDistrict()
  const coordinator = await signedIn(server, 'marsh')
  const district = await signedIn(server, 'lund')
  expect((await coordinator.browser.ask('POST', '/api/people/invites', { staff: ['idle'], role: 'district' })).status).toBe(403)
  expect((await district.browser.ask('POST', '/api/people/invites', { staff: ['idle'], role: 'administrator' })).status).toBe(403)
  expect((await district.browser.ask('PATCH', '/api/people/lund', { role: 'data' })).status).toBe(409)
  expect((await coordinator.browser.ask('PATCH', '/api/people/rivera', { state: 'disabled' })).status).toBe(403)
})

test('a data manager gives, resets and ends no role of the office or of those who check, and nobody ends an invitation from above', async () => {
  const server = await smallDistrict()
  const { accounts, store } = server.context
  const idle = store.get('staff', 'idle')
  if (!idle) throw new Error('nobody is idle')
  for (const id of ['data', 'head']) {
    store.apply([{ ...idle, id, body: { ...idle.body, id: staff(id), sites: [] } }])
    await accounts.create(id, id, id === 'data' ? 'data' : 'administrator', PASSWORD)
  }
  const data = (await signedIn(server, 'data')).browser
  const head = (await signedIn(server, 'head')).browser
  const office = (await signedIn(server, 'lund')).browser
  for (const role of ['district', 'auditor', 'administrator'])
    expect(code(await data.ask('POST', '/api/people/invites', { staff: ['idle'], role })), role).toBe('roleTooWide')
  for (const change of [{ resetSecondFactor: true }, { state: 'disabled' }, { role: 'teacher' }, { until: NOW }])
    expect(code(await data.ask('PATCH', '/api/people/lund', change))).toBe('roleTooWide')
  expect(code(await data.ask('PATCH', '/api/people/marsh', { role: 'district' }))).toBe('roleTooWide')
  const invite = async (by: Browser, role: string) =>
    (await by.ask('POST', '/api/people/invites', { staff: ['idle'], role })).json<InvitesReply>()
  const path = (await invite(head, 'administrator')).invites[0]?.path.replace('/invite/', '/api/invites/') ?? ''
  for (const by of [data, office])
    expect(await invite(by, 'teacher')).toEqual({ invites: [], skipped: [{ staff: 'idle', reason: 'hasAccount' }] })
  expect((await server.browser().ask('GET', path)).json()).toMatchObject({ role: 'administrator' })
  expect((await invite(head, 'district')).invites).toHaveLength(1)
})

test('whoever gives or changes a role that sees more than a class shows again who it is', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'lund')
  server.wait(5 * MINUTE)
  const invite = (role: string) => browser.ask('POST', '/api/people/invites', { staff: ['idle'], role })
  expect((await invite('teacher')).status).toBe(200)
  expect(code(await invite('coordinator'))).toBe('stepUp')
  expect(code(await browser.ask('PATCH', '/api/people/marsh', { resetSecondFactor: true }))).toBe('stepUp')
  expect(code(await browser.ask('PATCH', '/api/people/rivera', { role: 'data' }))).toBe('stepUp')
  expect((await browser.ask('POST', '/api/step-up', { password: PASSWORD })).status).toBe(200)
  expect((await invite('coordinator')).status).toBe(200)
})

test('a coordinator sees and invites the people of the own school only', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'marsh')
  const { people } = (await browser.ask('GET', '/api/people')).json<PeopleReply>()
  expect(people.map((person) => person.staff)).toEqual(['marsh', 'rivera'])
  const reply = (await browser.ask('POST', '/api/people/invites', { staff: ['idle'], role: 'teacher' })).json<InvitesReply>()
  expect(reply).toEqual({ invites: [], skipped: [{ staff: 'idle', reason: 'unknown' }] })
})

test('passwords and tokens are nowhere in the database', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'rivera')
  const dump = JSON.stringify(
    ['account', 'device', 'web_session', 'invite'].map((table) => server.context.log.db.prepare(`SELECT * FROM ${table}`).all()),
  )
  expect(dump).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
  for (const secret of [PASSWORD, ...browser.cookies.values()]) expect(dump).not.toContain(secret)
})

test('setting up an own district gives an administrator who can sign in, once', async () => {
  const server = await testServer()
  const browser = server.browser()
  const wish = {
    name: 'Own Unified',
    zone: 'America/Denver',
    lea: '1964733',
    administrator: { name: 'Ann', username: 'Ann', password: PASSWORD },
  }
  expect((await browser.ask('GET', '/api/setup')).json()).toMatchObject({ needed: true, codeNeeded: false, district: null, accounts: [] })
  expect((await browser.ask('POST', '/api/setup/district', { ...wish, zone: 'Europe/Bern' })).status).toBe(400)
  expect((await browser.ask('POST', '/api/setup/district', wish)).status).toBe(200)
  expect((await browser.signIn('ann')).json<SignedIn>().me).toMatchObject({ role: 'administrator', districtWide: true, name: 'Ann' })
  expect((await browser.ask('GET', '/api/setup')).json()).toMatchObject({ needed: false, district: 'Own Unified' })
  expect(code(await browser.ask('POST', '/api/setup/district', wish))).toBe('setupDone')
  expect(code(await browser.ask('POST', '/api/setup/sample', {}))).toBe('setupDone')
})

test('a new district asks for a second factor from its first sign-in, unless it says not; the sample and a district that is there do not', async () => {
  const administrator = { name: 'Ann', username: 'ann', password: PASSWORD }
  const wish = { name: 'Own Unified', zone: 'America/Denver', lea: null, administrator }
  const server = await testServer()
  await server.browser().ask('POST', '/api/setup/district', wish)
  const { browser, reply } = await signedIn(server, 'ann')
  expect(reply.secondFactorNeeded).toBe(true)
  expect(code(await browser.ask('GET', '/api/people'))).toBe('secondFactorNeeded')
  const { secret } = (await browser.ask('POST', '/api/second-factor/begin')).json<{ secret: string }>()
  const confirmed = await browser.ask('POST', '/api/second-factor/confirm', { code: codeAt(secret, stepAt(NOW)) })
  expect(confirmed.json<{ codes: string[] }>().codes).toHaveLength(10)
  expect((await browser.ask('GET', '/api/people')).status).toBe(200)
  expect((await server.browser().signIn('ann')).status).toBe(401)
  // The telephone and the paper are gone, and there is nobody else: whoever holds the server helps.
  forgetFactor(server.context, 'ann', { stdout: { write: () => true }, stderr: { write: () => true } } as never)
  expect((await signedIn(server, 'ann')).reply.secondFactorNeeded).toBe(true)

  const without = await testServer()
  await without.browser().ask('POST', '/api/setup/district', { ...wish, secondFactor: false })
  expect((await signedIn(without, 'ann')).reply.secondFactorNeeded).toBe(false)
  const sample = await testServer()
  await sample.browser().ask('POST', '/api/setup/sample', {})
  expect((await signedIn(sample, 'district', 'sample-district-password')).reply.secondFactorNeeded).toBe(false)
  // A district of an earlier version, opened by this one.
  expect((await smallDistrict()).context.trustPolicy.read().secondFactor).toBe(false)
})

test('when others can reach the server, setting it up takes the code that it printed', async () => {
  const server = await testServer({ host: '0.0.0.0', loopback: false })
  const wish = { name: 'Own Unified', zone: 'UTC', lea: null, administrator: { name: 'Ann', username: 'ann', password: PASSWORD } }
  expect((await server.browser().ask('GET', '/api/setup')).json()).toMatchObject({ needed: true, codeNeeded: true })
  expect(code(await server.browser().ask('POST', '/api/setup/district', wish))).toBe('setupCode')
  expect(code(await server.browser().ask('POST', '/api/setup/sample', { code: 'guess' }))).toBe('setupCode')
  expect((await server.browser().ask('POST', '/api/setup/district', { ...wish, code: server.context.setupCode })).status).toBe(200)
})

test('setting up takes the code also behind a proxy, where the server itself listens to its own machine alone', async () => {
  const proxied = await testServer({ url: 'https://recoup.example.org', loopback: true })
  const wish = { name: 'Own Unified', zone: 'UTC', lea: null, administrator: { name: 'Ann', username: 'ann', password: PASSWORD } }
  const stranger = proxied.browser()
  const headers = { origin: 'https://recoup.example.org' }
  expect((await stranger.ask('GET', '/api/setup')).json()).toMatchObject({ needed: true, codeNeeded: true })
  expect(code(await stranger.ask('POST', '/api/setup/district', wish, headers))).toBe('setupCode')
  expect(code(await stranger.ask('POST', '/api/setup/sample', {}, headers))).toBe('setupCode')
  expect((await stranger.ask('POST', '/api/setup/district', { ...wish, code: proxied.context.setupCode }, headers)).status).toBe(200)
  // An address that is of this machine alone lets nobody else in.
  expect((await testServer({ url: 'http://127.0.0.1:8787' })).context.setupCode).toBeNull()
})

test('nobody becomes a device by a name that another device records under, or by any name that no server makes', async () => {
  const server = await smallDistrict()
  const victim = await openTestTablet(server, 'rivera', ELM)
  const { id } = victim.reply.device
  const become = async (device: string) =>
    (
      await server.browser().ask('POST', '/api/sign-in', { username: 'osei', password: PASSWORD, deviceName: 'Test tablet', device })
    ).json<SignedIn>().device.id
  for (const name of [`${id}.deadbeef`, `${id}.`, id.toUpperCase(), 'tablet', 'a.b'])
    expect(await become(name), name).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  // What a server made that was put back to before it goes on under its name. (S8)
  const lost = '019300aa-dddd-7000-8000-000000000009'
  expect(await become(lost)).toBe(lost)
})

test('[S9] a browser that lost its credential but not its data stays the device it was, for the person who used it', async () => {
  const server = await smallDistrict()
  const { reply } = await signedIn(server, 'rivera')
  const asked = (username: string) => ({ username, password: PASSWORD, deviceName: 'Test tablet', device: reply.device.id })
  const again = await server.browser().ask('POST', '/api/sign-in', asked('rivera'))
  expect(again.json<SignedIn>().device.id).toBe(reply.device.id)
  const colleague = await server.browser().ask('POST', '/api/sign-in', asked('osei'))
  expect(colleague.json<SignedIn>().device.id).not.toBe(reply.device.id)
})
