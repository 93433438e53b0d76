/** Words that stand around every screen of a teacher: what is saved and sent, the sign-in, the frame. */
import { stop } from './format.ts'
import type { StorageFault } from '../log/db.ts'
import type { Network } from '../sync/syncState.ts'

const faults: Readonly<Record<StorageFault | 'ended', string>> = {
  full: 'The last entry was not saved: this device’s storage is full. Free some space, then enter it again. Everything saved before is safe.',
  lost: 'The last entry was not saved: the browser lost its storage for a moment. Check the row and enter it again.',
  moved:
    'The last entry was not saved: in another window a PIN was being set for this tablet. Open the app anew, unlock it, and enter it again.',
  other: 'The last entry was not saved. Check the row and enter it again.',
  ended:
    'This was not recorded: your sign-in has ended for use without a network. Sign in with your password where there is a network; if this device’s clock is wrong, set it right instead.',
}

const network: Readonly<Record<Network, string>> = {
  unknown: 'Not checked yet',
  online: 'Connected',
  offline: 'Offline',
  portal: 'Is this network asking you to sign in?',
  signedOut: 'Sign in again to send',
  refused: 'The server could not take it',
  busy: 'The server is busy: trying again soon',
  tooOld: 'This version is too old to send: update Recoup. Everything stays here',
}

export const en = {
  // status, everywhere
  mark: { saving: 'Saving', saved: 'Saved here', sent: 'Sent', confirmed: 'Confirmed', attention: 'Needs attention' },
  network,
  savedHere: (n: number): string => `${n} saved here`,
  sentWaiting: (n: number): string => `${n} sent`,
  needAttention: (n: number): string => (n === 1 ? '1 needs attention' : `${n} need attention`),
  lastConfirmed: (time: string): string => `Last confirmed ${time}`,
  allConfirmed: (time: string): string => `All confirmed ${time}`,
  nothingUnsent: 'Nothing unsent',
  downloading: (done: string, of: string): string => `Downloading ${done} of about ${of}`,
  metered: 'Saving mobile data: press Try now to send',
  join: (parts: readonly string[]): string => parts.join(' · '),
  statusLabel: 'What is saved and sent',
  faults,
  understood: 'I understand',

  // frame
  home: 'Today',
  device: 'This device',
  outbox: 'Not yet confirmed',
  newVersion: 'A new version of Recoup is ready.',
  update: 'Update now',
  signedInUntil: (date: string): string => `Works offline until ${date}`,
  signedInBefore: (date: string): string => `Worked offline until ${date}`,
  signInExpired:
    'Your sign-in has ended for use without a network. Everything you recorded is kept and sent; to record more, sign in with your password where there is a network.',
  endedByClock:
    'By this device’s clock your sign-in has ended for use without a network: if the clock is wrong, set it right and go on; if it is right, sign in with your password where there is a network.',
  signInEnds: (until: string): string =>
    `Without a network you can record until ${until}. To make it longer, sign in again where there is a network.`,
  clockSetBack: 'This device’s clock has been set back. Put it right: times are recorded with it.',
  lock: 'Lock',
}

const fallos: Readonly<Record<StorageFault | 'ended', string>> = {
  full: 'El último registro no se guardó: el dispositivo está lleno. Libere espacio y vuelva a registrarlo. Todo lo anterior está a salvo.',
  lost: 'El último registro no se guardó: el navegador perdió su almacenamiento por un momento. Revise la fila y regístrelo de nuevo.',
  moved:
    'El último registro no se guardó: en otra ventana se estaba creando un PIN para esta tableta. Abra de nuevo la aplicación, desbloquéela y vuelva a registrarlo.',
  other: 'El último registro no se guardó. Revise la fila y regístrelo de nuevo.',
  ended:
    'Esto no se registró: su acceso ya venció para el uso sin red. Entre con su contraseña donde haya red; si el reloj de este dispositivo está mal, póngalo en hora.',
}

export const es: typeof en = {
  mark: { saving: 'Guardando', saved: 'Guardado aquí', sent: 'Enviado', confirmed: 'Confirmado', attention: 'Requiere atención' },
  network: {
    unknown: 'Aún sin comprobar',
    online: 'Con conexión',
    offline: 'Sin conexión',
    portal: '¿Le pide esta red que inicie sesión?',
    signedOut: 'Vuelva a entrar para enviar',
    refused: 'El servidor no pudo recibirlo',
    busy: 'El servidor está ocupado: se intentará de nuevo pronto',
    tooOld: 'Esta versión es demasiado antigua para enviar: actualice Recoup. Todo queda guardado aquí',
  },
  savedHere: (n) => (n === 1 ? '1 guardado aquí' : `${n} guardados aquí`),
  sentWaiting: (n) => (n === 1 ? '1 enviado' : `${n} enviados`),
  needAttention: (n) => (n === 1 ? '1 requiere atención' : `${n} requieren atención`),
  lastConfirmed: (time) => `Última confirmación ${time}`,
  allConfirmed: (time) => `Todo confirmado ${time}`,
  nothingUnsent: 'Nada por enviar',
  downloading: (done, of) => `Descargando ${done} de unos ${of}`,
  metered: 'Ahorro de datos móviles: pulse «Intentar ahora» para enviar',
  join: (parts) => parts.join(' · '),
  statusLabel: 'Lo que está guardado y enviado',
  faults: fallos,
  understood: 'Entendido',

  home: 'Hoy',
  device: 'Este dispositivo',
  outbox: 'Aún sin confirmar',
  newVersion: 'Hay una versión nueva de Recoup.',
  update: 'Actualizar ahora',
  signedInUntil: (date) => `Funciona sin conexión hasta el ${date}`,
  signedInBefore: (date) => `Funcionó sin conexión hasta el ${date}`,
  signInExpired:
    'Su acceso ya venció para el uso sin red. Todo lo que registró se conserva y se envía; para registrar más, entre con su contraseña donde haya red.',
  endedByClock:
    'Según el reloj de este dispositivo, su acceso ya venció para el uso sin red: si el reloj está mal, póngalo en hora y continúe; si está bien, entre con su contraseña donde haya red.',
  signInEnds: (until) => `Sin red puede registrar hasta el ${stop(until)} Para prolongarlo, vuelva a entrar donde haya red.`,
  clockSetBack: 'El reloj de este dispositivo se ha atrasado. Póngalo en hora: los tiempos se registran con él.',
  lock: 'Bloquear',
}
