/** Words of PINs, of the lock screen, and of a sign-in that has ended for offline use. */
import { plural } from './format.ts'

export const en = {
  title: 'Locked',
  waiting: (n: number): string =>
    n === 0
      ? 'Nothing waits to be sent.'
      : `${plural(n, 'entry waits', 'entries wait')} to be sent. Sending goes on while the tablet is locked.`,
  unopened: (n: number): string =>
    `The district’s server could not open ${n === 1 ? 'one of them' : `${n} of them`} when last asked. Nothing is lost: each stays here and is offered again every hour. When its person unlocks here with a network, it is sent another way. If this stays, tell whoever keeps the server: its keys may be missing.`,
  carried: (n: number): string => `${plural(n, 'parcel of another device waits', 'parcels of other devices wait')} here to be brought.`,
  who: 'Who are you?',
  another: 'Somebody else',
  user: 'User name',
  pin: 'PIN',
  phrase: 'Passphrase',
  open: 'Unlock',
  opening: 'Unlocking…',
  password: 'Sign in with a password',
  passwordHint:
    'For a forgotten PIN, or for somebody who is new on this tablet. It needs a network. What waits to be sent stays and is sent.',
  wrong: (left: number): string => `This is not right. ${plural(left, 'try is', 'tries are')} left.`,
  unknown: 'Nobody of this name has a PIN on this tablet.',
  wait: (seconds: number): string =>
    seconds < 90
      ? `Too many wrong tries. Try again in ${plural(seconds, 'second', 'seconds')}.`
      : `Too many wrong tries. Try again in ${plural(Math.ceil(seconds / 60), 'minute', 'minutes')}.`,
  gone: 'Ten wrong tries: what could be read of this person on this tablet was taken away. Sign in with the password. What was recorded is kept, and is sent.',
  otherTab: 'Another window on this tablet is still open for somebody else. Close it and try again.',
  closed: {
    changed:
      'What is stored on this tablet was changed by something other than Recoup. What had come from the district comes anew; what was recorded here is sent as it was sealed when it was recorded.',
    otherDevice:
      'This browser is another device of the district by now. Sign in with the password and set a PIN once more. What was recorded is kept, and is sent.',
  },
  revoked: 'The district has withdrawn this tablet. What was recorded on it is sent; nothing else is left on it.',
  lock: 'Lock',
  offer: 'Do others use this tablet? With a PIN, nobody else who takes it sees your students.',
  set: 'Set a PIN',
  later: 'Not now',
  newTitle: 'Set a PIN',
  newPhraseTitle: 'Set a passphrase',
  needed: 'Every person sets one on this tablet, before anything is downloaded to it.',
  lead: 'You will type it each time you take the tablet. It locks after two minutes without a touch, and half a minute after it was put away.',
  pinHint: 'Six digits or more. No dates, no runs, no repeats.',
  phraseHint: 'Eight characters or more: you see more than one class.',
  again: 'The same once more',
  keep: 'Set it',
  keeping: 'Writing everything anew, sealed…',
  keepingWait:
    'Wait a moment: everything recorded is being moved into your own place on this tablet. What is tapped meanwhile is kept, too.',
  faults: {
    short: 'This is too short.',
    digits: 'Only digits, please.',
    common: 'This is one of the first that somebody would try. Choose another.',
    differs: 'The two are not the same.',
  },
  noNetwork: 'This needs a network once. Try again when there is one.',
  noCrypto: 'A PIN needs the app to be opened at an address that begins with https. Ask who looks after the server.',
  protects:
    'A PIN keeps the tablet’s next user from seeing your students. It does not stop somebody who copies the tablet’s storage and has a computer to guess with: for that, the tablet’s own lock and encryption must be on.',
  forgotten: 'If you forget it, sign in with your password.',
  change: 'Change the PIN',
  changedPin: 'The new PIN holds from now on.',
  byPasskey: 'Unlock with finger or face',
  passkeyLead:
    'Your finger, your face, or what else unlocks this device can open Recoup too, without a network. Only where nobody but you can unlock it: whoever can, could see your students. The PIN goes on opening it.',
  passkeySet: 'Let finger or face unlock',
  passkeyOn: 'What unlocks this device opens Recoup too, and so does the PIN.',
  passkeyDrop: 'Unlock with the PIN alone',
  shared: 'Somebody else has a PIN on this device. On a shared one each opens with the PIN alone.',
  unable: 'This device or browser cannot do this. Use the PIN.',
  stopped: 'The device did not say that it is you. Try again, or use the PIN.',
  otherPasskey: 'What the device answers does not open this any more. Use the PIN, and set it up anew on the page about this device.',
  policy: {
    pin: 'Every device needs a PIN',
    pinHint: 'Nothing is downloaded to a device before its person has set a PIN there. For tablets that go from hand to hand.',
    days: 'Days without a network',
    daysHint: 'For so many days after a sign-in somebody can record without a network: 1 to 21. What was recorded is sent at any time.',
  },
}

export const es: typeof en = {
  title: 'Bloqueada',
  waiting: (n) =>
    n === 0
      ? 'No hay nada por enviar.'
      : `${plural(n, 'entrada espera', 'entradas esperan')} el envío. Se sigue enviando con la tableta bloqueada.`,
  unopened: (n) =>
    `El servidor del distrito no pudo abrir ${n === 1 ? 'una de ellas' : `${n} de ellas`} la última vez. No se pierde nada: cada una se queda aquí y se ofrece de nuevo cada hora. Cuando su persona desbloquee aquí con conexión, se enviará de otro modo. Si esto sigue así, avise a quien cuida el servidor: quizá faltan sus claves.`,
  carried: (n) =>
    `Aquí ${plural(n, 'espera un paquete', 'esperan paquetes')} de otros dispositivos que se llevará${n === 1 ? '' : 'n'} al distrito.`,
  who: '¿Quién es usted?',
  another: 'Otra persona',
  user: 'Nombre de usuario',
  pin: 'PIN',
  phrase: 'Frase de acceso',
  open: 'Desbloquear',
  opening: 'Desbloqueando…',
  password: 'Entrar con contraseña',
  passwordHint:
    'Si olvidó el PIN, o si es la primera vez en esta tableta. Hace falta una red. Lo que espera el envío se conserva y se envía.',
  wrong: (left) => `No es correcto. Intentos que quedan: ${left}.`,
  unknown: 'Nadie con ese nombre tiene un PIN en esta tableta.',
  wait: (seconds) =>
    seconds < 90
      ? `Demasiados intentos. Pruebe de nuevo en ${plural(seconds, 'segundo', 'segundos')}.`
      : `Demasiados intentos. Pruebe de nuevo en ${plural(Math.ceil(seconds / 60), 'minuto', 'minutos')}.`,
  gone: 'Diez intentos fallidos: se quitó de esta tableta lo que se podía leer de esta persona. Entre con la contraseña. Lo registrado se conserva y se envía.',
  otherTab: 'Otra ventana de esta tableta sigue abierta para otra persona. Ciérrela y pruebe de nuevo.',
  closed: {
    changed:
      'Algo distinto de Recoup cambió lo guardado en esta tableta. Lo que vino del distrito se descarga de nuevo; lo registrado aquí se envía tal como se selló al registrarlo.',
    otherDevice:
      'Este navegador es ahora otro dispositivo del distrito. Entre con la contraseña y ponga otra vez un PIN. Lo registrado se conserva y se envía.',
  },
  revoked: 'El distrito ha retirado esta tableta. Lo que se registró en ella se envía; no queda nada más.',
  lock: 'Bloquear',
  offer: '¿Usan otras personas esta tableta? Con un PIN nadie más ve a sus estudiantes.',
  set: 'Crear un PIN',
  later: 'Ahora no',
  newTitle: 'Crear un PIN',
  newPhraseTitle: 'Crear una frase de acceso',
  needed: 'En esta tableta cada persona crea uno antes de que se descargue nada.',
  lead: 'Lo escribirá cada vez que tome la tableta. Se bloquea tras dos minutos sin tocarla y medio minuto después de guardarla.',
  pinHint: 'Seis cifras o más. Sin fechas, series ni repeticiones.',
  phraseHint: 'Ocho caracteres o más: usted ve más de una clase.',
  again: 'Lo mismo otra vez',
  keep: 'Crear',
  keeping: 'Escribiendo todo de nuevo, sellado…',
  keepingWait:
    'Espere un momento: lo registrado se está pasando a su propio lugar en esta tableta. Lo que se toque mientras tanto también se guarda.',
  faults: {
    short: 'Es demasiado corto.',
    digits: 'Solo cifras, por favor.',
    common: 'Es uno de los primeros que alguien probaría. Elija otro.',
    differs: 'No coinciden.',
  },
  noNetwork: 'Para esto hace falta una red una vez. Pruebe de nuevo cuando la haya.',
  noCrypto: 'Para un PIN la aplicación debe abrirse en una dirección que empiece por https. Pregunte a quien cuida del servidor.',
  protects:
    'Un PIN evita que quien use después la tableta vea a sus estudiantes. No detiene a quien copie lo guardado en ella y tenga una computadora para adivinar: para eso deben estar activos el bloqueo y el cifrado de la propia tableta.',
  forgotten: 'Si lo olvida, entre con su contraseña.',
  change: 'Cambiar el PIN',
  changedPin: 'El nuevo PIN vale desde ahora.',
  byPasskey: 'Abrir con el dedo o la cara',
  passkeyLead:
    'Su dedo, su cara, o lo que desbloquea este dispositivo puede abrir también Recoup, sin red. Solo donde nadie más que usted puede desbloquearlo: quien pueda vería a sus estudiantes. El PIN sigue abriéndolo.',
  passkeySet: 'Permitir el dedo o la cara',
  passkeyOn: 'Lo que desbloquea este dispositivo abre también Recoup, igual que el PIN.',
  passkeyDrop: 'Desbloquear solo con el PIN',
  shared: 'Otra persona tiene un PIN en este dispositivo. En uno compartido cada quien abre solo con el PIN.',
  unable: 'Este dispositivo o navegador no puede hacerlo. Use el PIN.',
  stopped: 'El dispositivo no confirmó que es usted. Inténtelo de nuevo, o use el PIN.',
  otherPasskey: 'Lo que el dispositivo responde ya no abre esto. Use el PIN, y configúrelo de nuevo en la página de este dispositivo.',
  policy: {
    pin: 'Cada dispositivo necesita un PIN',
    pinHint: 'No se descarga nada a un dispositivo antes de que su persona cree allí un PIN. Para tabletas que pasan de mano en mano.',
    days: 'Días sin red',
    daysHint: 'Tantos días después de entrar se puede registrar sin red: de 1 a 21. Lo registrado se envía siempre.',
  },
}
