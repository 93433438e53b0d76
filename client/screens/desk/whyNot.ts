import type { Reply } from '../../sync/http.ts'
import type { Words } from '../../words/index.ts'

/** Why there is no answer, as a sentence. */
export function whyNot(words: Words, reply: Exclude<Reply<unknown>, { kind: 'ok' }>): string {
  if (reply.kind === 'offline') return words.common.noNetwork
  if (reply.kind === 'portal') return reply.status >= 500 ? words.common.unexpected : words.common.portal
  const known = words.common.refusals[reply.code]
  if (known !== undefined) return known
  if (reply.status === 401) return words.common.signInAgain
  if (reply.status === 403) return words.common.notAllowed
  return reply.message
}

/** Whether it was refused because nobody is signed in any more, as far as the server is concerned. */
export const isEnded = (reply: Reply<unknown>): boolean => reply.kind === 'refused' && reply.code === 'signIn'
