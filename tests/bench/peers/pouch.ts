/** PouchDB's replication: a client in memory, a server on leveldb. */
import path from 'node:path'
import { startProcess } from '../../support/process.ts'
import { recorder } from '../../support/rush.ts'
import { type Adapter, BATCH } from './adapter.ts'
import { anyTablet } from './events.ts'
import { folderOf, peerRequire } from './installed.ts'

interface Pouch {
  bulkDocs(docs: readonly object[]): Promise<unknown>
  info(): Promise<{ doc_count: number }>
  destroy(): Promise<unknown>
  replicate: { to(other: Pouch, options: object): Promise<unknown>; from(other: Pouch, options: object): Promise<unknown> }
}
type PouchClass = (new (name: string, options?: object) => Pouch) & { plugin(plugin: unknown): PouchClass }

let names = 0
export const pouch: Adapter = {
  serve: async (folder) => ({
    ...(await startProcess(process.execPath, [path.join(import.meta.dirname, 'pouchServer.mjs'), folderOf('pouch'), folder])),
    secret: '',
  }),
  async connect({ url }) {
    const require = peerRequire('pouch')
    const Pouches = (require('pouchdb-node') as PouchClass).plugin(require('pouchdb-adapter-memory'))
    const db = new Pouches(`client-${names++}`, { adapter: 'memory' })
    const remote = new Pouches(`${url}/events`)
    const record = recorder(anyTablet())
    return {
      load: async (count) => void (await db.bulkDocs(record(count).map(({ id, ...event }) => ({ _id: id, ...event })))),
      push: async () => void (await db.replicate.to(remote, { batch_size: BATCH })),
      async pull() {
        await db.replicate.from(remote, { batch_size: BATCH })
        return (await db.info()).doc_count
      },
      close: async () => void (await db.destroy()),
    }
  },
}
