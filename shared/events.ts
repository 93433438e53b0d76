/**
 * Everything that can happen. An event is a past fact, written once and never changed: a correction is another event.
 * The log holds opaque ids; the only names in it are those typed for a walk-in.
 */
import * as z from 'zod/mini'
import { isKnownType, SESSION_LIMITS } from './eventTypes.ts'
import { fits } from './fits.ts'
import type { DeviceId, EventId, SectionId, SessionId, SiteId, StaffId, StudentId } from './ids.ts'
import type { Instant, SchoolDate } from './time.ts'
import { parseSchoolDate } from './time.ts'

// Brands are for the compiler only: a schema that checks the text gives it its brand by its type, at no cost when it runs.
const id = <T extends string>() => z.string().check(z.minLength(1), z.maxLength(64)) as unknown as z.ZodMiniType<T, T>
const at = z.int().check(z.gte(0), z.lte(8.64e15)) as unknown as z.ZodMiniType<Instant, Instant>
const on = z
  .string()
  .check(z.refine((text) => parseSchoolDate(text) !== undefined, 'a date that exists, YYYY-MM-DD')) as unknown as z.ZodMiniType<
  SchoolDate,
  SchoolDate
>
const words = (most: number) => z.string().check(z.maxLength(most))
const reason = z.optional(words(500))

/** Why the device believes its clock: how far it is from the server's, and how old that estimate is. Both in milliseconds. */
const clock = z.strictObject({ offset: z.nullable(z.int()), age: z.nullable(z.int().check(z.gte(0))) })

const envelope = {
  /** UUIDv7, made and stored before anything else happens. */
  id: id<EventId>(),
  /** Version of this event's shape. */
  v: z.literal(1),
  device: id<DeviceId>(),
  /** 1, 2, 3 ... without gaps for this device. */
  deviceSeq: z.int().check(z.gte(1)),
  /** Hash of this device's previous event; empty for its first. */
  prev: words(64),
  actor: id<StaffId>(),
  site: id<SiteId>(),
  /** When it happened. */
  at,
  /** The device's clock when it was recorded. Differs from `at` when a time was corrected at entry. */
  recordedAt: at,
  clock,
}

const span = z.strictObject({ from: at, until: at })
const breakSpan = z.strictObject({ from: at, until: at, meal: z.optional(z.boolean()) })
/** The event that this one takes the place of, after an EventVoided. */
const replaces = z.optional(id<EventId>())
const session = id<SessionId>()
const student = id<StudentId>()

const event = <T extends string, S extends z.core.$ZodLooseShape>(type: T, carries: S) =>
  z.strictObject({ ...envelope, type: z.literal(type), ...carries })

export const SessionStarted = event('SessionStarted', {
  session,
  section: z.nullable(id<SectionId>()),
  on,
  window: span,
  breaks: z.array(breakSpan).check(z.maxLength(SESSION_LIMITS.breaks)),
  room: words(SESSION_LIMITS.room),
  title: words(SESSION_LIMITS.title),
  /** Given when the session is recorded after the fact. */
  reason,
})
export const SupervisionStarted = event('SupervisionStarted', { session, staff: id<StaffId>(), reason, replaces })
export const SupervisionEnded = event('SupervisionEnded', { session, staff: id<StaffId>(), reason, replaces })
export const StudentCheckedIn = event('StudentCheckedIn', { session, student, reason, replaces })
export const StudentCheckedOut = event('StudentCheckedOut', { session, student, reason, replaces })
export const StudentNoted = event('StudentNoted', { session, student, text: words(500) })
export const EventVoided = event('EventVoided', {
  session,
  voids: id<EventId>(),
  reason: words(500),
  documentation: z.optional(words(300)),
})
export const SessionEnded = event('SessionEnded', { session, reason, replaces })
export const SessionCertified = event('SessionCertified', {
  session,
  /** SHA-256 over the ids of the session's effective events: what exactly was signed. See `attendance/certify.ts`. */
  digest: words(64),
  statement: words(1000),
  /** The name the teacher typed. */
  name: words(120),
  method: z.enum(['typedName']),
})
export const WalkInAdded = event('WalkInAdded', { session, student, name: words(120) })
export const WalkInMatched = event('WalkInMatched', { session, temporary: student, student })
export const ReviewDecided = event('ReviewDecided', { event: id<EventId>(), decision: z.enum(['accept', 'refuse']), reason: words(500) })

/** Every event of this version. */
export const AnyEvent = z.discriminatedUnion('type', [
  SessionStarted,
  SupervisionStarted,
  SupervisionEnded,
  StudentCheckedIn,
  StudentCheckedOut,
  StudentNoted,
  EventVoided,
  SessionEnded,
  SessionCertified,
  WalkInAdded,
  WalkInMatched,
  ReviewDecided,
])
export type AttendanceEvent = z.infer<typeof AnyEvent>
export type EventType = AttendanceEvent['type']
export type EventOf<T extends EventType> = Extract<AttendanceEvent, { type: T }>

/** What a device or server must be able to read of any event, of whatever version, to keep and relay it. */
export const Envelope = z.looseObject({
  id: envelope.id,
  type: z.string().check(z.minLength(1), z.maxLength(64)),
  v: z.int().check(z.gte(1)),
  device: envelope.device,
  deviceSeq: envelope.deviceSeq,
  prev: envelope.prev,
  actor: envelope.actor,
  site: envelope.site,
  at,
  recordedAt: at,
  clock,
})
export type Envelope = z.infer<typeof Envelope>

/** An event of a type or version this build does not know: kept, relayed, shown as "needs an update", never counted. */
export type KeptEvent = AttendanceEvent | (Envelope & { readonly unknown: true })

export type ReadEvent =
  | { readonly kind: 'event'; readonly event: AttendanceEvent }
  | { readonly kind: 'unknown'; readonly event: Envelope }
  | { readonly kind: 'malformed'; readonly path: string; readonly expected: string }

/** By type: what an event of this version is, told without a copy of it. */
const quick = new Map<unknown, (value: unknown) => value is AttendanceEvent>(
  AnyEvent._zod.def.options.map((schema) => {
    const isOne = fits(schema)
    return [schema.shape.type._zod.def.values[0], (value): value is AttendanceEvent => isOne(value)]
  }),
)

/** Reads one event on its own, so that a bad one never holds up its neighbours. What is as it should be is given as it came. */
export function readEvent(raw: unknown): ReadEvent {
  if (typeof raw === 'object' && raw !== null && 'type' in raw && quick.get(raw.type)?.(raw)) return { kind: 'event', event: raw }
  const outer = Envelope.safeParse(raw)
  if (!outer.success) return malformed(outer.error)
  if (!isKnownType(outer.data)) return { kind: 'unknown', event: outer.data }
  const inner = AnyEvent.safeParse(raw)
  return inner.success ? { kind: 'event', event: inner.data } : malformed(inner.error)
}

function malformed(error: z.core.$ZodError): ReadEvent {
  const issue = error.issues[0]
  return { kind: 'malformed', path: issue?.path.join('.') ?? '', expected: issue?.message ?? 'an event' }
}
