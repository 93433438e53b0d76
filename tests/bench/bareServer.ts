/**
 * The least a durable server can do: Fastify, a schema, one table with an index by site, every push one transaction on the disk, every
 * page the text that was stored. A process of its own, as the real one is. `node tests/bench/bareServer.ts FILE` prints its address.
 */
import Database from 'better-sqlite3'
import fastify from 'fastify'
import { z } from 'zod'

const id = z.string().min(1).max(64)
const at = z.int()
const Event = z.looseObject({
  id,
  v: z.literal(1),
  type: z.enum(['SessionStarted', 'StudentCheckedIn', 'StudentCheckedOut', 'SessionEnded']),
  device: id,
  deviceSeq: z.int().min(1),
  prev: z.string().max(64),
  actor: id,
  site: id,
  at,
  recordedAt: at,
  clock: z.object({ offset: z.int().nullable(), age: z.int().nullable() }),
  session: id,
  student: id.optional(),
})
const Batch = z.object({ events: z.array(Event).min(1).max(1000) })

const db = new Database(process.argv[2])
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.exec('CREATE TABLE event (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, site TEXT NOT NULL, body TEXT NOT NULL)')
db.exec('CREATE INDEX event_by_site ON event (site, seq)')
const add = db.prepare('INSERT OR IGNORE INTO event (id, site, body) VALUES (?, ?, ?)')
const newest = db.prepare('SELECT max(seq) FROM event').pluck()
const page = db.prepare<[number, number], { seq: number; body: string }>('SELECT seq, body FROM event WHERE seq > ? ORDER BY seq LIMIT ?')
const addAll = db.transaction((events: z.infer<typeof Batch>['events']) => {
  for (const event of events) add.run(event.id, event.site, JSON.stringify(event))
})

const app = fastify({ bodyLimit: 8 << 20 })
app.post('/push', (request, reply) => {
  const { events } = Batch.parse(request.body)
  addAll(events)
  return reply.send({ accepted: events.length, cursor: newest.get() })
})
app.get<{ Querystring: { after: string; limit: string } }>('/pull', (request, reply) => {
  const rows = page.all(Number(request.query.after), Number(request.query.limit))
  const text = `{"events":[${rows.map((row) => row.body).join(',')}],"cursor":${rows.at(-1)?.seq ?? Number(request.query.after)}}`
  return reply.type('application/json').send(text)
})
console.log(await app.listen({ port: 0, host: '127.0.0.1' }))
