/** Words of the page of checkpoints. */
import { plural } from './format.ts'

export const en = {
  nav: 'Checkpoints',
  title: 'Checkpoints of the log',
  sub: 'Each line holds the log to everything up to its number. Print one a day, or have it mailed, and keep it away from this server.',
  print: 'Print',
  verifier: 'Download the page that checks audit packets',
  key: 'Key of the district',
  newest: 'Now',
  at: 'Signed',
  number: 'Up to number',
  link: 'Link',
  signature: 'Signature',
  tableLabel: 'Checkpoints, the newest first',
  againstTitle: 'Some devices were given another log',
  against: (n: number): string =>
    `${plural(n, 'device holds a signed checkpoint', 'devices hold signed checkpoints')} that this log does not lead to: it was changed, or has lost its end. Ask the operator to run "recoup verify".`,
  differs: (name: string, seq: number): string => `${name}: another entry at number ${seq}`,
  ahead: (name: string, seq: number): string => `${name}: was given number ${seq}, which is not here`,
}

export const es: typeof en = {
  nav: 'Puntos de control',
  title: 'Puntos de control del registro',
  sub: 'Cada línea ata el registro a todo lo que hay hasta su número. Imprima una al día, o hágasela enviar, y guárdela fuera de este servidor.',
  print: 'Imprimir',
  verifier: 'Descargar la página que comprueba paquetes de auditoría',
  key: 'Clave del distrito',
  newest: 'Ahora',
  at: 'Firmado',
  number: 'Hasta el número',
  link: 'Enlace',
  signature: 'Firma',
  tableLabel: 'Puntos de control, el más nuevo primero',
  againstTitle: 'Algunos dispositivos recibieron otro registro',
  against: (n) =>
    `${plural(n, 'dispositivo tiene un punto de control firmado', 'dispositivos tienen puntos de control firmados')} al que este registro no lleva: se cambió o perdió su final. Pida al operador que ejecute "recoup verify".`,
  differs: (name, seq) => `${name}: otra entrada en el número ${seq}`,
  ahead: (name, seq) => `${name}: recibió el número ${seq}, que no está aquí`,
}
