// Guessing: many tries at once, by devices one made oneself, and of six digits.
import { expect, test } from 'vitest'
import { MINUTE } from '../../shared/time.ts'
import { codeAt, stepAt } from '../../server/people/totp.ts'
import { smallDistrict } from './smallDistrict.ts'
import { type Answer, type Browser, PASSWORD, signedIn, type TestServer } from './testServer.ts'

const OTHER_PASSWORD = 'quiet lantern orbit mango sofa'
const codeOf = (answer: Answer): string => (answer.status === 200 ? 'in' : answer.json<{ code: string }>().code)
const counted = (answers: readonly Answer[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(answers, codeOf)].map(([code, of]) => [code, of.length]))
const enter = (browser: Browser, username: string, code?: string): Promise<Answer> =>
  browser.ask('POST', '/api/sign-in', { username, password: PASSWORD, deviceName: 'x', ...(code === undefined ? {} : { code }) })
async function withFactor(server: TestServer, username: string) {
  const { browser } = await signedIn(server, username)
  const { secret } = (await browser.ask('POST', '/api/second-factor/begin')).json<{ secret: string }>()
  const code = (more = 0) => codeAt(secret, stepAt(server.context.log.sources.now()) + more)
  const { codes } = (await browser.ask('POST', '/api/second-factor/confirm', { code: code() })).json<{ codes: string[] }>()
  server.wait(MINUTE)
  return { browser, code, paper: codes }
}
const wrong = (i: number): string => String(100_000 + i)

test('thirty guesses at once are ten: each is counted before it is looked at', async () => {
  const server = await smallDistrict()
  const guess = (_: unknown, i: number) => server.browser().signIn('rivera', `guess number ${i}`)
  expect(counted(await Promise.all(Array.from({ length: 30 }, guess)))).toEqual({ wrongPassword: 10, tooManyTries: 20 })
  const { browser } = await signedIn(server, 'marsh')
  const change = (_: unknown, i: number) => browser.ask('POST', '/api/password', { current: `guess number ${i}`, password: OTHER_PASSWORD })
  expect(counted(await Promise.all(Array.from({ length: 15 }, change)))).toEqual({ wrongCurrent: 10, tooManyTries: 5 })
  server.wait(16 * MINUTE)
  const show = (_: unknown, i: number) => browser.ask('POST', '/api/step-up', { password: `guess number ${i}` })
  expect(counted(await Promise.all(Array.from({ length: 15 }, show)))).toEqual({ wrongCode: 10, tooManyTries: 5 })
})

test('what was right is no try: nobody waits for having signed in, been asked for a code, or changed the password', async () => {
  const server = await smallDistrict()
  for (let i = 0; i < 12; i++) expect((await server.browser().signIn('rivera')).status).toBe(200)
  await withFactor(server, 'lund')
  for (let i = 0; i < 12; i++) expect(codeOf(await enter(server.browser(), 'lund'))).toBe('secondFactor')
})

test('own sign-ins give nobody more tries at another’s password: a device is known only as theirs who came in there', async () => {
  const server = await smallDistrict()
  const answers: Answer[] = []
  for (let device = 0; device < 4; device++) {
    const { browser } = await signedIn(server, 'osei')
    await browser.ask('POST', '/api/sign-out')
    for (let i = 0; i < 4; i++) answers.push(await browser.signIn('lund', `guess ${device} ${i}`))
  }
  expect(counted(answers)).toEqual({ wrongPassword: 10, tooManyTries: 6 })
})

test('who came in on a tablet is known there, also after others have used it, until that is ended from elsewhere', async () => {
  const server = await smallDistrict()
  const { browser: shared } = await signedIn(server, 'rivera')
  await shared.signIn('osei')
  await shared.ask('POST', '/api/sign-out')
  const guess = async () => {
    for (let i = 0; i < 10; i++) await server.browser().signIn('rivera', 'a guess from elsewhere')
  }
  await guess()
  expect((await shared.signIn('rivera')).status).toBe(200)
  server.wait(16 * MINUTE)
  const { browser } = await signedIn(server, 'rivera')
  await browser.ask('POST', '/api/signed-in/end', { which: 'others' })
  await guess()
  expect((await shared.signIn('rivera')).status).toBe(429)
  expect((await browser.signIn('rivera')).status).toBe(200)
})

test('codes are counted for the account, wherever they are tried; paper and who is in are kept out by nobody', async () => {
  const server = await smallDistrict()
  const { browser, code, paper } = await withFactor(server, 'lund')
  // From new devices, all at once.
  const tries = await Promise.all(Array.from({ length: 40 }, (_, i) => enter(server.browser(), 'lund', wrong(i))))
  expect(counted(tries)).toEqual({ wrongCode: 10, tooManyTries: 30 })
  expect(codeOf(await enter(browser, 'lund', code()))).toBe('tooManyCodes')
  expect(codeOf(await browser.ask('POST', '/api/step-up', { code: code() }))).toBe('tooManyCodes')
  expect((await browser.ask('GET', '/api/me')).status).toBe(200)
  expect((await browser.ask('POST', '/api/step-up', { code: paper[0] })).status).toBe(200)
  expect((await enter(browser, 'lund', paper[1])).status).toBe(200)
  server.wait(16 * MINUTE)
  expect((await enter(browser, 'lund', code())).status).toBe(200)
})

test('a password that became another while it was looked at opens nothing', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'rivera')
  const account = server.context.accounts.byName('rivera')
  if (!account) throw new Error('no rivera')
  const late = server.browser().signIn('rivera')
  // Once the try is counted, hashing has begun: what the sign-in read is no longer so when it ends.
  const { db } = server.context.log
  while (db.prepare('SELECT 1 FROM attempt').get() === undefined) await new Promise((resolve) => setImmediate(resolve))
  db.prepare("UPDATE account SET password = password || 'x' WHERE id = ?").run(account.id)
  expect(codeOf(await late)).toBe('wrongPassword')
  expect((await browser.ask('GET', '/api/me')).status).toBe(200)
})

test('what was typed as a name is nowhere in the database, not even while its tries are counted', async () => {
  const server = await smallDistrict()
  await server.browser().signIn('my secret password', 'x')
  await server.browser().signIn('rivera', 'x')
  const rows = JSON.stringify(server.context.log.db.prepare('SELECT * FROM attempt').all())
  expect(JSON.parse(rows)).toHaveLength(2)
  for (const typed of ['secret', 'rivera']) expect(rows).not.toContain(typed)
})
