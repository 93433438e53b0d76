/** The guide inside the app: short topics for each role, in both languages. A file of its own, loaded when somebody asks, kept for offline use. */
import type { Language } from './language.ts'

export type Reader = 'teacher' | 'coordinator' | 'district'
export interface Topic {
  readonly id: string
  readonly readers: readonly Reader[]
  readonly title: string
  readonly steps: readonly string[]
}
interface Guide {
  readonly title: string
  readonly sub: string
  readonly find: string
  readonly all: string
  readonly whose: string
  readonly readers: Readonly<Record<Reader, string>>
  readonly none: string
  readonly noneText: string
  readonly topics: readonly Topic[]
  readonly tour: {
    readonly title: string
    readonly step: (n: number, of: number) => string
    readonly skip: string
    readonly done: string
    readonly again: string
    readonly steps: Readonly<Record<Reader, readonly { readonly title: string; readonly text: string }[]>>
  }
}

const T: readonly Reader[] = ['teacher']
const C: readonly Reader[] = ['coordinator', 'district']
const D: readonly Reader[] = ['district']
const TC: readonly Reader[] = ['teacher', 'coordinator', 'district']

const en: Guide = {
  title: 'Help',
  sub: 'Short answers for your work. They are on this device and need no network.',
  find: 'Find in the guide',
  all: 'All',
  whose: 'For whom',
  readers: { teacher: 'Teachers', coordinator: 'Coordinators', district: 'District' },
  none: 'Nothing found',
  noneText: 'Try another word, or choose another reader.',
  topics: [
    {
      id: 'start',
      readers: T,
      title: 'Start a session',
      steps: [
        'On Today, tap Start session beside the section that meets.',
        'You supervise from then on. A second teacher joins under Teachers.',
        'A group that nobody planned: tap Start an unplanned session.',
      ],
    },
    {
      id: 'check-in',
      readers: T,
      title: 'Check students in and out',
      steps: [
        'One tap on a name checks in; one more checks out.',
        'A wrong tap: use Undo at the bottom within eight seconds, or More about the student afterwards.',
        'Somebody who is not on the list: Add walk-in, and type the name.',
      ],
    },
    {
      id: 'offline',
      readers: T,
      title: 'No network in the room',
      steps: [
        'Go on as always. Every tap is stored on the tablet before the screen says “Saved here”.',
        'The tablet sends by itself when it finds a network. “Confirmed” means the district has it.',
        'Today says until which day you can record without a network, and asks you to sign in again before it comes. What is downloaded stays.',
        'Nothing unsent is lost by signing out. The list What is saved and sent shows each record.',
      ],
    },
    {
      id: 'pin',
      readers: TC,
      title: 'A tablet that others use too',
      steps: [
        'Set a PIN: the card on Today, or This device. From then on others on this tablet do not see your students.',
        'It locks after two minutes without a touch; Lock does it at once. The next teacher touches her name and types her PIN.',
        'Forgotten? Sign in with your password and set another. Nothing you recorded is lost, and it is sent even while the tablet is locked.',
        'On a telephone that nobody but you unlocks, This device lets finger or face open it too.',
        'A PIN does not stop somebody who copies the tablet’s storage and has a computer to guess with. Report a lost tablet at once: it can be withdrawn.',
      ],
    },
    {
      id: 'end',
      readers: T,
      title: 'End and certify',
      steps: [
        'Tap End session. Say for each student still in when they left; Recoup never invents a time.',
        'Then certify: read the statement and type your name. Days count only after that.',
        'A later change asks you to certify again.',
        'Ended too early? Undo at once, or open it again under the roster until it is certified. A session begun by mistake is said there not to have taken place.',
      ],
    },
    {
      id: 'forgotten',
      readers: T,
      title: 'I forgot to check somebody out',
      steps: [
        'Open the session and tap More about the student, then Check out at another time.',
        'Give the time and the reason. The record shows both, and who entered it when.',
      ],
    },
    {
      id: 'ratio',
      readers: TC,
      title: 'Too many students for one teacher',
      steps: [
        'One certificated teacher may have 20 students at a time, and 10 where a TK or kindergarten student is there.',
        'Recoup warns at once. The minutes over the ratio may count for nobody: bring in a second teacher.',
      ],
    },
    {
      id: 'hours',
      readers: TC,
      title: 'How minutes become days',
      steps: [
        'A day is earned when the minutes of one date reach the student’s minimum day, or when whole hours add up to it.',
        'Each day recovers one absence. A year allows ten at most, and no more than the absences there are.',
        'Open any figure to see the sessions, the minutes and the law behind it.',
      ],
    },
    {
      id: 'day',
      readers: C,
      title: 'Close the day',
      steps: [
        'Today shows what stands out, most urgent first. Choose Resolve on a row, or choose several and resolve them together.',
        'The dialog says what it will change before it does. Every change needs a reason; add a photo of the paper if there is one.',
        'A session that never arrived: key it in from paper, look for its device, or say that it was not held.',
      ],
    },
    {
      id: 'follow-up',
      readers: C,
      title: 'Follow students up',
      steps: [
        'Follow-up shows who stopped coming, who is near or at the limit, who ran out of absences and who has just become eligible.',
        'Press Follow up on a row to note a call, give it to somebody by a date, or write down what came of it.',
        'Nothing written is ever changed; what turned out otherwise is written after it.',
      ],
    },
    {
      id: 'letters',
      readers: C,
      title: 'Letters to families',
      steps: [
        'Choose students in the follow-up, then Letters. Choose the letter and English, Spanish or both.',
        'Print, or save as PDF in the print window. Then write the letters into the follow-up with one press.',
        'The district office can change the wording for everybody.',
      ],
    },
    {
      id: 'paper',
      readers: C,
      title: 'A room without a device',
      steps: [
        'Print a paper roster on Today. Each row has a code.',
        'Afterwards key it in: type a code, press Enter, type the times. Attach a photo of the sheet.',
        'It becomes a late entry under the teacher, who certifies it.',
      ],
    },
    {
      id: 'walk-ins',
      readers: C,
      title: 'Match walk-ins',
      steps: [
        'Walk-ins shows names that teachers typed, with the students they are most likely.',
        'Choose the student; the time then counts for them.',
        'Somebody who is no student of the district, such as a visitor, is Nobody of ours: say why, and the name no longer waits.',
      ],
    },
    {
      id: 'devices',
      readers: C,
      title: 'A tablet that holds something back',
      steps: [
        'Devices shows what each tablet last said: how much it holds and since when.',
        'Bring it to Wi-Fi and open Recoup. If it cannot be reached, it can hand its records over as a file.',
      ],
    },
    {
      id: 'site-checklist',
      readers: C,
      title: 'Before the district signs a period',
      steps: [
        'Checklist shows what stands open at your school: sessions nobody signed, check-outs that are missing, a signature of somebody who was not there.',
        'Open an item and follow a line: it leads to where it is put right. What only the district office can change says so.',
      ],
    },
    {
      id: 'calendar',
      readers: C,
      title: 'Plan sessions',
      steps: [
        'The calendar shows sessions by month or week, how full they are, and what they clash with.',
        'Whom to invite opens the planner: who would gain most from that session.',
      ],
    },
    {
      id: 'overview',
      readers: D,
      title: 'Read the overview',
      steps: [
        'Every counted figure opens to the students or sessions behind it.',
        'Compare by school, grades, section or teacher. The forecast continues what the sessions held so far earned.',
        'Enter rates and costs to see money and the cost of a recovered day.',
      ],
    },
    {
      id: 'roster',
      readers: D,
      title: 'The merged roster',
      steps: [
        'Find, filter and sort over all schools. Columns chooses what is shown and saves a view under a name.',
        'Arrow keys move from row to row, Enter opens the reasons. Download CSV takes all of it along.',
      ],
    },
    {
      id: 'newYear',
      readers: C,
      title: 'A new school year',
      steps: [
        'It begins on 1 July: totals begin anew, and what was earned before stays with its own year.',
        'Import calendar and students of the new year. Schools and data names the schools that have no calendar yet.',
        'Until the end of August, reports begin with the year that is over. The year stands beside the title and can be changed; rosters show an earlier year as of 30 June.',
        'Open a section of last year, take out whoever is not enrolled here now, and give it new dates. Until then it has no meeting left.',
      ],
    },
    {
      id: 'alerts',
      readers: C,
      title: 'Alerts',
      steps: [
        'Alerts at the top tells what is new: silent devices, open sessions, students near the limit, failed backups. Each is told once.',
      ],
    },
  ],
  tour: {
    title: 'First steps',
    step: (n, of) => `${n} of ${of}`,
    skip: 'Skip',
    done: 'Begin',
    again: 'Show the first steps again',
    steps: {
      teacher: [
        { title: 'Today is your list', text: 'Your sections that meet today stand here. One tap starts a session.' },
        { title: 'A tap is enough', text: 'Tap a name to check in, tap again to check out. It works without a network.' },
        { title: 'End, then certify', text: 'At the end say who left when and sign with your name. Only then do the days count.' },
      ],
      coordinator: [
        { title: 'Today first', text: 'What stands out in your school’s sessions, most urgent first. Resolve it with a reason.' },
        { title: 'Then the students', text: 'Follow-up shows who stopped coming and who is near a limit, and keeps what you did.' },
        { title: 'Plan ahead', text: 'Calendar and planner show where there is room, and who would gain most.' },
      ],
      district: [
        { title: 'Overview', text: 'What was recovered, where, and what it is worth. Every figure opens to what is behind it.' },
        { title: 'Merged roster', text: 'Every student of every school: filter, sort, save views, download.' },
        { title: 'Nothing is hidden', text: 'Alerts tells what waits. The rulebook says why a figure is what it is.' },
      ],
    },
  },
}

const es: Guide = {
  title: 'Ayuda',
  sub: 'Respuestas cortas para su trabajo. Están en este dispositivo y no necesitan red.',
  find: 'Buscar en la guía',
  all: 'Todo',
  whose: 'Para quién',
  readers: { teacher: 'Docentes', coordinator: 'Coordinación', district: 'Distrito' },
  none: 'No se encontró nada',
  noneText: 'Pruebe otra palabra o elija a otro lector.',
  topics: [
    {
      id: 'start',
      readers: T,
      title: 'Iniciar una sesión',
      steps: [
        'En Hoy, toque Iniciar sesión de clase junto al grupo que se reúne.',
        'Desde entonces usted supervisa. Un segundo docente entra en Docentes.',
        'Un grupo que nadie planeó: toque Iniciar una sesión no prevista.',
      ],
    },
    {
      id: 'check-in',
      readers: T,
      title: 'Registrar entradas y salidas',
      steps: [
        'Un toque en el nombre registra la entrada; otro, la salida.',
        'Si se equivoca: use Deshacer abajo durante ocho segundos, o después Más sobre el estudiante.',
        'Alguien que no está en la lista: Agregar sin lista, y escriba su nombre.',
      ],
    },
    {
      id: 'offline',
      readers: T,
      title: 'Sin red en el salón',
      steps: [
        'Siga como siempre. Cada toque se guarda en la tableta antes de que diga «Guardado aquí».',
        'La tableta envía sola cuando encuentra red. «Confirmado» significa que el distrito lo tiene.',
        'Hoy dice hasta qué día puede registrar sin red, y le pide volver a entrar antes de que llegue. Lo descargado se queda.',
        'Nada sin enviar se pierde al salir. La lista de lo guardado y enviado muestra cada registro.',
      ],
    },
    {
      id: 'pin',
      readers: TC,
      title: 'Una tableta que también usan otros',
      steps: [
        'Cree un PIN: en la tarjeta de Hoy o en Este dispositivo. Desde entonces, quien use la tableta no ve a sus estudiantes.',
        'Se bloquea tras dos minutos sin tocarla; Bloquear lo hace al momento. El siguiente docente toca su nombre y escribe su PIN.',
        '¿Lo olvidó? Entre con su contraseña y cree otro. Nada de lo registrado se pierde, y se envía incluso con la tableta bloqueada.',
        'En un teléfono que solo usted desbloquea, Este dispositivo permite abrirlo también con el dedo o la cara.',
        'Un PIN no detiene a quien copie lo guardado en la tableta y tenga una computadora para adivinar. Avise enseguida si la pierde: se puede retirar.',
      ],
    },
    {
      id: 'end',
      readers: T,
      title: 'Terminar y certificar',
      steps: [
        'Toque Terminar sesión de clase. Diga cuándo salió cada uno que sigue dentro; Recoup nunca inventa una hora.',
        'Después certifique: lea la declaración y escriba su nombre. Solo entonces cuentan los días.',
        'Un cambio posterior le pide certificar otra vez.',
        '¿Terminó antes de tiempo? Deshágalo al momento, o ábrala de nuevo bajo la lista hasta que se certifique. Ahí se dice también que una sesión iniciada por error no tuvo lugar.',
      ],
    },
    {
      id: 'forgotten',
      readers: T,
      title: 'Olvidé registrar una salida',
      steps: [
        'Abra la sesión, toque Más sobre el estudiante y luego Salida a otra hora.',
        'Dé la hora y el motivo. El registro muestra ambos, y quién lo anotó y cuándo.',
      ],
    },
    {
      id: 'ratio',
      readers: TC,
      title: 'Demasiados estudiantes para un docente',
      steps: [
        'Un docente certificado puede tener 20 estudiantes a la vez, y 10 donde hay alguien de TK o kínder.',
        'Recoup avisa de inmediato. Los minutos de más podrían no contar para nadie: traiga a un segundo docente.',
      ],
    },
    {
      id: 'hours',
      readers: TC,
      title: 'Cómo los minutos se vuelven días',
      steps: [
        'Se gana un día cuando los minutos de una fecha llegan al día mínimo del estudiante, o cuando horas enteras lo suman.',
        'Cada día recupera una ausencia. El año permite diez como máximo, y no más que las ausencias que hay.',
        'Abra cualquier cifra para ver las sesiones, los minutos y la ley que hay detrás.',
      ],
    },
    {
      id: 'day',
      readers: C,
      title: 'Cerrar el día',
      steps: [
        'Hoy muestra lo que llama la atención, lo más urgente primero. Elija Resolver en una fila, o elija varias y resuélvalas juntas.',
        'El cuadro dice qué cambiará antes de hacerlo. Todo cambio necesita un motivo; agregue una foto del papel si la hay.',
        'Una sesión que no llegó: cópiela del papel, busque su dispositivo o diga que no se realizó.',
      ],
    },
    {
      id: 'follow-up',
      readers: C,
      title: 'Dar seguimiento a estudiantes',
      steps: [
        'Seguimiento muestra quién dejó de venir, quién está cerca o en el límite, a quién no le quedan ausencias y quién acaba de ser candidato.',
        'Pulse Dar seguimiento en una fila para anotar una llamada, dejarla a cargo de alguien o escribir qué resultó.',
        'Lo escrito nunca se cambia; lo que resultó distinto se escribe después.',
      ],
    },
    {
      id: 'letters',
      readers: C,
      title: 'Cartas a las familias',
      steps: [
        'Elija estudiantes en el seguimiento y luego Cartas. Elija la carta y español, inglés o ambos.',
        'Imprima, o guarde como PDF en la ventana de impresión. Después anote las cartas en el seguimiento con un clic.',
        'La oficina del distrito puede cambiar el texto para todos.',
      ],
    },
    {
      id: 'paper',
      readers: C,
      title: 'Un salón sin dispositivo',
      steps: [
        'Imprima una lista en papel desde Hoy. Cada fila tiene un código.',
        'Después cópiela: escriba un código, pulse Intro y escriba las horas. Adjunte una foto de la hoja.',
        'Se vuelve una entrada tardía a nombre del docente, que la certifica.',
      ],
    },
    {
      id: 'walk-ins',
      readers: C,
      title: 'Identificar a quienes no estaban en la lista',
      steps: [
        'La página muestra los nombres que escribieron los docentes y a quién se parecen más.',
        'Elija al estudiante; su tiempo cuenta entonces para él.',
        'Quien no es estudiante del distrito, como una visita, No es del distrito: diga por qué, y el nombre deja de esperar.',
      ],
    },
    {
      id: 'devices',
      readers: C,
      title: 'Una tableta que aún guarda algo',
      steps: [
        'Dispositivos muestra lo último que dijo cada tableta: cuánto guarda y desde cuándo.',
        'Llévela al Wi-Fi y abra Recoup. Si no se puede conectar, puede entregar sus registros como archivo.',
      ],
    },
    {
      id: 'site-checklist',
      readers: C,
      title: 'Antes de que el distrito firme un periodo',
      steps: [
        'Lista de control muestra lo que queda pendiente en su escuela: sesiones sin firmar, salidas que faltan, la firma de quien no estuvo.',
        'Abra un punto y siga una línea: lleva a donde se corrige. Si solo lo puede cambiar la oficina del distrito, lo dice.',
      ],
    },
    {
      id: 'calendar',
      readers: C,
      title: 'Planear sesiones',
      steps: [
        'El calendario muestra sesiones por mes o semana, qué tan llenas están y con qué chocan.',
        'A quién invitar abre el planificador: quién ganaría más con esa sesión.',
      ],
    },
    {
      id: 'overview',
      readers: D,
      title: 'Leer el panorama',
      steps: [
        'Toda cifra contada se abre a los estudiantes o sesiones que hay detrás.',
        'Compare por escuela, grados, grupo o docente. El pronóstico continúa lo que ganaron las sesiones anteriores.',
        'Anote tarifas y costos para ver el dinero y el costo de un día recuperado.',
      ],
    },
    {
      id: 'roster',
      readers: D,
      title: 'La lista unificada',
      steps: [
        'Busque, filtre y ordene entre todas las escuelas. Columnas elige qué se ve y guarda una vista con nombre.',
        'Las flechas van de fila en fila; Intro abre los motivos. Descargar CSV se lleva todo.',
      ],
    },
    {
      id: 'newYear',
      readers: C,
      title: 'Un nuevo año escolar',
      steps: [
        'Empieza el 1 de julio: los totales empiezan de nuevo, y lo ganado antes queda en su propio año.',
        'Importe el calendario y los estudiantes del nuevo año. Escuelas y datos nombra las escuelas que aún no tienen calendario.',
        'Hasta el fin de agosto los reportes empiezan con el año que terminó. El año está junto al título y se puede cambiar; las listas muestran un año anterior al 30 de junio.',
        'Abra un grupo del año pasado, quite a quien hoy no está inscrito aquí y póngale fechas nuevas. Hasta entonces no le quedan reuniones.',
      ],
    },
    {
      id: 'alerts',
      readers: C,
      title: 'Avisos',
      steps: [
        'Avisos, arriba, dice lo nuevo: dispositivos sin noticias, sesiones abiertas, estudiantes cerca del límite, copias fallidas. Cada cosa una vez.',
      ],
    },
  ],
  tour: {
    title: 'Primeros pasos',
    step: (n, of) => `${n} de ${of}`,
    skip: 'Omitir',
    done: 'Empezar',
    again: 'Ver otra vez los primeros pasos',
    steps: {
      teacher: [
        { title: 'Hoy es su lista', text: 'Aquí están sus grupos de hoy. Un toque inicia una sesión.' },
        { title: 'Basta un toque', text: 'Toque un nombre para la entrada y otra vez para la salida. Funciona sin red.' },
        { title: 'Terminar y certificar', text: 'Al final diga quién salió cuándo y firme con su nombre. Solo entonces cuentan los días.' },
      ],
      coordinator: [
        {
          title: 'Primero, Hoy',
          text: 'Lo que llama la atención en las sesiones de su escuela, lo más urgente primero. Resuélvalo con un motivo.',
        },
        {
          title: 'Luego, los estudiantes',
          text: 'Seguimiento muestra quién dejó de venir y quién está cerca de un límite, y guarda lo que usted hizo.',
        },
        { title: 'Planee', text: 'El calendario y el planificador muestran dónde hay lugar y quién ganaría más.' },
      ],
      district: [
        { title: 'Panorama', text: 'Qué se recuperó, dónde y cuánto vale. Toda cifra se abre a lo que hay detrás.' },
        { title: 'Lista unificada', text: 'Cada estudiante de cada escuela: filtre, ordene, guarde vistas, descargue.' },
        { title: 'Nada se esconde', text: 'Avisos dice lo que espera. El reglamento dice por qué una cifra es la que es.' },
      ],
    },
  },
}

export const GUIDE: Readonly<Record<Language, Guide>> = { en, es }
