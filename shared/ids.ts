/** Branded ids: text at run time, apart for the compiler. Ids of events, sessions and devices are UUIDv7, made where a thing begins. */
declare const brand: unique symbol
type Id<Name extends string> = string & { readonly [brand]: Name }

export type EventId = Id<'Event'>
export type DeviceId = Id<'Device'>
export type StaffId = Id<'Staff'>
export type StudentId = Id<'Student'>
export type SiteId = Id<'Site'>
export type SectionId = Id<'Section'>
export type SessionId = Id<'Session'>

/** Gives a text its brand. The caller has checked it or made it. */
export const as = <T extends string>(text: string): T => text as T
