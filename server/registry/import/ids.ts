import { createHash } from 'node:crypto'
import { as } from '../../../shared/ids.ts'
import type { SiteId, StaffId, StudentId } from '../../../shared/ids.ts'

/**
 * An id made from how files name a thing, so that every file that names it alike meets the same record, in any order of import.
 * What is long or has unusual characters is shortened by a hash, behind `_` where others have `-`: the two can never meet.
 */
export function stableId(prefix: string, key: string): string {
  if (/^[A-Za-z0-9_-]{1,48}$/.test(key)) return `${prefix}-${key}`
  return `${prefix}_${createHash('sha256').update(key).digest('hex').slice(0, 24)}`
}

/** A site, by the code the student information system gives it. */
export const siteId = (code: string): SiteId => as<SiteId>(stableId('site', code))
/** A student, by the student information system's own number. */
export const studentId = (localId: string): StudentId => as<StudentId>(stableId('stu', localId))
/** A person of the staff, by the number or address the files give. */
export const staffId = (key: string): StaffId => as<StaffId>(stableId('staff', key))
