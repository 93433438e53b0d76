import type { ReactNode } from 'react'
import type { Reply } from '../../sync/http.ts'
import { ErrorNote, Loading } from '../../ui/States.tsx'
import type { Words } from '../../words/index.ts'
import { useWords } from '../../words/index.ts'
import type { Asked } from './useReply.ts'

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

/** Shows what was asked for, or that it is on its way, or why it did not come. */
export function Asking<T>({
  asked,
  onRetry,
  children,
}: {
  readonly asked: Asked<T>
  readonly onRetry: () => void
  readonly children: (value: T) => ReactNode
}) {
  const words = useWords()
  if (asked.kind === 'waiting') return <Loading />
  if (asked.kind === 'ok') return <>{children(asked.value)}</>
  return <ErrorNote message={whyNot(words, asked)} onRetry={onRetry} />
}
