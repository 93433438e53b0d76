import { useCallback, useEffect, useState } from 'react'
import type * as z from 'zod/mini'
import type { Reply } from '../../sync/http.ts'
import { timesBack } from '../../sync/ended.ts'
import { api } from '../../sync/http.ts'
import { useSignal } from '../../ui/useSignal.ts'

export type Asked<T> = { readonly kind: 'waiting' } | Reply<T>
const WAITING = { kind: 'waiting' } as const

export interface How {
  /** The answer is known to take long. */
  readonly isLong?: boolean
  /** What another path brought goes from the screen at once: it is of another year, and would stand under this one's name. */
  readonly isAnew?: boolean
}

/**
 * Asks the server for something a screen shows, again on `reload`, and when somebody has signed in again. What came last stays on screen
 * while it is asked again, so that nothing blinks; without a path nothing is asked. These screens need the server; whatever must work without one reads the device's own log instead.
 */
export function useReply<T>(
  schema: z.ZodMiniType<T>,
  path: string | undefined,
  { isLong = false, isAnew = false }: How = {},
): { readonly asked: Asked<T>; readonly reload: () => void } {
  const [held, setHeld] = useState<{ readonly path: string; readonly reply: Asked<T> }>()
  const [round, setRound] = useState(0)
  const back = useSignal(timesBack)
  useEffect(() => {
    if (path === undefined) return undefined
    let current = true
    void api(schema, 'GET', path, undefined, isLong).then((reply) => {
      if (current) setHeld({ path, reply })
    })
    return () => {
      current = false
    }
  }, [schema, path, round, back, isLong])
  const reload = useCallback(() => setRound((n) => n + 1), [])
  const asked = held === undefined || (isAnew && held.path !== path) ? WAITING : held.reply
  return { asked, reload }
}
