import { en as common } from './common.ts'
import { enFormat } from './format.ts'
import { en as reasons } from './reasons.ts'
import { en as student } from './student.ts'
import { en as teacher } from './teacher.ts'

/** The sentences of the teacher's screens, in English. Those of the desks and of setting up are in `late.ts`. */
export const en = { format: enFormat, common, teacher, student, reasons }
