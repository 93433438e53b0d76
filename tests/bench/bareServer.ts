/**
 * The least a durable server can do: Fastify, one table, every push one transaction on the disk. A process of its own, as the real one is.
 * `node tests/bench/bareServer.ts FILE` prints its address.
 */
import Database from 'better-sqlite3'
import fastify from 'fastify'

const db = new Database(process.argv[2])
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.exec('CREATE TABLE event (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL)')
const add = db.prepare('INSERT OR IGNORE INTO event (id, body) VALUES (?, ?)')
const page = db.prepare<[number, number], { seq: number; body: string }>('SELECT seq, body FROM event WHERE seq > ? ORDER BY seq LIMIT ?')
const addAll = db.transaction((events: readonly { id: string }[]) => {
  for (const event of events) add.run(event.id, JSON.stringify(event))
})

const app = fastify({ bodyLimit: 1 << 20 })
app.post<{ Body: { events: { id: string }[] } }>('/push', (request) => {
  addAll(request.body.events)
  return { accepted: request.body.events.length }
})
app.get<{ Querystring: { after: string; limit: string } }>('/pull', (request) => {
  const rows = page.all(Number(request.query.after), Number(request.query.limit))
  return { seq: rows.at(-1)?.seq ?? null, events: rows.map(({ seq, body }) => ({ seq, event: JSON.parse(body) as unknown })) }
})
console.log(await app.listen({ port: 0, host: '127.0.0.1' }))
