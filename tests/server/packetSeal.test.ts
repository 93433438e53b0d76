import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../../server/cli/main.ts'
import { isSigned } from '../../server/log/receipts.ts'
import { sha256 } from '../../server/log/serverChain.ts'
import { verifyPacket } from '../../shared/evidence/packet.ts'
import { canonical } from '../../shared/sync/chain.ts'
import { type EvidenceLog, evidenceLog } from '../support/evidenceLog.ts'
import { packetOf } from '../support/packetOf.ts'
import { random } from '../support/random.ts'
import { newFolder } from './testServer.ts'
import { tools as inABrowser } from '../../client/verifier/tools.ts'

const TOOLS = { sha256, isSigned }
let log: EvidenceLog
let file: string
beforeAll(async () => {
  log = await evidenceLog(11, 60)
  file = canonical(await packetOf(log.context))
})
afterAll(() => log.close())

const verify = (text: string, key?: string) => verifyPacket(text, TOOLS, key).findings

test('a packet holds by itself, by the tools of a server and of a page alike', () => {
  expect(verifyPacket(file, TOOLS, log.context.receiptKey.publicKey)).toMatchObject({ findings: [], students: 12 })
  expect(verifyPacket(file, inABrowser, undefined)).toEqual(verifyPacket(file, TOOLS, undefined))
})

test('a packet with a name that is not of it, with one twice, or with other white space does not hold', () => {
  const changed = [
    file.replace('"claimableDays":', '"claimableDays":99,"claimableDays":'),
    file.replace('"claimableDays":', '"certified":true,"claimableDays":'),
    file.replace('{', '{"approved":"by the state",'),
    file.replace('{', '{ '),
    `${file}\n`,
  ]
  for (const text of changed) expect(verify(text), text.slice(0, 40)).toEqual([{ fault: 'packetChanged', seq: null, what: '' }])
})

test('a packet signed with another key than the one on paper does not hold', () => {
  expect(verify(file, Buffer.alloc(32).toString('base64'))).not.toEqual([])
})

test('a byte changed anywhere in a packet is found', () => {
  const chance = random(3)
  const bytes = Buffer.from(file, 'utf8')
  for (let i = 0; i < 300; i++) {
    const at = chance.below(bytes.length)
    const copy = Buffer.from(bytes)
    copy[at] = ((bytes[at] ?? 0) + 1 + chance.below(90)) % 128
    expect(verify(copy.toString('utf8')), `byte ${at} of ${bytes.length}`).not.toEqual([])
  }
})

test('an event taken out of a packet, put in, or moved is found, and so is a cut', () => {
  const packet = JSON.parse(file) as { events: unknown[]; receipts: unknown[]; students: { minutes: number }[] }
  for (const [i, event] of packet.events.entries()) {
    const without = packet.events.filter((_, at) => at !== i)
    expect(verify(JSON.stringify({ ...packet, events: without })), `without ${i}`).not.toEqual([])
    expect(verify(JSON.stringify({ ...packet, events: [...packet.events, event] })), `${i} twice`).not.toEqual([])
    if (i < without.length) expect(verify(JSON.stringify({ ...packet, events: [...without, event] })), `${i} last`).not.toEqual([])
  }
  expect(verify(JSON.stringify({ ...packet, receipts: packet.receipts.slice(1) }))).not.toEqual([])
  for (let length = 0; length < file.length; length += 977) expect(verify(file.slice(0, length))).not.toEqual([])
})

test('what is not a packet is said to be none', () => {
  for (const text of ['', '{}', 'null', '[]', '{"kind":"recoup-audit-packet"}']) expect(verify(text)).toHaveLength(1)
})

test('recoup verify reads a packet, with and without a fault', async () => {
  const folder = newFolder()
  const said = async (text: string) => {
    const path = join(folder, 'packet.json')
    writeFileSync(path, text)
    let out = ''
    const write = (more: string | Uint8Array) => (out += String(more))
    return { code: await run(['verify', path], { stdout: { write }, stderr: { write } }), out }
  }
  expect(await said(file)).toMatchObject({ code: 0, out: expect.stringContaining('All holds: ') as string })
  expect(await said(file.replace('student-1', 'student-2'))).toMatchObject({
    code: 1,
    out: expect.stringContaining('The first:') as string,
  })
})
