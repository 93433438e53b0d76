/** Who saw everything: what was said to be saved, what the server signed for, who may be known where. The judge of a history asks the witness. */
import type { PushReply, Receipt, ReceiptBody } from '../../../shared/api/sync.ts'
import type { EventId } from '../../../shared/ids.ts'
import { canonical } from '../../../shared/sync/chain.ts'
import type { Context } from '../../../server/context.ts'
import type { Scope } from '../../../server/log/deliver.ts'
import { sectionKey } from '../../../server/log/sectionScopes.ts'
import { noteOn, SITES, surname, typedName } from './district.ts'
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
  /** On which tablet: a copied one has the same name for the server. */
  readonly savedOn: Map<EventId, string>
  /** The history in which the server last signed for an event. */
  readonly signedIn: Map<string, string>
  /** Tablets of which there are two. */
  readonly copied: Set<string>
  /** Whether a backup was ever put back. */
  readonly isRestored: boolean
  /** Tablets that were revoked: what they send waits for a coordinator. */
  readonly revoked: Set<string>
  /** A tablet lost everything that it held. What the district had signed for must still be there; the rest is gone with it. */
  lostTablet(name: string, held: readonly string[], epoch: string): void
  /** A backup was put back: what only lost tablets held may be gone. */
  wentBack(): void
  /** What the server has ever signed for as accepted or duplicate. */
  readonly acknowledged: Set<string>
  /** What an honest device did not record and the log may hold all the same. */
  readonly strangers: Set<string>
  /** People whose schools changed: what they recorded meanwhile may rightly wait for a coordinator. */
  readonly moved: Set<string>
  sawSaved(id: EventId, event: unknown, on: string): void
  sawPush(events: readonly unknown[], answer: Answer): string
  sawReceipts(receipts: readonly Receipt[]): void
  sawPull(scope: Scope | undefined, answer: Answer, known: ReadonlyMap<string, ReadonlySet<string>>): void
}

export function openWitness(): Witness {
  const saved = new Map<EventId, string>()
  const acknowledged = new Set<string>()
  const strangers = new Set<string>()
  const savedOn = new Map<EventId, string>()
  const signedIn = new Map<string, string>()
  const orphans = new Set<EventId>()
  let isRestored = false
  const sawReceipt = ({ body }: Receipt): void => {
    const { epoch, results } = JSON.parse(body) as ReceiptBody
    for (const { id, outcome } of results) {
      if (id === null || outcome === 'quarantined') continue
      acknowledged.add(id)
      signedIn.set(id, epoch)
    }
  }
  return {
    saved,
    acknowledged,
    strangers,
    savedOn,
    signedIn,
    copied: new Set(),
    get isRestored() {
      return isRestored
    },
    revoked: new Set(),
    moved: new Set(),
    sawSaved(id, event, on) {
      saved.set(id, canonical(event))
      savedOn.set(id, on)
    },
    lostTablet(name, held, epoch) {
      for (const id of held) strangers.add(id)
      for (const [id, on] of savedOn) {
        if (on !== name) continue
        savedOn.delete(id)
        if (signedIn.get(id) === epoch) orphans.add(id)
        else saved.delete(id)
      }
    },
    wentBack() {
      isRestored = true
      for (const id of orphans) saved.delete(id)
      orphans.clear()
    },
    sawReceipts: (receipts) => receipts.forEach(sawReceipt),
    sawPush(events, answer) {
      if (answer.status !== 200) return `${answer.status}`
      const { receipt } = JSON.parse(answer.text) as PushReply
      const { results } = JSON.parse(receipt.body) as ReceiptBody
      sawReceipt(receipt)
      if (results.length !== events.length) throw new Broken('I6', `${events.length} offered, ${results.length} accounted for`)
      for (const [i, result] of results.entries()) {
        const isWhole = result.outcome === 'quarantined' ? result.reason !== null : result.seq !== null
        if (result.index !== i || !isWhole) throw new Broken('I6', `event ${i} of a push ended as ${JSON.stringify(result)}`)
      }
      const count = (outcome: string): number => results.filter((result) => result.outcome === outcome).length
      return `${count('accepted')} accepted, ${count('duplicate')} duplicate, ${count('quarantined')} set aside`
    },
    sawPull(scope, answer, known) {
      if (answer.status !== 200 || scope === 'all') return
      const told = (words: string, sites: Iterable<string>): void => {
        if (!answer.text.includes(words) || [...sites].some((site) => scope?.includes(site))) return
        throw new Broken('I5', `"${words}" was told to ${scope === undefined ? 'nobody signed in' : scope.join(' and ')}`)
      }
      for (const site of SITES) told(typedName(site), [site, sectionKey(`${site}-section`)])
      for (const [student, sites] of known) {
        told(surname(student), sites)
        for (const site of SITES) told(noteOn(student, site), [site, ...sites])
      }
    },
  }
}

/** Whether a text tells of the same fact as the text that was saved: a tablet of which there are two may tell it under another name. */
export function isSameFact(text: string, saved: string, copied: ReadonlySet<string>): boolean {
  if (text === saved) return true
  const [is, was] = [text, saved].map((each) => JSON.parse(each) as Record<string, unknown>)
  const { device: _device, deviceSeq: _seq, prev: _prev, ...fact } = is ?? {}
  const { device, deviceSeq: _number, prev: _before, ...before } = was ?? {}
  return copied.has(String(device).split('.')[0] ?? '') && canonical(fact) === canonical(before)
}

/** At which schools, and in the feeds of which sections, each student is known now, as the registry has it: enrolled or on a list, under this number or another of the same student. */
export function knownAt(store: Context['store']): ReadonlyMap<string, ReadonlySet<string>> {
  const students = store.list('student').map(({ body }) => body)
  const own = new Map(students.map(({ id }) => [id as string, new Set<string>()]))
  for (const { body, ended } of store.list('enrollment')) if (!ended) own.get(body.student)?.add(body.site)
  for (const { body, ended } of store.list('section'))
    if (!ended) for (const id of body.students) own.get(id)?.add(body.site).add(sectionKey(body.id))
  const same = (ssid: string | null, id: string): readonly string[] =>
    ssid === null ? [id] : students.filter((each) => each.ssid === ssid).map((each) => each.id)
  return new Map(students.map(({ id, ssid }) => [id, new Set(same(ssid, id).flatMap((one) => [...(own.get(one) ?? [])]))]))
}
