/** The least a durable server can do with the same events: see `bareServer.ts`. */
import path from 'node:path'
import type { AttendanceEvent } from '../../../shared/events.ts'
import { startProcess } from '../../support/process.ts'
import { openWire, recorder } from '../../support/rush.ts'
import { type Adapter, BATCH } from './adapter.ts'
import { anyTablet } from './events.ts'

const SERVER = path.join(import.meta.dirname, '../bareServer.ts')

export const bare: Adapter = {
  serve: async (folder) => ({ ...(await startProcess(process.execPath, [SERVER, path.join(folder, 'bare.db')])), secret: '' }),
  async connect({ url }) {
    const wire = openWire(url)
    const record = recorder(anyTablet())
    const held = new Map<string, unknown>()
    let outbox: AttendanceEvent[] = []
    return {
      load: async (count) => void (outbox = record(count)),
      async push() {
        for (let i = 0; i < outbox.length; i += BATCH) {
          const { status } = await wire.ask('POST', '/push', { events: outbox.slice(i, i + BATCH) })
          if (status !== 200) throw new Error(`HTTP ${status}`)
        }
      },
      async pull() {
        for (let after = 0; ; ) {
          const page = (await wire.ask('GET', `/pull?after=${after}&limit=${BATCH}`)).body as { cursor: number; events: AttendanceEvent[] }
          if (page.events.length === 0) return held.size
          for (const event of page.events) held.set(event.id, event)
          after = page.cursor
        }
      },
      close: async () => wire.close(),
    }
  },
}
