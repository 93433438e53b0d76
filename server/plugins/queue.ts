/** How many may wait: a server that takes on more than it can answer soon answers nobody. */
import type { FastifyInstance } from 'fastify'
import { Refused } from './refuse.ts'

/** About two seconds of pushes; whoever comes later is told when to come again. Pushes are the only requests of this size that all come at once. */
const MOST_PUSHES = 128
/** Everything together, so that memory stays bounded. */
const MOST_REQUESTS = 1_000

/** A server that has been answering one crowd for this long tells the rest of it to come again. */
const MOST_TURN_MS = 1_500

/** Refuses with 503 what would wait too long, before its body is read. */
export function boundQueue(app: FastifyInstance, mostPushes = MOST_PUSHES): void {
  const waiting = { pushes: 0, all: 0 }
  /** When the present turn of the event loop began. Whoever is read late in a long turn has waited that long already. */
  let turn: number | undefined
  function isLate(): boolean {
    // Asked without a wire there are no turns.
    if (!app.server.listening) return false
    const now = performance.now()
    if (turn === undefined) setImmediate(() => (turn = undefined))
    turn ??= now
    return now - turn > MOST_TURN_MS
  }
  app.addHook('onRequest', (request, reply, done) => {
    const isPush = request.routeOptions.url === '/api/sync/push'
    if (waiting.all >= MOST_REQUESTS || (isPush && (waiting.pushes >= mostPushes || isLate()))) {
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
