/** Words about somebody are for the schools that know that somebody: another school that is told a session is told what counts. (S7) */

/**
 * An event as another school is told it: a name typed for a walk-in, and notes on students whom that school does not know, are left out.
 * Nothing that counts depends on them, and a signature names events by their ids.
 * @param isHome whether the event was recorded at a school of the one who is told
 * @param isKnown whether that one knows a student by name
 */
export function withholdWords(event: unknown, isHome: (site: unknown) => boolean, isKnown: (student: unknown) => boolean): unknown {
  if (typeof event !== 'object' || event === null || !('type' in event) || !('site' in event) || isHome(event.site)) return event
  if (event.type === 'WalkInAdded') return { ...event, name: '' }
  if (event.type === 'StudentNoted' && !('student' in event && isKnown(event.student))) return { ...event, text: '' }
  return event
}

/** A note on somebody without its words, wherever it was written, for those who know that somebody no more. */
export function withholdNotesOn(event: unknown, isGone: (student: unknown) => boolean): unknown {
  if (typeof event !== 'object' || event === null || !('type' in event) || event.type !== 'StudentNoted') return event
  return 'student' in event && isGone(event.student) ? { ...event, text: '' } : event
}
