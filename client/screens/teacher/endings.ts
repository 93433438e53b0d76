/** The end of a session, with the check-outs recorded in one stroke with it. Pure. */
import type { SessionState } from '../../../shared/attendance/fold.ts'
import type { EventOf } from '../../../shared/events.ts'

export interface Ending {
  readonly end: EventOf<'SessionEnded'>
  readonly checkOuts: readonly EventOf<'StudentCheckedOut'>[]
}

/** The ends of a session that hold, in order of their time: two tablets may have ended it. */
export function endingsOf({ events }: SessionState): readonly Ending[] {
  const held = events.flatMap(({ event, voidedBy }) => (voidedBy || 'unknown' in event ? [] : [event]))
  return held.flatMap((end): readonly Ending[] =>
    end.type !== 'SessionEnded'
      ? []
      : [
          {
            end,
            checkOuts: held.filter(
              (one): one is EventOf<'StudentCheckedOut'> =>
                one.type === 'StudentCheckedOut' && one.device === end.device && one.recordedAt === end.recordedAt,
            ),
          },
        ],
  )
}
