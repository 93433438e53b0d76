import { useEffect } from 'react'
import type * as z from 'zod/mini'
import { useReply } from '../desk/useReply.ts'

/** So often a page asks again while there are no totals at all yet, and while those it shows do not hold the newest records. */
const FIRST_MS = 1_500
const NEWER_MS = 4_000

type Standing = { readonly ready: false } | { readonly ready: true; readonly behind: boolean }

/** Totals of the district as the server has them, and again by itself until they hold everything that was recorded. */
export function useTotals<T extends Standing>(schema: z.ZodMiniType<T>, path: string) {
  const { asked, reload } = useReply(schema, path)
  const standing = asked.kind === 'ok' ? asked.value : undefined
  const again = standing === undefined ? 0 : !standing.ready ? FIRST_MS : standing.behind ? NEWER_MS : 0
  useEffect(() => {
    if (again === 0) return
    const timer = setInterval(reload, again)
    return () => clearInterval(timer)
  }, [again, reload])
  return { asked, reload, isBehind: standing?.ready === true && standing.behind }
}
