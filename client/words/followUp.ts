/** Words of following students up: who needs attention, what was done, letters to families. */
import type { LetterKind, Outcome } from '../../shared/api/followUps.ts'
import type { Attention } from '../../shared/report/attention.ts'
import { plural } from './format.ts'

const kinds: Readonly<Record<Attention, string>> = {
  stopped: 'Stopped coming',
  atCap: 'At the limit',
  outOfAbsences: 'Out of absences',
  nearCap: 'Near the limit',
  newlyEligible: 'Newly eligible',
}
const kindsEs: typeof kinds = {
  stopped: 'Dejó de venir',
  atCap: 'En el límite',
  outOfAbsences: 'Sin ausencias',
  nearCap: 'Cerca del límite',
  newlyEligible: 'Nuevos candidatos',
}
const kindText = (most: number, from: number, missed: number): Readonly<Record<Attention, string>> => ({
  stopped: `Came before, then missed the last ${missed} sessions planned for them, and still has days to recover.`,
  atCap: `Recovered ${most} days, the most a year allows. Further days would not count.`,
  outOfAbsences: 'Every absence that can be recovered is recovered. Further days wait for a new absence.',
  nearCap: `One or two days below the most a year allows (${most}). Plan the last sessions with care.`,
  newlyEligible: `Reached ${from} recoverable absences with the last import. Invite them first.`,
})
const kindTextEs: typeof kindText = (most, from, missed) => ({
  stopped: `Vino antes, faltó a las últimas ${missed} sesiones previstas y aún tiene días por recuperar.`,
  atCap: `Recuperó ${most} días, el máximo del año. Los siguientes no contarían.`,
  outOfAbsences: 'Toda ausencia recuperable ya está recuperada. Los siguientes días esperan una nueva ausencia.',
  nearCap: `A uno o dos días del máximo del año (${most}). Planee con cuidado las últimas sesiones.`,
  newlyEligible: `Llegó a ${from} ausencias recuperables con la última importación. Invítelos primero.`,
})
const outcomes: Readonly<Record<Outcome, string>> = {
  comesAgain: 'Comes again',
  willCome: 'Family says the student will come',
  declined: 'Family declined',
  moved: 'Moved or left the school',
  notReached: 'Could not be reached',
  notNeeded: 'No follow-up needed',
}
const outcomesEs: typeof outcomes = {
  comesAgain: 'Ya viene otra vez',
  willCome: 'La familia dice que vendrá',
  declined: 'La familia no quiso',
  moved: 'Se mudó o dejó la escuela',
  notReached: 'No se pudo contactar',
  notNeeded: 'No hace falta seguimiento',
}
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

{{student}} ha faltado {{absences}} días a la escuela este año. Queremos ayudar: {{school}} ofrece sesiones adicionales con nuestros maestros, sin costo, en las que se pueden recuperar los días perdidos.

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
  title: 'Follow-up',
  sub: (school: string): string => `${school}: who comes, who stopped, and who is near a limit`,
  figures: {
    enrolled: 'Enrolled',
    enrolledNote: 'on a section’s list',
    attending: 'Attending',
    attendingNote: (never: number): string => (never === 0 ? 'everybody came at least once' : `${never} never came`),
    rate: 'Rate',
    rateNote: 'of the planned places',
    stopped: 'Stopped coming',
    stoppedNote: (n: number): string => `missed ${n} in a row`,
    near: 'Near or at the limit',
    nearNote: (most: number): string => `${most - 2} or more of ${most} days`,
    open: 'Open follow-ups',
    openNote: (late: number): string => (late === 0 ? 'none is late' : `${late} past the date agreed`),
  },
  filter: 'Who is shown',
  everybody: 'All',
  needAttention: 'Need attention',
  openOnes: 'Open follow-ups',
  kinds,
  kindText,
  tableLabel: 'Students with how they come, what they recovered, and what is being done',
  columns: {
    student: 'Student',
    grade: 'Grade',
    section: 'Section',
    came: 'Came',
    last: 'Last came',
    absences: 'Absences',
    recovered: 'Recovered',
    next: 'Next day',
    state: 'State',
    followUp: 'Follow-up',
  },
  cameOf: (came: number, of: number, rate: string): string => `${came} of ${of} · ${rate}`,
  never: 'Never',
  ofMost: (n: number, most: number): string => `${n} of ${most}`,
  toNext: (left: string): string => `${left} to the next day`,
  nothingLeft: 'none left',
  waits: (who: string): string => `With ${who}`,
  due: (date: string): string => `by ${date}`,
  noted: 'Noted',
  follow: 'Follow up',
  followOn: (name: string): string => `Follow up: ${name}`,
  assignMany: 'Assign…',
  lettersFor: 'Letters…',
  emptyTitle: 'No student of this school is on a section’s list',
  empty: 'Put students on a section’s list first. How they come then shows here after the first session.',
  noneTitle: 'Nobody here needs it',
  none: 'No student is in this state now. Choose another filter to see the others.',
  choicesTitle: 'What is worth a look',
  eligibleFrom: 'Newly eligible from so many absences',
  missedInRow: 'Stopped coming after so many missed sessions',
  choicesSave: 'Save for the district',
  importedOn: (when: string): string => `Absences were last imported ${when}.`,
  case: {
    title: (name: string): string => `Follow-up: ${name}`,
    nothing: 'Nothing is written down yet.',
    history: 'What was done',
    write: 'Write down',
    what: 'What',
    kinds: { note: 'A note', assigned: 'Who does it', outcome: 'What came of it' },
    text: 'Text',
    noteHint: 'Such as whom you called and what they said. It stays, with your name and the time.',
    to: 'Who',
    due: 'By when',
    outcome: 'Outcome',
    more: 'Anything to add',
    save: 'Write it down',
    needText: 'Write a few words.',
    needWho: 'Choose a person.',
    saved: 'Written down.',
    byOn: (who: string, when: string): string => `${who}, ${when}`,
    assigned: (to: string, due: string | null): string => (due === null ? `Given to ${to}` : `Given to ${to}, by ${due}`),
    letter: (what: string): string => `Letter: ${what}`,
    full: 'All sessions and days',
  },
  many: {
    title: (n: number): string => `Assign ${plural(n, 'student', 'students')}`,
    says: (n: number, to: string): string =>
      `${plural(n, 'follow-up', 'follow-ups')} will be given to ${to}. Nothing else changes; each is written down with your name.`,
    go: 'Assign them',
    done: (n: number): string => `${plural(n, 'student', 'students')} assigned.`,
  },
  outcomes,
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
  title: 'Seguimiento',
  sub: (school) => `${school}: quién viene, quién dejó de venir y quién está cerca de un límite`,
  figures: {
    enrolled: 'Inscritos',
    enrolledNote: 'en la lista de un grupo',
    attending: 'Asisten',
    attendingNote: (never) => (never === 0 ? 'todos vinieron al menos una vez' : `${never} nunca vinieron`),
    rate: 'Tasa',
    rateNote: 'de los lugares previstos',
    stopped: 'Dejaron de venir',
    stoppedNote: (n) => `faltaron ${n} seguidas`,
    near: 'Cerca o en el límite',
    nearNote: (most) => `${most - 2} o más de ${most} días`,
    open: 'Seguimientos abiertos',
    openNote: (late) => (late === 0 ? 'ninguno atrasado' : `${late} pasaron la fecha acordada`),
  },
  filter: 'Quiénes se ven',
  everybody: 'Todos',
  needAttention: 'Piden atención',
  openOnes: 'Seguimientos abiertos',
  kinds: kindsEs,
  kindText: kindTextEs,
  tableLabel: 'Estudiantes: cómo vienen, qué recuperaron y qué se está haciendo',
  columns: {
    student: 'Estudiante',
    grade: 'Grado',
    section: 'Grupo',
    came: 'Vino',
    last: 'Última vez',
    absences: 'Ausencias',
    recovered: 'Recuperados',
    next: 'Próximo día',
    state: 'Estado',
    followUp: 'Seguimiento',
  },
  cameOf: (came, of, rate) => `${came} de ${of} · ${rate}`,
  never: 'Nunca',
  ofMost: (n, most) => `${n} de ${most}`,
  toNext: (left) => `faltan ${left} para el próximo día`,
  nothingLeft: 'ya no quedan',
  waits: (who) => `Lo lleva ${who}`,
  due: (date) => `antes del ${date}`,
  noted: 'Anotado',
  follow: 'Dar seguimiento',
  followOn: (name) => `Dar seguimiento: ${name}`,
  assignMany: 'Asignar…',
  lettersFor: 'Cartas…',
  emptyTitle: 'Ningún estudiante de esta escuela está en la lista de un grupo',
  empty: 'Primero ponga estudiantes en la lista de un grupo. Cómo vienen se ve aquí después de la primera sesión.',
  noneTitle: 'Nadie lo necesita aquí',
  none: 'Ningún estudiante está en este estado ahora. Elija otro filtro para ver a los demás.',
  choicesTitle: 'Qué merece atención',
  eligibleFrom: 'Nuevo candidato desde tantas ausencias',
  missedInRow: 'Dejó de venir tras faltar a tantas sesiones',
  choicesSave: 'Guardar para el distrito',
  importedOn: (when) => `Las ausencias se importaron por última vez ${when}.`,
  case: {
    title: (name) => `Seguimiento: ${name}`,
    nothing: 'Todavía no hay nada anotado.',
    history: 'Lo que se hizo',
    write: 'Anotar',
    what: 'Qué',
    kinds: { note: 'Una nota', assigned: 'Quién lo hace', outcome: 'Qué resultó' },
    text: 'Texto',
    noteHint: 'Por ejemplo, a quién llamó y qué le dijeron. Queda con su nombre y la hora.',
    to: 'Quién',
    due: 'Para cuándo',
    outcome: 'Resultado',
    more: 'Algo que agregar',
    save: 'Anotarlo',
    needText: 'Escriba unas palabras.',
    needWho: 'Elija a una persona.',
    saved: 'Anotado.',
    byOn: (who, when) => `${who}, ${when}`,
    assigned: (to, due) => (due === null ? `A cargo de ${to}` : `A cargo de ${to}, antes del ${due}`),
    letter: (what) => `Carta: ${what}`,
    full: 'Todas las sesiones y días',
  },
  many: {
    title: (n) => `Asignar ${plural(n, 'estudiante', 'estudiantes')}`,
    says: (n, to) =>
      `${plural(n, 'seguimiento quedará', 'seguimientos quedarán')} a cargo de ${to}. Nada más cambia; cada uno se anota con su nombre.`,
    go: 'Asignarlos',
    done: (n) => `${plural(n, 'estudiante asignado', 'estudiantes asignados')}.`,
  },
  outcomes: outcomesEs,
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
