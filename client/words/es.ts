import { es as common } from './common.ts'
import type { en } from './en.ts'
import { esFormat } from './format.ts'
import { es as reasons } from './reasons.ts'
import { es as student } from './student.ts'
import { es as teacher } from './teacher.ts'

/** The same sentences in Spanish. A missing one does not compile. */
export const es: typeof en = { format: esFormat, common, teacher, student, reasons }
