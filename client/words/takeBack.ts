/** Words of what is taken back of a session as a whole: its end, its signature, or that it took place. */
import { plural } from './format.ts'

export const en = {
  ended: 'Session ended',
  openAgain: 'Open it again',
  openTitle: 'Open this session again?',
  openText: 'Students can then check in and out as before. End the session when it is over, then certify it.',
  withCheckOuts: (n: number): string =>
    n === 1 ? 'Also take back the check-out recorded with the end' : `Also take back the ${n} check-outs recorded with the end`,
  openReason: 'session opened again',
  signedByOther: 'By this record, whoever certified this session did not supervise it. Whoever did may certify it in that place.',
  signature: 'Take this signature back',
  signatureTitle: 'Take this signature back?',
  signatureText:
    'The session then waits for the signature of whoever supervised it; until then it earns nothing. This signature stays in the record with your reason.',
  signatureHint: 'Such as: signed in the wrong session.',
  notHeld: 'This session did not take place',
  notHeldTitle: 'Did this session not take place?',
  notHeldText:
    'Nothing is expected of it then, and nothing is to be signed. It stays in the record with your reason, and this can be taken back.',
  whyHint: 'Such as: begun by mistake, nobody came.',
  notHeldButton: 'It did not take place',
  notHeldBy: (reason: string, name: string, time: string): string => [`“${reason}”`, name, time].filter((one) => one !== '').join(' · '),
  came: (n: number): string =>
    `${plural(n, 'student was', 'students were')} checked in all the same, on a device that had not heard of it. Their time counts only if the session took place.`,
  tookPlace: 'It took place after all',
  tookPlaceReason: 'the session took place after all',
}

export const es: typeof en = {
  ended: 'Sesión de clase terminada',
  openAgain: 'Abrirla de nuevo',
  openTitle: '¿Abrir de nuevo esta sesión?',
  openText: 'Se podrán registrar entradas y salidas como antes. Termine la sesión cuando acabe y después certifíquela.',
  withCheckOuts: (n) =>
    n === 1 ? 'Retirar también la salida registrada al terminarla' : `Retirar también las ${n} salidas registradas al terminarla`,
  openReason: 'sesión abierta de nuevo',
  signedByOther: 'Según este registro, quien certificó esta sesión no la supervisó. Quien sí lo hizo puede certificarla en su lugar.',
  signature: 'Retirar esta firma',
  signatureTitle: '¿Retirar esta firma?',
  signatureText:
    'La sesión espera entonces la firma de quien la supervisó; hasta entonces no suma nada. Esta firma queda en el registro con su motivo.',
  signatureHint: 'Por ejemplo: firmada en la sesión equivocada.',
  notHeld: 'Esta sesión no tuvo lugar',
  notHeldTitle: '¿Esta sesión no tuvo lugar?',
  notHeldText: 'Entonces no se espera nada de ella ni hay nada que firmar. Queda en el registro con su motivo, y esto se puede retirar.',
  whyHint: 'Por ejemplo: iniciada por error, no vino nadie.',
  notHeldButton: 'No tuvo lugar',
  notHeldBy: (reason, name, time) => [`«${reason}»`, name, time].filter((one) => one !== '').join(' · '),
  came: (n) =>
    `${n === 1 ? 'Se registró la entrada de 1 estudiante' : `Se registró la entrada de ${n} estudiantes`} de todos modos, en un dispositivo que no lo sabía. Su tiempo solo cuenta si la sesión tuvo lugar.`,
  tookPlace: 'Sí tuvo lugar',
  tookPlaceReason: 'la sesión sí tuvo lugar',
}
