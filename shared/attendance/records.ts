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
  /** Oldest first. */
  enrollmentsOf(student: StudentId): readonly Enrollment[]
  /** Oldest first. */
  absencesOf(student: StudentId): readonly Absence[]
  /** The students that share a statewide identifier with this one, itself among them, in order of id. */
  sameStudent(student: StudentId): readonly [StudentId, ...StudentId[]]
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
  const enrollments = new Map<StudentId, readonly Enrollment[]>()
  const absences = new Map<StudentId, readonly Absence[]>()
  const bySsid = new Map<string, Set<StudentId>>()

  function indexSsid(before: Student | undefined, now: Student | undefined): void {
    if (before?.ssid) bySsid.get(before.ssid)?.delete(before.id)
    if (!now?.ssid) return
    const same = bySsid.get(now.ssid) ?? new Set<StudentId>()
    bySsid.set(now.ssid, same.add(now.id))
  }

  function put(record: RegistryRecord): boolean {
    const seqs = newest.get(record.kind) ?? new Map<string, number>()
    if ((seqs.get(record.id) ?? Number.NEGATIVE_INFINITY) > record.seq) return false
    newest.set(record.kind, seqs.set(record.id, record.seq))
    if (record.kind === 'enrollment') {
      index(enrollments, store.enrollment.get(record.id), record.ended ? undefined : record.body, (one) => one.from)
    }
    if (record.kind === 'absence') {
      index(absences, store.absence.get(record.id), record.ended ? undefined : record.body, (one) => one.on)
    }
    if (record.kind === 'student') indexSsid(store.student.get(record.id), record.ended ? undefined : record.body)
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
    policies: () => [...store.policy.values()].sort((a, b) => (a.from < b.from ? -1 : 1)),
    enrollmentsOf: (student) => enrollments.get(student) ?? NONE,
    absencesOf: (student) => absences.get(student) ?? NONE,
    sameStudent: (student) => {
      const ssid = store.student.get(student)?.ssid
      const same = ssid ? bySsid.get(ssid) : undefined
      if (!same || same.size < 2) return [student]
      const [first = student, ...others] = [...same].sort()
      return [first, ...others]
    },
  }
}

const NONE: readonly never[] = []

/** Takes what stood before out of its student's list, and puts what stands now where it belongs in date order. */
function index<R extends { readonly id: string; readonly student: StudentId }>(
  lists: Map<StudentId, readonly R[]>,
  before: R | undefined,
  now: R | undefined,
  dateOf: (record: R) => SchoolDate,
): void {
  if (before)
    lists.set(
      before.student,
      (lists.get(before.student) as readonly R[]).filter((one) => one.id !== before.id),
    )
  if (!now) return
  const list = lists.get(now.student) ?? NONE
  const isEarlier = (one: R): boolean => dateOf(one) < dateOf(now) || (dateOf(one) === dateOf(now) && one.id < now.id)
  const place = list.findLastIndex(isEarlier) + 1
  lists.set(now.student, [...list.slice(0, place), now, ...list.slice(place)])
}
