/**
 * What every request and reply has in common. Those of each route are in `api/`, a file for each area: the only words client and server
 * exchange. Every reply carries the header `x-recoup-api: 1`; a reply without it did not come from Recoup (a captive portal, a proxy).
 */
import * as z from 'zod/mini'
import { at, count } from './api/fields.ts'

/** The protocol of sync that this build speaks. 2 tells devices what to forget, and what is in a verified backup. */
export const PROTOCOL = 2
/** The oldest one that a server of this build answers: the one before. (S12) */
export const OLDEST_PROTOCOL = 1
export const API_HEADER = 'x-recoup-api'
/** What the header says. It marks a reply as Recoup's, whatever protocol the two sides speak. */
export const API_MARK = '1'

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

/** It was done; there is nothing more to say. */
export const Done = z.object({ ok: z.literal(true) })
