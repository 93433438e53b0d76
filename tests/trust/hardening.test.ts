// What an attacker tries first, and what a scanner asks: each sentence is a row of docs/asvs.md or docs/attacks.md.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { connect } from 'node:net'
import path from 'node:path'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Me, PeopleReply } from '../../shared/api/people.ts'
import { MINUTE } from '../../shared/time.ts'
import { hashPassword, isPassword } from '../../server/people/passwords.ts'
import { type Browser, newFolder, PASSWORD, signedIn, type TestServer, testServer } from '../server/testServer.ts'
import { smallDistrict } from '../server/smallDistrict.ts'
import { askInEveryText } from '../support/fuzz.ts'
import { fuzzDistrict } from '../support/fuzzDistrict.ts'

const root = path.resolve(import.meta.dirname, '../..')
const sources = (...folders: string[]) =>
  folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|tsx|mjs|html)$/.test(name))
      .map((name) => ({ file: `${folder}/${name}`, text: readFileSync(path.join(root, folder, name), 'utf8') })),
  )
const saying = (words: RegExp, ...folders: string[]) =>
  sources(...folders)
    .filter(({ text }) => words.test(text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/[^\n]*/g, '$1')))
    .map(({ file }) => file)

async function listeningPort({ app }: TestServer): Promise<number> {
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  return typeof address === 'object' && address ? address.port : 0
}

test('nothing is run from text: no eval, no made-up functions, no HTML from strings', () => {
  expect(
    saying(
      /\beval\(|new Function\(|dangerouslySetInnerHTML|\.innerHTML\s*=|insertAdjacentHTML|document\.write/,
      'shared',
      'client',
      'server',
    ),
  ).toEqual([])
})

test('the server starts other programs in two places, never through a shell and never with what somebody sent', () => {
  expect(saying(/child_process/, 'shared', 'client')).toEqual([])
  expect(saying(/\bexec\(\s*`|execSync|shell:\s*true/, 'server')).toEqual([])
})

test('secrets are made by the system’s generator: no chance of the language on the server', () => {
  expect(saying(/Math\.random/, 'server', 'shared')).toEqual([])
})

test('no page listens to messages of other windows, and none opens one that could reach back', () => {
  // Workers and channels of the own origin are no other windows.
  expect(
    saying(
      /\bwindow\s*\.\s*(addEventListener\(\s*'message'|onmessage)|\b(parent|opener|top)\.postMessage|postMessage\([^)]*,\s*'\*'/,
      'client',
    ),
  ).toEqual([])
  expect(saying(/window\.open\(/, 'client')).toEqual([])
  expect(
    sources('client').flatMap(({ file, text }) => ([...text.matchAll(/target="_blank"(?! rel="noreferrer")/g)].length > 0 ? [file] : [])),
  ).toEqual([])
})

test('no secret stands in the sources: keys and passwords come from the data folder and the environment', () => {
  const secret =
    /-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30}|xox[baprs]-|(?:secret|apiKey|token)\s*[:=]\s*'[A-Za-z0-9+/]{24,}'/
  expect(saying(secret, 'shared', 'client', 'server')).toEqual([])
})

test('pages ask nobody else: no address of another host is in what a browser loads', () => {
  const addresses = sources('client').flatMap(({ file, text }) =>
    [...text.matchAll(/(?:src|href)=["'{`]+(https?:\/\/[^"'`]+)/g)].map(([, to]) => `${file} ${to}`),
  )
  expect(addresses.filter((one) => !/ https:\/\/[\w.]*(ca\.gov|ecfr\.gov|leginfo)/.test(one))).toEqual([])
})

test('what the proxy alone should say is not believed of a browser: forwarded addresses and hosts change nothing', async () => {
  const server = await testServer({ url: 'https://recoup.example.org' })
  const post = (headers: Record<string, string>) => server.browser().ask('POST', '/api/sign-out', undefined, headers)
  expect((await post({ origin: 'https://evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' })).status).toBe(
    403,
  )
  for (let i = 0; i < 10; i++)
    await server
      .browser()
      .ask('POST', '/api/sign-in', { username: 'x', password: 'y', deviceName: 'z' }, { 'x-forwarded-for': `10.0.0.${i}` })
  const last = await server
    .browser()
    .ask('POST', '/api/sign-in', { username: 'x', password: 'y', deviceName: 'z' }, { 'x-forwarded-for': '10.9.9.9' })
  expect(last.status).toBe(429)
})

test('another site’s page is allowed nothing: no CORS header on any answer, and a preflight is not agreed to', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'lund')
  for (const url of ['/api/me', '/api/roster', '/api/health', '/']) {
    const { headers } = await browser.ask('GET', url, undefined, { origin: 'https://evil.example' })
    expect(
      Object.keys(headers).filter((name) => name.startsWith('access-control')),
      url,
    ).toEqual([])
  }
  const preflight = await server.app.inject({
    method: 'OPTIONS',
    url: '/api/sign-out',
    headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
  })
  expect([preflight.statusCode, preflight.headers['access-control-allow-origin']]).toEqual([404, undefined])
})

test('a form of another site cannot speak for somebody: neither as a form nor as text', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'lund')
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x']) {
    const { statusCode } = await server.app.inject({
      method: 'PUT',
      url: '/api/trust',
      headers: { cookie, 'content-type': type },
      payload: 'secondFactor=true',
    })
    expect(statusCode, type).toBe(415)
  }
})

test('nothing is changed by asking: every route that changes something is POST, PUT or PATCH, and looking twice is the same', async () => {
  const server = await smallDistrict()
  const { paths } = (await server.browser().ask('GET', '/api/openapi.json')).json<{ paths: Record<string, Record<string, unknown>> }>()
  const words = /\/(begin|confirm|revoke|commit|cancel|seen|sign-in|sign-out|finish|push|pull)$/
  const byGet = Object.entries(paths).flatMap(([url, methods]) => ('get' in methods && words.test(url) ? [url] : []))
  expect(byGet).toEqual([])
  const { browser } = await signedIn(server, 'lund')
  const before = server.context.log.head()
  for (const url of ['/api/roster', '/api/people', '/api/registry', '/api/trust', '/api/approvals', '/api/devices'])
    await browser.ask('GET', url)
  expect(server.context.log.head()).toBe(before)
})

test('methods that echo or list are not answered, and files of the program are not served', async () => {
  const server = await testServer()
  for (const method of ['TRACE', 'CONNECT', 'PROPFIND'] as const)
    expect((await server.app.inject({ method: method as 'GET', url: '/api/health' })).statusCode, method).toBeGreaterThanOrEqual(400)
  for (const url of [
    '/.git/config',
    '/.env',
    '/package.json',
    '/server/main.ts',
    '/data/recoup.db',
    '/node_modules/fastify/package.json',
    '/assets/',
  ]) {
    const reply = await server.browser().ask('GET', url)
    expect(reply.text, url).not.toMatch(/\[core\]|"version"|SQLite format|startServer|Index of/)
  }
})

/** What a server says to a path as it is written: nothing between puts it in order first. */
const askAsWritten = (port: number, asked: string): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, path: asked }, (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
    request.on('error', reject)
    request.end()
  })

test('300 ways out of the folder of pages lead nowhere', async () => {
  // The folder of pages lies two folders deep, and in each of those around it lies what nobody is to have.
  const around = newFolder()
  const dist = path.join(around, 'program', 'pages')
  mkdirSync(path.join(dist, 'assets'), { recursive: true })
  writeFileSync(path.join(dist, 'index.html'), 'the first page')
  writeFileSync(path.join(dist, 'assets', 'app.js'), 'the program')
  const kept = ['package.json', 'data/recoup.db', 'server/main.ts', 'data/keys/receipt.key', '.git/config']
  for (const folder of [around, path.join(around, 'program'), path.join(around, 'program', 'pages-of-before')])
    for (const name of kept) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
      writeFileSync(path.join(folder, name), 'kept for nobody')
    }
  const server = await testServer({ dist })
  const port = await listeningPort(server)
  // What may be had is there.
  expect(await askAsWritten(port, '/assets/app.js')).toEqual({ status: 200, text: 'the program' })
  expect(await askAsWritten(port, '/')).toEqual({ status: 200, text: 'the first page' })
  const steps = ['../', '..%2f', '%2e%2e/', '%2e%2e%2f', '..%5c', '....//', '..;/', '%252e%252e%252f', '..%c0%af', '%2e./']
  const ends = ['etc/passwd', ...kept]
  const beginnings = ['/', '/assets/', '/../pages-of-before/', '//']
  for (const step of steps)
    for (const times of [1, 2, 3, 6, 12])
      for (const end of ends)
        for (const beginning of beginnings) {
          const asked = `${beginning}${step.repeat(times)}${end}`
          const { status, text } = await askAsWritten(port, asked)
          expect([200, 400, 404], asked).toContain(status)
          expect(text, asked).not.toMatch(/kept for nobody|root:/)
        }
})

test('what is too much is refused early: a body, a name, a nest of ten thousand', async () => {
  const server = await testServer()
  const send = (payload: string) =>
    server.app.inject({ method: 'POST', url: '/api/sign-in', headers: { 'content-type': 'application/json' }, payload })
  expect((await send(`"${'x'.repeat(1_100_000)}"`)).statusCode).toBe(413)
  expect((await send('['.repeat(100_000) + ']'.repeat(100_000))).statusCode).toBe(400)
  expect((await server.app.inject({ url: `/api/invites/${'a'.repeat(5_000)}` })).statusCode).toBeGreaterThanOrEqual(400)
})

test('a packed body is not unpacked: a bomb stays shut', async () => {
  const server = await smallDistrict()
  const right = JSON.stringify({ username: 'lund', password: PASSWORD, deviceName: 'Tablet' })
  const send = (encoding: string, payload: Buffer) =>
    server.app.inject({
      method: 'POST',
      url: '/api/sign-in',
      headers: { 'content-type': 'application/json', ...(encoding !== '' && { 'content-encoding': encoding }) },
      payload,
    })
  for (const [encoding, pack] of [
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const) {
    // Unpacked, the first would be let in; the second would be a gigabyte.
    for (const packed of [pack(right), pack(Buffer.alloc(1_000_000))]) {
      const { statusCode, cookies } = await send(encoding, packed)
      expect(statusCode, encoding).toBeGreaterThanOrEqual(400)
      expect(statusCode, encoding).toBeLessThan(500)
      expect(cookies, encoding).toEqual([])
    }
  }
  expect((await send('', Buffer.from(right))).statusCode).toBe(200)
})

test('a request that is never finished has two minutes, and a connection that says nothing three', async () => {
  const server = await testServer()
  await listeningPort(server)
  const { requestTimeout, headersTimeout, timeout, keepAliveTimeout } = server.app.server
  expect({ requestTimeout, timeout, keepAliveTimeout }).toEqual({
    requestTimeout: 2 * MINUTE,
    timeout: 3 * MINUTE,
    keepAliveTimeout: MINUTE / 2,
  })
  expect(headersTimeout).toBeGreaterThan(0)
  expect(headersTimeout).toBeLessThanOrEqual(2 * MINUTE)
})

test('a request that can be read in two ways is not read at all', async () => {
  const server = await testServer()
  const port = await listeningPort(server)
  const say = (text: string): Promise<string> =>
    new Promise((resolve) => {
      let heard = ''
      const socket = connect(port, '127.0.0.1', () => socket.write(text))
      onTestFinished(() => void socket.destroy())
      socket.on('data', (chunk) => (heard += chunk.toString()))
      socket.on('close', () => resolve(heard))
      socket.setTimeout(2_000, () => socket.destroy())
    })
  const head = 'POST /api/sign-out HTTP/1.1\r\nHost: x\r\n'
  for (const both of [
    'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n',
    'Content-Length: 5\r\nContent-Length: 6\r\n',
    'Transfer-Encoding : chunked\r\n',
    'Transfer-Encoding: xchunked\r\n',
  ]) {
    const heard = await say(`${head}${both}\r\n0\r\n\r\nGET /api/health HTTP/1.1\r\nHost: x\r\n\r\n`)
    expect(heard.split('\r\n')[0], both).toBe('HTTP/1.1 400 Bad Request')
    expect(heard, both).not.toContain('"ok":true')
  }
})

test('names that reach into objects are only names: nothing is polluted by body, query or header', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'lund')
  const evil = JSON.parse(
    '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"secondFactor":false,"enrolByCode":false}',
  ) as object
  await browser.ask('PUT', '/api/trust', evil)
  await browser.ask('GET', '/api/totals/roster?__proto__[polluted]=1&constructor[prototype][polluted]=1&page=1&page=2')
  expect(({} as { polluted?: number }).polluted).toBeUndefined()
})

test('S05 A text in any field of any request is never part of a statement: what is prepared was written before it came', {
  timeout: 120_000,
}, async () => {
  const { server, askers, known } = await fuzzDistrict()
  const { db } = server.context.log
  const SAID = "zqsaid' OR 'zqsaid' = 'zqsaid"
  const prepared: string[] = []
  const database = Object.getPrototypeOf(db) as Pick<typeof db, 'prepare' | 'exec' | 'pragma'>
  for (const name of ['prepare', 'exec', 'pragma'] as const) {
    const before = database[name] as (text: string, ...more: unknown[]) => unknown
    const watched = vi.spyOn(database, name)
    onTestFinished(() => watched.mockRestore())
    watched.mockImplementation(function (this: unknown, text: string, ...more: unknown[]) {
      prepared.push(text)
      return before.call(this, text, ...more)
    } as never)
  }
  let asked = 0
  for (const name of ['district-elm', 'teacher-elm']) {
    const asker = askers.find((one) => one.name === name)
    if (!asker) throw new Error(`${name} is not there`)
    const device = db.prepare<[string], string>('SELECT id FROM device WHERE staff = ?').pluck().get(name)
    const byStatus = await askInEveryText(server, asker, known, SAID, { device, asOf: '2026-11-22', cursor: null, person: name })
    asked += [...byStatus.values()].reduce((sum, n) => sum + n, 0)
    expect(
      [...byStatus.keys()].filter((status) => status >= 500),
      name,
    ).toEqual([])
    expect(byStatus.get(200), name).toBeGreaterThan(4)
  }
  expect(asked).toBeGreaterThan(400)
  expect(prepared.length).toBeGreaterThan(20)
  expect(prepared.filter((text) => /zqsaid/i.test(text))).toEqual([])
})

test('nobody becomes more by saying so: a role, an account or a place in the log that is sent along is refused', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'rivera')
  const before = (await browser.ask('GET', '/api/me')).json<Me>()
  expect(
    (await browser.ask('POST', '/api/sign-in', { username: 'rivera', password: PASSWORD, deviceName: 'x', role: 'administrator' })).status,
  ).toBe(400)
  expect((await browser.ask('POST', '/api/sign-in', { username: 'rivera', password: [PASSWORD], deviceName: 'x' })).status).toBe(400)
  expect((await browser.ask('GET', '/api/me')).json<Me>()).toEqual(before)
})

test('a list of people tells what its screen needs: no password, no secret, no token', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'lund')
  const { people } = (await browser.ask('GET', '/api/people')).json<PeopleReply>()
  const keys = new Set(people.flatMap((person) => [...Object.keys(person), ...Object.keys(person.account ?? {})]))
  expect([...keys].sort()).toEqual([
    'account',
    'certificated',
    'email',
    'employee',
    'name',
    'role',
    'sections',
    'sites',
    'staff',
    'state',
    'title',
    'until',
    'username',
  ])
})

test('a session is a new secret of 256 bits at every sign-in, and the one before is dead', async () => {
  const server = await smallDistrict()
  const browser: Browser = server.browser()
  browser.cookies.set('recoup_session', 'chosen-by-an-attacker')
  await browser.signIn('lund')
  const first = browser.cookies.get('recoup_session') ?? ''
  expect(Buffer.from(first, 'base64url')).toHaveLength(32)
  await browser.signIn('lund')
  const second = browser.cookies.get('recoup_session') ?? ''
  expect(second).not.toBe(first)
  browser.cookies.set('recoup_session', first)
  expect((await browser.ask('GET', '/api/me')).status).toBe(401)
})

test('a password is taken as it is: any letters, 15 to 200 of them, nothing cut off, nothing folded', async () => {
  const server = await smallDistrict()
  const accept = async (password: string) => {
    const { invites } = server.context.accounts.invite(['idle'], 'teacher')
    const path_ = (invites[0]?.path ?? '').replace('/invite/', '/api/invites/')
    return (await server.browser().ask('POST', path_, { password })).status
  }
  expect(await accept('fourteen chars')).toBe(400)
  expect(await accept('x'.repeat(201))).toBe(400)
  expect(await accept(' spaces, ümläuts and 🙂 ')).toBe(200)
  const hash = await hashPassword('Long Password '.repeat(10), (bytes) => Buffer.alloc(bytes, 7))
  expect(await isPassword('Long Password '.repeat(10), hash)).toBe(true)
  expect(await isPassword('Long Password '.repeat(9), hash)).toBe(false)
  expect(await isPassword('long password '.repeat(10), hash)).toBe(false)
})

test('password fields hide what is typed, show it when asked, and let password managers fill them', () => {
  const fields = ['SignInPage', 'NewPassword']
    .map((name) => readFileSync(path.join(root, `client/screens/setup/${name}.tsx`), 'utf8'))
    .join('\n')
  expect(fields).toContain("type={shown ? 'text' : 'password'}")
  expect(fields).toContain('current-password')
  expect(fields).toContain('new-password')
  expect(saying(/onPaste=|autoComplete="off"[^>]*type="password"/, 'client')).toEqual([])
})

test('a server that was just set up knows nobody: no account and no password comes with it', async () => {
  const server = await testServer()
  expect(server.context.accounts.all()).toEqual([])
  for (const [username, password] of [
    ['admin', 'admin'],
    ['administrator', 'password'],
    ['root', ''],
    ['recoup', 'recoup'],
  ])
    expect((await server.browser().ask('POST', '/api/sign-in', { username, password: password || ' ', deviceName: 'x' })).status).toBe(401)
})

test('files that are handed out are named by the server and marked as what they are', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'lund')
  for (const [url, type] of [
    ['/api/roster.csv', /^text\/csv; charset=utf-8$/],
    ['/api/reports/stas.csv', /^text\/csv/],
    ['/api/students/ana/export', /^application\/json; charset=utf-8$/],
    ['/api/students/ana/export.pdf', /^application\/pdf$/],
  ] as const) {
    const { headers } = await browser.ask('GET', url)
    expect(headers['content-type'], url).toMatch(type)
    expect(headers['content-disposition'], url).toMatch(/^attachment; filename="[\w.-]+"$/)
    expect(headers['x-content-type-options'], url).toBe('nosniff')
    expect(headers['cache-control'], url).toBe('no-store')
  }
})

test('the bill of materials names every library with its version, and npm runs no script of a library that nobody named', () => {
  const npm = JSON.parse(
    execFileSync('npm', ['sbom', '--omit=dev', '--sbom-format=cyclonedx'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 64 << 20,
    }),
  ) as {
    components: { name: string; version: string }[]
  }
  expect(npm.components.map(({ name }) => name)).toEqual(expect.arrayContaining(['fastify', 'better-sqlite3', 'openid-client']))
  expect(npm.components.every(({ version }) => /^\d/.test(version))).toBe(true)
  const { allowScripts, dependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<
    string,
    Record<string, unknown>
  >
  expect(Object.keys(allowScripts ?? {}).sort()).toEqual(['better-sqlite3', 'esbuild'])
  expect(Object.values(dependencies ?? {}).filter((version) => !/^\d+\.\d+\.\d+$/.test(String(version)))).toEqual([])
})

test('the data folder and its keys are readable by their owner alone', async () => {
  const { statSync } = await import('node:fs')
  const server = await smallDistrict()
  const keys = readdirSync(path.join(server.folder, 'keys'))
  expect(keys.length).toBeGreaterThan(0)
  for (const key of keys) expect(statSync(path.join(server.folder, 'keys', key)).mode & 0o077, key).toBe(0)
  expect(newFolder()).not.toBe(server.folder)
})

test('what the server alone answers is never a redirect: nobody is led from http to https in silence', async () => {
  const server = await testServer({ url: 'https://recoup.example.org' })
  for (const url of ['/api/health', '/api/me', '/api/setup', '/', '/sign-in', '/api'])
    expect((await server.browser().ask('GET', url)).status, url).not.toSatisfy((status: number) => status >= 300 && status < 400)
})

test('a person changes the own password with the one before, and is signed out everywhere else', async () => {
  const server = await smallDistrict()
  const [here, there] = [await signedIn(server, 'rivera'), await signedIn(server, 'rivera')]
  const change = (current: string, password: string) => here.browser.ask('POST', '/api/password', { current, password })
  const NEXT = 'another one, quite as long'
  expect((await change('not the one', NEXT)).json()).toMatchObject({ code: 'wrongCurrent' })
  expect((await change(PASSWORD, 'short')).status).toBe(400)
  expect((await change(PASSWORD, NEXT)).status).toBe(200)
  expect((await here.browser.ask('GET', '/api/me')).status).toBe(200)
  expect((await there.browser.ask('GET', '/api/me')).status).toBe(401)
  expect((await server.browser().signIn('rivera')).status).toBe(401)
  expect((await server.browser().signIn('rivera', NEXT)).status).toBe(200)
  for (let i = 0; i < 10; i++) await change('not the one', NEXT)
  expect((await change(NEXT, PASSWORD)).status).toBe(429)
})

test('a password that everybody tries is refused, and so is one made of the words of this place', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'rivera')
  const tries = [
    'passwordpassword',
    'Password12345678',
    'qwertyuiopasdfgh',
    '123456789012345',
    'aaaaaaaaaaaaaaaa',
    'abcabcabcabcabc',
    'Rivera.rivera2026',
    'test unified 2026',
    'Welcome-recoup-1',
  ]
  for (const password of tries)
    expect((await browser.ask('POST', '/api/password', { current: PASSWORD, password })).json(), password).toMatchObject({
      code: 'easyPassword',
    })
  expect((await browser.ask('POST', '/api/password', { current: PASSWORD, password: 'copper violin eats rain' })).status).toBe(200)
})

test('a new invitation is no way around the second factor: its password still asks for the code', async () => {
  const server = await smallDistrict()
  const { invites } = server.context.accounts.invite(['idle'], 'coordinator')
  const accept = (link: string) => server.browser().ask('POST', link.replace('/invite/', '/api/invites/'), { password: PASSWORD })
  await accept(invites[0]?.path ?? '')
  const { browser } = await signedIn(server, 'idle')
  const { secret } = (await browser.ask('POST', '/api/second-factor/begin')).json<{ secret: string }>()
  const { codeAt, stepAt } = await import('../../server/people/totp.ts')
  await browser.ask('POST', '/api/second-factor/confirm', { code: codeAt(secret, stepAt(server.context.log.sources.now())) })
  // Who can sign in is not invited again; somebody whose invitation is open has no password to get around.
  expect(server.context.accounts.invite(['idle'], 'coordinator').skipped).toMatchObject([{ reason: 'hasAccount' }])
  expect((await server.browser().signIn('idle')).json()).toMatchObject({ code: 'secondFactor' })
  const office = await signedIn(server, 'lund')
  const made = (await office.browser.ask('POST', '/api/people/idle/link')).json<{ invites: { path: string }[] }>()
  expect((await accept(made.invites[0]?.path ?? '')).status).toBe(200)
  expect((await server.browser().signIn('idle')).json()).toMatchObject({ code: 'secondFactor' })
})

test('every sign-in is written down, and every one that failed, without a password or a name that nobody has', async () => {
  const server = await smallDistrict()
  await server.browser().signIn('rivera', 'a wrong password here')
  await server.browser().signIn('somebody.unknown', 'a wrong password here')
  await server.browser().signIn('rivera')
  const { signIns, log } = server.context
  expect(signIns.newest(10).map(({ username, outcome }) => `${username} ${outcome}`)).toEqual([
    'rivera password',
    ' wrongPassword',
    'rivera wrongPassword',
  ])
  expect(JSON.stringify(log.db.prepare('SELECT * FROM sign_in').all())).not.toMatch(/wrong password here|somebody/)
  expect(() => log.db.exec("UPDATE sign_in SET outcome = 'password'")).toThrow('a sign-in is never changed')
})
