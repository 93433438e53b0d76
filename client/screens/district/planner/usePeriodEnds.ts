import { useEffect } from 'react'
import { PeriodEnds } from '../../../../shared/api/reports.ts'
import type { SchoolMonths } from '../../../../shared/rules/california/periods.ts'
import { keepNote, readNote } from '../../../notes.ts'
import { useReply } from '../../desk/useReply.ts'

const KEY = 'recoup-period-ends'

export interface PeriodEndsHeard {
  readonly months: readonly SchoolMonths[]
  /** The district said so, now or when it was last asked; else the law's days hold. */
  readonly isKnown: boolean
}

/** The last days the district set for its periods: asked for, and remembered for when there is no network. */
export function usePeriodEnds(): PeriodEndsHeard {
  const { asked } = useReply(PeriodEnds, '/api/period-ends')
  const said = asked.kind === 'ok' ? asked.value : undefined
  useEffect(() => {
    if (said) keepNote(KEY, JSON.stringify(said))
  }, [said])
  const held = said ?? remembered()
  return { months: held?.months ?? [], isKnown: held !== undefined }
}

function remembered(): PeriodEnds | undefined {
  try {
    const read = PeriodEnds.safeParse(JSON.parse(readNote(KEY) ?? 'null'))
    return read.success ? read.data : undefined
  } catch {
    return undefined
  }
}
