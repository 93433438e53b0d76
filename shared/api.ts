/**
 * Request and reply of every route: the only words client and server exchange.
 * Every reply carries the header `x-recoup-api: 1`; a reply without it did not come from Recoup (a captive portal, a proxy).
 * What a request of sync carries beyond these words is left alone: a newer client may say more than an older server knows. (S12)
 */
import { HELD_BY } from './rules/california/claim.ts'
import { FLAGS } from './rules/california/flags.ts'
import * as z from 'zod/mini'
import { Checkpoint } from './evidence/checkpoint.ts'
import { as } from './ids.ts'
import type { DeviceId, EventId, SectionId, SiteId, StaffId, StudentId } from './ids.ts'
import { PasskeyAnswer } from './api/passkeys.ts'
import { GRADES, Policy, Section } from './registry.ts'
import type { RegistryRecord } from './registry.ts'
import type { Instant, SchoolDate } from './time.ts'
import { parseSchoolDate } from './time.ts'
import { isZone } from './zones.ts'

/** The protocol of sync that this build speaks. 2 tells devices what to forget, and what is in a verified backup. */
export const PROTOCOL = 2
/** The oldest one that a server of this build answers: the one before. (S12) */
export const OLDEST_PROTOCOL = 1
export const API_HEADER = 'x-recoup-api'
/** What the header says. It marks a reply as Recoup's, whatever protocol the two sides speak. */
export const API_MARK = '1'

const id = <T extends string>() => z.string().check(z.minLength(1), z.maxLength(64)) as unknown as z.ZodMiniType<T, T>
const date = z
  .string()
  .check(z.refine((text) => parseSchoolDate(text) !== undefined, 'a date that exists, YYYY-MM-DD')) as unknown as z.ZodMiniType<
  SchoolDate,
  SchoolDate
>
const at = z.int() as unknown as z.ZodMiniType<Instant, Instant>
const text = (most: number) => z.string().check(z.minLength(1), z.maxLength(most))
const count = z.int().check(z.gte(0))

// ---------------------------------------------------------------------------------------------------------------- people

export const ROLES = ['teacher', 'substitute', 'coordinator', 'district', 'data', 'auditor', 'administrator'] as const
export const Role = z.enum(ROLES)
export type Role = z.infer<typeof Role>

/** What a refused request says. `code` is for programs, `message` is one plain sentence that says what to do next. */
export const Refusal = z.object({ code: z.string(), message: z.string() })
export type Refusal = z.infer<typeof Refusal>

/** `disk`, `lost` and `backup` are for whoever runs the server: a full disk, an end of the log found missing at the start, the newest copy. */
export const Health = z.object({
  ok: z.literal(true),
  version: z.string(),
  protocol: z.int(),
  serverTime: at,
  disk: z.optional(z.enum(['ok', 'full', 'failing'])),
  lost: z.optional(z.nullable(z.object({ from: count, to: count }))),
  backup: z.optional(z.object({ at: z.nullable(at), failed: z.boolean() })),
})
export type Health = z.infer<typeof Health>

export const SampleAccount = z.object({ role: Role, username: z.string(), password: z.string(), name: z.string() })
export type SampleAccount = z.infer<typeof SampleAccount>
/** What the first page needs to know before anybody signed in. */
export const SetupState = z.object({
  needed: z.boolean(),
  codeNeeded: z.boolean(),
  district: z.nullable(z.string()),
  sample: z.boolean(),
  accounts: z.array(SampleAccount),
  /** What the district's own sign-in is called; null where there is none. */
  sso: z.optional(z.nullable(z.string())),
})
export type SetupState = z.infer<typeof SetupState>
export const SetupSample = z.strictObject({ code: z.optional(z.string().check(z.maxLength(40))) })
export const SetupDistrict = z.strictObject({
  code: z.optional(z.string().check(z.maxLength(40))),
  name: text(200),
  zone: z.string().check(z.refine(isZone, 'a time zone of the United States')),
  lea: z.nullable(z.string().check(z.regex(/^\d{7}$/))),
  administrator: z.strictObject({ name: text(120), username: text(120), password: z.string().check(z.minLength(15), z.maxLength(200)) }),
  /** Whether those who see more than a class are asked for a second factor; they are unless this says not. */
  secondFactor: z.optional(z.boolean()),
})
export type SetupDistrict = z.infer<typeof SetupDistrict>

/** A browser that signs in and remembers no device. */
export const NOTHING_HELD = as<DeviceId>('nothing held')

export const Me = z.object({
  account: z.string(),
  staff: id<StaffId>(),
  name: z.string(),
  role: Role,
  /** The sites this person works at; every site of the district for district-wide roles. */
  sites: z.array(id<SiteId>()),
  districtWide: z.boolean(),
  /** The sections to which a teacher or substitute is limited; absent for whole schools. */
  sections: z.optional(z.array(id<SectionId>())),
})
export type Me = z.infer<typeof Me>
/** The device this browser is. Its credential is an HttpOnly cookie; scripts never see it. */
export const DeviceView = z.object({ id: id<DeviceId>(), name: z.string() })
export const SignIn = z.strictObject({
  username: text(120),
  password: z.string().check(z.minLength(1), z.maxLength(200)),
  deviceName: text(120),
  /**
   * The device this browser was, when it remembers: its credential may have been lost while its unsent events were not. `NOTHING_HELD` when it
   * holds nothing: its data may have been lost while its credential was not.
   */
  device: z.optional(id<DeviceId>()),
  /** The code of the second factor, or one from paper, when the server asked for it. */
  code: z.optional(z.string().check(z.maxLength(40))),
  /** Or what a passkey answered to a challenge of the server. */
  passkey: z.optional(PasskeyAnswer),
  /** A coordinator's code for a new device, when the server asked for it. */
  enrolCode: z.optional(z.string().check(z.maxLength(40))),
})
export type SignIn = z.infer<typeof SignIn>
export const SignedIn = z.object({
  me: Me,
  device: DeviceView,
  /** Key that receipts are checked with: Ed25519, raw, base64. Pinned by the device. */
  receiptKey: z.string(),
  epoch: z.string(),
  district: z.string(),
  sample: z.boolean(),
  /** When the offline use this sign-in allows ends. */
  offlineUntil: at,
  /** The same, signed, for this device and person; shown again by who comes back with a PIN. */
  grant: z.optional(z.object({ body: z.string(), signature: z.string() })),
  username: z.optional(z.string()),
  /** Whether a PIN comes before anything is downloaded. */
  pinNeeded: z.optional(z.boolean()),
  /** Whether the person must set up a second factor before anything else. */
  secondFactorNeeded: z.optional(z.boolean()),
})
export type SignedIn = z.infer<typeof SignedIn>

export const InviteView = z.object({ name: z.string(), username: z.string(), role: Role, district: z.string() })
export type InviteView = z.infer<typeof InviteView>
export const AcceptInvite = z.strictObject({ password: z.string().check(z.minLength(15), z.maxLength(200)) })

export const ChangePassword = z.strictObject({
  current: z.string().check(z.minLength(1), z.maxLength(200)),
  password: z.string().check(z.minLength(15), z.maxLength(200)),
})

/** A person of the staff, with or without an account. */
export const Person = z.object({
  staff: id<StaffId>(),
  name: z.string(),
  email: z.string(),
  sites: z.array(z.string()),
  title: z.string(),
  certificated: z.boolean(),
  employee: z.boolean(),
  account: z.nullable(
    z.object({
      username: z.string(),
      role: Role,
      state: z.enum(['invited', 'active', 'disabled']),
      until: z.optional(z.nullable(at)),
      sections: z.optional(z.nullable(z.array(id<SectionId>()))),
    }),
  ),
})
export type Person = z.infer<typeof Person>
export const PeopleReply = z.object({ people: z.array(Person) })
export type PeopleReply = z.infer<typeof PeopleReply>
/** For a teacher or substitute: the only sections that the role reaches; null for whole schools. */
const NamedSections = z.nullable(z.array(id<SectionId>()).check(z.minLength(1), z.maxLength(50)))
export const InvitePeople = z.strictObject({
  staff: z.array(id<StaffId>()).check(z.minLength(1), z.maxLength(2000)),
  role: Role,
  /** When the account's time ends; substitutes and auditors always have an end. */
  until: z.optional(z.nullable(at)),
  sections: z.optional(NamedSections),
})
export type InvitePeople = z.infer<typeof InvitePeople>
/** One-time links, shown once: on screen, or printed as slips. `skipped` says why somebody got none. */
export const InvitesReply = z.object({
  invites: z.array(z.object({ staff: id<StaffId>(), name: z.string(), username: z.string(), path: z.string(), expires: at })),
  skipped: z.array(z.object({ staff: id<StaffId>(), reason: z.enum(['hasAccount', 'unknown']) })),
})
export type InvitesReply = z.infer<typeof InvitesReply>
export const ChangeAccount = z.strictObject({
  state: z.optional(z.enum(['active', 'disabled'])),
  role: z.optional(Role),
  until: z.optional(z.nullable(at)),
  sections: z.optional(NamedSections),
  /** The telephone and the paper are lost: the person sets up another second factor. */
  resetSecondFactor: z.optional(z.literal(true)),
})
export type ChangeAccount = z.infer<typeof ChangeAccount>
export const ChangeStaff = z.strictObject({ certificated: z.optional(z.boolean()), employee: z.optional(z.boolean()) })

// ------------------------------------------------------------------------------------------------------------------ sync

/** What a device says of itself with every push. */
export const DeviceReport = z.object({
  unsent: count,
  oldestUnsentAt: z.nullable(at),
  persisted: z.nullable(z.boolean()),
  quotaFree: z.nullable(z.int()),
  clockOffset: z.nullable(z.int()),
  appVersion: z.string().check(z.maxLength(40)),
  openSessions: count,
  totals: z.nullable(z.enum(['match', 'differ', 'provisional'])),
  /** From here on since protocol 2. How many entries the district set aside wait on the device for somebody to look at them. */
  attention: z.optional(count),
  /** When a receipt last confirmed something, by the device's clock. */
  lastConfirmedAt: z.optional(z.nullable(at)),
  /** The rules by which the device counts. */
  rules: z.optional(z.string().check(z.maxLength(40))),
  /** How its storage stands. `emptied`: the browser had cleared it. `reserve`: it is so full that the last entries took the reserve. */
  storage: z.optional(z.enum(['kept', 'asked', 'unknown', 'temporary', 'reserve', 'emptied'])),
})
export type DeviceReport = z.infer<typeof DeviceReport>

const protocol = z.int().check(z.gte(OLDEST_PROTOCOL))
export const PushRequest = z.object({
  protocol,
  events: z.array(z.unknown()).check(z.maxLength(500)),
  report: DeviceReport,
  /** Which device it takes itself for. A browser whose credential is by now another's is asked to sign in, before anything of it is set aside. */
  device: z.optional(z.string().check(z.maxLength(64))),
  /** The newest checkpoint this device was given: the server is held to it. */
  checkpoint: z.optional(Checkpoint),
  /** The device's own, over all the rest of the request. */
  signature: z.optional(z.string().check(z.maxLength(200))),
})
export type PushRequest = z.infer<typeof PushRequest>

export const QUARANTINE_REASONS = [
  'malformed',
  'idConflict',
  'fork',
  'otherDevice',
  'chainBroken',
  'outsideSite',
  'unknownActor',
  'sessionConflict',
] as const
export const QuarantineReason = z.enum(QUARANTINE_REASONS)
export type QuarantineReason = z.infer<typeof QuarantineReason>

/** What became of one offered event. `id` is null when the event was too broken to have one; `index` is its place in the push. */
export const PushResult = z.object({
  index: count,
  id: z.nullable(id<EventId>()),
  hash: z.nullable(z.string()),
  outcome: z.enum(['accepted', 'duplicate', 'quarantined']),
  seq: z.nullable(count),
  reason: z.nullable(QuarantineReason),
})
export type PushResult = z.infer<typeof PushResult>
/** What the server signed: the text of `Receipt.body`. offered = accepted + duplicate + quarantined. */
export const ReceiptBody = z.object({ epoch: z.string(), device: id<DeviceId>(), at, results: z.array(PushResult) })
export type ReceiptBody = z.infer<typeof ReceiptBody>
export const Receipt = z.object({ body: z.string(), signature: z.string() })
export type Receipt = z.infer<typeof Receipt>
export const PushReply = z.object({
  receipt: Receipt,
  serverTime: at,
  checkpoint: z.optional(Checkpoint),
  revoked: z.optional(z.boolean()),
})
export type PushReply = z.infer<typeof PushReply>

/** Where a device's pull stands. Bound to an epoch (a restored server begins another) and a scope (the sites it may see). */
export const Cursor = z.object({ epoch: z.string(), scope: z.string(), seq: count })
export type Cursor = z.infer<typeof Cursor>
export const PullRequest = z.object({
  protocol,
  cursor: z.nullable(Cursor),
  asOf: date,
  limit: z.int().check(z.gte(1), z.lte(5000)),
  /** Who is signed in as far as the device knows: nobody is told what somebody else may see who signed in on a copy of it. */
  person: z.optional(id<StaffId>()),
  /** The school whose attendance is wanted by somebody who may see all of them; empty for the first by name. Others' schools are their own. */
  site: z.optional(z.string().check(z.maxLength(64))),
})
export type PullRequest = z.infer<typeof PullRequest>
/** Digests of each student's totals at the cursor, by the rules named. See `sync/digest.ts`. */
export const TotalsProof = z.object({ asOf: date, rules: z.string(), digest: z.string(), students: z.record(z.string(), z.string()) })
export type TotalsProof = z.infer<typeof TotalsProof>
export const PullReply = z.object({
  cursor: Cursor,
  /** The server's newest sequence in this scope; progress is cursor.seq of head. */
  head: count,
  more: z.boolean(),
  records: z.array(z.unknown() as unknown as z.ZodMiniType<RegistryRecord, RegistryRecord>),
  events: z.array(z.object({ seq: count, event: z.unknown() })),
  /** On the last page only. */
  totals: z.nullable(TotalsProof),
  serverTime: at,
  /** What has left the scope and goes from the device, before the page's records and events are stored. (S7) */
  forget: z.optional(z.object({ students: z.array(z.string()), sessions: z.array(z.string()) })),
  /** The school whose attendance this is, when the request named one. */
  site: z.optional(z.string()),
  /** On the last page: the sections that the person is limited to now; null for whole schools. */
  sections: z.optional(z.nullable(z.array(id<SectionId>()))),
  /** The newest backup that was opened and checked: what lies in it a device may forget in time. (S8) */
  verified: z.optional(z.object({ epoch: z.string(), seq: count, at })),
})
export type PullReply = z.infer<typeof PullReply>

// --------------------------------------------------------------------------------------------------------------- reports

/** One student of the merged roster. Numbers are whole days, hours, minutes. */
export const RosterRow = z.object({
  student: id<StudentId>(),
  last: z.string(),
  first: z.string(),
  localId: z.string(),
  ssid: z.nullable(z.string()),
  grade: z.nullable(z.enum(GRADES)),
  site: z.nullable(id<SiteId>()),
  siteName: z.string(),
  eligibleAbsences: z.int(),
  hours: z.int(),
  minutes: z.int(),
  minimumDayMinutes: z.int(),
  earnedDays: z.int(),
  pendingDays: z.int(),
  claimableDays: z.int(),
  bankedDays: z.int(),
  beyondCapDays: z.int(),
  remainingDays: z.int(),
  heldBy: z.enum(HELD_BY),
  flags: z.array(z.enum(FLAGS)),
})
export type RosterRow = z.infer<typeof RosterRow>
export const RosterReply = z.object({ asOf: date, seq: count, rows: z.array(RosterRow) })
export type RosterReply = z.infer<typeof RosterReply>
/** Everything behind one student's figures: the records and events a ledger needs to explain them, so that one code does the explaining. */
export const StudentReply = z.object({
  student: id<StudentId>(),
  asOf: date,
  records: z.array(z.unknown() as unknown as z.ZodMiniType<RegistryRecord, RegistryRecord>),
  events: z.array(z.unknown()),
})
export type StudentReply = z.infer<typeof StudentReply>

export const DeviceRow = z.object({
  id: id<DeviceId>(),
  name: z.string(),
  site: z.nullable(id<SiteId>()),
  lastPerson: z.string(),
  lastSeenAt: z.nullable(at),
  lastConfirmedAt: z.nullable(at),
  report: z.nullable(DeviceReport),
  /** Whether what it sends is signed by its own key. */
  isSigned: z.optional(z.boolean()),
  revokedAt: z.optional(z.nullable(at)),
})
export type DeviceRow = z.infer<typeof DeviceRow>
export const DevicesReply = z.object({ devices: z.array(DeviceRow), serverTime: at })
export type DevicesReply = z.infer<typeof DevicesReply>
export const QuarantinedRow = z.object({
  id: z.int(),
  /** Null when it was too broken to have an id: nobody can name it to decide on it. */
  event: z.nullable(id<EventId>()),
  type: z.string(),
  /** The school it was recorded for; null when it names none. */
  site: z.nullable(id<SiteId>()),
  device: z.string(),
  deviceName: z.string(),
  actor: z.string(),
  /** Empty when the person is not on the staff list. */
  actorName: z.string(),
  reason: QuarantineReason,
  detail: z.string(),
  receivedAt: at,
  /** What came, whole. */
  body: z.unknown(),
  /** What stands in the log in its place: under the same id, or as the same number of the same device. */
  rival: z.unknown(),
})
export type QuarantinedRow = z.infer<typeof QuarantinedRow>
export const QuarantineReply = z.object({ rows: z.array(QuarantinedRow) })
export type QuarantineReply = z.infer<typeof QuarantineReply>

// -------------------------------------------------------------------------------------------------------------- registry

export const IMPORT_SOURCES = ['oneroster', 'clever', 'schools', 'students', 'codes', 'calendar', 'absences'] as const
export const ImportSource = z.enum(IMPORT_SOURCES)
export type ImportSource = z.infer<typeof ImportSource>
const counts = z.record(z.string(), count)
/** A fault in a file: where it is, what stood there, what was expected. `line` counts from 1 with the header; 0 is the file as a whole. */
export const ImportFault = z.object({ file: z.string(), line: count, column: z.string(), value: z.string(), expected: z.string() })
export type ImportFault = z.infer<typeof ImportFault>
/** What an import would do, or did: counts by kind of record. */
export const ImportReport = z.object({
  rows: counts,
  added: counts,
  changed: counts,
  unchanged: counts,
  ended: counts,
  faults: z.array(ImportFault),
})
export type ImportReport = z.infer<typeof ImportReport>
export const ImportOpened = z.object({ import: z.string() })
export const ImportPreview = z.strictObject({ source: ImportSource })
export const ImportCommit = z.strictObject({ source: ImportSource, allOrNothing: z.boolean() })
export const ImportReply = z.object({ import: z.string(), committed: z.boolean(), report: ImportReport })
export type ImportReply = z.infer<typeof ImportReply>

/** A class of the student information system that a section can be made from. */
export const ClassRow = z.object({
  id: z.string(),
  site: id<SiteId>(),
  title: z.string(),
  room: z.string(),
  staff: z.array(id<StaffId>()),
  students: z.array(id<StudentId>()),
})
export type ClassRow = z.infer<typeof ClassRow>
export const ClassesReply = z.object({ classes: z.array(ClassRow) })
export type ClassesReply = z.infer<typeof ClassesReply>
export const SectionsReply = z.object({ sections: z.array(z.object({ id: id<SectionId>(), ended: z.boolean(), section: Section })) })
export type SectionsReply = z.infer<typeof SectionsReply>
export const PutSection = z.strictObject({ section: Section, ended: z.boolean() })
export type PutSection = z.infer<typeof PutSection>
export const Done = z.object({ ok: z.literal(true) })
export const RegistrySummary = z.object({
  district: z.string(),
  sites: z.array(
    z.object({
      id: id<SiteId>(),
      name: z.string(),
      students: count,
      staff: count,
      sections: count,
      absences: count,
      hasCalendar: z.boolean(),
    }),
  ),
  students: count,
  staff: count,
  absences: count,
})
export type RegistrySummary = z.infer<typeof RegistrySummary>

/** A district's choices, oldest first. `ended` ones were taken back and no longer hold. */
export const PolicyReply = z.object({ today: date, policies: z.array(z.object({ policy: Policy, ended: z.boolean() })) })
export type PolicyReply = z.infer<typeof PolicyReply>
/** Sets the choices that hold from a date on, or takes those of that date back. */
export const PutPolicy = z.strictObject({ policy: Policy, ended: z.boolean() })
export type PutPolicy = z.infer<typeof PutPolicy>
const standing = z.object({
  earnedDays: count,
  pendingDays: count,
  claimableDays: count,
  bankedDays: count,
  minutes: count,
})
/** What a change of policy would change in one fiscal year, at the end of a date in it. `students` are those whose figures differ. */
export const PolicyPreview = z.object({
  years: z.array(
    z.object({
      asOf: date,
      before: standing,
      after: standing,
      students: z.array(
        z.object({
          student: id<StudentId>(),
          last: z.string(),
          first: z.string(),
          localId: z.string(),
          grade: z.nullable(z.enum(GRADES)),
          site: z.nullable(id<SiteId>()),
          siteName: z.string(),
          before: standing,
          after: standing,
        }),
      ),
    }),
  ),
})
export type PolicyPreview = z.infer<typeof PolicyPreview>
