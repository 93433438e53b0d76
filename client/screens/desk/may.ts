/** Which pages a role is shown and what it may change there. The server decides for itself; this only spares people closed doors. */
import type { Role } from '../../../shared/api.ts'

export const PAGES = ['site', 'students', 'walkIns', 'devices', 'setAside', 'sections', 'district', 'registry', 'import', 'people'] as const
export type DeskPage = (typeof PAGES)[number]

const SITE: readonly DeskPage[] = ['site', 'students', 'walkIns', 'devices', 'setAside', 'sections']

/** The pages of each role, in the order of its links. */
export const PAGES_OF: Readonly<Record<Role, readonly DeskPage[]>> = {
  teacher: [],
  coordinator: SITE,
  district: ['district', ...SITE, 'registry'],
  data: ['import', 'registry', 'district', 'devices', 'setAside'],
  auditor: ['district', 'site', 'students', 'devices', 'setAside', 'sections', 'registry'],
  administrator: ['district', ...SITE, 'registry', 'import', 'people'],
}

export const mayEditSections = (role: Role): boolean => role === 'coordinator' || role === 'administrator'
export const mayMatch = (role: Role): boolean => role === 'coordinator' || role === 'administrator'
export const mayImport = (role: Role): boolean => PAGES_OF[role].includes('import')
