/** Who needs somebody's attention: near the limits, out of absences, no longer coming. One code for a school's desk and the district's. */
import type { Judgement } from '../attendance/ledger.ts'
import { meetsFrom } from '../attendance/planned.ts'
import type { SectionId, StudentId } from '../ids.ts'
import type { Section } from '../registry.ts'
import type { SchoolDate } from '../time.ts'

/** In the order in which they are listed: what is lost soonest comes first. */
export const ATTENTION = ['stopped', 'atCap', 'outOfAbsences', 'nearCap', 'newlyEligible'] as const
export type Attention = (typeof ATTENTION)[number]

/** What a district considers worth a look. */
export interface AttentionChoices {
  /** So many recoverable absences make a student worth inviting. */
  readonly eligibleFrom: number
  /** So many planned sessions missed in a row mean that somebody stopped coming. */
  readonly missedInRow: number
}
export const DEFAULT_ATTENTION: AttentionChoices = { eligibleFrom: 10, missedInRow: 2 }

/** A session of a section that was held, and who came. */
export interface HeldSession {
  readonly on: SchoolDate
  readonly from: number
  readonly came: ReadonlySet<StudentId>
}

/** Whether a section's list is of the year that begins on a date: it meets then or later, or was held since. */
export const isListSince = (section: Section, since: SchoolDate, held: ReadonlyMap<SectionId, readonly HeldSession[]>): boolean =>
  held.has(section.id) || meetsFrom(section, since)

/** How somebody on the lists of sections came to their sessions. */
export interface Coming {
  /** Sessions held of the sections that list the student, since the student first came to one; all of them for who never came. */
  readonly planned: number
  readonly came: number
  /** Planned sessions missed since the last one attended. */
  readonly missedInRow: number
  readonly lastCame: SchoolDate | null
}

/** How a student came to the sessions of the sections that list the student.
 *  @param held by section, oldest first */
export function comingOf(student: StudentId, sections: readonly SectionId[], held: ReadonlyMap<SectionId, readonly HeldSession[]>): Coming {
  const all = sections.flatMap((section) => held.get(section) ?? []).sort((a, b) => a.from - b.from)
  const first = all.findIndex((session) => session.came.has(student))
  const planned = first < 0 ? all : all.slice(first)
  let missedInRow = 0
  let lastCame: SchoolDate | null = null
  let came = 0
  for (const session of planned) {
    if (session.came.has(student)) {
      came++
      missedInRow = 0
      lastCame = session.on
    } else missedInRow++
  }
  return { planned: planned.length, came, missedInRow, lastCame }
}

/** Why a student needs attention; most need none.
 *  @param most how many days may be claimed in the year
 *  @param added recoverable absences that the last import brought */
export function attentionOf(
  totals: Pick<Judgement, 'claimableDays' | 'bankedDays' | 'beyondCapDays' | 'remainingDays' | 'eligibleAbsences' | 'earnedDays'>,
  coming: Coming,
  most: number,
  added: number,
  choices: AttentionChoices,
): readonly Attention[] {
  const isAtCap = totals.claimableDays > 0 && totals.claimableDays >= most
  const held: Readonly<Record<Attention, boolean>> = {
    stopped: coming.came > 0 && coming.missedInRow >= choices.missedInRow && totals.remainingDays > 0,
    atCap: isAtCap,
    outOfAbsences: !isAtCap && totals.earnedDays > 0 && totals.remainingDays === 0,
    nearCap: !isAtCap && totals.claimableDays > 0 && totals.claimableDays >= most - 2,
    newlyEligible: totals.eligibleAbsences >= choices.eligibleFrom && totals.eligibleAbsences - added < choices.eligibleFrom,
  }
  return ATTENTION.filter((kind) => held[kind])
}
