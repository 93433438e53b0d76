// What the server says to others: to the district's provider of sign-ins, and through the proxies of the deployment guide.
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer as createPlain } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { SMTPServer } from 'smtp-server'
import { smtpSender } from '../../server/desk/mail.ts'
import { openProvider } from '../../server/people/provider.ts'
import { selfSigned } from '../support/certificate.ts'

const root = path.resolve(import.meta.dirname, '../..')
const ASKED = { state: 'a', nonce: 'b', verifier: 'c'.repeat(43), fresh: false }
const providerAt = (issuer: string) =>
  openProvider(
    { issuer, client: 'recoup', name: 'Test', scope: 'openid', groupsClaim: 'groups', factorAcr: [] },
    'https://recoup.example.org/sso/return',
  )
async function listening(server: Server | ReturnType<typeof createPlain>): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}
const described = (issuer: string) =>
  JSON.stringify({
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  })
const REGISTRY = 'https://registry.npmjs.org/'
const JSON_TYPE = { 'content-type': 'application/json' }

test('a provider with a certificate that nobody vouches for is not asked, and nothing in the program turns that check off', async () => {
  const issuer = { url: '' }
  const server = createServer(selfSigned('localhost'), (_request, response) =>
    response.writeHead(200, JSON_TYPE).end(described(issuer.url)),
  )
  issuer.url = `https://localhost:${await listening(server)}`
  let spoken = 0
  server.on('request', () => (spoken += 1))
  expect(await providerAt(issuer.url).addressOf(ASKED)).toBe(undefined)
  expect(spoken).toBe(0)
  const sources = readdirSync(path.join(root, 'server'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  expect(sources.length).toBeGreaterThan(100)
  for (const name of sources)
    expect(readFileSync(path.join(root, 'server', name), 'utf8'), name).not.toMatch(/rejectUnauthorized|TLS_REJECT|checkServerIdentity/)
})

test('letters go out encrypted or not at all, but on this machine itself or where the operator says otherwise', async () => {
  const received: string[] = []
  const mailbox = async (hideSTARTTLS: boolean): Promise<number> => {
    const server = new SMTPServer({
      authOptional: true,
      hideSTARTTLS,
      onData(stream, session, done) {
        received.push(session.secure ? 'encrypted' : 'plain')
        stream.resume().on('end', done)
      },
    })
    onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
    return new Promise((resolve) => {
      const listening = server.listen(0, '0.0.0.0', () => resolve((listening.address() as AddressInfo).port))
    })
  }
  const letter = { subject: 'Recoup', text: 'Nothing' }
  const [bare, selfSigning] = [await mailbox(true), await mailbox(false)]
  // A machine of its own, as far as the sender can know.
  const other = (port: number, more = '') => `smtp://user:secret@127.0.0.2:${port}${more}`
  for (const url of [
    other(bare),
    other(bare, '?ignoreTLS=true'),
    other(bare, '?requireTLS=false'),
    other(selfSigning, '?tls.rejectUnauthorized=false'),
  ])
    await expect(smtpSender(url, 'recoup@example.org')('auditor@example.org', letter), url).rejects.toThrow(/TLS|certificate/i)
  expect(received).toEqual([])
  await smtpSender(`smtp://127.0.0.1:${bare}`, 'recoup@example.org')('auditor@example.org', letter)
  await smtpSender(`smtp://127.0.0.2:${bare}`, 'recoup@example.org', true)('auditor@example.org', letter)
  expect(received).toEqual(['plain', 'plain'])
})

test('the server follows nobody who sends it on: a description that is elsewhere is not read', async () => {
  const issuer = { url: '' }
  let read = 0
  const elsewhere = await listening(
    createPlain((_request, response) => {
      read += 1
      response.writeHead(200, JSON_TYPE).end(described(issuer.url))
    }),
  )
  const port = await listening(
    createPlain((request, response) => response.writeHead(302, { location: `http://127.0.0.1:${elsewhere}${request.url ?? ''}` }).end()),
  )
  issuer.url = `http://127.0.0.1:${port}`
  expect(await providerAt(issuer.url).addressOf(ASKED)).toBe(undefined)
  expect(read).toBe(0)
  // Asked where it says it is, the same description is good.
  issuer.url = `http://127.0.0.1:${elsewhere}`
  expect(await providerAt(issuer.url).addressOf(ASKED)).toContain('/auth?')
})

test('the proxies of the guide speak TLS 1.2 and 1.3 alone, weaken nothing, and the guide has everybody use them', () => {
  const guide = readFileSync(path.join(root, 'docs/deploy.md'), 'utf8')
  const blocks = [...guide.matchAll(/```\n([\s\S]*?)```/g)].map(([, text = '']) => text)
  const nginx = blocks.find((text) => text.includes('proxy_pass')) ?? ''
  const caddy = blocks.find((text) => text.includes('reverse_proxy')) ?? ''
  expect(nginx.match(/ssl_protocols.*/)?.[0]).toBe('ssl_protocols TLSv1.2 TLSv1.3;')
  for (const block of [nginx, caddy])
    expect(block).not.toMatch(/ssl_ciphers|protocols tls1\.[01]|insecure|http:\/\/(?!127\.0\.0\.1)|auto_https off/)
  expect(blocks.find((text) => text.includes('[Service]'))).toContain('RECOUP_URL=https://')
})

test('every library is the one that was looked at: its version fixed, its bytes by hash, from one registry', () => {
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version?: string; integrity?: string; resolved?: string; dev?: boolean; optional?: boolean }>
  }
  // Tools that build for other machines are not installed here, and no part of what runs.
  const libraries = Object.entries(packages).filter(([name, { dev, optional }]) => name.startsWith('node_modules/') && !(dev && optional))
  expect(libraries.length).toBeGreaterThan(200)
  const loose = libraries.filter(
    ([, { integrity, resolved = REGISTRY }]) => !integrity?.startsWith('sha512-') || !resolved.startsWith(REGISTRY),
  )
  expect(loose.map(([name]) => name)).toEqual([])
  const own = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<string, Record<string, string>>
  for (const version of Object.values({ ...own.dependencies, ...own.devDependencies })) expect(version).toMatch(/^(npm:.+@)?\d+\.\d+\.\d+$/)
})
