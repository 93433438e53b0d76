import type { DistrictSize } from './makeDistrict.ts'

/** A district of the size that imports are promised for: 6,000 students, 30,000 places in classes, some 23,000 absences. */
export const BIG: DistrictSize = { seed: 6000, schools: 9, students: 6_000, classesEach: 5, absencesEach: 4.2 }
