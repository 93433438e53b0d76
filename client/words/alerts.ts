/** Words of the digest: what one should know today. */
import type { AlertKind } from '../../shared/api/alerts.ts'

const kinds: Readonly<Record<AlertKind, { readonly title: string; readonly text: string; readonly act: string }>> = {
  backupFailed: { title: 'The last backup failed', text: 'Tell the person who runs the server today.', act: 'Look at it' },
  importFailed: {
    title: 'An import failed',
    text: 'Nothing of it was written: the records are as they were before. Put the file right and import it again.',
    act: 'Open the import',
  },
  reopenAsked: {
    title: 'A signed period waits for a second person',
    text: 'Somebody asked to open it for a supplement. Another one decides.',
    act: 'Open the periods',
  },
  manyFiles: {
    title: 'Many files with many students were taken',
    text: 'One person took eight or more within an hour. Ask why; if nobody knows, close the account.',
    act: 'Open people',
  },
  deviceSilent: {
    title: 'Devices that fell silent',
    text: 'They were not heard from for two days and still hold attendance. Find them and bring them to Wi-Fi.',
    act: 'Open the devices',
  },
  checkOutMissing: {
    title: 'Check-outs missing',
    text: 'Until somebody says when they left, these students earn nothing.',
    act: 'Resolve them',
  },
  sessionOpen: { title: 'Sessions never ended', text: 'Their teacher can end them, or you can with a reason.', act: 'Open the day' },
  notCertified: { title: 'Sessions not certified', text: 'Their days count only once the teacher has signed.', act: 'Open the day' },
  nearCap: { title: 'Students near the yearly limit', text: 'Plan their last sessions before days are lost.', act: 'Open the follow-up' },
  calendarMissing: {
    title: 'Schools without a calendar for this school year',
    text: 'Until it is imported, nobody can tell the school day from recovery time, and there is nothing to divide by.',
    act: 'Open schools and data',
  },
  absencesOld: { title: 'Absences are old', text: 'They were not imported for more than a week.', act: 'Import them' },
}
const kindsEs: typeof kinds = {
  backupFailed: { title: 'La última copia de seguridad falló', text: 'Avise hoy a quien administra el servidor.', act: 'Verla' },
  importFailed: {
    title: 'Una importación falló',
    text: 'No se guardó nada: los registros siguen como estaban. Corrija el archivo e impórtelo de nuevo.',
    act: 'Abrir la importación',
  },
  reopenAsked: {
    title: 'Un periodo firmado espera a una segunda persona',
    text: 'Alguien pidió abrirlo para un suplemento. Otra persona decide.',
    act: 'Abrir los periodos',
  },
  manyFiles: {
    title: 'Se llevaron muchos archivos con muchos estudiantes',
    text: 'Una persona se llevó ocho o más en una hora. Pregunte por qué; si nadie lo sabe, cierre la cuenta.',
    act: 'Ver las personas',
  },
  deviceSilent: {
    title: 'Dispositivos sin noticias',
    text: 'Llevan dos días sin comunicarse y aún guardan asistencia. Búsquelos y llévelos al Wi-Fi.',
    act: 'Ver los dispositivos',
  },
  checkOutMissing: {
    title: 'Faltan salidas',
    text: 'Hasta que alguien diga cuándo salieron, estos estudiantes no suman nada.',
    act: 'Resolverlas',
  },
  sessionOpen: { title: 'Sesiones sin terminar', text: 'Las puede terminar su docente, o usted con un motivo.', act: 'Ver el día' },
  notCertified: { title: 'Sesiones sin certificar', text: 'Sus días cuentan solo cuando el docente ha firmado.', act: 'Ver el día' },
  nearCap: {
    title: 'Estudiantes cerca del límite',
    text: 'Planee sus últimas sesiones antes de que se pierdan días.',
    act: 'Abrir el seguimiento',
  },
  calendarMissing: {
    title: 'Escuelas sin calendario de este año escolar',
    text: 'Mientras no se importe, nadie distingue la jornada escolar del tiempo de recuperación, y no hay entre qué dividir.',
    act: 'Ver escuelas y datos',
  },
  absencesOld: { title: 'Ausencias antiguas', text: 'Hace más de una semana que no se importan.', act: 'Importarlas' },
}

export const en = {
  title: 'Alerts',
  sub: 'What you should know today. Each is told once; nothing is said of what is fine.',
  seen: 'I have seen them',
  news: (n: number): string => `${n} new`,
  noneTitle: 'Everything is fine',
  none: 'When a device falls silent, a session stays open or a student comes near the limit, it stands here.',
  kinds,
  item: (name: string, where: string): string => [name, where].filter((part) => part !== '').join(', '),
}

export const es: typeof en = {
  title: 'Avisos',
  sub: 'Lo que conviene saber hoy. Cada cosa se dice una vez; de lo que va bien no se dice nada.',
  seen: 'Ya los vi',
  news: (n) => (n === 1 ? '1 nuevo' : `${n} nuevos`),
  noneTitle: 'Todo va bien',
  none: 'Cuando un dispositivo deje de comunicarse, una sesión siga abierta o un estudiante se acerque al límite, se verá aquí.',
  kinds: kindsEs,
  item: (name, where) => [name, where].filter((part) => part !== '').join(', '),
}
