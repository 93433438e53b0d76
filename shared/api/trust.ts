/** Second factors, devices, approvals and disclosures: what the desk and the server say to each other about trust. */
import * as z from 'zod/mini'
import { MOST_OFFLINE_DAYS } from './lockers.ts'
import { PasskeyAnswer, PasskeyRow } from './passkeys.ts'

const text = (most: number) => z.string().check(z.minLength(1), z.maxLength(most))

/** What the district asks for beyond a password. */
export const TrustPolicy = z.strictObject({
  /** A second factor of everybody who sees more than the own class; a fresh one before records are taken away in bulk. */
  secondFactor: z.boolean(),
  /** A new device needs a code from a coordinator. */
  enrolByCode: z.boolean(),
  /** Nothing is downloaded to a device before its person has set a PIN there. */
  pinNeeded: z.boolean(),
  /** For how many days a sign-in holds without a network. */
  offlineDays: z.int().check(z.gte(1), z.lte(MOST_OFFLINE_DAYS)),
})
/** What is not named stays as it is. */
export const ChangeTrust = z.partial(TrustPolicy)
export type ChangeTrust = z.infer<typeof ChangeTrust>
export type TrustPolicy = z.infer<typeof TrustPolicy>

/** `on`: by an app, by passkeys, or by both. */
export const SecondFactorState = z.object({
  on: z.boolean(),
  app: z.boolean(),
  passkeys: z.array(PasskeyRow),
  needed: z.boolean(),
  recoveryLeft: z.int(),
})
export type SecondFactorState = z.infer<typeof SecondFactorState>
/** Shown once: the secret, and the address an authenticator app reads from a QR code. */
export const SecondFactorBegun = z.object({ secret: z.string(), uri: z.string() })
export type SecondFactorBegun = z.infer<typeof SecondFactorBegun>
export const Code = z.strictObject({ code: text(40) })
export const RecoveryCodes = z.object({ codes: z.array(z.string()) })
export type RecoveryCodes = z.infer<typeof RecoveryCodes>
/** Proves again who one is: a code or a passkey of the second factor, or the password where there is none. */
export const StepUp = z.strictObject({ code: z.optional(text(40)), password: z.optional(text(200)), passkey: z.optional(PasskeyAnswer) })

/** How somebody shows again who it is, and whether that is needed before a file with many students; how many of those are left this hour. */
export const StepUpState = z.object({
  fresh: z.boolean(),
  way: z.enum(['code', 'password', 'provider']),
  /** Whether a passkey does as well as a code. */
  passkeys: z.boolean(),
  /** What the district's own sign-in is called. */
  provider: z.string(),
  filesLeft: z.int(),
})
export type StepUpState = z.infer<typeof StepUpState>

export const EnrolCode = z.object({ code: z.string(), expires: z.int() })
export type EnrolCode = z.infer<typeof EnrolCode>
export const ChangeDevice = z.strictObject({ name: text(120) })
/** P-256, uncompressed point, base64. */
export const DeviceKey = z.strictObject({ publicKey: text(200) })
/** What the server signed of it. */
export const DeviceRecord = z.object({ body: z.string(), signature: z.string() })
export type DeviceRecord = z.infer<typeof DeviceRecord>

export const APPROVAL_KINDS = ['reopenPeriod'] as const
export const AskApproval = z.strictObject({
  kind: z.enum(APPROVAL_KINDS),
  subject: text(200),
  reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(500)),
})
export const DecideApproval = z.strictObject({ decision: z.enum(['approve', 'refuse']) })
/** Something that was asked, and how it stands. Names are those of the staff list; `ends` is when what is open or approved ends. */
export const ApprovalRow = z.object({
  id: z.string(),
  kind: z.enum(APPROVAL_KINDS),
  subject: z.string(),
  reason: z.string(),
  askedBy: z.string(),
  askedAt: z.int(),
  decidedBy: z.nullable(z.string()),
  decidedAt: z.nullable(z.int()),
  decision: z.nullable(z.enum(['approve', 'refuse'])),
  usedAt: z.nullable(z.int()),
  askedByName: z.string(),
  decidedByName: z.string(),
  state: z.enum(['open', 'approved', 'refused', 'used', 'ended']),
  ends: z.int(),
  /** While it is open: who may agree. */
  deciders: z.optional(z.array(z.object({ staff: z.string(), name: z.string() }))),
})
export type ApprovalRow = z.infer<typeof ApprovalRow>
export const ApprovalsReply = z.object({ approvals: z.array(ApprovalRow) })
export type ApprovalsReply = z.infer<typeof ApprovalsReply>

/** One time somebody was shown, or took away, records of students. `student` is null for a list: then all students of `scope` as of `seq`. */
export const DisclosureRow = z.object({
  at: z.int(),
  person: z.string(),
  name: z.string(),
  what: z.string(),
  student: z.nullable(z.string()),
  scope: z.string(),
  seq: z.int(),
})
export type DisclosureRow = z.infer<typeof DisclosureRow>
/** `student` is the name of whose record it is. */
export const DisclosuresReply = z.object({ student: z.string(), disclosures: z.array(DisclosureRow) })
export type DisclosuresReply = z.infer<typeof DisclosuresReply>
