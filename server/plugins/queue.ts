/** How many may wait: a server that takes on more than it can answer soon answers nobody. */
import type { FastifyInstance } from 'fastify'
import { Refused } from './refuse.ts'

/** About two seconds of pushes; whoever comes later is told when to come again. Pushes are the only requests of this size that all come at once. */
const MOST_PUSHES = 128
/** Everything together, so that memory stays bounded. */
const MOST_REQUESTS = 1_000

/** Refuses with 503 what would wait too long, before its body is read. */
export function boundQueue(app: FastifyInstance, mostPushes = MOST_PUSHES): void {
  const waiting = { pushes: 0, all: 0 }
  app.addHook('onRequest', (request, reply, done) => {
    const isPush = request.routeOptions.url === '/api/sync/push'
    if (waiting.all >= MOST_REQUESTS || (isPush && waiting.pushes >= mostPushes)) {
      return done(new Refused(503, 'busy', 'Many devices are sending at once. Try again in a moment: nothing is lost.'))
    }
    waiting.all++
    if (isPush) waiting.pushes++
    // `close` comes after an answer, and also when whoever asked has gone.
    reply.raw.once('close', () => {
      waiting.all--
      if (isPush) waiting.pushes--
    })
    done()
  })
}
