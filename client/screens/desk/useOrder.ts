import { useState } from 'react'
import { askAgain } from '../../sync/ended.ts'
import type { Reply } from '../../sync/http.ts'
import { useWords } from '../../words/index.ts'
import { isEnded, whyNot } from './whyNot.ts'

/** Sends one order at a time: whether it is under way, and why the last one did not work. */
export function useOrder() {
  const words = useWords()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  /** Gives the value when the server did it; undefined when it did not, and then `problem` says why. */
  const send = async <T>(order: () => Promise<Reply<T>>): Promise<T | undefined> => {
    setBusy(true)
    setProblem(undefined)
    let reply = await order()
    // What was to be done is done once its person is back, without another press.
    if (isEnded(reply) && (await askAgain())) reply = await order()
    setBusy(false)
    if (reply.kind === 'ok') return reply.value
    setProblem(whyNot(words, reply))
    return undefined
  }
  return { busy, problem, setProblem, send }
}
