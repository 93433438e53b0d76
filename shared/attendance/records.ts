/** The registry in memory: every record by kind, the newest of each, with the few indexes that attendance asks for. */
import type { SiteId, StaffId, StudentId } from '../ids.ts'
import type {
  Absence,
  District,
  Enrollment,
  Policy,
  RecordKind,
  RecordOf,
  RegistryRecord,
  Section,
  Site,
  Staff,
  Student,
} from '../registry.ts'
import { byCodeUnits } from '../rules/codeUnits.ts'
import type { SchoolDate } from '../time.ts'

type Store = { readonly [K in RecordKind]: Map<string, RecordOf[K]> }

export interface Records {
  /** Takes a record in; one older than what is held changes nothing. Answers whether anything changed. */
  put(record: RegistryRecord): boolean
  readonly sites: ReadonlyMap<string, Site>
  readonly staff: ReadonlyMap<string, Staff>
  readonly students: ReadonlyMap<string, Student>
  readonly sections: ReadonlyMap<string, Section>
  absence(id: string): Absence | undefined
  district(): District | undefined
  /** Oldest first. */
  policies(): readonly Policy[]
  /** Everything about one student, of whom nothing may be known yet. */
  of(student: StudentId): OfStudent
}

/** What is held of one student. In one place, because it is asked for together and by the ten thousand. */
export interface OfStudent {
  readonly student: Student | undefined
  /** Oldest first. */
  readonly enrollments: readonly Enrollment[]
  /** Oldest first. */
  readonly absences: readonly Absence[]
  /** Everybody with the student's statewide identifier; nobody where there is none. */
  readonly same: ReadonlySet<StudentId>
}

type Held = { -readonly [K in keyof OfStudent]: OfStudent[K] }

/** The students that share a statewide identifier with one, itself among them, in order of id. */
export function sameStudent(student: StudentId, { same }: OfStudent): readonly [StudentId, ...StudentId[]] {
  const [first = student, ...others] = [...same].sort()
  return [first, ...others]
}

export function openRecords(): Records {
  const store: Store = {
    district: new Map(),
    site: new Map<SiteId, Site>(),
    staff: new Map<StaffId, Staff>(),
    student: new Map<StudentId, Student>(),
    enrollment: new Map(),
    absence: new Map(),
    section: new Map(),
    policy: new Map(),
  }
  const newest = new Map<RecordKind, Map<string, number>>()
  const students = new Map<StudentId, Held>()
  const bySsid = new Map<string, Set<StudentId>>()

  function held(id: StudentId): Held {
    let own = students.get(id)
    if (!own) students.set(id, (own = { ...NOTHING }))
    return own
  }

  function putStudent(id: StudentId, now: Student | undefined): void {
    const own = held(id)
    if (own.student?.ssid) bySsid.get(own.student.ssid)?.delete(id)
    own.student = now
    own.same = NOTHING.same
    if (!now?.ssid) return
    const same = bySsid.get(now.ssid) ?? new Set<StudentId>()
    bySsid.set(now.ssid, same.add(id))
    own.same = same
  }

  function put(record: RegistryRecord): boolean {
    const seqs = newest.get(record.kind) ?? new Map<string, number>()
    if ((seqs.get(record.id) ?? Number.NEGATIVE_INFINITY) > record.seq) return false
    newest.set(record.kind, seqs.set(record.id, record.seq))
    if (record.kind === 'enrollment') {
      const before = store.enrollment.get(record.id)
      if (before) held(before.student).enrollments = without(held(before.student).enrollments, before.id)
      if (!record.ended)
        held(record.body.student).enrollments = inPlace(held(record.body.student).enrollments, record.body, (one) => one.from)
    }
    if (record.kind === 'absence') {
      const before = store.absence.get(record.id)
      if (before) held(before.student).absences = without(held(before.student).absences, before.id)
      if (!record.ended) held(record.body.student).absences = inPlace(held(record.body.student).absences, record.body, (one) => one.on)
    }
    if (record.kind === 'student') putStudent(record.body.id, record.ended ? undefined : record.body)
    const kind: Map<string, RecordOf[RecordKind]> = store[record.kind]
    if (record.ended) kind.delete(record.id)
    else kind.set(record.id, record.body)
    return true
  }

  return {
    put,
    sites: store.site,
    staff: store.staff,
    students: store.student,
    sections: store.section,
    absence: (id) => store.absence.get(id),
    district: () => store.district.values().next().value,
    policies: () => [...store.policy.values()].sort((a, b) => byCodeUnits(a.from, b.from)),
    of: (student) => students.get(student) ?? NOTHING,
  }
}

const NONE: readonly never[] = []
const NOTHING: Held = { student: undefined, enrollments: NONE, absences: NONE, same: new Set() }

const without = <R extends { readonly id: string }>(list: readonly R[], id: string): readonly R[] => list.filter((one) => one.id !== id)

/** The list with one more where it belongs in date order. */
function inPlace<R extends { readonly id: string }>(list: readonly R[], now: R, dateOf: (record: R) => SchoolDate): readonly R[] {
  const isEarlier = (one: R): boolean => dateOf(one) < dateOf(now) || (dateOf(one) === dateOf(now) && one.id < now.id)
  const place = list.findLastIndex(isEarlier) + 1
  return [...list.slice(0, place), now, ...list.slice(place)]
}
