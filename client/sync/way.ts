/**
 * What one run of sending learns of the way to the district. What stands between may let only some of it through: what is too much for it is
 * halved, and one entry that does not come through alone holds up no other. (S3, S13)
 */
import type { EventId } from '../../shared/ids.ts'
import type { Pace } from './pace.ts'
import { paceAfter, paceAfterBlock, paceAfterSilence } from './pace.ts'

/** So many entries that do not come through alone are passed by in one run. */
const MOST_STUBBORN = 20
/** So many one after the other, with none that came through, say that it is the way and not the entry. */
const MOST_IN_VAIN = 3

export interface Way {
  /** Entries that did not come through alone: offered again by the next run. */
  readonly stubborn: ReadonlySet<EventId>
  /** The district answered, `ms` milliseconds after so many entries were sent. */
  answered(sent: number, ms: number): void
  /** Nobody answered for so long. */
  unanswered(sent: number, ms: number): void
  /** These were refused together by what stands between; whether to go on, with less. */
  blocked(ids: readonly EventId[]): boolean
}

/** Begins a run; the pace is kept from run to run by the one who sends. */
export function openWay(pace: Pace): Way {
  const stubborn = new Set<EventId>()
  let inVain = 0
  return {
    stubborn,
    answered(sent, ms) {
      pace.silent = 0
      inVain = 0
      pace.most = paceAfter(pace.most, sent, ms)
    },
    unanswered(sent, ms) {
      pace.most = paceAfterSilence(pace.most, sent, ms, ++pace.silent)
    },
    blocked(ids) {
      const [first, second] = ids
      if (first === undefined) return false
      pace.most = paceAfterBlock(ids.length)
      if (second !== undefined) return true
      stubborn.add(first)
      return ++inVain < MOST_IN_VAIN && stubborn.size < MOST_STUBBORN
    },
  }
}

/** Whether an answer says that this was too much, or not to the liking of something that stands between. */
export const isBlock = (reply: { readonly kind: string; readonly status?: number }): boolean =>
  reply.kind === 'portal' ? (reply.status ?? 0) >= 400 && (reply.status ?? 0) < 500 : reply.kind === 'refused' && reply.status === 413
