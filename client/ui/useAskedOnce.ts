import { useState } from 'react'
import { keepNote, readNote } from '../notes.ts'

/** Whether a question that is asked once on this device was answered, and how to remember that it is. */
export function useAskedOnce(key: string): readonly [asked: boolean, answer: () => void] {
  // Where nothing can be remembered nobody is asked each time.
  const [asked, setAsked] = useState(() => readNote(key) !== null)
  return [
    asked,
    () => {
      keepNote(key, '1')
      setAsked(true)
    },
  ]
}
