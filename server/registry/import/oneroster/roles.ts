/** What a role of the staff means here. Only teachers are taken to hold a certification document; a person may say otherwise later. */
export interface StaffRole {
  readonly title: string
  readonly certificated: boolean
}

const STAFF: Readonly<Record<string, StaffRole>> = {
  teacher: { title: 'Teacher', certificated: true },
  aide: { title: 'Aide', certificated: false },
  administrator: { title: 'Administrator', certificated: false },
  principal: { title: 'Principal', certificated: false },
  counselor: { title: 'Counselor', certificated: false },
  proctor: { title: 'Proctor', certificated: false },
  siteadministrator: { title: 'Site administrator', certificated: false },
  districtadministrator: { title: 'District administrator', certificated: false },
  systemadministrator: { title: 'System administrator', certificated: false },
}
const FAMILY: readonly string[] = ['guardian', 'parent', 'relative']

/** A role of the OneRoster vocabulary, in any case. */
export function roleOf(text: string): 'student' | 'family' | StaffRole | undefined {
  const role = text.toLowerCase()
  if (role === 'student') return 'student'
  if (FAMILY.includes(role)) return 'family'
  return Object.hasOwn(STAFF, role) ? STAFF[role] : undefined
}
