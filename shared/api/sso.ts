/** Signing in at the district's own provider. */
import * as z from 'zod/mini'
import { SignIn } from './people.ts'

/** `fresh` has the provider ask again who it is: for taking records away in bulk. */
export const BeginSso = z.strictObject({ fresh: z.optional(z.boolean()) })
/** Where the browser goes now. */
export const SsoBegun = z.object({ url: z.string() })
/** What stood behind the question mark when it came back, and what a sign-in with a password gives besides. */
export const FinishSso = z.extend(z.omit(SignIn, { username: true, password: true }), {
  query: z.string().check(z.minLength(1), z.maxLength(8_000)),
})
