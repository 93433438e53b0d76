// What a parcel may ask of the server: little before its mark has proved right, and a bounded amount after that.
import 'fake-indexeddb/auto'
import { gzipSync } from 'node:zlib'
import { gcm } from '@noble/ciphers/aes.js'
import { expect, test } from 'vitest'
import { readFact } from '../../client/log/db.ts'
import { fromBase64 } from '../../client/sync/base64.ts'
import { pinRelayKeys } from '../../client/sync/relay/relayKeys.ts'
import { agree, seal } from '../../client/sync/relay/seal.ts'
import type { ReceiptBody } from '../../shared/api/sync.ts'
import type { RelayKeys } from '../../shared/api/relay.ts'
import type { SealedReply } from '../../shared/api/lockers.ts'
import { MOST_CARRIED, packed, parcelFile } from '../../shared/relay/parcel.ts'
import { openRealTablet, through } from '../client/realTablet.ts'
import { REPORT } from '../support/report.ts'
import { ELM, smallDistrict } from './smallDistrict.ts'
import type { Browser, TestServer } from './testServer.ts'
import { NOW } from './testServer.ts'
import { openTestTablet } from './testTablet.ts'

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** A device of the district without a key of its own, and what it marks its parcels with. */
async function deviceOf(server: TestServer): Promise<{ browser: Browser; device: string; keys: RelayKeys }> {
  const { browser, reply } = await openTestTablet(server, 'rivera', ELM)
  const keys = (await browser.ask('GET', '/api/sync/relay-keys')).json<RelayKeys>()
  return { browser, device: reply.device.id, keys }
}

/** Any text under the seal, compressed: everybody who has the server's key can make it, marked by nobody. */
async function sealedAs(serverKey: string, text: string): Promise<string> {
  const { header, key } = await agree(fromBase64(serverKey))
  const iv = crypto.getRandomValues(new Uint8Array(12))
  return base64(parcelFile(header, iv, gcm(key, iv, header).encrypt(packed(true, gzipSync(text, { level: 9 })))))
}

const lists = (megabytes: number): string => `[${'[],'.repeat((megabytes * 1_048_576) / 3)}0]`

async function took(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

test('[S14] Twenty parcels that unpack to 400 megabytes are refused at once, without a mark and whatever they look like', async () => {
  const { browser, keys } = await deviceOf(await smallDistrict())
  for (const text of [lists(20), `{"body":"","more":${lists(20)},"mac":"${'A'.repeat(43)}="}`]) {
    const parcel = await sealedAs(keys.serverKey, text)
    const parcels = Array.from({ length: 20 }, () => parcel)
    const ms = await took(async () => {
      const answer = await browser.ask('POST', '/api/sync/sealed', { parcels })
      expect(answer.json<SealedReply>()).toMatchObject({ receipts: [], refused: parcels.map((_, place) => place) })
    })
    expect(ms).toBeLessThan(10_000)
    expect(await browser.ask('POST', '/api/sync/relay', { parcel })).toMatchObject({ status: 413 })
  }
}, 60_000)

test('[S14] What fits and is marked by nobody is refused before it is read: one list after the other, or a text and then a list', async () => {
  const { browser, keys } = await deviceOf(await smallDistrict())
  const mac = `"mac":"${'A'.repeat(43)}="}`
  for (const text of [lists(7), `{"body":"x","more":${lists(7)},${mac}`, `{"body":"${'x'.repeat(7_000_000)}",${mac}`, '', '{"body":"",']) {
    const parcel = await sealedAs(keys.serverKey, text)
    const ms = await took(async () => {
      expect(await browser.ask('POST', '/api/sync/relay', { parcel })).toMatchObject({ status: 422 })
    })
    expect(ms).toBeLessThan(5_000)
  }
}, 60_000)

test('[S14] A device of the district that marks millions of empty lists is refused with a sentence', async () => {
  const { browser, device, keys } = await deviceOf(await smallDistrict())
  const body = `{"device":"${device}","made":${NOW},"events":${lists(7)}}`
  const parcel = base64(await seal(body, keys))
  const ms = await took(async () => {
    const answer = await browser.ask('POST', '/api/sync/relay', { parcel })
    expect([answer.status, answer.json()]).toMatchObject([
      413,
      { code: 'tooLarge', message: expect.stringMatching(/^This parcel/) as string },
    ])
  })
  expect(ms).toBeLessThan(5_000)
}, 60_000)

test('[S14] A name given twice is no way to speak for another device: the mark is for the name that counts', async () => {
  const server = await smallDistrict()
  const { browser, device, keys } = await deviceOf(server)
  const other = await openTestTablet(server, 'marsh', ELM)
  const body = `{"device":"${device}","made":${NOW},"events":[],"device":"${other.reply.device.id}"}`
  expect((await browser.ask('POST', '/api/sync/relay', { parcel: base64(await seal(body, keys)) })).json()).toMatchObject({
    code: 'altered',
  })
})

test('[S14] The most that an app puts into one parcel goes through: 5,000 entries, and some with long notes in many alphabets', async () => {
  const server = await smallDistrict()
  const tablet = await openTestTablet(server, 'rivera', ELM)
  const keys = (await tablet.browser.ask('GET', '/api/sync/relay-keys')).json<RelayKeys>()
  const recorded = tablet.recordSaturday(['ana'])
  const notes = ['"[{\\', '\u0000\u2028', '😀ñ'].map((words) => ({ ...recorded[0], text: words.repeat(100) }))
  const events = Array.from({ length: MOST_CARRIED }, (_, i) => recorded[i] ?? notes[i % notes.length] ?? {})
  const body = JSON.stringify({ device: tablet.reply.device.id, made: NOW, events, report: REPORT })
  expect(body.length).toBeGreaterThan(3_000_000)
  const answer = await tablet.browser.ask('POST', '/api/sync/relay', { parcel: base64(await seal(body, keys)) })
  expect(answer.status).toBe(200)
  const bodies = answer.json<{ receipts: { body: string }[] }>().receipts.map((receipt) => JSON.parse(receipt.body) as ReceiptBody)
  expect(bodies.flatMap(({ results }) => results)).toHaveLength(MOST_CARRIED)
}, 60_000)

test('S16 Who copied a device’s credential and not its key cannot ask for what it marks parcels with', async () => {
  const server = await smallDistrict()
  const tablet = await openRealTablet(server)
  const browser = server.browser()
  tablet.network = through(browser)
  const { device } = await tablet.signIn('rivera')
  expect((await readFact(tablet.db, 'deviceKey'))?.record).not.toBeNull()
  const cookies = new Map([...browser.cookies].filter(([name]) => name.includes('device')))
  const copied = server.browser(cookies)
  const kind = 'recoup-relay-keys'
  expect(await copied.ask('GET', '/api/sync/relay-keys')).toMatchObject({ status: 403 })
  for (const signature of [undefined, '', 'A'.repeat(88)]) {
    const answer = await copied.ask('POST', '/api/sync/relay-keys', {
      kind,
      device: device.id,
      ...(signature !== undefined && { signature }),
    })
    expect([answer.status, answer.json()]).toMatchObject([401, { code: 'unsigned' }])
    expect(answer.text).not.toContain('deviceKey')
  }
  await tablet.db.meta.delete('relay')
  expect(await pinRelayKeys(tablet.db, tablet.network)).toBe(true)
  expect(await readFact(tablet.db, 'relay')).toMatchObject({ device: device.id })
})
