/**
 * `npm run deployed`: does what docs/deploy.md says, on free ports with a certificate of its own, and looks at what a browser would get. Needs nginx,
 * caddy and openssl (their places in NGINX and CADDY where they are not on the path); says what it could not try.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { connect, type SecureVersion } from 'node:tls'
import { openDistrict, until } from '../support/server.ts'

const HOST = 'recoup.example.org'
const guide = readFileSync(path.resolve(import.meta.dirname, '../../docs/deploy.md'), 'utf8')
const folder = mkdtempSync(path.join(tmpdir(), 'recoup-deployed-'))
let wrong = 0
const say = (ok: boolean, sentence: string): void => {
  if (!ok) wrong += 1
  console.log(`${ok ? 'ok    ' : 'FAILED'}  ${sentence}`)
}
/** The block of the guide that holds these words, word for word. */
const blockWith = (words: string): string =>
  [...guide.matchAll(/```\n([\s\S]*?)```/g)].map(([, text = '']) => text).find((text) => text.includes(words)) ?? ''

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  return typeof address === 'object' && address ? address.port : 0
}

const file = (name: string): string => path.join(folder, name)
const openssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'ignore' })
openssl(
  'req',
  '-x509',
  '-newkey',
  'ec',
  '-pkeyopt',
  'ec_paramgen_curve:P-256',
  '-nodes',
  '-days',
  '2',
  '-subj',
  '/CN=local',
  '-keyout',
  file('ca.key'),
  '-out',
  file('ca.pem'),
)
openssl(
  'req',
  '-newkey',
  'ec',
  '-pkeyopt',
  'ec_paramgen_curve:P-256',
  '-nodes',
  '-subj',
  `/CN=${HOST}`,
  '-keyout',
  file('site.key'),
  '-out',
  file('site.csr'),
)
writeFileSync(file('site.ext'), `subjectAltName=DNS:${HOST}`)
openssl(
  'x509',
  '-req',
  '-in',
  file('site.csr'),
  '-CA',
  file('ca.pem'),
  '-CAkey',
  file('ca.key'),
  '-CAcreateserial',
  '-days',
  '2',
  '-extfile',
  file('site.ext'),
  '-out',
  file('site.pem'),
)
const ca = readFileSync(file('ca.pem'))

interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}
const ask = (port: number, method: string, url: string, body?: string | Buffer, more: Record<string, string> = {}): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const headers = {
      host: HOST,
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(body.length) }),
      ...more,
    }
    const sent = request({ host: '127.0.0.1', port, servername: HOST, ca, method, path: url, headers }, (reply) => {
      let text = ''
      reply.on('data', (chunk: Buffer) => (text += chunk.toString()))
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
const speaks = (port: number, version: SecureVersion): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, servername: HOST, ca, minVersion: version, maxVersion: version }, () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })

async function look(name: string, port: number): Promise<void> {
  await until(async () => (await ask(port, 'GET', '/api/health').catch(() => undefined))?.status === 200, 20_000)
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) say(await speaks(port, version), `${name}: speaks ${version}`)
  for (const version of ['TLSv1', 'TLSv1.1'] as const) say(!(await speaks(port, version)), `${name}: does not speak ${version}`)
  const page = await ask(port, 'GET', '/')
  say(page.status === 200 && page.text.includes('<title>'), `${name}: hands the page on`)
  say(/max-age=31536000/.test(String(page.headers['strict-transport-security'])), `${name}: strict transport for a year`)
  say(/frame-ancestors 'none'/.test(String(page.headers['content-security-policy'])), `${name}: the content security policy arrives`)
  const health = await ask(port, 'GET', '/api/health')
  say(
    health.headers['cache-control'] === 'no-store' && health.headers['x-recoup-api'] === '1',
    `${name}: the interface is not kept, and says that it is Recoup`,
  )
  const account = JSON.stringify({ username: 'district', password: 'sample-district-password', deviceName: 'Desk' })
  const signedIn = await ask(port, 'POST', '/api/sign-in', account, { origin: `https://${HOST}` })
  const cookies = [signedIn.headers['set-cookie'] ?? []].flat()
  say(
    signedIn.status === 200 && cookies.length === 2 && cookies.every((one) => /^__Host-.*Secure/.test(one)),
    `${name}: signing in sets two cookies of this host alone, secure`,
  )
  say(
    (await ask(port, 'POST', '/api/sign-in', account, { origin: 'https://evil.example' })).status === 403,
    `${name}: another site is refused`,
  )
  const cookie = cookies.map((one) => one.split(';')[0]).join('; ')
  const begun = JSON.parse((await ask(port, 'POST', '/api/imports', JSON.stringify({ format: 'oneroster' }), { cookie })).text) as {
    import?: string
    id?: string
  }
  const large = await ask(port, 'PUT', `/api/imports/${begun.import ?? begun.id ?? 'x'}/files/users.csv`, Buffer.alloc(5 << 20, 'a'), {
    cookie,
    'content-type': 'application/octet-stream',
  })
  say(large.status === 200, `${name}: a file of five megabytes passes (${large.status})`)
}

const running: ChildProcess[] = []
const district = await openDistrict(async () => ({ RECOUP_URL: `https://${HOST}` }))
try {
  await district.recoup('sample')
  await district.start()
  const upstream = new URL(district.url).host
  const here = (text: string): string => text.replaceAll('127.0.0.1:8787', upstream)

  const nginxPort = await freePort()
  for (const name of ['tmp', 'logs']) mkdirSync(file(name))
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${file('tmp')}/${name};`)
    .join(' ')
  const location = blockWith('proxy_pass http://127.0.0.1:8787')
  writeFileSync(
    file('nginx.conf'),
    `daemon off; pid ${file('nginx.pid')}; error_log ${file('logs/error.log')}; events {}
http { access_log off; ${temporary} server { listen 127.0.0.1:${nginxPort} ssl; server_name ${HOST};
ssl_certificate ${file('site.pem')}; ssl_certificate_key ${file('site.key')};
${here(location)} } }`,
  )
  const caddyPort = await freePort()
  const caddyfile = here(blockWith('reverse_proxy'))
    .replace(HOST, `https://${HOST}:${caddyPort}`)
    .replace('{\n', `{\n\tbind 127.0.0.1\n\ttls ${file('site.pem')} ${file('site.key')}\n`)
  writeFileSync(file('Caddyfile'), `{\n\tadmin off\n\tauto_https off\n}\n${caddyfile}`)
  for (const [name, program, args, port] of [
    ['nginx', process.env.NGINX ?? 'nginx', ['-p', folder, '-c', file('nginx.conf')], nginxPort],
    ['caddy', process.env.CADDY ?? 'caddy', ['run', '--config', file('Caddyfile'), '--adapter', 'caddyfile'], caddyPort],
  ] as const) {
    const child = spawn(program, args, {
      stdio: 'ignore',
      env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    })
    const isThere = await Promise.race([once(child, 'spawn').then(() => true), once(child, 'error').then(() => false)])
    if (!isThere) {
      console.log(`not tried: ${name} is not here`)
      continue
    }
    running.push(child)
    await look(name, port).catch((error: unknown) => say(false, `${name}: ${String(error)}`))
  }
  writeFileSync(file('recoup.service'), blockWith('[Unit]').replaceAll('/srv/recoup', folder))
  try {
    execFileSync('systemd-analyze', ['verify', file('recoup.service')], { stdio: 'pipe' })
    say(true, 'systemd reads the unit')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') console.log('not tried: systemd-analyze is not here')
    else say(false, `systemd: ${String((error as { stderr?: Buffer }).stderr)}`)
  }
} finally {
  for (const child of running) child.kill()
  await district.close()
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = wrong === 0 ? 0 : 1
