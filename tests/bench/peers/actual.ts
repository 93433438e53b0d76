/** The Actual sync server at its best: one message for an event, where its own client sends one for each field. */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { spawn, spawnSync } from 'node:child_process'
import { until } from '../../support/server.ts'
import { recorder } from '../../support/rush.ts'
import { type Adapter, BATCH, type Server } from './adapter.ts'
import { anyTablet } from './events.ts'
import { folderOf, peerRequire } from './installed.ts'

interface Stamp {
  toString(): string
}
interface Crdt {
  Timestamp: (new (millis: number, counter: number, node: string) => Stamp) & { send(): Stamp; parse(text: string): Stamp }
  makeClock(timestamp: object): object
  setClock(clock: object): void
  merkle: { insert(trie: object, timestamp: object): object }
  create(schema: object, value: object): object
  toBinary(schema: object, value: object): Uint8Array
  fromBinary<T>(schema: object, bytes: Uint8Array): T
  SyncRequestSchema: object
  SyncResponseSchema: object
  MessageSchema: object
  MessageEnvelopeSchema: object
}
interface Envelope {
  readonly timestamp: string
  readonly content: Uint8Array
}
interface Account {
  readonly token: string
  readonly fileId: string
  readonly groupId: string
}

/** The Node that npm compiled the peer's SQLite for: this one, or the machine's own. */
function nodeOf(peer: string): string {
  const found = [process.execPath, '/usr/local/bin/node', '/usr/bin/node'].find(
    (node) => spawnSync(node, ['-e', "require('better-sqlite3')(':memory:')"], { cwd: folderOf(peer) }).status === 0,
  )
  if (found === undefined) throw new Error(`No Node here can open the SQLite of ${peer}`)
  return found
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

async function begin(url: string): Promise<Account> {
  const post = async <T>(path: string, body: string | Buffer, headers: Record<string, string> = {}) =>
    (await (
      await fetch(url + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: body as BodyInit })
    ).json()) as T
  await post('/account/bootstrap', JSON.stringify({ password: 'bench' }))
  const login = await post<{ data: { token: string } }>('/account/login', JSON.stringify({ loginMethod: 'password', password: 'bench' }))
  const { token } = login.data
  const fileId = randomUUID()
  const headers = {
    'content-type': 'application/encrypted-file',
    'x-actual-token': token,
    'x-actual-file-id': fileId,
    'x-actual-name': 'bench',
    'x-actual-format': '2',
  }
  const { groupId } = await post<{ groupId: string }>('/sync/upload-user-file', Buffer.from('PK'), headers)
  return { token, fileId, groupId }
}

export const actual: Adapter = {
  async serve(folder): Promise<Server> {
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const env = {
      ...process.env,
      ACTUAL_DATA_DIR: folder,
      ACTUAL_PORT: String(port),
      ACTUAL_HOSTNAME: '127.0.0.1',
      ACTUAL_LOGIN_METHOD: 'password',
      NODE_ENV: 'production',
    }
    const script = peerRequire('actual')
      .resolve('@actual-app/sync-server/package.json')
      .replace('package.json', 'build/bin/actual-server.js')
    const child = spawn(nodeOf('actual'), [script], {
      cwd: folder,
      stdio: 'ignore',
      env: { ...env, ACTUAL_UPLOAD_FILE_SYNC_SIZE_LIMIT_MB: '200' },
    })
    await until(async () => (await fetch(`${url}/account/needs-bootstrap`).catch(() => undefined))?.ok === true)
    const end = async () => {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    }
    return { url, pid: child.pid ?? 0, secret: JSON.stringify(await begin(url)), end }
  },
  async connect({ url, secret }) {
    const { token, fileId, groupId } = JSON.parse(secret) as Account
    const require = peerRequire('actual')
    const crdt = (await import(require.resolve('@actual-app/crdt'))) as Crdt
    const { create, toBinary, fromBinary, Timestamp, merkle } = crdt
    crdt.setClock(crdt.makeClock(new Timestamp(0, 0, '0123456789abcdef')))
    const start = new Timestamp(0, 0, '0000000000000000').toString()
    const record = recorder(anyTablet())
    let log: Envelope[] = []
    const ask = async (body: object): Promise<{ messages: Envelope[] }> => {
      const bytes = toBinary(crdt.SyncRequestSchema, create(crdt.SyncRequestSchema, { fileId, groupId, ...body }))
      const headers = { 'content-type': 'application/actual-sync', 'x-actual-token': token }
      const send = () => fetch(`${url}/sync/sync`, { method: 'POST', headers, body: bytes as BodyInit })
      // Once more: a connection may have idled out while the client was busy.
      const reply = await send().catch(send)
      if (!reply.ok) throw new Error(`HTTP ${reply.status}`)
      return fromBinary(crdt.SyncResponseSchema, new Uint8Array(await reply.arrayBuffer()))
    }
    return {
      async load(count) {
        log = record(count).map((event) => {
          const content = toBinary(
            crdt.MessageSchema,
            create(crdt.MessageSchema, { dataset: 'events', row: event.id, column: 'body', value: `S:${JSON.stringify(event)}` }),
          )
          return create(crdt.MessageEnvelopeSchema, { timestamp: Timestamp.send().toString(), isEncrypted: false, content }) as Envelope
        })
      },
      async push() {
        for (let i = 0; i < log.length; i += BATCH) {
          const messages = log.slice(i, i + BATCH)
          await ask({ messages, since: messages.at(-1)?.timestamp })
        }
      },
      async pull() {
        const held = new Map<string, string>()
        let trie: object = {}
        for (const { timestamp, content } of (await ask({ messages: [], since: start })).messages) {
          const { row, value } = fromBinary<{ row: string; value: string }>(crdt.MessageSchema, content)
          held.set(row, value)
          trie = merkle.insert(trie, Timestamp.parse(timestamp))
        }
        return held.size
      },
      close: async () => undefined,
    }
  },
}
