/** Sentences for the reasons that rules and sync give. The rules name a reason; people read it here, and only here. */
import type { QuarantineReason } from '../../shared/api/sync.ts'
import type { Flag } from '../../shared/rules/california/flags.ts'
import type { HeldBy } from '../../shared/rules/california/claim.ts'
import type { NotCountedReason } from '../../shared/rules/california/reasons.ts'
import { plural } from './format.ts'

const notCounted: Readonly<Record<NotCountedReason, string>> = {
  outsideWindow: 'before or after the session’s scheduled time',
  break: 'during a break',
  noCertificatedTeacher: 'no certificated teacher was there',
  insideSchoolDay: 'inside the regular school day',
  ratioBreached: 'more students than the ratio allows',
  nonclassroom: 'the student is in a nonclassroom program',
  independentStudy: 'more than 15 school days of independent study',
  overlap: 'already counted in another session at the same time',
  missingCheckOut: 'no check-out: time without an end earns nothing',
  uncertified: 'the session is not certified yet',
  partOfAnHour: 'part of an hour: only whole hours add up',
  overMinimumDay: 'beyond the minimum day: one date is one day at most',
  leftOver: 'left over when the day was complete',
  programNotInForce: 'the law was not in force on this date',
}

const flags: Readonly<Record<Flag, string>> = {
  outsideWindow: 'Time outside the scheduled session',
  missingCheckOut: 'A check-out is missing',
  uncertified: 'A session is not certified',
  noCertificatedTeacher: 'Time without a certificated teacher',
  insideSchoolDay: 'Time inside the school day',
  ratioBreached: 'Too many students for the teachers there',
  nonclassroom: 'Nonclassroom program: not eligible',
  independentStudy: 'Long independent study: not eligible',
  overlap: 'Two sessions at the same time',
  capNear: 'Near the yearly limit',
  capReached: 'Yearly limit reached',
  absencesExhausted: 'Days banked: no absence left to recover',
  lateEntry: 'Entered later',
  clockSuspect: 'The device’s clock was in doubt',
}

const heldBy: Readonly<Record<HeldBy, string>> = {
  time: 'More time is needed for the next day.',
  absences: 'Every absence that can be recovered is recovered; further days are banked until there is one.',
  yearlyMost: 'The yearly limit is reached: no further day can be claimed this year.',
  none: 'Nothing is earned yet, and there is no absence to recover.',
}

const quarantine: Readonly<Record<QuarantineReason, string>> = {
  malformed: 'The district could not read it. It is kept on both sides.',
  idConflict: 'The district has another entry under the same number. Both are kept.',
  fork: 'Another entry took its place in this device’s record, as happens after a restored or copied device. Both are kept.',
  otherDevice: 'It was recorded by this device under an earlier sign-in. The coordinator can accept it.',
  chainBroken: 'It does not follow from what this device recorded before it. It is kept, and waits for the coordinator.',
  outsideSite: 'You are not assigned to this school or section now. It is kept, and waits for the coordinator.',
  unknownActor: 'The district does not know who recorded it. It is kept, and waits for the coordinator.',
  sessionConflict: 'The session it names belongs to another school. It is kept, and waits for the coordinator.',
}

export const en = {
  notCounted,
  flags,
  heldBy,
  quarantine,
  warnings: {
    ratioBreached: (students: number, teachers: number, most: number): string =>
      `${plural(students, 'student', 'students')} with ${plural(teachers, 'certificated teacher', 'certificated teachers')}: at most ${most} may be here. Until this is right, time may not count.`,
    noCertificatedTeacher: 'No certificated teacher is here now: time does not count.',
    insideSchoolDay: 'This session lies inside the regular school day: that part does not count.',
    needsUpdate: (n: number): string =>
      `${plural(n, 'entry needs', 'entries need')} a newer version of Recoup and ${n === 1 ? 'is' : 'are'} not counted here.`,
  },
}

export const es: typeof en = {
  notCounted: {
    outsideWindow: 'antes o después del horario de la sesión',
    break: 'durante un descanso',
    noCertificatedTeacher: 'no había docente con credencial',
    insideSchoolDay: 'dentro del día escolar regular',
    ratioBreached: 'más estudiantes de los que permite la proporción',
    nonclassroom: 'el estudiante está en un programa no presencial',
    independentStudy: 'más de 15 días escolares de estudio independiente',
    overlap: 'ya contado en otra sesión a la misma hora',
    missingCheckOut: 'sin salida: el tiempo sin final no acredita nada',
    uncertified: 'la sesión aún no está certificada',
    partOfAnHour: 'parte de una hora: solo se suman horas enteras',
    overMinimumDay: 'más allá del día mínimo: una fecha es un día como máximo',
    leftOver: 'sobró al completarse el día',
    programNotInForce: 'la ley no estaba en vigor en esta fecha',
  },
  flags: {
    outsideWindow: 'Tiempo fuera del horario de la sesión',
    missingCheckOut: 'Falta una salida',
    uncertified: 'Una sesión sin certificar',
    noCertificatedTeacher: 'Tiempo sin docente con credencial',
    insideSchoolDay: 'Tiempo dentro del día escolar',
    ratioBreached: 'Demasiados estudiantes para los docentes presentes',
    nonclassroom: 'Programa no presencial: no elegible',
    independentStudy: 'Estudio independiente largo: no elegible',
    overlap: 'Dos sesiones a la misma hora',
    capNear: 'Cerca del límite anual',
    capReached: 'Límite anual alcanzado',
    absencesExhausted: 'Días en reserva: no quedan ausencias por recuperar',
    lateEntry: 'Registrado después',
    clockSuspect: 'El reloj del dispositivo era dudoso',
  },
  heldBy: {
    time: 'Hace falta más tiempo para el siguiente día.',
    absences: 'Todas las ausencias recuperables están recuperadas; los demás días quedan en reserva hasta que haya una.',
    yearlyMost: 'Se alcanzó el límite anual: no se puede reclamar otro día este año.',
    none: 'Aún no se ha acreditado nada, y no hay ausencias por recuperar.',
  },
  quarantine: {
    malformed: 'El distrito no pudo leerlo. Se conserva en ambos lados.',
    idConflict: 'El distrito tiene otro registro con el mismo número. Se conservan los dos.',
    fork: 'Otro registro ocupó su lugar en este dispositivo, como pasa con un dispositivo restaurado o copiado. Se conservan los dos.',
    otherDevice: 'Este dispositivo lo registró con un acceso anterior. La coordinación puede aceptarlo.',
    chainBroken: 'No sigue a lo que este dispositivo registró antes. Se conserva y espera a la coordinación.',
    outsideSite: 'Usted no está asignado ahora a esta escuela o grupo. Se conserva y espera a la coordinación.',
    unknownActor: 'El distrito no conoce a quien lo registró. Se conserva y espera a la coordinación.',
    sessionConflict: 'La sesión que nombra es de otra escuela. Se conserva y espera a la coordinación.',
  },
  warnings: {
    ratioBreached: (students, teachers, most) =>
      `${plural(students, 'estudiante', 'estudiantes')} con ${plural(teachers, 'docente con credencial', 'docentes con credencial')}: puede haber como máximo ${most}. Hasta corregirlo, el tiempo podría no contar.`,
    noCertificatedTeacher: 'Ahora no hay docente con credencial: el tiempo no cuenta.',
    insideSchoolDay: 'Esta sesión cae dentro del día escolar regular: esa parte no cuenta.',
    needsUpdate: (n) =>
      `${plural(n, 'registro necesita', 'registros necesitan')} una versión más nueva de Recoup y no ${n === 1 ? 'se cuenta' : 'se cuentan'} aquí.`,
  },
}
