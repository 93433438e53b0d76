/** Which pages a role is shown and what it may change there. The server decides for itself; this only spares people closed doors. */
import { ROLES, type Role } from '../../../shared/api.ts'

export const PAGES = [
  'dashboard',
  'site',
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

/** Under which heading a page's link stands. */
export const PAGE_GROUPS = ['district', 'school', 'setup'] as const
export type PageGroup = (typeof PAGE_GROUPS)[number]
export const GROUP_OF: Readonly<Record<DeskPage, PageGroup>> = {
  dashboard: 'district',
  district: 'district',
  site: 'school',
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
  coordinator: [...SITE, 'people', 'rulebook'],
  district: ['dashboard', 'district', ...SITE, 'registry', 'import', 'people', 'policy', 'evidence', 'rulebook'],
  data: ['import', 'registry', 'people', 'dashboard', 'district', 'sections', 'devices', 'setAside', 'evidence', 'rulebook'],
  auditor: ['dashboard', 'district', 'site', 'students', 'calendar', 'sections', 'registry', 'policy', 'evidence', 'rulebook'],
  administrator: ['dashboard', 'district', ...SITE, 'registry', 'import', 'people', 'policy', 'evidence', 'rulebook'],
}

const runs = (role: Role): boolean => role === 'coordinator' || role === 'district' || role === 'administrator'
export const mayEditSections = (role: Role): boolean => runs(role) || role === 'data'
export const mayMatch = runs
/** Says whether what was set aside is taken in or left out. */
export const mayReview = mayEditSections
export const mayImport = (role: Role): boolean => PAGES_OF[role].includes('import')
/** Where the law leaves a choice: who decides. */
export const mayDecide = (role: Role): boolean => role === 'district' || role === 'administrator'
/** How the district's letters are worded. */
export const mayWord = (role: Role): boolean => role === 'district' || role === 'data' || role === 'administrator'
/** Roles, disabling, whose supervision counts. */
export const mayChangePeople = (role: Role): boolean => role === 'district' || role === 'data' || role === 'administrator'
/** The roles somebody may give: none that reaches further than the own. */
export function rolesToGive(giver: Role): readonly Role[] {
  if (giver === 'coordinator') return ['teacher']
  return giver === 'administrator' ? ROLES : ROLES.filter((role) => role !== 'administrator')
}
