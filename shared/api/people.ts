/** Request and reply of people: signing in, accounts, invitations, setting up. */
import * as z from 'zod/mini'
import { as, type DeviceId, type SectionId, type SiteId, type StaffId } from '../ids.ts'
import { isZone } from '../zones.ts'
import { at, id, text, words } from './fields.ts'
import { PasskeyAnswer } from './passkeys.ts'

export const ROLES = ['teacher', 'substitute', 'coordinator', 'district', 'data', 'auditor', 'administrator'] as const
export const Role = z.enum(ROLES)
export type Role = z.infer<typeof Role>
/** Who may give, change and end which role: those below, and one's own at a desk of the district. Auditors check the data, so the office chooses them. */
const GIVES: Readonly<Record<Role, readonly Role[]>> = {
  teacher: [],
  substitute: [],
  coordinator: ['teacher', 'substitute'],
  data: ['teacher', 'substitute', 'coordinator', 'data'],
  auditor: [],
  district: ['teacher', 'substitute', 'coordinator', 'district', 'data', 'auditor'],
  administrator: ROLES,
}
/** Whether somebody in one role may give another, or change or end an account that has it. */
export const mayGive = (giver: Role, role: Role): boolean => GIVES[giver].includes(role)

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
  /** That this person signed in on this device, signed: the device shows it with what the person records. See `signIns.ts`. */
  signInRecord: z.optional(z.object({ body: z.string(), signature: z.string() })),
  username: z.optional(z.string()),
  /** Whether a PIN comes before anything is downloaded. */
  pinNeeded: z.optional(z.boolean()),
  /** Whether the person must set up a second factor before anything else. */
  secondFactorNeeded: z.optional(z.boolean()),
})
export type SignedIn = z.infer<typeof SignedIn>

export const InviteView = z.object({
  name: z.string(),
  username: z.string(),
  role: Role,
  district: z.string(),
  /** Whether the person has signed in before: the link is for a new password. */
  again: z.optional(z.boolean()),
})
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
const trimmed = (most: number) => z.string().check(z.trim(), z.maxLength(most))
/** Somebody whom no file of the information system brings. The address is how a later file meets the same person. */
export const AddStaff = z.strictObject({
  name: words(200),
  email: z.string().check(z.trim(), z.maxLength(200), z.regex(/^[^\s@]+@[^\s@]+$/, 'an e-mail address')),
  sites: z.array(id<SiteId>()).check(z.maxLength(500)),
  title: trimmed(200),
  certificated: z.boolean(),
})
export type AddStaff = z.infer<typeof AddStaff>
/** `isBack`: the person was on the list before, at no school any more. */
export const StaffAdded = z.object({ staff: id<StaffId>(), isBack: z.boolean() })
export type StaffAdded = z.infer<typeof StaffAdded>
export const ChangeStaff = z.strictObject({ certificated: z.optional(z.boolean()), employee: z.optional(z.boolean()) })
