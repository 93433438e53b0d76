import { foldRosters } from '../roster.ts'
import type { Work } from '../source.ts'
import { countDemographics, readClasses, readCourses, readEnrollments } from './classes.ts'
import { TABLES, openOneRoster } from './files.ts'
import type { OneRosterFile, TableName } from './files.ts'
import { readOrgs } from './orgs.ts'
import { readTerms } from './terms.ts'
import { readUsers } from './users.ts'

const READERS: Readonly<Record<TableName, (work: Work, file: OneRosterFile) => Promise<void>>> = {
  orgs: readOrgs,
  academicSessions: readTerms,
  courses: readCourses,
  users: readUsers,
  classes: readClasses,
  enrollments: readEnrollments,
  demographics: countDemographics,
}

/** A OneRoster 1.1 CSV export, whole or delta: each table after those it refers to, then the rosters of the classes. */
export async function readOneRoster(work: Work): Promise<void> {
  const files = await openOneRoster(work)
  for (const table of TABLES) {
    const file = files.get(table)
    if (file) await READERS[table](work, file)
  }
  foldRosters(work.plan, 'oneroster')
}
