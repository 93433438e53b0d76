/** Words of the page that checks an audit packet without a network, and of the page of checkpoints. */
import type { Fault } from '../../shared/evidence/judge.ts'
import { plural } from './format.ts'

const faults: Readonly<Record<Fault, string>> = {
  textChanged: 'The text is not the one that was signed for.',
  columnsDiffer: 'The text is not an event.',
  linkBroken: 'It is not what stood at this place in the log.',
  entryMissing: 'An entry is missing here.',
  entryAdded: 'It stands twice, or in another order.',
  receiptMissing: 'The receipt it was signed for with is missing.',
  receiptForged: 'Its receipt was not signed with this key.',
  receiptDiffers: 'Its receipt does not name it.',
  deviceChainBroken: 'It does not follow from what its device recorded before it.',
  checkpointForged: 'The checkpoint was not signed with this key.',
  checkpointDiffers: 'The log does not lead to the checkpoint.',
  logEndsEarly: 'The log ends before what the packet speaks of.',
  headDiffers: 'The log goes on after its own end.',
  recordDiffers: 'The record in use is not its newest version.',
  setAsideChanged: 'What was set aside is not what was received.',
  setAsideMissing: 'A receipt says that it was set aside, and it is not there any more.',
  setAsideSettled: 'It is marked as decided, and the log holds no such decision.',
  erasureForged: 'This erasure was not signed with this key: what it left cannot be checked.',
  erasedUnproved: 'It is marked as erased without a signed erasure: what is left of it cannot be checked.',
  erasedChanged: 'What is left of it is not what its erasure left.',
  closingChanged: 'The signed figures of this period, or what was signed with them, are not those that were signed.',
  closingMissing: 'A signed closing, or a supplement to it, is missing.',
  packetChanged: 'The file is not an audit packet as it was sealed: something in it was changed, or it was cut.',
  totalsDiffer: 'The totals are not those that the events give.',
}

export const en = {
  title: 'Check an audit packet',
  lead: 'Choose the file. It is read on this computer and sent nowhere; this page needs no network.',
  choose: 'Audit packet (a .json file)',
  key: 'Key on a printed checkpoint, if you have one',
  busy: 'Reading…',
  holds: 'All holds',
  counts: (events: number, receipts: number, students: number): string =>
    `${plural(events, 'event', 'events')}, ${plural(receipts, 'receipt', 'receipts')} and the totals of ${plural(students, 'student', 'students')} are as they were signed for.`,
  signedWith: (key: string): string =>
    `Signed with the key ${key}. Compare it with the key on a checkpoint that the district printed or mailed.`,
  holdsNot: 'Something does not hold',
  first: (where: string, what: string): string => `The first: ${where}. ${what}`,
  number: (seq: number): string => `number ${seq} of the log`,
  whole: 'the packet as a whole',
  more: (n: number): string => `${plural(n, 'finding', 'findings')} in all:`,
  faults,
}

const esFaults: Readonly<Record<Fault, string>> = {
  textChanged: 'El texto no es el que se firmó.',
  columnsDiffer: 'El texto no es un suceso.',
  linkBroken: 'No es lo que estaba en este lugar del registro.',
  entryMissing: 'Aquí falta una entrada.',
  entryAdded: 'Está dos veces, o en otro orden.',
  receiptMissing: 'Falta el recibo con el que se firmó.',
  receiptForged: 'Su recibo no se firmó con esta clave.',
  receiptDiffers: 'Su recibo no lo nombra.',
  deviceChainBroken: 'No sigue a lo que su dispositivo registró antes.',
  checkpointForged: 'El punto de control no se firmó con esta clave.',
  checkpointDiffers: 'El registro no lleva al punto de control.',
  logEndsEarly: 'El registro acaba antes de lo que trata el paquete.',
  headDiffers: 'El registro sigue después de su propio final.',
  recordDiffers: 'La ficha en uso no es su última versión.',
  setAsideChanged: 'Lo apartado no es lo que se recibió.',
  setAsideMissing: 'Un recibo dice que se apartó, y ya no está.',
  setAsideSettled: 'Figura como decidido, y el registro no contiene esa decisión.',
  erasureForged: 'Este borrado no se firmó con esta clave: lo que dejó no se puede comprobar.',
  erasedUnproved: 'Figura como borrado sin un borrado firmado: lo que queda no se puede comprobar.',
  erasedChanged: 'Lo que queda no es lo que dejó su borrado.',
  closingChanged: 'Las cifras firmadas de este periodo, o lo que se firmó con ellas, no son las que se firmaron.',
  closingMissing: 'Falta un cierre firmado, o un suplemento.',
  packetChanged: 'El archivo no es un paquete de auditoría tal como se selló: se cambió algo o se cortó.',
  totalsDiffer: 'Los totales no son los que dan los sucesos.',
}

export const es: typeof en = {
  title: 'Comprobar un paquete de auditoría',
  lead: 'Elija el archivo. Se lee en este equipo y no se envía a ninguna parte; esta página no necesita red.',
  choose: 'Paquete de auditoría (un archivo .json)',
  key: 'Clave de un punto de control impreso, si la tiene',
  busy: 'Leyendo…',
  holds: 'Todo concuerda',
  counts: (events, receipts, students) =>
    `${plural(events, 'suceso', 'sucesos')}, ${plural(receipts, 'recibo', 'recibos')} y los totales de ${plural(students, 'estudiante', 'estudiantes')} están tal como se firmaron.`,
  signedWith: (key) => `Firmado con la clave ${key}. Compárela con la clave de un punto de control que el distrito imprimió o envió.`,
  holdsNot: 'Algo no concuerda',
  first: (where, what) => `Lo primero: ${where}. ${what}`,
  number: (seq) => `número ${seq} del registro`,
  whole: 'el paquete en conjunto',
  more: (n) => `${plural(n, 'hallazgo', 'hallazgos')} en total:`,
  faults: esFaults,
}
