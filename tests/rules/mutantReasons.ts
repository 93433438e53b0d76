/** Why a change that no test notices may stay: looked at one by one, and found to answer the same, or to be impossible. */

const SHORTCUT = 'A shortcut: the long way gives the same answer, later.'
const MEMORY = 'What was worked out is forgotten or worked out again: slower, and the same.'
const EQUAL = 'Differs only for equals, whose order says nothing.'
const BEYOND = 'One step past the end finds nothing there.'
const NEVER = 'Cannot occur: what calls it, or another rule, has ruled it out before.'
const REPEAT = 'Done twice or for more than needed: nothing more happens.'

/** File, part of the line as it stands, and the reason; the first that fits. */
const REASONS: readonly (readonly [file: string, line: string, reason: string])[] = [
  ['earnedDays.ts', 'minimum === 0', NEVER],
  ['exclusion.ts', "most !== 'none'", NEVER],
  ['flags.ts', "flags.has('ratioBreached')", SHORTCUT],
  ['flags.ts', 'isWhole', SHORTCUT],
  ['overlap.ts', 'total(twice) > 0', SHORTCUT],
  ['placement.ts', 'placements.length === 1', SHORTCUT],
  ['sessionTime.ts', 'private readonly opened', MEMORY],
  ['sessionTime.ts', 'midnights.length === 0', SHORTCUT],
  ['explain.ts', 'minimum === 0', NEVER],
  ['judge.ts', 'signed.length === parts.length', SHORTCUT],
  ['certify.ts', 'bytes.length <', MEMORY],
  ['fold.ts', 'events.length === kept.length', SHORTCUT],
  ['gather.ts', "case '", 'These kinds change nothing here; what they change was read before.'],
  ['gather.ts', 'ends.length > 0', SHORTCUT],
  ['judging.ts', 'isEmpty', SHORTCUT],
  ['judging.ts', 'if (known) return known', MEMORY],
  ['judging.ts', 'entries.length > 1', SHORTCUT],
  ['judging.ts', 'attended.filter(', SHORTCUT],
  ['judging.ts', 'firstMark <= own', SHORTCUT],
  ['ledger.ts', "record.kind === 'section'", REPEAT],
  ['ledger.ts', "record.kind === 'absence'", REPEAT],
  ['ledger.ts', "record.kind !== 'absence'", REPEAT],
  ['log.ts', 'until < list.length', SHORTCUT],
  ['log.ts', 'known.length > 0', SHORTCUT],
  ['log.ts', 'company', SHORTCUT],
  ['log.ts', 'isAskedFor = false', MEMORY],
  ['log.ts', 'this.greatest', SHORTCUT],
  ['log.ts', "greatest = ''", SHORTCUT],
  ['log.ts', 'this.events.length === 0', SHORTCUT],
  ['order.ts', 'NEAR', SHORTCUT],
  ['presence.ts', 'marks.length === 2', SHORTCUT],
  ['presence.ts', 'together', SHORTCUT],
  ['records.ts', 'one.id < now.id', EQUAL],
  ['studentInSession.ts', 'this.ordered.length === 1', SHORTCUT],
  ['log.ts', 'this.ids?.has', NEVER],
  ['planned.ts', 'pause.until < from', 'Only a session of a whole day could have a break that ends when the session begins.'],
  ['presence.ts', 'until !== null && from < until', 'No moment is before null.'],
  ['presence.ts', 'others.length === 0', SHORTCUT],
  ['records.ts', '?.delete(id)', NEVER],
  ['records.ts', '> record.seq', 'One sequence names one version of a record: the same again is the same.'],
  ['sessionFacts.ts', 'always !== undefined', SHORTCUT],
  ['sessionFacts.ts', 'entries.length === 1', SHORTCUT],
  ['sessionFacts.ts', 'here[0]?.student', NEVER],
  ['visits.ts', 'i < company.length', BEYOND],
  ['visits.ts', 'company[place]', NEVER],
  ['visits.ts', 'times: number[]', 'Every place is written before it is read.'],
  ['voids.ts', 'const open:', 'No event has the name of nobody, so nothing is looked up for it.'],
  ['countable.ts', 'session.breach.length', SHORTCUT],
  ['periods.ts', "period === 'Annual'", 'No school month is set for the whole year, so none is found.'],
  ['periods.ts', 'own < named', EQUAL],
  ['placement.ts', 'placement.from > on', 'What begins on the date covers it.'],
  ['visits.ts', 'presence.isUsual', SHORTCUT],
  ['voids.ts', "'EventVoided'", SHORTCUT],
  ['voids.ts', '!answers.has(asked)', REPEAT],
]

/** @param line the line of the source the change is in */
export const reasonFor = (file: string, line: string): string | undefined =>
  REASONS.find(([name, part]) => file.endsWith(`/${name}`) && line.includes(part))?.[2]
