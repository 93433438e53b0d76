/** Bugs of the server: what it takes, what it signs for, and what it tells to whom. */
import type { EventRow } from '../../../client/log/rows.ts'
import type { Context } from '../../../server/context.ts'
import type { Page } from '../../../server/log/deliver.ts'
import { memberOf, type ToldEvent, toldOf } from '../../../server/log/told.ts'
import type { Push } from '../../../server/log/receive.ts'
import { openSignedIn } from '../../../server/log/signedIn.ts'
import { Refused } from '../../../server/plugins/refuse.ts'
import type { Receipt, ReceiptBody } from '../../../shared/api/sync.ts'
import { isKnownType } from '../../../shared/eventTypes.ts'
import { as } from '../../../shared/ids.ts'
import { eventHash } from '../../../shared/sync/chain.ts'
import { DAY, HOUR } from '../../../shared/time.ts'
import type { Parts } from '../world/server.ts'
import type { Bug } from '../world/world.ts'

interface Sent {
  readonly id: string
  readonly type: string
  readonly v: number
  readonly device: string
  readonly deviceSeq: number
  readonly at: number
  readonly recordedAt: number
}
const eventsOf = (push: Push): readonly Sent[] => push.events.filter((event): event is Sent => typeof event === 'object' && event !== null)
const resultsOf = (receipt: Receipt): ReceiptBody['results'] => (JSON.parse(receipt.body) as ReceiptBody).results

/** Every third push is signed for and not written. */
const signedBeforeCommit: Parts = (context) => {
  let pushes = 0
  return {
    ...context,
    receive: (push) => {
      if (push.events.length === 0 || ++pushes % 3 !== 0) return context.receive(push)
      const results = push.events.map((event, index) => {
        const { id } = event as Sent
        return {
          index,
          id: as<EventRow['id']>(id),
          hash: eventHash(event),
          outcome: 'accepted' as const,
          seq: context.log.head() + index + 1,
          reason: null,
        }
      })
      return context.receiptKey.sign({ epoch: context.log.epoch, device: as(push.device), at: context.log.sources.now(), results })
    },
  }
}

/** What was in the log already is written once more, as a server without ids would. */
const countedTwice: Parts = (context) => ({
  ...context,
  receive: (push) => {
    const receipt = context.receive(push)
    const { results } = JSON.parse(receipt.body) as ReceiptBody
    const again = results
      .filter((result) => result.outcome === 'duplicate')
      .map((result) => push.events[result.index] as Sent)
      .map((event) => ({ ...event, id: `${event.id}-2`.slice(-64), deviceSeq: event.deviceSeq + 1_000_000 }))
    if (again.length > 0) context.receive({ ...push, events: again })
    return receipt
  },
})

const scopeIgnored: Parts = (context) => ({ ...context, deliver: (_scope, after, limit) => context.deliver('all', after, limit) })

const otherSchoolsForgotten: Parts = (context) => ({
  ...context,
  deliver: (scope, after, limit) => {
    const page = context.deliver(scope, after, limit)
    if (scope === 'all') return page
    return instead(page, ({ event }) => (scope.includes((event as { site: string }).site) ? event : undefined))
  },
})

const sequenceSkips: Parts = (context) => ({
  ...context,
  receive: (push) => {
    const receipt = context.receive(push)
    if (push.events.length > 0) context.log.db.exec('UPDATE head SET seq = seq + 1')
    return receipt
  },
})

const unknownRefused: Parts = (context) => ({
  ...context,
  receive: (push) => {
    if (eventsOf(push).some((event) => !isKnownType(event))) throw new Refused(400, 'unknownType', 'Update the server first.')
    return context.receive(push)
  },
})

/** A push is refused whole for something about one of its events. */
const refusing =
  (isBad: (event: Sent, context: Context) => boolean): Parts =>
  (context) => ({
    ...context,
    receive: (push) => {
      if (eventsOf(push).some((event) => isBad(event, context))) throw new Refused(400, 'badRequest', 'No.')
      return context.receive(push)
    },
  })

/** Something is done to the database after each push that brought events. */
const afterPush =
  (work: (context: Context, results: ReceiptBody['results'], push: Push) => void): Parts =>
  (context) => ({
    ...context,
    receive: (push) => {
      const receipt = context.receive(push)
      if (push.events.length > 0) work(context, resultsOf(receipt), push)
      return receipt
    },
  })

/** The receipt says something else than what was done, and is signed. */
const saying =
  (change: (result: ReceiptBody['results'][number]) => ReceiptBody['results'][number]): Parts =>
  (context) => ({
    ...context,
    receive: (push) => {
      const receipt = context.receive(push)
      const body = JSON.parse(receipt.body) as ReceiptBody
      return context.receiptKey.sign({ ...body, results: body.results.map(change) })
    },
  })

/** Pages tell something else than they should. */
const telling =
  (change: (page: Page, after: number, context: Context) => Page): Parts =>
  (context) => ({
    ...context,
    deliver: (scope, after, limit) => {
      const page = context.deliver(scope, after, limit)
      return scope === 'all' ? page : change(page, after, context)
    },
  })
/** A page with other events in the place of its own; none in the place of those that `change` gives nothing for. */
const instead = (page: Page, change: (told: ToldEvent) => unknown): Page => ({
  ...page,
  events: toldOf(
    page.events.read().flatMap((told) => {
      const event = change(told)
      return event === undefined ? [] : [memberOf(told.seq, JSON.stringify(event))]
    }),
  ),
})
const textOf = (context: Context, id: string): object | undefined => {
  const text = context.log.db.prepare<[string], string>('SELECT body FROM event WHERE id = ?').pluck().get(id)
  return text === undefined ? undefined : (JSON.parse(text) as object)
}

const oneForAll: Parts = (context) => ({
  ...context,
  receive: (push) => {
    const works = (actor: unknown, site: unknown): boolean =>
      context.store.get('staff', String(actor))?.body.sites.some((each) => each === site) ?? false
    const isOutside = (event: Sent & { actor?: string; site?: string }): boolean =>
      event.actor === 'tate' && !works(event.actor, event.site)
    if (eventsOf(push).some(isOutside)) throw new Refused(400, 'badRequest', 'One of them cannot be taken.')
    return context.receive(push)
  },
})
const onlyNew: Parts = (context) => ({
  ...context,
  receive: (push) => {
    const body = JSON.parse(context.receive(push).body) as ReceiptBody
    return context.receiptKey.sign({ ...body, results: body.results.filter((result) => result.outcome !== 'duplicate') })
  },
})
const lateByOne: Parts = (context) => ({
  ...context,
  deliver: (scope, after, limit) => context.deliver(scope, after === 0 || scope === 'all' ? after : after + 1, limit),
})
const staleTotals: Parts = (context) => {
  const first = new Map<string, ReturnType<Context['ledgers']['proof']>>()
  return {
    ...context,
    ledgers: {
      ...context.ledgers,
      proof: (scope, asOf) => {
        const name = JSON.stringify(scope)
        const proof = first.get(name) ?? context.ledgers.proof(scope, asOf)
        first.set(name, proof)
        return proof
      },
    },
  }
}
const strangerAgain: Parts = (context) => ({
  ...context,
  sessions: { ...context.sessions, recognize: (_token, _was, name, staff) => context.sessions.enrol(name, staff) },
})
/** Who recorded something is believed of whatever device, as long as there is such a person. */
const anyName: Parts = (context) => {
  const signedIn = openSignedIn(context.log)
  return {
    ...context,
    receive: (push) => {
      for (const { actor } of eventsOf(push) as readonly { readonly actor?: unknown }[])
        if (typeof actor === 'string') signedIn.note(push.device, actor)
      return context.receive(push)
    },
  }
}
const fieldsDropped: Parts = (context) => ({
  ...context,
  receive: (push) =>
    context.receive({
      ...push,
      events: push.events.map((event) => {
        if (typeof event !== 'object' || event === null || !('meal' in event)) return event
        const { meal: _meal, ...known } = event
        return known
      }),
    }),
})
/** The table itself refuses to forget: whoever makes such a mistake has taken that guard away before. */
const unguarded = (db: Context['log']['db']): void => {
  for (const guard of ['event_never_changes', 'event_never_goes']) db.exec(`DROP TRIGGER IF EXISTS ${guard}`)
}
const newestWins = afterPush(({ log }, results, push) => {
  unguarded(log.db)
  for (const { reason, index } of results) {
    const event = push.events[index] as Sent
    if (reason === 'idConflict')
      log.db.prepare('UPDATE event SET body = ?, hash = ? WHERE id = ?').run(JSON.stringify(event), eventHash(event), event.id)
  }
})
const voidedIsDeleted = afterPush(({ log }, results, push) => {
  unguarded(log.db)
  for (const { outcome, index } of results) {
    const event = push.events[index] as Sent & { voids?: string }
    if (outcome === 'accepted' && event.type === 'EventVoided') log.db.prepare('DELETE FROM event WHERE id = ?').run(event.voids)
  }
})
/** The number of a device's event is taken for its name. */
const knownByNumber: Parts = (context) => ({
  ...context,
  receive: (push) => {
    const taken = context.log.db.prepare<[string, number], { seq: number }>('SELECT seq FROM event WHERE device = ? AND device_seq = ?')
    const receipt = context.receive(push)
    const body = JSON.parse(receipt.body) as ReceiptBody
    const results = body.results.map((result) => {
      if (result.reason !== 'fork') return result
      const event = push.events[result.index] as Sent
      context.log.db.prepare('DELETE FROM quarantine WHERE event = ?').run(event.id)
      return { ...result, outcome: 'duplicate' as const, reason: null, seq: taken.get(event.device, event.deviceSeq)?.seq ?? null }
    })
    return context.receiptKey.sign({ ...body, results })
  },
})
/** The device as the server would see it if it had forgotten something about it. */
const seenAs =
  (forgotten: object): Parts =>
  (context) => ({
    ...context,
    sessions: {
      ...context.sessions,
      device: (token) => {
        const held = context.sessions.device(token)
        return held && { ...held, ...forgotten }
      },
    },
  })
const needsAPerson: Parts = (context) => ({
  ...context,
  receive: (push) => {
    const isSignedIn = context.log.db.prepare('SELECT 1 FROM device WHERE id = ? AND staff IS NOT NULL').get(push.device)
    if (push.events.length > 0 && !isSignedIn) throw new Refused(401, 'signIn', 'Sign in first.')
    return context.receive(push)
  },
})
const hasSeq = (seq: number | null, by: number): number | null => (seq === null ? null : Math.max(1, seq + by))

const BUGS: readonly (readonly [string, Bug['plant']])[] = [
  ['a receipt is signed before the commit', () => ({ server: signedBeforeCommit })],
  ['an event that comes twice is written twice', () => ({ server: countedTwice })],
  ['a pull is answered without looking at the scope', () => ({ server: scopeIgnored })],
  ['sessions of other schools are not told', () => ({ server: otherSchoolsForgotten })],
  ['the sequence skips a number', () => ({ server: sequenceSkips })],
  ['a type that the server does not know is refused', () => ({ server: unknownRefused })],
  ['a restored backup keeps its epoch', () => ({ keepsEpoch: true })],
  ['what is set aside is not kept', () => ({ server: afterPush(({ log }) => void log.db.exec('DELETE FROM quarantine')) })],
  ['one event that cannot be taken holds up its neighbours', () => ({ server: oneForAll })],
  ['a clock ahead is refused', () => ({ server: refusing((event, { log }) => event.recordedAt > log.sources.now() + DAY / 2) })],
  ['a clock of 1970 is refused', () => ({ server: refusing((event) => event.recordedAt < 365 * DAY) })],
  ['a receipt names the wrong sequence', () => ({ server: saying((result) => ({ ...result, seq: hasSeq(result.seq, 1) })) })],
  [
    'a receipt says "accepted" of what was set aside',
    () => ({
      server: saying((result) => (result.outcome === 'quarantined' ? { ...result, outcome: 'accepted', seq: 1, reason: null } : result)),
    }),
  ],
  ['a receipt leaves out what was known', () => ({ server: onlyNew })],
  [
    'a page that was cut says that it is the last',
    () => ({ server: telling((page) => (page.more ? { ...page, more: false, seq: page.head } : page)) }),
  ],
  ['a page begins one too late', () => ({ server: lateByOne })],
  [
    'who enters a scope brings no history',
    () => ({ server: telling((page, after) => instead(page, ({ seq, event }) => (seq > after ? event : undefined))) }),
  ],
  [
    'names are told with the grade',
    () => ({
      server: telling((page, _after, { store }) => ({
        ...page,
        records: page.records.map((record) =>
          record.kind === 'student' ? { ...record, body: store.get('student', record.id)?.body ?? record.body } : record,
        ),
      })),
    }),
  ],
  [
    'words of other schools are told',
    () => ({
      server: telling((page, _after, context) => instead(page, ({ event }) => textOf(context, (event as Sent).id) ?? {})),
    }),
  ],
  [
    'an hour is lost in delivery',
    () => ({
      server: telling((page) => instead(page, ({ event }) => ({ ...(event as Sent), at: (event as Sent).at + HOUR }))),
    }),
  ],
  ['what ended is not told', () => ({ server: telling((page) => ({ ...page, records: page.records.filter((record) => !record.ended) })) })],
  ['nobody is told to forget', () => ({ server: telling((page) => ({ ...page, forget: { students: [], sessions: [] } })) })],
  ['another event under the same id takes its place', () => ({ server: newestWins })],
  ['what is taken back is deleted', () => ({ server: voidedIsDeleted })],
  ["a device's number is taken for an event's name", () => ({ server: knownByNumber })],
  ['the totals are of the first day', () => ({ server: staleTotals })],
  ['who signs in is a new device', () => ({ server: strangerAgain })],
  ['whoever it is that a device names is believed', () => ({ server: anyName })],
  ['fields the server does not know are dropped', () => ({ server: fieldsDropped })],
  [
    'the head is written before the last event',
    () => ({ server: afterPush(({ log }) => void log.db.exec('UPDATE head SET seq = seq - 1')) }),
  ],
  ['only somebody signed in may send', () => ({ server: needsAPerson })],
  ['a signature is not asked for', () => ({ server: seenAs({ key: null }) })],
  ['a revoked tablet is not told', () => ({ server: seenAs({ revokedAt: null }) })],
]

export const ON_SERVER: readonly Bug[] = BUGS.map(([name, plant]) => ({ name, plant }))
