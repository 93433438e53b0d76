/** Words of the teacher's screens, in one area. */
import * as device from './teacherDevice.ts'
import * as frame from './teacherFrame.ts'
import * as session from './teacherSession.ts'
import * as today from './teacherToday.ts'

export const en = { ...frame.en, ...today.en, ...session.en, ...device.en }
export const es: typeof en = { ...frame.es, ...today.es, ...session.es, ...device.es }
