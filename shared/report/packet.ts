/**
 * The audit packet: everything behind the figures of some sessions and students, in one file that can be checked without Recoup's
 * server. Every text is the one that was stored, so that its hash is the one that was signed for.
 */
import * as z from 'zod/mini'
import { count, date } from '../api/fields.ts'
import { FiscalYear } from '../api/reports.ts'
import { openLedger, type Ledger } from '../attendance/ledger.ts'
import { type KeptEvent, readEvent } from '../events.ts'
import { as, type StudentId } from '../ids.ts'
import type { RecordKind, RegistryRecord } from '../registry.ts'
import { totalsDigest } from '../sync/digest.ts'

/** What the packet was asked for. Dates are inclusive. */
export const PacketSubject = z.discriminatedUnion('kind', [
  z.object({
    ...{
      kind: z.literal('period'),
      period: z.enum(['P-1', 'P-2', 'Annual']),
      year: FiscalYear,
      site: z.nullable(z.string()),
    },
    /** The last day of the period, where the district ends it with a school month. */
    last: z.optional(date),
  }),
  z.object({ kind: z.literal('site'), site: z.string(), from: date, until: date }),
  /** Of one fiscal year; without one, of every session, with the figures of the last year in which there is one. */
  z.object({ kind: z.literal('student'), student: z.string(), year: z.optional(FiscalYear) }),
  z.object({ kind: z.literal('sessions'), sessions: z.array(z.string()).check(z.minLength(1), z.maxLength(2000)) }),
])
export type PacketSubject = z.infer<typeof PacketSubject>

/** An event as the log holds it. */
export const PacketEvent = z.object({
  seq: count,
  /** SHA-256 of `text`, lower-case hex: what the receipt names and what the device's next event carries as `prev`. */
  hash: z.string(),
  receivedAt: z.int(),
  /** The id of the receipt that acknowledged it. */
  receipt: z.string(),
  /** Canonical JSON, exactly as it was received. */
  text: z.string(),
})
export type PacketEvent = z.infer<typeof PacketEvent>

/** A registry fact as of the packet's position in the log. */
export const PacketRecord = z.object({
  kind: z.string(),
  id: z.string(),
  seq: count,
  ended: z.boolean(),
  at: z.int(),
  /** Canonical JSON, exactly as it is stored; of somebody who is only counted for the ratio, without name and numbers. */
  text: z.string(),
  /** Whether names and numbers were left out of the text. */
  withheld: z.boolean(),
})
export type PacketRecord = z.infer<typeof PacketRecord>

/** What the server signed for some events; `signature` is Ed25519 over the UTF-8 bytes of `body`, base64. */
export const PacketReceipt = z.object({ id: z.string(), device: z.string(), at: z.int(), body: z.string(), signature: z.string() })

/** A student's totals as the packet states them; `digest` is `totalsDigest` over all of them. */
export const PacketStudent = z.object({
  student: z.string(),
  last: z.string(),
  first: z.string(),
  localId: z.string(),
  ssid: z.nullable(z.string()),
  digest: z.string(),
  minutes: count,
  earnedDays: count,
  eligibleAbsences: count,
  claimableDays: count,
  bankedDays: count,
  days: z.array(z.object({ earnedOn: date, path: z.string(), recovers: z.nullable(date), school: z.nullable(z.string()) })),
})
export type PacketStudent = z.infer<typeof PacketStudent>

export const PacketLaw = z.object({ key: z.string(), cite: z.string(), says: z.string(), link: z.string(), read: z.string() })

export const Packet = z.object({
  kind: z.literal('recoup-audit-packet'),
  version: z.literal(1),
  district: z.object({ name: z.string(), lea: z.nullable(z.string()), zone: z.string() }),
  /** When the packet was made, and by whom (a name). */
  made: z.object({ at: z.int(), by: z.string() }),
  /** The position in the log up to which it speaks. */
  through: z.object({ epoch: z.string(), seq: count }),
  subject: PacketSubject,
  /** The totals are those at the end of this date, by this version of the rules. */
  asOf: date,
  rules: z.string(),
  /** The sessions asked for; the events hold also the other sessions on which the students' totals rest. */
  sessions: z.array(z.string()),
  /** In the order of `seq`. */
  events: z.array(PacketEvent),
  records: z.array(PacketRecord),
  receipts: z.array(PacketReceipt),
  /** Ed25519 public key of the receipts: raw, base64. */
  receiptKey: z.string(),
  students: z.array(PacketStudent),
  law: z.array(PacketLaw),
  /** The signed checkpoint of the log that covers the packet; null where the log has none yet. */
  checkpoint: z.nullable(z.unknown()),
})
export type Packet = z.infer<typeof Packet>

/** The event of a stored text as the fold takes it; undefined when it is no event. */
function keptOf(text: string): KeptEvent | undefined {
  const read = readEvent(JSON.parse(text))
  if (read.kind === 'event') return read.event
  return read.kind === 'unknown' ? { ...read.event, unknown: true } : undefined
}

/** A packet's record as a ledger takes it. A packet is judged by its hashes and receipts; here its records are only read. */
export const registryRecordOf = ({ kind, id, seq, ended, text }: PacketRecord): RegistryRecord =>
  ({ kind: kind as RecordKind, id, seq, ended, body: JSON.parse(text) }) as RegistryRecord

/** The ledger that a packet's own facts make: whoever has the packet can ask it what the server was asked. */
export function packetLedger({ records, events }: Pick<Packet, 'records' | 'events'>): Ledger {
  const ledger = openLedger()
  for (const record of records) ledger.putRecord(registryRecordOf(record))
  ledger.putEvents(events.map(({ text }) => keptOf(text)).filter((event) => event !== undefined))
  return ledger
}

/** The students whose totals, worked out again from the packet's own facts, are not those that it states. */
export function packetDifferences(packet: Pick<Packet, 'records' | 'events' | 'students' | 'asOf'>): readonly PacketStudent[] {
  const ledger = packetLedger(packet)
  return packet.students.filter(({ student, digest }) => totalsDigest(ledger.judge(as<StudentId>(student), packet.asOf)) !== digest)
}
