import { useCallback, useSyncExternalStore } from 'react'
import type { SessionId } from '../../../shared/ids.ts'
import { recordVoid } from '../../log/commands.ts'
import { useDevice } from '../../log/useAttendance.ts'
import { UndoBar } from '../../ui/UndoBar.tsx'
import { useWords } from '../../words/index.ts'
import type { Notice } from './notice.ts'

/** Offers to take back what was done last. */
export function Undo({ session, notice }: { readonly session: SessionId; readonly notice: Notice }) {
  const words = useWords()
  const { store } = useDevice()
  const done = useSyncExternalStore(notice.subscribe, notice.current)
  const gone = useCallback(() => notice.say(null), [notice])
  if (!done) return null
  return (
    <UndoBar
      message={done.message(words)}
      action={words.teacher.undo}
      onAction={() => {
        const state = store.ledger.session(session)
        if (state) recordVoid(store, state, done.events, words.teacher.undone)
        gone()
      }}
      onGone={gone}
    />
  )
}
