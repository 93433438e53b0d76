import { useSearchParams } from 'wouter'
import type { RosterFilter } from './rosterState.ts'

/** The filter stands in the address, beside what else stands there: a link to it shows the same rows, and going back brings it back. */
export function useRosterFilter(): [RosterFilter, (change: Partial<RosterFilter>) => void] {
  const [params, setParams] = useSearchParams()
  const filter: RosterFilter = {
    find: params.get('find') ?? '',
    site: params.get('site') ?? '',
    grade: params.get('grade') ?? '',
    attention: params.has('attention'),
    started: params.has('started'),
  }
  const change = (part: Partial<RosterFilter>) => {
    const next = new URLSearchParams(params)
    for (const [name, value] of Object.entries({ ...filter, ...part })) {
      if (value) next.set(name, value === true ? '1' : String(value))
      else next.delete(name)
    }
    setParams(next, { replace: true })
  }
  return [filter, change]
}
