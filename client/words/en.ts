import { en as common } from './common.ts'
import { en as coordinator } from './coordinator.ts'
import { en as district } from './district.ts'
import { enFormat } from './format.ts'
import { en as reasons } from './reasons.ts'
import { en as rules } from './rules.ts'
import { en as setup } from './setup.ts'
import { en as student } from './student.ts'
import { en as teacher } from './teacher.ts'

/** Every sentence a person reads, in English. */
export const en = { format: enFormat, common, setup, teacher, student, reasons, rules, coordinator, district }
