/** Which pages a role is shown and what it may change there. The server decides for itself; this only spares people closed doors. */
import { mayGive, ROLES, type Role } from '../../../shared/api/people.ts'

export const PAGES = [
  'dashboard',
  'periods',
  'stas',
  'sisFiles',
  'rates',
  'packets',
  'site',
  'checklist',
  'followUp',
  'students',
  'calendar',
  'walkIns',
  'devices',
  'setAside',
  'sections',
  'planner',
  'district',
  'registry',
  'import',
  'people',
  'policy',
  'evidence',
  'rulebook',
] as const
export type DeskPage = (typeof PAGES)[number]

const SITE: readonly DeskPage[] = ['site', 'followUp', 'students', 'calendar', 'planner', 'walkIns', 'sections', 'devices', 'setAside']

/** What leaves the district: reports, files, packets. */
const REPORTS: readonly DeskPage[] = ['periods', 'stas', 'sisFiles', 'packets']

/** Under which heading a page's link stands. */
export const PAGE_GROUPS = ['district', 'school', 'setup'] as const
export type PageGroup = (typeof PAGE_GROUPS)[number]
export const GROUP_OF: Readonly<Record<DeskPage, PageGroup>> = {
  dashboard: 'district',
  periods: 'district',
  stas: 'district',
  sisFiles: 'district',
  rates: 'setup',
  packets: 'district',
  district: 'district',
  site: 'school',
  checklist: 'school',
  followUp: 'school',
  students: 'school',
  calendar: 'school',
  planner: 'school',
  walkIns: 'school',
  sections: 'school',
  devices: 'school',
  setAside: 'school',
  registry: 'setup',
  import: 'setup',
  people: 'setup',
  policy: 'setup',
  evidence: 'setup',
  rulebook: 'setup',
}

/** The pages of each role, in the order of its links. */
export const PAGES_OF: Readonly<Record<Role, readonly DeskPage[]>> = {
  teacher: ['rulebook'],
  substitute: ['rulebook'],
  coordinator: [...SITE, 'checklist', 'people', 'rulebook'],
  district: ['dashboard', 'district', ...REPORTS, ...SITE, 'registry', 'import', 'people', 'policy', 'rates', 'evidence', 'rulebook'],
  data: [
    'import',
    'registry',
    'people',
    'dashboard',
    'district',
    ...REPORTS,
    'rates',
    'sections',
    'devices',
    'setAside',
    'evidence',
    'rulebook',
  ],
  auditor: [
    'dashboard',
    'district',
    'periods',
    'stas',
    'packets',
    'site',
    'students',
    'calendar',
    'sections',
    'registry',
    'policy',
    'evidence',
    'rulebook',
  ],
  administrator: ['dashboard', 'district', ...REPORTS, ...SITE, 'registry', 'import', 'people', 'policy', 'rates', 'evidence', 'rulebook'],
}

/** Holds a tablet, not a desk. */
export const isTeaching = (role: Role): boolean => role === 'teacher' || role === 'substitute'
const runs = (role: Role): boolean => role === 'coordinator' || role === 'district' || role === 'administrator'
export const mayEditSections = (role: Role): boolean => runs(role) || role === 'data'
export const mayMatch = runs
/** Says whether what was set aside is taken in or left out. */
export const mayReview = mayEditSections
export const mayImport = (role: Role): boolean => PAGES_OF[role].includes('import')
/** Where the law leaves a choice: who decides. */
export const mayDecide = (role: Role): boolean => role === 'district' || role === 'administrator'
/** Signs a reporting period. */
export const maySign = mayDecide
/** Makes the files that are sent. */
export const maySend = (role: Role): boolean => PAGES_OF[role].includes('sisFiles')
/** How the district's letters are worded. */
export const mayWord = (role: Role): boolean => role === 'district' || role === 'data' || role === 'administrator'
/** Roles, disabling, whose supervision counts. */
export const mayChangePeople = (role: Role): boolean => role === 'district' || role === 'data' || role === 'administrator'
/** The roles somebody may give: none that reaches further than the own. */
export const rolesToGive = (giver: Role): readonly Role[] => ROLES.filter((role) => mayGive(giver, role))
