// Tablets are updated when they meet a network, not when the server is. What the released protocols sent is kept here and sent again.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readEvent } from '../../shared/events.ts'
import { OLDEST_PROTOCOL, PROTOCOL } from '../../shared/api.ts'
import { type PullReply as Page } from '../../shared/api/sync.ts'
import { as } from '../../shared/ids.ts'
import { DEVICE_COOKIE } from '../../server/plugins/guard.ts'
import { smallDistrict } from '../server/smallDistrict.ts'
import type { Browser, TestServer } from '../server/testServer.ts'
import { MARK, PullReply, PushReply, ReceiptBody } from './protocol-1/reader.ts'
import { REPORT } from '../support/report.ts'

interface Recorded {
  readonly says: string
  readonly request: { readonly method: 'POST'; readonly path: string; readonly body: Record<string, unknown> }
  readonly reply: {
    readonly status: number
    readonly code?: string
    readonly outcomes?: readonly string[]
    readonly events?: number
    readonly records?: number
    readonly more?: boolean
  }
}

const folder = path.join(import.meta.dirname, 'protocol-1')
const recorded = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Recorded)

/** The device whose requests were recorded, at the district where they were. */
async function oldTablet(): Promise<{ server: TestServer; browser: Browser }> {
  const server = await smallDistrict()
  const { token } = server.context.sessions.enrol('A tablet of last year', 'rivera', '019300aa-dddd-7000-8000-000000000001')
  const browser = server.browser()
  browser.cookies.set(DEVICE_COOKIE, token)
  return { server, browser }
}

test('[S12] every request that protocol 1 sent is understood, and its replies are such as protocol 1 could read', async () => {
  expect(recorded.length).toBeGreaterThan(6)
  const { browser } = await oldTablet()
  let cursor: unknown = null
  for (const { says, request, reply } of recorded) {
    const body = request.body['cursor'] === '$cursor' ? { ...request.body, cursor } : request.body
    const answer = await browser.ask(request.method, request.path, body)
    expect([answer.status, answer.headers[MARK[0]]], says).toEqual([reply.status, MARK[1]])
    if (reply.code !== undefined) expect(answer.json<{ code: string }>().code, says).toBe(reply.code)
    if (reply.outcomes) {
      const { receipt } = PushReply.parse(answer.json())
      const { results } = ReceiptBody.parse(JSON.parse(receipt.body))
      expect(
        results.map(({ outcome, reason }) => [outcome, reason].filter(Boolean).join(' ')),
        says,
      ).toEqual(reply.outcomes)
    }
    if (reply.more !== undefined) {
      const page = PullReply.parse(answer.json())
      expect(page.more, says).toBe(reply.more)
      if (reply.events !== undefined) expect(page.events, says).toHaveLength(reply.events)
      if (reply.records !== undefined) expect(page.records, says).toHaveLength(reply.records)
      if (!page.more) cursor = page.cursor
    }
  }
})

test('[S12] what protocol 1 recorded is an event to this build, field by field', () => {
  for (const { request } of recorded.slice(0, 1)) {
    for (const event of request.body['events'] as readonly unknown[]) expect(readEvent(event)).toEqual({ kind: 'event', event })
  }
})

test('[S12] this build answers its own protocol and the one before; an older one is asked to be updated, whatever it sends', async () => {
  expect([OLDEST_PROTOCOL, PROTOCOL]).toEqual([1, 2])
  const { browser } = await oldTablet()
  for (const where of ['/api/sync/push', '/api/sync/pull']) {
    const old = await browser.ask('POST', where, { protocol: 0, in: 'a shape nobody knows any more' })
    expect([old.status, old.json<{ code: string }>().code]).toEqual([426, 'tooOld'])
    expect(old.json<{ message: string }>().message).toContain('stays on the device')
    expect((await browser.ask('POST', where, { no: 'protocol' })).status).toBe(400)
  }
})

test('[S12] a newer device may say more than this server knows', async () => {
  const { browser } = await oldTablet()
  const push = await browser.ask('POST', '/api/sync/push', { protocol: 3, events: [], report: { ...REPORT, mood: 'fine' }, more: 'of it' })
  expect(push.status).toBe(200)
  const pull = await browser.ask('POST', '/api/sync/pull', { protocol: 3, cursor: null, asOf: '2026-11-22', limit: 9, since: 'ever' })
  expect(pull.status).toBe(200)
})

test('[S12] a device that comes from protocol 1 begins anew once, and is then told what to forget', async () => {
  const { browser } = await oldTablet()
  const pull = (protocol: number, cursor: unknown) =>
    browser.ask('POST', '/api/sync/pull', { protocol, cursor, asOf: '2026-11-22', limit: 5000 })
  const { cursor } = (await pull(1, null)).json<Page>()
  const updated = await pull(2, cursor)
  expect([updated.status, updated.json<{ code: string }>().code]).toEqual([409, 'otherScope'])
  const page = (await pull(2, null)).json<Page>()
  expect(page.forget).toEqual({ students: [], sessions: [] })
  expect((await pull(2, page.cursor)).status).toBe(200)
  expect(as<never>(page.cursor.scope)).not.toBe(cursor.scope)
})
