import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ClassRow, ImportReply } from '../../shared/api/registry.ts'
import { smallDistrict } from '../server/smallDistrict.ts'
import { signedIn } from '../server/testServer.ts'
import type { Browser } from '../server/testServer.ts'
import { DISTRICT } from '../support/importing.ts'
import { zipOf } from '../support/zip.ts'

const BYTES = { 'content-type': 'application/octet-stream' }
const HOUR = 3_600_000
const roster = (): Buffer =>
  zipOf(readdirSync(join(DISTRICT, 'oneroster')).map((name) => ({ name, content: readFileSync(join(DISTRICT, 'oneroster', name)) })))

const openImport = async (browser: Browser): Promise<string> =>
  (await browser.ask('POST', '/api/imports', {})).json<{ import: string }>().import
const put = (browser: Browser, id: string, name: string, content: Buffer | string) =>
  browser.ask('PUT', `/api/imports/${id}/files/${encodeURIComponent(name)}`, Buffer.from(content), BYTES)

describe('Importing over the network', () => {
  it('previews, then commits what was previewed, and leaves no file behind', async () => {
    const server = await smallDistrict()
    const { browser } = await signedIn(server, 'lund')
    const id = await openImport(browser)
    expect((await put(browser, id, 'Roster 2026 (1).zip', roster())).json()).toEqual({ ok: true })
    const preview = await browser.ask('POST', `/api/imports/${id}/preview`, { source: 'oneroster' })
    expect(preview.json<ImportReply>()).toMatchObject({
      import: id,
      committed: false,
      report: { added: { students: 400, sites: 2 }, faults: [] },
    })
    expect(server.context.store.get('site', 'site-100')).toBeUndefined()
    const commit = await browser.ask('POST', `/api/imports/${id}/commit`, { source: 'oneroster', allOrNothing: true })
    expect(commit.json<ImportReply>()).toMatchObject({ committed: true, report: { added: { students: 400 } } })
    expect(server.context.store.get('site', 'site-100')?.body.name).toBe('Alder Creek Elementary School')
    expect(existsSync(join(server.folder, 'imports', id))).toBe(false)
    expect((await browser.ask('POST', `/api/imports/${id}/commit`, { source: 'oneroster', allOrNothing: true })).status).toBe(404)
  })

  it('of files one by one reads them as a folder', async () => {
    const { browser } = await signedIn(await smallDistrict(), 'lund')
    const id = await openImport(browser)
    for (const name of ['orgs.csv', 'users.csv']) await put(browser, id, name, readFileSync(join(DISTRICT, 'oneroster', name)))
    const preview = await browser.ask('POST', `/api/imports/${id}/preview`, { source: 'oneroster' })
    expect(preview.json<ImportReply>().report).toMatchObject({ rows: { orgs: 3, users: 418 }, faults: [] })
  })

  it('of a file that cannot be read answers with the one sentence, and the next try can replace it', async () => {
    const { browser } = await signedIn(await smallDistrict(), 'lund')
    const id = await openImport(browser)
    await put(browser, id, 'schools.csv', 'Name\nOak\n')
    const bad = await browser.ask('POST', `/api/imports/${id}/commit`, { source: 'schools', allOrNothing: false })
    expect(bad.json<ImportReply>()).toMatchObject({
      committed: false,
      report: { faults: [{ line: 1, expected: 'the columns School Code, School Name in the header line; it has Name' }] },
    })
    await put(browser, id, 'schools.csv', 'School Code,School Name\n300,Oak\n')
    const good = await browser.ask('POST', `/api/imports/${id}/commit`, { source: 'schools', allOrNothing: false })
    expect(good.json<ImportReply>()).toMatchObject({ committed: true, report: { added: { sites: 1 } } })
  })

  it('withholds everything when all or nothing was asked for and a row is faulty', async () => {
    const server = await smallDistrict()
    const { browser } = await signedIn(server, 'lund')
    const id = await openImport(browser)
    await put(browser, id, 'schools.csv', 'School Code,School Name\n300,Oak\n301,\n')
    const reply = await browser.ask('POST', `/api/imports/${id}/commit`, { source: 'schools', allOrNothing: true })
    expect(reply.json<ImportReply>()).toMatchObject({ committed: false, report: { added: { sites: 1 }, faults: [{ line: 3 }] } })
    expect(server.context.store.list('site')).toHaveLength(2)
  })

  it.each([
    '..%2F..%2Fevil.csv',
    '%2Fetc%2Fpasswd.csv',
    '.hidden.csv',
    'program.exe',
    `${'x'.repeat(150)}.csv`,
    'a%00.csv',
    '..%5Cevil.csv',
  ])('takes no file named %s', async (name) => {
    const server = await smallDistrict()
    const { browser } = await signedIn(server, 'lund')
    const id = await openImport(browser)
    const answer = await browser.ask('PUT', `/api/imports/${id}/files/${name}`, Buffer.from('x'), BYTES)
    expect([400, 404]).toContain(answer.status)
    expect(readdirSync(join(server.folder, 'imports', id))).toEqual([])
  })

  it('takes no file above 64 MB, and keeps nothing of it', async () => {
    const server = await smallDistrict()
    const { browser } = await signedIn(server, 'lund')
    const id = await openImport(browser)
    const answer = await put(browser, id, 'students.csv', Buffer.alloc(64 * 1024 * 1024 + 1, 'a'))
    expect([answer.status, answer.json<{ message: string }>().message]).toEqual([
      413,
      'The file is larger than 64 MB. Pack it in a zip, or split it.',
    ])
    expect(readdirSync(join(server.folder, 'imports', id))).toEqual([])
  })

  it('forgets what was left lying for an hour', async () => {
    const server = await smallDistrict()
    const { browser } = await signedIn(server, 'lund')
    const id = await openImport(browser)
    await put(browser, id, 'schools.csv', 'x')
    server.wait(HOUR - 1)
    await openImport((await signedIn(server, 'lund')).browser)
    expect(existsSync(join(server.folder, 'imports', id))).toBe(true)
    server.wait(1)
    await openImport((await signedIn(server, 'lund')).browser)
    expect(existsSync(join(server.folder, 'imports', id))).toBe(false)
  })

  it('makes room for a person’s next import with the oldest of their own, so that nobody shuts out anybody', async () => {
    const server = await smallDistrict()
    const { browser } = await signedIn(server, 'lund')
    const ids: string[] = []
    for (let i = 0; i < 22; i++) {
      const answer = await browser.ask('POST', '/api/imports', {})
      expect(answer.status).toBe(200)
      ids.push(answer.json<{ import: string }>().import)
    }
    expect(readdirSync(join(server.folder, 'imports')).sort()).toEqual(ids.slice(-3).sort())
    await server.context.accounts.create('idle', 'idle', 'data', 'a long enough password')
    expect((await (await signedIn(server, 'idle')).browser.ask('POST', '/api/imports', {})).status).toBe(200)
  })

  it('throws away what was left, and only for whose it is', async () => {
    const server = await smallDistrict()
    const { browser } = await signedIn(server, 'lund')
    const id = await openImport(browser)
    await put(browser, id, 'schools.csv', 'x')
    await server.context.accounts.create('idle', 'idle', 'data', 'a long enough password')
    expect((await (await signedIn(server, 'idle')).browser.ask('DELETE', `/api/imports/${id}`)).status).toBe(200)
    expect(existsSync(join(server.folder, 'imports', id))).toBe(true)
    for (const _ of ['once', 'again']) expect((await browser.ask('DELETE', `/api/imports/${id}`)).json()).toEqual({ ok: true })
    expect(existsSync(join(server.folder, 'imports', id))).toBe(false)
  })

  it('is for those who keep the registry, and each import for who opened it', async () => {
    const server = await smallDistrict()
    for (const username of ['rivera', 'marsh']) {
      expect((await (await signedIn(server, username)).browser.ask('POST', '/api/imports', {})).status).toBe(403)
    }
    expect((await server.browser().ask('POST', '/api/imports', {})).status).toBe(401)
    const id = await openImport((await signedIn(server, 'lund')).browser)
    await server.context.accounts.create('idle', 'idle', 'data', 'a long enough password')
    const other = (await signedIn(server, 'idle')).browser
    expect((await put(other, id, 'schools.csv', 'x')).status).toBe(404)
    expect((await other.ask('POST', `/api/imports/${id}/preview`, { source: 'schools' })).status).toBe(404)
  })
})

it('Classes are listed for the sites a person works at, and for no other', async () => {
  const server = await smallDistrict()
  const body = (site: string) => ({
    source: 'oneroster',
    site,
    title: `Math at ${site}`,
    room: '4',
    staff: [],
    students: ['ana'],
    from: null,
    until: null,
  })
  server.context.store.apply(
    [],
    ['elm', 'oak'].map((site) => ({ kind: 'class', id: `c-${site}`, ended: false, body: body(site) })),
  )
  const titles = async (username: string, query: string) => {
    const answer = await (await signedIn(server, username)).browser.ask('GET', `/api/classes${query}`)
    return answer.status === 200 ? answer.json<{ classes: ClassRow[] }>().classes.map(({ title }) => title) : answer.status
  }
  expect(await titles('lund', '')).toEqual(['Math at elm', 'Math at oak'])
  expect(await titles('lund', '?site=oak')).toEqual(['Math at oak'])
  expect(await titles('marsh', '')).toEqual(['Math at elm'])
  expect(await titles('marsh', '?site=oak')).toBe(404)
  expect(await titles('rivera', '')).toBe(403)
})
