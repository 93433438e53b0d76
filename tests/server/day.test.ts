// Papers behind an entry, and decisions about a day: kept whole, shown only to those who may see the school.
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DOCUMENT_MOST } from '../../shared/api/day.ts'
import type { DayReply, DocumentView } from '../../shared/api/day.ts'
import { ELM, OAK, smallDistrict } from './smallDistrict.ts'
import { type Browser, signedIn } from './testServer.ts'

const PNG = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.from('a photo of a roster')])
const send = (browser: Browser, file: Buffer, site: string = ELM, name = 'roster.png') =>
  browser.ask('PUT', `/api/documents?site=${site}&name=${name}&session=s-1&on=2026-11-21`, file, {
    'content-type': 'application/octet-stream',
  })

test('A photo is kept under its own hash, and comes back as it was, to be shown and never run', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'marsh')
  const kept = (await send(browser, PNG)).json<DocumentView>()
  expect(kept).toMatchObject({
    sha256: createHash('sha256').update(PNG).digest('hex'),
    name: 'roster.png',
    type: 'image/png',
    bytes: PNG.length,
  })
  expect(kept.byName).toBe('marsh of the staff')
  const reply = await browser.ask('GET', `/api/documents/${kept.id}/file`)
  expect([reply.status, reply.headers['content-type'], reply.headers['content-security-policy']]).toEqual([
    200,
    'image/png',
    "default-src 'none'; sandbox",
  ])
  expect(reply.text).toContain('a photo of a roster')
  expect((await browser.ask('GET', '/api/day')).json<DayReply>().documents.map(({ session, on }) => [session, on])).toEqual([
    ['s-1', '2026-11-21'],
  ])
})

test('The same photo twice is one file and two entries', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'marsh')
  await send(browser, PNG)
  await send(browser, PNG, ELM, 'again.png')
  expect(readdirSync(join(server.folder, 'documents'))).toHaveLength(1)
  expect((await browser.ask('GET', '/api/day')).json<DayReply>().documents).toHaveLength(2)
})

test('What it is is read from the file, not from its name: a page or a program is not kept', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'marsh')
  const refused = await send(browser, Buffer.from('<html><script>alert(1)</script>'))
  expect([refused.status, refused.json<{ code: string }>().code]).toEqual([415, 'notADocument'])
  expect(readdirSync(join(server.folder, 'documents'))).toEqual([])
})

test('A file of ten megabytes is kept, one byte more is not', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'marsh')
  const large = Buffer.alloc(DOCUMENT_MOST + 1)
  PNG.copy(large)
  expect((await send(browser, large.subarray(0, DOCUMENT_MOST))).status).toBe(200)
  expect((await send(browser, large)).json<{ code: string }>().code).toBe('documentTooLarge')
  expect(readdirSync(join(server.folder, 'documents'))).toHaveLength(1)
})

test('A paper of another school is not there: neither kept, nor listed, nor shown, nor named in a decision', async () => {
  const server = await smallDistrict()
  const { browser: lund } = await signedIn(server, 'lund')
  const { browser: marsh } = await signedIn(server, 'marsh')
  const { id } = (await send(lund, PNG, OAK)).json<DocumentView>()
  expect((await send(marsh, PNG, OAK)).status).toBe(404)
  expect((await marsh.ask('GET', '/api/day')).json<DayReply>().documents).toEqual([])
  expect((await marsh.ask('GET', `/api/documents/${id}/file`)).status).toBe(404)
  const decision = {
    site: ELM,
    problem: 'notArrived',
    section: 'elm-saturday',
    session: null,
    on: '2026-11-14',
    digest: null,
    reason: 'Rain',
    document: id,
  }
  expect((await marsh.ask('POST', '/api/day/resolutions', { entries: [decision] })).status).toBe(404)
})

test('A decision is kept with its reason and author, and neither it nor a paper is ever changed or taken away', async () => {
  const server = await smallDistrict()
  const { browser } = await signedIn(server, 'marsh')
  const { id } = (await send(browser, PNG)).json<DocumentView>()
  const entry = {
    site: ELM,
    problem: 'lateEntry',
    section: 'elm-saturday',
    session: 's-1',
    on: '2026-11-21',
    digest: 'abc',
    reason: 'Seen on paper',
    document: id,
  }
  expect((await browser.ask('POST', '/api/day/resolutions', { entries: [entry] })).status).toBe(200)
  expect((await browser.ask('POST', '/api/day/resolutions', { entries: [{ ...entry, reason: ' ' }] })).status).toBe(400)
  const { resolutions } = (await browser.ask('GET', `/api/day?site=${ELM}`)).json<DayReply>()
  expect(resolutions).toEqual([expect.objectContaining({ ...entry, byName: 'marsh of the staff' })])
  const { db } = server.context.log
  for (const table of ['document', 'day_resolution']) {
    expect(() => db.exec(`UPDATE ${table} SET at = 1`)).toThrow('never changed')
    expect(() => db.exec(`DELETE FROM ${table}`)).toThrow('never deleted')
  }
})
