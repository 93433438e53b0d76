/** From records to what the rules are told of a school and of a student. */
import type { SiteId, StudentId } from '../ids.ts'
import type { Site } from '../registry.ts'
import type { EntryFacts, Placement, SchoolFacts, StudentFacts } from '../rules/facts.ts'
import type { SchoolDate } from '../time.ts'
import type { OfStudent, Records } from './records.ts'

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
}

/** The person a student is, with every entry that shares the statewide identifier. */
export function personOf(student: StudentId, records: Records, school: (id: SiteId) => SchoolFacts): Person {
  const entryOf = (id: StudentId): Entry => ({ student: id, facts: entryFacts(records.of(id), school) })
  const absencesOf = (id: StudentId) => records.of(id).absences
  const [first, ...others] = records.sameStudent(student)
  const own = entryOf(first)
  if (others.length === 0) return { entries: [own], facts: { entries: [own.facts], absences: absencesOf(first) } }
  const rest = others.map(entryOf)
  return {
    entries: [own, ...rest],
    facts: { entries: [own.facts, ...rest.map((entry) => entry.facts)], absences: [first, ...others].flatMap(absencesOf) },
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
