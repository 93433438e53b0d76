/** The least a password has, in characters. No other demands: length is what makes one strong (NIST SP 800-63B, 3.1.1.2). */
export const LEAST = 15

export type PasswordFault = { readonly kind: 'short'; readonly has: number } | { readonly kind: 'differs' }

/** What is wrong with a new password typed twice, or undefined. */
export function passwordFault(first: string, second: string): PasswordFault | undefined {
  if (first.length < LEAST) return { kind: 'short', has: first.length }
  return first === second ? undefined : { kind: 'differs' }
}
