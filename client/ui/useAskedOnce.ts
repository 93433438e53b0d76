import { useState } from 'react'

function isAnswered(key: string): boolean {
  try {
    return localStorage.getItem(key) !== null
  } catch {
    // Where nothing can be remembered nobody is asked each time.
    return true
  }
}

/** Whether a question that is asked once on this device was answered, and how to remember that it is. */
export function useAskedOnce(key: string): readonly [asked: boolean, answer: () => void] {
  const [asked, setAsked] = useState(() => isAnswered(key))
  return [
    asked,
    () => {
      localStorage.setItem(key, '1')
      setAsked(true)
    },
  ]
}
