import { type ReactNode, Suspense } from 'react'
import type { SessionState } from '../../../shared/attendance/fold.ts'
import { Boundary } from '../../ui/Boundary.tsx'
import { part } from '../../ui/part.ts'

const TakeBack = part(() => import('./TakeBack.tsx').then((m) => m.TakeBack))

/** What may be taken back of a session as a whole. It comes after the page around it, which does without it where it does not come. */
export function SessionTakeBack({
  otherwise,
  ...asked
}: {
  readonly session: SessionState
  /** The session is about to be signed. */
  readonly isSigning?: boolean
  /** Stands here when there is nothing of the kind. */
  readonly otherwise?: ReactNode
}) {
  return (
    <Boundary instead={() => otherwise}>
      <Suspense>
        <TakeBack {...asked} otherwise={otherwise} />
      </Suspense>
    </Boundary>
  )
}
