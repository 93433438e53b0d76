/** Who saw everything: what was said to be saved, what the server signed for, who may be known where. The judge of a history asks the witness. */
import type { PushReply, ReceiptBody } from '../../../shared/api.ts'
import type { EventId, SiteId } from '../../../shared/ids.ts'
import { canonical } from '../../../shared/sync/chain.ts'
import type { Scope } from '../../../server/log/deliver.ts'
import { HOMES, noteOn, SITES, surname, typedName } from './district.ts'
import type { Answer } from './server.ts'

export type Invariant = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8' | 'I9' | 'I11'

/** A promise that did not hold. */
export class Broken extends Error {
  readonly invariant: Invariant
  constructor(invariant: Invariant, what: string) {
    super(`${invariant} ${what}`)
    this.invariant = invariant
  }
}

export interface Witness {
  /** Canonical text of every event of which a tab said "Saved", by id. */
  readonly saved: Map<EventId, string>
  /** What the server has ever signed for as accepted or duplicate. */
  readonly acknowledged: Set<string>
  /** What an honest device did not record and the log may hold all the same. */
  readonly strangers: Set<string>
  /** People whose schools changed: what they recorded meanwhile may rightly wait for a coordinator. */
  readonly moved: Set<string>
  /** A student is (or was) enrolled or listed at a school. */
  place(student: string, site: SiteId): void
  sawSaved(id: EventId, event: unknown): void
  sawPush(events: readonly unknown[], answer: Answer): string
  sawPull(scope: Scope | undefined, answer: Answer): void
}

export function openWitness(): Witness {
  const places = new Map<string, Set<SiteId>>()
  const witness: Witness = {
    saved: new Map(),
    acknowledged: new Set(),
    strangers: new Set(),
    moved: new Set(),
    place(student, site) {
      places.set(student, (places.get(student) ?? new Set()).add(site))
    },
    sawSaved: (id, event) => void witness.saved.set(id, canonical(event)),
    sawPush(events, answer) {
      if (answer.status !== 200) return `${answer.status}`
      const { results } = JSON.parse((JSON.parse(answer.text) as PushReply).receipt.body) as ReceiptBody
      if (results.length !== events.length) throw new Broken('I6', `${events.length} offered, ${results.length} accounted for`)
      for (const [i, result] of results.entries()) {
        const isWhole = result.outcome === 'quarantined' ? result.reason !== null : result.seq !== null
        if (result.index !== i || !isWhole) throw new Broken('I6', `event ${i} of a push ended as ${JSON.stringify(result)}`)
        if (result.id !== null && result.outcome !== 'quarantined') witness.acknowledged.add(result.id)
      }
      const count = (outcome: string): number => results.filter((result) => result.outcome === outcome).length
      return `${count('accepted')} accepted, ${count('duplicate')} duplicate, ${count('quarantined')} set aside`
    },
    sawPull(scope, answer) {
      if (answer.status !== 200 || scope === 'all') return
      const told = (words: string, sites: Iterable<SiteId>): void => {
        if (!answer.text.includes(words) || [...sites].some((site) => scope?.includes(site))) return
        throw new Broken('I5', `"${words}" was told to ${scope === undefined ? 'nobody signed in' : scope.join(' and ')}`)
      }
      for (const site of SITES) told(typedName(site), [site])
      for (const [student, sites] of places) {
        told(surname(student), sites)
        for (const site of SITES) told(noteOn(student, site), [site, ...sites])
      }
    },
  }
  for (const [student, site] of Object.entries(HOMES)) witness.place(student, site)
  // Two numbers with one statewide identifier are one student: known by name at both schools.
  for (const site of new Set(Object.values(HOMES))) for (const eva of ['eva', 'eva-oak']) witness.place(eva, site)
  return witness
}
