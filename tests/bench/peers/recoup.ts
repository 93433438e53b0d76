/** This server, asked as a device asks it: receipts checked, pages held by id, totals proved on the last page. */
import { createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { PullReply, PushReply, ReceiptBody } from '../../../shared/api/sync.ts'
import { PROTOCOL } from '../../../shared/api.ts'
import type { AttendanceEvent } from '../../../shared/events.ts'
import { startRecoup } from '../../support/process.ts'
import { openWire, prepareRush, recorder, type Tablet } from '../../support/rush.ts'
import { type Adapter, BATCH } from './adapter.ts'
import { REPORT } from '../../support/report.ts'

/** The limit of the app's own pulls. */
const PAGE = 1_000

export const recoup: Adapter = {
  async serve(folder) {
    const tablets = await prepareRush(folder, 2, 10)
    const server = await startRecoup(folder)
    const key = createPublicKey(readFileSync(path.join(folder, 'keys/receipts.pem'))).export({ type: 'spki', format: 'pem' })
    return { ...server, secret: JSON.stringify({ tablets: [tablets[0], tablets[0]], key }) }
  },
  async connect({ url, secret }) {
    const { tablets, key } = JSON.parse(secret) as { tablets: [Tablet, Tablet]; key: string }
    const wire = openWire(url)
    const publicKey = createPublicKey(key)
    const record = recorder(tablets[0])
    const held = new Map<string, unknown>()
    let outbox: AttendanceEvent[] = []
    return {
      load: async (count) => void (outbox = record(count)),
      async push() {
        for (let i = 0; i < outbox.length; i += BATCH) {
          const events = outbox.slice(i, i + BATCH)
          const { body } = await wire.ask('POST', '/api/sync/push', { protocol: PROTOCOL, events, report: REPORT }, tablets[0].cookie)
          const { receipt } = body as PushReply
          if (!verify(null, Buffer.from(receipt.body), publicKey, Buffer.from(receipt.signature, 'base64'))) throw new Error('Not signed')
          const { results } = JSON.parse(receipt.body) as ReceiptBody
          if (results.length !== events.length || results.some(({ outcome }) => outcome !== 'accepted')) throw new Error(receipt.body)
        }
      },
      async pull() {
        let cursor: PullReply['cursor'] | null = null
        for (let more = true; more; ) {
          const ask = { protocol: PROTOCOL, cursor, asOf: new Date().toISOString().slice(0, 10), limit: PAGE }
          const page = (await wire.ask('POST', '/api/sync/pull', ask, tablets[1].cookie)).body as PullReply
          for (const { event } of page.events) held.set((event as AttendanceEvent).id, event)
          cursor = page.cursor
          more = page.more
        }
        return held.size
      },
      close: async () => wire.close(),
    }
  },
}
