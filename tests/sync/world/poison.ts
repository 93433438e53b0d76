/** What no honest tablet would send: offered by a device of its own, so that no honest chain is touched. */
import type { PushReply, Receipt, ReceiptBody } from '../../../shared/api/sync.ts'
import { as, type SessionId } from '../../../shared/ids.ts'
import { eventHash } from '../../../shared/sync/chain.ts'
import { DEVICE_COOKIE } from '../../../server/plugins/guard.ts'
import { Broken } from './witness.ts'
import type { World } from './world.ts'

interface Rogue {
  readonly device: string
  readonly cookies: Map<string, string>
  seq: number
  prev: string
}
const rogues = new WeakMap<World, Rogue>()

function rogueOf(world: World): Rogue {
  const known = rogues.get(world)
  const { sessions } = world.server.context
  if (known && sessions.device(known.cookies.get(DEVICE_COOKIE))) return known
  const { device, token } = sessions.enrol('rogue', 'lund')
  const rogue = { device: device.id, cookies: new Map([[DEVICE_COOKIE, token]]), seq: 0, prev: '' }
  rogues.set(world, rogue)
  return rogue
}

const REPORT = {
  unsent: 0,
  oldestUnsentAt: null,
  persisted: true,
  quotaFree: null,
  clockOffset: 0,
  appVersion: 'poison',
  openSessions: 0,
  totals: null,
}

/** Offers a handful of bad, strange and broken events in one push, among them one or two that must be taken. */
export async function offerPoison(world: World): Promise<string> {
  const { chance, server, witness } = world
  const rogue = rogueOf(world)
  const at = world.clock.now
  const session = server.context.log.db.prepare<[], string>('SELECT id FROM session ORDER BY id LIMIT 1').pluck().get() ?? 'none'
  const id = () => `bad-${chance.hex(16)}`
  const chained = (carries: object): object => {
    const clock = { offset: null, age: null }
    const event = {
      id: id(),
      v: 1,
      device: rogue.device,
      deviceSeq: ++rogue.seq,
      prev: rogue.prev,
      actor: 'lund',
      site: 'elm',
      at,
      recordedAt: at,
      clock,
      ...carries,
    }
    rogue.prev = eventHash(event)
    return event
  }
  const taken = server.context.log.db.prepare<[], string>('SELECT body FROM event ORDER BY seq DESC LIMIT 1').pluck().get() ?? 'null'
  const poisons: readonly (() => unknown)[] = [
    () => null,
    () => 42,
    () => ({ id: id(), type: 'StudentCheckedIn' }),
    () => chained({ type: 'StudentCheckedIn', session: as<SessionId>(session), student: 7 }),
    () => chained({ type: 'StudentTeleported', session, student: 'ana', far: { away: ['very'] } }),
    () => chained({ type: 'StudentTeleported' }),
    () => chained({ type: 'SessionEnded', v: 2, session, also: true }),
    () => chained({ type: 'StudentTeleported', session: 12, student: null }),
    () => chained({ type: 'StudentNoted', session: id(), student: 'ana', text: 'x', site: 'nowhere' }),
    () => chained({ type: 'StudentNoted', session: id(), student: 'ana', text: 'x', actor: 'nobody' }),
    () => chained({ type: 'StudentNoted', session: id(), student: 'ana', text: 'x', actor: 'rivera' }),
    () => ({ ...(JSON.parse(taken) as object | null), room: 'another', text: 'another' }),
    () => ({ ...chained({ type: 'StudentNoted', session: id(), student: 'ben', text: 'y' }), prev: 'wrong' }),
    () => JSON.parse('{"__proto__": {"id": "z"}, "constructor": 1}') as unknown,
  ]
  const events = Array.from({ length: 1 + chance.below(4) }, () => chance.pick(poisons)())
  for (const event of events) {
    const known = typeof event === 'object' && event !== null && 'id' in event ? String(event.id) : ''
    if (known.startsWith('bad-')) witness.strangers.add(known)
  }
  const answer = await server.ask(rogue.cookies, 'POST', '/api/sync/push', { protocol: 1, events, report: REPORT })
  if (answer.status === 500) throw new Broken('I11', `the server failed over poison: ${answer.text}`)
  if (answer.status === 200) checkForged(events, (JSON.parse(answer.text) as PushReply).receipt, rogue.device)
  return `poison is offered: ${witness.sawPush(events, answer)}`
}

/** Rivera never signed in on the rogue's device: nothing that it recorded in her name may be taken before somebody has looked at it. */
function checkForged(events: readonly unknown[], { body }: Receipt, device: string): void {
  for (const { index, outcome } of (JSON.parse(body) as ReceiptBody).results) {
    const event = events[index] as { readonly actor?: unknown; readonly device?: unknown } | null
    if (event?.actor === 'rivera' && event.device === device && outcome !== 'quarantined')
      throw new Broken('I2', 'what somebody else recorded in the name of rivera was taken as hers')
  }
}
