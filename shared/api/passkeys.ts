/** Passkeys and the own sign-ins: what the page of the second factor and the server say to each other. */
import * as z from 'zod/mini'

const base64url = (most: number) => z.string().check(z.minLength(1), z.maxLength(most), z.regex(/^[\w-]+$/))
const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(60))
const extensions = z.looseObject({})
const attachment = z.optional(z.nullable(z.string().check(z.maxLength(40))))
const key = { id: base64url(1400), rawId: base64url(1400), type: z.literal('public-key'), clientExtensionResults: extensions }

/** What a browser answers to a challenge (WebAuthn, as JSON). */
export const PasskeyAnswer = z.object({
  ...key,
  authenticatorAttachment: attachment,
  response: z.object({
    clientDataJSON: base64url(4000),
    authenticatorData: base64url(4000),
    signature: base64url(8000),
    userHandle: z.optional(base64url(200)),
  }),
})
export type PasskeyAnswer = z.infer<typeof PasskeyAnswer>
/** What a browser gives when it made a passkey. */
export const NewPasskey = z.strictObject({
  name,
  made: z.object({
    ...key,
    authenticatorAttachment: attachment,
    response: z.object({
      clientDataJSON: base64url(4000),
      attestationObject: base64url(40_000),
      transports: z.optional(z.array(z.string().check(z.maxLength(40))).check(z.maxLength(10))),
    }),
  }),
})
export type NewPasskey = z.infer<typeof NewPasskey>
/** Handed to the browser as it is. */
export const PasskeyOptions = z.object({ options: z.looseObject({ challenge: z.string() }) })

export const PasskeyRow = z.object({ id: z.string(), name: z.string(), createdAt: z.int(), lastUsedAt: z.nullable(z.int()) })
export type PasskeyRow = z.infer<typeof PasskeyRow>
export const ChangePasskey = z.strictObject({ name })

/** A web session of one's own. `here` is the one that asks. */
export const OwnSignIn = z.object({ id: z.string(), device: z.string(), since: z.int(), lastUsed: z.int(), here: z.boolean() })
export type OwnSignIn = z.infer<typeof OwnSignIn>
export const OwnSignIns = z.object({ signIns: z.array(OwnSignIn) })
/** One of them by its id, or all but the one that asks. */
export const EndSignIn = z.strictObject({ which: z.union([z.literal('others'), z.string().check(z.regex(/^[0-9a-f]{16}$/))]) })
