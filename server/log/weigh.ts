/** What becomes of one offered event: read on its own, so that a bad one never holds up its neighbours. (S2, S3) */
import { hash as digest } from 'node:crypto'
import type { QuarantineReason } from '../../shared/api/sync.ts'
import { type Envelope, type ReadEvent, readEvent } from '../../shared/events.ts'
import { canonical, isShallow } from '../../shared/sync/chain.ts'
import { isNameOf } from '../../shared/sync/deviceNames.ts'
import { NEVER_SIGNED_IN, REVOKED_BEFORE } from '../../shared/sync/asideDetails.ts'
import { factsOf } from './eventFacts.ts'
import { type Aside, openKnown } from './known.ts'
import type { Db } from './openDatabase.ts'
import { openSectionScopes } from './sectionScopes.ts'
import { openStanding } from './standing.ts'

export interface Offered {
  readonly hash: string
  /** The event as it came, canonical text. */
  readonly text: string
  /** What can be said of it when it is not an event. */
  readonly id: string | null
  readonly read: ReadEvent
}

export type Verdict =
  | { readonly kind: 'accept'; readonly event: Envelope }
  | { readonly kind: 'duplicate'; readonly seq: number }
  | { readonly kind: 'quarantine'; readonly reason: QuarantineReason; readonly detail: string }

/** Reads an offered value. Something nested deeper than an event can be is kept by its hash alone. */
export function readOffered(raw: unknown): Offered {
  if (!isShallow(raw)) {
    const text = '"nested deeper than an event can be"'
    return { hash: sha256(text), text, id: null, read: { kind: 'malformed', path: '', expected: 'an event' } }
  }
  const text = canonical(raw)
  return { hash: sha256(text), text, id: idOf(raw), read: readEvent(raw) }
}

/** The same hash that a device computes, by the machine's own code: a push may hold 500 events. */
const sha256 = (text: string): string => digest('sha256', text)

function idOf(raw: unknown): string | null {
  if (typeof raw !== 'object' || raw === null || !('id' in raw)) return null
  return typeof raw.id === 'string' && raw.id.length > 0 && raw.id.length <= 64 ? raw.id : null
}

/** The log as one batch of offered events meets it: what is known of them is looked up once, and what the batch adds is added to it. */
export interface Scales {
  weigh(offered: Offered): Verdict
  /** Why the device's own event lies in quarantine, by its hash, and what was decided; undefined when it does not. */
  aside(hash: string): Aside | undefined
  /** Whether anything this device sent lies in quarantine, or lay there. */
  hasAside(): boolean
  /** An event of the batch was taken. */
  took(event: Envelope, hash: string, seq: number): void
  /** One of the batch was set aside. */
  setAside(offered: Offered, reason: QuarantineReason): void
  /** A decision took others into the log: what was looked up holds no longer. */
  lookAgain(): void
}

/**
 * Weighs offered events against the log, a batch at a time within the transaction that keeps it, with its statements prepared once. `signedIn`: who
 * ever signed in on the device.
 */
export function openWeigh(db: Db): (batch: readonly Offered[], device: string, signedIn: ReadonlySet<string>) => Scales {
  const known = openKnown(db)
  const sessionSite = db.prepare<[string], string>('SELECT site FROM session WHERE id = ?').pluck()
  const siteExists = db.prepare("SELECT 1 FROM record WHERE kind = 'site' AND id = ?")
  const standing = openStanding(db)
  const scopes = openSectionScopes(db)
  const revoked = db.prepare<[string], number | null>('SELECT revoked_at FROM device WHERE id = ?').pluck()
  const bodyAt = db.prepare<[number], string>('SELECT body FROM event WHERE seq = ?').pluck()
  const quarantine = (reason: QuarantineReason, detail: string): Verdict => ({ kind: 'quarantine', reason, detail })

  /** Whether the log holds the entry under another name of its tablet: a copy that had held it too has recorded it again. */
  function isSameEntry(seq: number, event: Envelope, device: string): boolean {
    const text = bodyAt.get(seq)
    if (text === undefined || !isNameOf(event.device, device)) return false
    const held = JSON.parse(text) as Envelope
    return isNameOf(held.device, device) && factOf(held) === factOf(event)
  }

  return (batch, device, signedIn) => {
    let held = known(batch, device)
    const siteOf = remember((session: string) => sessionSite.get(session))
    const isSite = remember((site: string) => siteExists.get(site) !== undefined)
    const standingOf = remember(standing)
    const isRevoked = typeof revoked.get(device) === 'number'

    /**
     * The event before must fit this one, where it is known. A gap is no fault: what is missing may come later, by another way.
     * The one before may itself lie in quarantine.
     */
    function followsChain(event: Envelope): boolean {
      if (event.deviceSeq === 1) return event.prev === ''
      const before = held.links.of(event, -1)
      if (before) return before.hash === event.prev
      const aside = held.asideLinks.of(event, -1)
      return aside === undefined || aside.includes(event.prev)
    }
    /** The place is taken, or the event after, which came first, says that another has it: a copy of the tablet went on from the same place. */
    function isFork(event: Envelope, hash: string): boolean {
      const after = held.links.of(event, 1)
      return held.links.of(event) !== undefined || (after !== undefined && after.prev !== hash)
    }

    /** A start must name one of the sections, and what it starts must not be another's. What has no start yet counts for nobody. */
    function isOfSections(event: Envelope, session: string | undefined, sections: readonly string[]): boolean {
      const named = session === undefined ? [] : scopes.named(session)
      const isOpen = named.length === 0 || named.some((section) => sections.includes(section))
      const { section } = factsOf(event)
      return isOpen && (section === undefined || sections.includes(section))
    }

    return {
      aside: (hash) => held.aside.get(hash),
      hasAside: () => held.hasAside,
      took(event, hash, seq) {
        held.took(event.id, { seq, hash })
        held.links.put(event, { hash, prev: event.prev })
        // A session belongs to the school of the first event that was taken of it.
        if ('session' in event && typeof event.session === 'string') siteOf.learn(event.session, event.site)
      },
      setAside({ hash, read }, reason) {
        held.aside.set(hash, { reason, isLeftOut: false })
        held.hasAside = true
        if (read.kind === 'malformed' || !isNameOf(read.event.device, device)) return
        held.asideLinks.put(read.event, [...(held.asideLinks.of(read.event) ?? []), hash])
      },
      lookAgain() {
        held = known(batch, device)
        siteOf.forgetAll()
      },
      weigh({ read, hash, id }) {
        const before = id === null ? undefined : held.event(id)
        if (before?.hash === hash) return { kind: 'duplicate', seq: before.seq }
        if (before && read.kind !== 'malformed' && isSameEntry(before.seq, read.event, device))
          return { kind: 'duplicate', seq: before.seq }
        if (before) return quarantine('idConflict', 'Another event with this id is already in the log')
        if (read.kind === 'malformed') return quarantine('malformed', `${read.path || 'event'}: expected ${read.expected}`)
        const { event } = read
        if (!isNameOf(event.device, device)) return quarantine('otherDevice', 'Recorded on another device than the one that sent it')
        if (isFork(event, hash)) return quarantine('fork', `The device recorded another event as its number ${event.deviceSeq}`)
        if (!followsChain(event)) return quarantine('chainBroken', 'Does not follow from the event the device recorded before it')
        if (isRevoked) return quarantine('otherDevice', REVOKED_BEFORE)
        const person = standingOf.of(event.actor)?.(event.recordedAt)
        if (!person) return quarantine('unknownActor', 'The person who recorded it is not on the staff list')
        if (!signedIn.has(event.actor)) return quarantine('unknownActor', NEVER_SIGNED_IN)
        if (!person.mayAct) return quarantine('outsideSite', 'This person could not record then: the account had ended, or only reads')
        if (!isSite.of(event.site) || !(person.sites === 'all' || person.sites.includes(event.site))) {
          return quarantine('outsideSite', 'The person who recorded it does not work at this school')
        }
        const session = 'session' in event && typeof event.session === 'string' ? event.session : undefined
        const site = session === undefined ? undefined : siteOf.of(session)
        if (site !== undefined && site !== event.site) return quarantine('sessionConflict', 'The session belongs to another school')
        if (person.sections !== null && !isOfSections(event, session, person.sections))
          return quarantine('outsideSite', 'The person who recorded it is there for other sections of this school')
        return { kind: 'accept', event }
      },
    }
  }
}

/** What an entry says, wherever it stands in a chain. */
const factOf = ({ device: _device, deviceSeq: _number, prev: _before, ...fact }: Envelope): string => canonical(fact)

/** Asks once for each name. */
function remember<T>(ask: (name: string) => T) {
  const answers = new Map<string, T>()
  return {
    of(name: string): T {
      const told = answers.get(name)
      if (told !== undefined || answers.has(name)) return told as T
      const answer = ask(name)
      answers.set(name, answer)
      return answer
    },
    learn: (name: string, answer: T) => void answers.set(name, answer),
    forgetAll: () => answers.clear(),
  }
}
