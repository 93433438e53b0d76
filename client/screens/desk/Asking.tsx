import type { ReactNode } from 'react'
import { ErrorNote, Loading } from '../../ui/States.tsx'
import { useWords } from '../../words/index.ts'
import { EndedNote } from '../setup/SignInAgain.tsx'
import type { Asked } from './useReply.ts'
import { isEnded, whyNot } from './whyNot.ts'

/** Shows what was asked for, or that it is on its way, or why it did not come. */
export function Asking<T>({
  asked,
  waiting,
  onRetry,
  children,
}: {
  readonly asked: Asked<T>
  /** What is said meanwhile, where it takes long. */
  readonly waiting?: string
  readonly onRetry: () => void
  readonly children: (value: T) => ReactNode
}) {
  const words = useWords()
  if (asked.kind === 'waiting') return <Loading>{waiting}</Loading>
  if (asked.kind === 'ok') return <>{children(asked.value)}</>
  if (isEnded(asked)) return <EndedNote />
  return <ErrorNote message={whyNot(words, asked)} onRetry={onRetry} />
}
