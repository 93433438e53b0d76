import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type * as z from 'zod/mini'
import type { Reply } from '../../sync/http.ts'
import { onEnded, timesBack } from '../../sync/ended.ts'
import { api } from '../../sync/http.ts'

export type Asked<T> = { readonly kind: 'waiting' } | Reply<T>

/**
 * Asks the server for something a screen shows, again on `reload`, and when somebody has signed in again. What came last stays on screen
 * while it is asked again, so that nothing blinks; without a path nothing is asked. These screens need the server; whatever must work without one reads the device's own log instead.
 */
export function useReply<T>(schema: z.ZodMiniType<T>, path: string | undefined): { readonly asked: Asked<T>; readonly reload: () => void } {
  const [asked, setAsked] = useState<Asked<T>>({ kind: 'waiting' })
  const [round, setRound] = useState(0)
  const back = useSyncExternalStore(onEnded, timesBack)
  useEffect(() => {
    if (path === undefined) return undefined
    let current = true
    void api(schema, 'GET', path).then((reply) => {
      if (current) setAsked(reply)
    })
    return () => {
      current = false
    }
  }, [schema, path, round, back])
  const reload = useCallback(() => setRound((n) => n + 1), [])
  return { asked, reload }
}
