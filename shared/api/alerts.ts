/** What somebody should know today, each thing once. */
import * as z from 'zod/mini'
import type { SiteId } from '../ids.ts'
import { date, id } from './fields.ts'

/** In the order in which they are told. */
export const ALERTS = [
  'backupFailed',
  'importFailed',
  'reopenAsked',
  'manyFiles',
  'deviceSilent',
  'checkOutMissing',
  'sessionOpen',
  'notCertified',
  'nearCap',
  'calendarMissing',
  'absencesOld',
] as const
export type AlertKind = (typeof ALERTS)[number]

export const Alert = z.object({
  /** What it is about: told once, and again only when there is something new. */
  key: z.string(),
  kind: z.enum(ALERTS),
  site: z.nullable(id<SiteId>()),
  siteName: z.string(),
  /** Whom or what it names. */
  name: z.string(),
  on: z.nullable(date),
  /** Where it is put right. */
  href: z.string(),
  seen: z.boolean(),
})
export type Alert = z.infer<typeof Alert>
export const AlertsReply = z.object({ alerts: z.array(Alert) })
export type AlertsReply = z.infer<typeof AlertsReply>
export const SeenAlerts = z.strictObject({ keys: z.array(z.string().check(z.maxLength(200))).check(z.maxLength(1000)) })
