/** The daily digest as a letter: what is new for one person, in both languages, and never a student's name. */
import { ALERTS, type AlertKind } from '../../shared/api/alerts.ts'
import type { NewAlert } from './alerts.ts'

const EN: Readonly<Record<AlertKind, string>> = {
  backupFailed: 'The last backup failed',
  importFailed: 'Imports that failed',
  deviceSilent: 'Devices not heard from that still hold attendance',
  checkOutMissing: 'Sessions with check-outs missing',
  sessionOpen: 'Sessions that were never ended',
  notCertified: 'Sessions not certified',
  nearCap: 'Students near the yearly limit',
  reopenAsked: 'A signed period waits for a second person',
  manyFiles: 'Somebody took many files with many students',
  calendarMissing: 'The school year that has begun has no calendar',
  absencesOld: 'Absences were not imported for more than a week',
}
const ES: typeof EN = {
  backupFailed: 'La última copia de seguridad falló',
  importFailed: 'Importaciones que fallaron',
  deviceSilent: 'Dispositivos sin noticias que aún guardan asistencia',
  checkOutMissing: 'Sesiones con salidas que faltan',
  sessionOpen: 'Sesiones que no se terminaron',
  notCertified: 'Sesiones sin certificar',
  nearCap: 'Estudiantes cerca del límite del año',
  reopenAsked: 'Un periodo firmado espera a una segunda persona',
  manyFiles: 'Alguien se llevó muchos archivos con muchos estudiantes',
  calendarMissing: 'El año escolar que empezó no tiene calendario',
  absencesOld: 'Hace más de una semana que no se importan ausencias',
}

export interface Letter {
  readonly subject: string
  readonly text: string
}

/** The letter about some alerts; undefined when there is none: nobody is written to about what is fine.
 *  @param address where Recoup is reached */
export function digestLetter(alerts: readonly NewAlert[], address: string): Letter | undefined {
  if (alerts.length === 0) return undefined
  const lines = (words: typeof EN): string =>
    ALERTS.flatMap((kind) => {
      const n = alerts.filter((alert) => alert.kind === kind).length
      return n === 0 ? [] : [`- ${words[kind]}: ${n}`]
    }).join('\n')
  return {
    subject: `Recoup: ${alerts.length} new`,
    text: `New since the last digest:\n${lines(EN)}\n\nSee them: ${address}/alerts\n\nNuevo desde el último resumen:\n${lines(ES)}\n\nVerlos: ${address}/alerts\n`,
  }
}
