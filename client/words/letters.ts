/** Words of the letters to families: the merge fields, the wordings, the screen. */
import type { LetterKind } from '../../shared/api/followUps.ts'
import { plural } from './format.ts'

const letters: Readonly<Record<LetterKind, string>> = {
  invite: 'Invitation',
  missed: 'We missed your student',
  nearCap: 'Nearly all days recovered',
  progress: 'Progress so far',
}
const lettersEs: typeof letters = {
  invite: 'Invitación',
  missed: 'Extrañamos a su estudiante',
  nearCap: 'Casi todos los días recuperados',
  progress: 'Avance hasta ahora',
}

/** What can stand in a letter in double braces; each with what takes its place. */
export const MERGE_FIELDS = [
  'student',
  'grade',
  'school',
  'district',
  'today',
  'absences',
  'recovered',
  'left',
  'toNextDay',
  'section',
  'sessions',
  'lastCame',
  'signed',
] as const
export type MergeField = (typeof MERGE_FIELDS)[number]

const mergeFields: Readonly<Record<MergeField, string>> = {
  student: 'Name of the student',
  grade: 'Grade',
  school: 'School',
  district: 'District',
  today: 'Today’s date',
  absences: 'Absences that can be recovered',
  recovered: 'Days recovered so far',
  left: 'Days that can still be recovered',
  toNextDay: 'Time until the next day',
  section: 'Section',
  sessions: 'The next sessions, with room and hours',
  lastCame: 'When the student last came',
  signed: 'Who signs',
}
const mergeFieldsEs: typeof mergeFields = {
  student: 'Nombre del estudiante',
  grade: 'Grado',
  school: 'Escuela',
  district: 'Distrito',
  today: 'Fecha de hoy',
  absences: 'Ausencias que se pueden recuperar',
  recovered: 'Días recuperados hasta ahora',
  left: 'Días que aún se pueden recuperar',
  toNextDay: 'Tiempo hasta el próximo día',
  section: 'Grupo',
  sessions: 'Las próximas sesiones, con salón y horario',
  lastCame: 'Cuándo vino por última vez',
  signed: 'Quién firma',
}

const templates: Readonly<Record<LetterKind, { readonly title: string; readonly body: string }>> = {
  invite: {
    title: 'An invitation for {{student}}',
    body: `To the family of {{student}}, grade {{grade}}:

{{student}} has missed {{absences}} school days this year. We would like to help: {{school}} offers extra sessions with our teachers, free of charge, in which missed days can be made up.

The next sessions are:
{{sessions}}

Please come on time and stay until the end: every hour counts. If you have questions, or need help with transport or meals, call the school office.

We look forward to seeing {{student}}.

{{signed}}
{{school}}, {{district}}`,
  },
  missed: {
    title: 'We missed {{student}}',
    body: `To the family of {{student}}, grade {{grade}}:

{{student}} last came to {{section}} on {{lastCame}}, and has already recovered {{recovered}} school days. Well done!

There are {{left}} more days that can still be recovered this year, and {{toNextDay}} until the next one. The place is kept for {{student}}.

The next sessions are:
{{sessions}}

If something keeps {{student}} from coming, please tell us. We want to help.

{{signed}}
{{school}}, {{district}}`,
  },
  nearCap: {
    title: '{{student}} has nearly recovered every day',
    body: `To the family of {{student}}, grade {{grade}}:

{{student}} has recovered {{recovered}} school days, and can recover {{left}} more this year. After that, further sessions no longer recover absences, though {{student}} is welcome to come and learn.

The next sessions are:
{{sessions}}

Thank you for bringing {{student}} so regularly.

{{signed}}
{{school}}, {{district}}`,
  },
  progress: {
    title: 'How {{student}} is doing in {{section}}',
    body: `To the family of {{student}}, grade {{grade}}:

As of {{today}}, {{student}} has recovered {{recovered}} of {{absences}} absences. {{toNextDay}} are missing to the next day, and {{left}} more days can be recovered this year.

The next sessions are:
{{sessions}}

{{signed}}
{{school}}, {{district}}`,
  },
}
const templatesEs: typeof templates = {
  invite: {
    title: 'Una invitación para {{student}}',
    body: `A la familia de {{student}}, grado {{grade}}:

{{student}} ha faltado {{absences}} días a la escuela este año. Queremos ayudar: {{school}} ofrece sesiones adicionales con nuestros docentes, sin costo, en las que se pueden recuperar los días perdidos.

Las próximas sesiones son:
{{sessions}}

Por favor, lleguen a tiempo y quédense hasta el final: cada hora cuenta. Si tienen preguntas o necesitan ayuda con el transporte o la comida, llamen a la oficina de la escuela.

Esperamos ver a {{student}}.

{{signed}}
{{school}}, {{district}}`,
  },
  missed: {
    title: 'Extrañamos a {{student}}',
    body: `A la familia de {{student}}, grado {{grade}}:

{{student}} vino por última vez a {{section}} el {{lastCame}}, y ya recuperó {{recovered}} días de escuela. ¡Muy bien!

Este año aún se pueden recuperar {{left}} días más, y faltan {{toNextDay}} para el próximo. El lugar de {{student}} sigue reservado.

Las próximas sesiones son:
{{sessions}}

Si algo impide que {{student}} venga, díganos, por favor. Queremos ayudar.

{{signed}}
{{school}}, {{district}}`,
  },
  nearCap: {
    title: '{{student}} casi ha recuperado todos sus días',
    body: `A la familia de {{student}}, grado {{grade}}:

{{student}} ha recuperado {{recovered}} días de escuela y puede recuperar {{left}} más este año. Después, las sesiones ya no recuperan ausencias, aunque {{student}} puede seguir viniendo a aprender.

Las próximas sesiones son:
{{sessions}}

Gracias por traer a {{student}} con tanta constancia.

{{signed}}
{{school}}, {{district}}`,
  },
  progress: {
    title: 'Cómo va {{student}} en {{section}}',
    body: `A la familia de {{student}}, grado {{grade}}:

Al {{today}}, {{student}} ha recuperado {{recovered}} de {{absences}} ausencias. Faltan {{toNextDay}} para el próximo día, y este año se pueden recuperar {{left}} días más.

Las próximas sesiones son:
{{sessions}}

{{signed}}
{{school}}, {{district}}`,
  },
}

export const en = {
  letters: {
    title: 'Letters to families',
    sub: (n: number): string => `For ${plural(n, 'student', 'students')}. Look at them below, then print or save as PDF.`,
    which: 'Letter',
    names: letters,
    language: 'Language',
    languages: { en: 'English', es: 'Spanish', both: 'Both, one page each' },
    print: 'Print or save as PDF',
    note: (n: number): string => `Write ${plural(n, 'letter', 'letters')} into the follow-up`,
    noted: 'Written into the follow-up of each student.',
    none: 'Nobody is chosen',
    noneText: 'Choose students in the follow-up first, then open their letters.',
    toFollowUp: 'Go to the follow-up',
    change: 'Change the wording',
    changeTitle: (name: string, language: string): string => `Wording of “${name}” (${language})`,
    titleField: 'Title',
    bodyField: 'Letter',
    fields: 'What can stand in double braces',
    mergeFields,
    unknown: (names: string): string => `There is no such field: ${names}`,
    own: (who: string, when: string): string => `The district’s wording, by ${who}, ${when}`,
    reset: 'Back to the original',
    noSessions: 'We will tell you the next dates soon.',
    noSection: 'Attendance Recovery',
    templates,
  },
}

export const es: typeof en = {
  letters: {
    title: 'Cartas a las familias',
    sub: (n) => `Para ${plural(n, 'estudiante', 'estudiantes')}. Véalas abajo; luego imprímalas o guárdelas como PDF.`,
    which: 'Carta',
    names: lettersEs,
    language: 'Idioma',
    languages: { en: 'Inglés', es: 'Español', both: 'Ambos, una página cada uno' },
    print: 'Imprimir o guardar como PDF',
    note: (n) => `Anotar ${plural(n, 'carta', 'cartas')} en el seguimiento`,
    noted: 'Anotadas en el seguimiento de cada estudiante.',
    none: 'No hay nadie elegido',
    noneText: 'Primero elija estudiantes en el seguimiento; luego abra sus cartas.',
    toFollowUp: 'Ir al seguimiento',
    change: 'Cambiar el texto',
    changeTitle: (name, language) => `Texto de «${name}» (${language})`,
    titleField: 'Título',
    bodyField: 'Carta',
    fields: 'Lo que puede ir entre llaves dobles',
    mergeFields: mergeFieldsEs,
    unknown: (names) => `No existe este campo: ${names}`,
    own: (who, when) => `Texto del distrito, por ${who}, ${when}`,
    reset: 'Volver al original',
    noSessions: 'Pronto les diremos las próximas fechas.',
    noSection: 'Recuperación de asistencia',
    templates: templatesEs,
  },
}
