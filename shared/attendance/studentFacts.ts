/** From records to what the rules are told of a school and of a student. */
import type { SiteId, StudentId } from '../ids.ts'
import type { Site } from '../registry.ts'
import type { EntryFacts, Placement, SchoolFacts, StudentFacts } from '../rules/facts.ts'
import type { SchoolDate } from '../time.ts'
import { isYoungest } from '../rules/california/minimumDay.ts'
import { type OfStudent, type Records, sameStudent } from './records.ts'

/** A school we have no record of yet: it holds no school day, and its clocks are the district's. */
export function schoolFacts(id: SiteId, site: Site | undefined, zone: string): SchoolFacts {
  if (!site) return { key: id, type: 'regular', zone, years: [] }
  return {
    key: id,
    type: site.type,
    zone: site.zone,
    years: site.years.map(({ first, last, day, noSchool }) => ({ first, last, day, noSchool: new Set(noSchool) })),
  }
}

/** One registry entry of a person. */
export interface Entry {
  readonly student: StudentId
  readonly facts: EntryFacts
}

/** One student for the law, and the registry entries it is made of. */
export interface Person {
  readonly entries: readonly [Entry, ...Entry[]]
  readonly facts: StudentFacts
  /** Whether the student is of the youngest; undefined where that depends on the date. */
  readonly isYoungest: boolean | undefined
}

/** The person a student is, with every entry that shares the statewide identifier. */
export function personOf(student: StudentId, records: Records, school: (id: SiteId) => SchoolFacts): Person {
  const own = records.of(student)
  if (own.same.size < 2) return onlyPerson({ student, facts: entryFacts(own, school) }, own.absences)
  const [first, ...others] = sameStudent(student, own)
  const entryOf = (id: StudentId): Entry => ({ student: id, facts: entryFacts(records.of(id), school) })
  const entry = entryOf(first)
  const rest = others.map(entryOf)
  return {
    entries: [entry, ...rest],
    facts: {
      entries: [entry.facts, ...rest.map(({ facts }) => facts)],
      absences: [first, ...others].flatMap((id) => records.of(id).absences),
    },
    isYoungest: undefined,
  }
}

function onlyPerson(entry: Entry, absences: OfStudent['absences']): Person {
  const { placements } = entry.facts
  return {
    entries: [entry],
    facts: { entries: [entry.facts], absences },
    isYoungest: placements.length === 1 ? isYoungest(placements[0].grade) : undefined,
  }
}

const entryFacts = ({ student, enrollments }: OfStudent, school: (id: SiteId) => SchoolFacts): EntryFacts => ({
  placements: placementsOf(enrollments, school),
  setting: student?.setting ?? 'classroom',
  iepMinutes: student?.iepMinutes ?? null,
  independentStudy: student?.independentStudy ?? [],
})

/** Where a student is enrolled. Somebody without an enrollment (a walk-in not matched yet) is held to the longest usual day, so
 *  that nothing is credited that matching would take back. */
function placementsOf(enrollments: OfStudent['enrollments'], school: (id: SiteId) => SchoolFacts): EntryFacts['placements'] {
  const [first, ...others] = enrollments.map(({ site, grade, from, until }): Placement => ({ school: school(site), grade, from, until }))
  return first ? [first, ...others] : [{ school: school('' as SiteId), grade: '12', from: '0000-01-01' as SchoolDate, until: null }]
}
