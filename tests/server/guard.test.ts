import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { type Role, ROLES } from '../../shared/api/people.ts'
import { MINUTE } from '../../shared/time.ts'
import { buildApp } from '../../server/app.ts'
import { openForCommand } from '../../server/main.ts'
import { smallDistrict } from './smallDistrict.ts'
import { configOf, newFolder, PASSWORD, signedIn, testServer } from './testServer.ts'

type Route = readonly [method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, who: 'anyone' | 'device' | readonly Role[]]
const ALL = ROLES
const DESK: readonly Role[] = ['coordinator', 'district', 'data', 'administrator']
const OFFICE: readonly Role[] = ['district', 'data', 'administrator']
const REPORTERS: readonly Role[] = ['district', 'data', 'auditor', 'administrator']

/** Every route of the API and who may call it. A route that is not in this table fails the last test. */
const TABLE: readonly Route[] = [
  ['GET', '/api/health', 'anyone'],
  ['GET', '/api/openapi.json', 'anyone'],
  ['GET', '/api/setup', 'anyone'],
  ['POST', '/api/setup/sample', 'anyone'],
  ['POST', '/api/setup/district', 'anyone'],
  ['POST', '/api/sign-in', 'anyone'],
  ['POST', '/api/sign-out', 'anyone'],
  ['GET', '/api/invites/:token', 'anyone'],
  ['POST', '/api/invites/:token', 'anyone'],
  ['POST', '/api/sso/begin', 'anyone'],
  ['POST', '/api/sso/finish', 'anyone'],
  ['POST', '/api/sync/push', 'device'],
  ['POST', '/api/sync/pull', 'device'],
  ['GET', '/api/sync/relay-keys', 'device'],
  ['POST', '/api/sync/relay-keys', 'device'],
  ['POST', '/api/sync/relay', 'device'],
  ['POST', '/api/sync/sealed', 'device'],
  ['POST', '/api/return', 'device'],
  ['GET', '/api/me', ALL],
  ['POST', '/api/password', ALL],
  ['GET', '/api/roster', ALL],
  ['GET', '/api/roster.csv', ALL],
  ['GET', '/api/students/:student', ALL],
  ['GET', '/api/registry', ALL],
  ['GET', '/api/sections', ALL],
  ['PUT', '/api/sections', DESK],
  ['GET', '/api/devices', DESK],
  ['GET', '/api/quarantine', DESK],
  ['GET', '/api/people', DESK],
  ['POST', '/api/people/invites', DESK],
  ['POST', '/api/people/:staff/link', DESK],
  ['GET', '/api/classes', DESK],
  ['PATCH', '/api/people/:staff', OFFICE],
  ['POST', '/api/staff', OFFICE],
  ['PATCH', '/api/staff/:staff', OFFICE],
  ['POST', '/api/imports', OFFICE],
  ['DELETE', '/api/imports/:import', OFFICE],
  ['PUT', '/api/imports/:import/files/:name', OFFICE],
  ['POST', '/api/imports/:import/preview', OFFICE],
  ['POST', '/api/imports/:import/commit', OFFICE],
  ['GET', '/api/follow-ups', DESK],
  ['POST', '/api/follow-ups', DESK],
  ['PUT', '/api/follow-ups/choices', OFFICE],
  ['GET', '/api/alerts', DESK],
  ['POST', '/api/alerts/seen', DESK],
  ['GET', '/api/views', [...DESK, 'auditor']],
  ['PUT', '/api/views', [...DESK, 'auditor']],
  ['GET', '/api/totals', [...DESK, 'auditor']],
  ['GET', '/api/totals/roster', [...DESK, 'auditor']],
  ['GET', '/api/totals/roster.csv', [...DESK, 'auditor']],
  ['GET', '/api/totals/roster.xlsx', [...DESK, 'auditor']],
  ['GET', '/api/totals/behind', [...DESK, 'auditor']],
  ['GET', '/api/day', [...DESK, 'auditor']],
  ['POST', '/api/day/resolutions', DESK],
  ['PUT', '/api/documents', DESK],
  ['GET', '/api/documents/:id/file', [...DESK, 'auditor']],
  ['GET', '/api/letters', DESK],
  ['PUT', '/api/letters', OFFICE],
  ['GET', '/api/second-factor', ALL],
  ['POST', '/api/second-factor/begin', ALL],
  ['POST', '/api/second-factor/confirm', ALL],
  ['POST', '/api/step-up', ALL],
  ['POST', '/api/passkeys/ask', 'anyone'],
  ['POST', '/api/passkeys/begin', ALL],
  ['POST', '/api/passkeys', ALL],
  ['PATCH', '/api/passkeys/:passkey', ALL],
  ['POST', '/api/passkeys/:passkey/remove', ALL],
  ['GET', '/api/signed-in', ALL],
  ['POST', '/api/signed-in/end', ALL],
  ['GET', '/api/trust', DESK],
  ['PUT', '/api/trust', ['district', 'administrator']],
  ['POST', '/api/devices/codes', DESK],
  ['PATCH', '/api/devices/:device', DESK],
  ['POST', '/api/devices/:device/revoke', DESK],
  ['POST', '/api/device/key', 'device'],
  ['GET', '/api/approvals', ['district', 'administrator', 'auditor']],
  ['POST', '/api/approvals', ['district', 'administrator']],
  ['POST', '/api/approvals/:approval', ['district', 'administrator']],
  ['GET', '/api/students/:student/disclosures', [...DESK, 'auditor']],
  ['GET', '/api/students/:student/export', DESK],
  ['GET', '/api/students/:student/export.pdf', DESK],
  ['GET', '/api/step-up', ALL],
  ['GET', '/api/checkpoints', ['district', 'data', 'auditor', 'administrator']],
  ['GET', '/api/periods', REPORTERS],
  ['GET', '/api/periods/checklist', DESK],
  ['POST', '/api/periods', ['district', 'administrator']],
  ['GET', '/api/periods/students', REPORTERS],
  ['GET', '/api/periods/padc.csv', REPORTERS],
  ['GET', '/api/periods/padc.xlsx', REPORTERS],
  ['GET', '/api/reports/stas', REPORTERS],
  ['GET', '/api/reports/stas.csv', REPORTERS],
  ['POST', '/api/reports/stas/merge', OFFICE],
  ['GET', '/api/settings', REPORTERS],
  ['PUT', '/api/settings', OFFICE],
  ['GET', '/api/period-ends', DESK],
  ['GET', '/api/packets', REPORTERS],
  ['POST', '/api/packets', REPORTERS],
  ['POST', '/api/packets/:packet/cancel', REPORTERS],
  ['GET', '/api/packets/:packet/:format', REPORTERS],
  ['GET', '/api/sessions/:session/class-page.pdf', DESK],
  ['GET', '/api/write-back/:sis', OFFICE],
  ['GET', '/api/write-back/:sis/:file', OFFICE],
  ['POST', '/api/write-back/:sis/reconcile', OFFICE],
  ['GET', '/api/policy', ['district', 'administrator', 'auditor']],
  ['PUT', '/api/policy', ['district', 'administrator']],
  ['POST', '/api/policy/preview', ['district', 'administrator']],
]

test('every route lets in whom the table says, and nobody else', async () => {
  const server = await smallDistrict()
  const nobody = server.browser()
  const people = new Map<Role, Awaited<ReturnType<typeof signedIn>>['browser']>()
  for (const [i, role] of ROLES.entries()) {
    const staff = `staff-${i}`
    server.context.store.apply([
      {
        kind: 'staff',
        id: staff,
        ended: false,
        body: { id: staff as never, name: role, email: '', sites: ['elm' as never], title: '', certificated: true, employee: true },
      },
    ])
    await server.context.accounts.create(staff, `the-${role}`, role, PASSWORD)
    people.set(role, (await signedIn(server, `the-${role}`)).browser)
  }
  for (const [method, path, who] of TABLE) {
    const name = `${method} ${path}`
    const stranger = await nobody.ask(method, path)
    // A bad request was let in far enough to be read.
    if (who === 'anyone') expect(stranger.status, name).not.toBe(401)
    else expect(stranger.status, name).toBe(401)
    if (who === 'anyone' || who === 'device') continue
    for (const [role, browser] of people) {
      const { status } = await browser.ask(method, path)
      if (who.includes(role)) expect([401, 403], `${name} as ${role}`).not.toContain(status)
      else expect(status, `${name} as ${role}`).toBe(403)
    }
  }
})

test('every route of the API is in that table and in the description of the API', async () => {
  const server = await testServer()
  const known = new Set(TABLE.map(([method, path]) => `${method} ${path}`))
  const { paths } = (await server.browser().ask('GET', '/api/openapi.json')).json<{ paths: Record<string, Record<string, unknown>> }>()
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  )
  expect([...described, 'GET /api/openapi.json'].sort()).toEqual([...known].sort())
})

test('a route that does not say who may call it stops the server at its start', async () => {
  const server = await testServer()
  const app = await buildApp(server.context)
  expect(() => app.get('/api/secrets', () => 'all of them')).toThrow('GET /api/secrets does not say who may call it')
  await app.close()
})

test('every reply of the API says it is one, is not kept by caches, and carries the policies', async () => {
  const server = await testServer()
  for (const path of ['/api/health', '/api/nothing', '/api/me']) {
    const { headers } = await server.browser().ask('GET', path)
    expect(headers['x-recoup-api'], path).toBe('1')
    expect(headers['cache-control'], path).toBe('no-store')
    expect(headers['content-security-policy'], path).toContain("script-src 'self' 'wasm-unsafe-eval';style-src 'self'")
    expect(headers['content-security-policy'], path).toContain(
      "object-src 'none';base-uri 'none';frame-ancestors 'none';form-action 'self'",
    )
    expect(headers['x-content-type-options'], path).toBe('nosniff')
    expect(headers['strict-transport-security'], path).toBeUndefined()
  }
  const https = await testServer({ url: 'https://recoup.example.org' })
  expect((await https.browser().ask('GET', '/api/health')).headers['strict-transport-security']).toContain('max-age=')
})

test('a request that changes something and comes from another site is not answered', async () => {
  const server = await testServer()
  const post = (headers: Record<string, string>) => server.browser().ask('POST', '/api/sign-out', undefined, headers)
  expect((await post({ origin: 'https://evil.example' })).status).toBe(403)
  expect((await post({ origin: 'null' })).status).toBe(403)
  expect((await post({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await post({ host: 'localhost:8787', origin: 'http://localhost:8787' })).status).toBe(200)
  expect((await post({})).status).toBe(200)
})

test('what is not understood is refused in words, and a fault of the server never shows its inside', async () => {
  const server = await smallDistrict()
  const browser = server.browser()
  expect((await browser.ask('POST', '/api/sign-in', { username: 'x' })).json()).toMatchObject({ code: 'badRequest' })
  expect(
    (await server.app.inject({ method: 'POST', url: '/api/sign-in', headers: { 'content-type': 'application/json' }, payload: '{' }))
      .statusCode,
  ).toBe(400)
  expect(
    (await server.app.inject({ method: 'POST', url: '/api/sign-in', headers: { 'content-type': 'text/xml' }, payload: '<a/>' })).statusCode,
  ).toBe(415)
  expect((await browser.ask('POST', '/api/sign-in', { username: 'x'.repeat(2_000_000) })).status).toBe(413)
  const { browser: lund } = await signedIn(server, 'lund')
  server.context.log.db.exec('DROP TABLE quarantine')
  const failed = await lund.ask('GET', '/api/quarantine')
  expect(failed.status).toBe(500)
  expect(failed.text).toBe('{"code":"failed","message":"The server could not do this. It was written to its log; try again."}')
})

test('a write that finds the data busy asks to try again soon; reading goes on', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'lund')
  const other = openForCommand(configOf(server.folder))
  other.log.db.exec('BEGIN IMMEDIATE')
  server.wait(2 * MINUTE)
  expect((await browser.ask('GET', '/api/me')).status).toBe(200)
  const busy = await browser.ask('PATCH', '/api/staff/rivera', { certificated: false })
  other.log.db.exec('ROLLBACK')
  other.close()
  expect([busy.status, busy.headers['retry-after'], busy.json<{ code: string }>().code]).toEqual([503, '2', 'busy'])
  expect((await browser.ask('PATCH', '/api/staff/rivera', { certificated: false })).status).toBe(200)
})

test('pages: the app at every address of its own, hashed files kept for ever, what is missing is missing', async () => {
  const dist = join(newFolder(), 'dist')
  mkdirSync(join(dist, 'assets'), { recursive: true })
  writeFileSync(join(dist, 'index.html'), '<!doctype html><title>Recoup</title>')
  writeFileSync(join(dist, 'serviceWorker.js'), '// worker')
  writeFileSync(join(dist, 'assets', 'index-abc123.js'), '// app')
  const server = await testServer({ dist })
  const get = (path: string) => server.browser().ask('GET', path)
  for (const path of ['/', '/session/42', '/invite/a-token_of.letters'])
    expect((await get(path)).text, path).toContain('<title>Recoup</title>')
  expect((await get('/assets/index-abc123.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable')
  expect((await get('/serviceWorker.js')).headers['cache-control']).toBe('no-cache')
  expect((await get('/')).headers['cache-control']).toBe('no-cache')
  expect((await get('/assets/gone.js')).status).toBe(404)
  expect((await get('/api/gone')).json()).toMatchObject({ code: 'notFound' })
  expect((await server.browser().ask('POST', '/')).status).toBe(404)
  expect((await get('/../server/main.ts')).text).not.toContain('startServer')
})

test('a long reply goes out compressed to those who accept it, and says the same', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'lund')
  const plain = await browser.ask('GET', '/api/openapi.json')
  const reply = await server.app.inject({ url: '/api/openapi.json', headers: { 'accept-encoding': 'gzip, br' } })
  expect(reply.headers['content-encoding']).toBe('gzip')
  expect(gunzipSync(reply.rawPayload).toString()).toBe(plain.text)
  expect(reply.rawPayload.length).toBeLessThan(plain.text.length / 3)
  expect(plain.headers['content-encoding']).toBeUndefined()
})
