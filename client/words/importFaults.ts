/** What an import expected where it found a fault, by the server's codes. What has no code, or one of a newer server, stays as the server says it, in English. */
import type { ImportFault } from '../../shared/api/registry.ts'

type Said = Pick<ImportFault, 'expected' | 'code' | 'values'>

/** The server's own sentences are English. */
export const en = (fault: Said): string => fault.expected

const ES: Readonly<Record<string, string>> = {
  grade: 'un grado de TK a 12',
  date: 'una fecha que exista, MM/DD/AAAA o AAAA-MM-DD',
  time: 'una hora del día, como 08:15 o 2:30 PM',
  zone: 'una zona horaria de los Estados Unidos, como America/Los_Angeles',
  ssid: '10 cifras, o en blanco mientras no lo haya (una hoja de cálculo puede haber acortado el número: guarde la columna como texto)',
  cds: '7 cifras con los ceros iniciales, o en blanco',
  schoolType: 'un tipo de escuela: regular, continuation, opportunity, countyCommunity, juvenileCourt, communityDay, charter',
  absenceKind:
    'una clase de ausencia: excused, unexcused, suspension, immunization, partialDay, closure, independentStudyNoWork, homeHospital, otherLea, madeUp',
  role: 'una función: student, teacher, aide, administrator, principal, counselor, proctor, siteadministrator, districtadministrator, systemadministrator, guardian, parent, relative',
  status: 'active, tobedeleted o en blanco',
  familyName: 'un apellido',
  givenName: 'un nombre de pila',
  schoolName: 'el nombre de la escuela',
  schoolId: 'el id de la escuela',
  schoolCode: 'el código de la escuela',
  aSchoolCode: 'el código de una escuela',
  teacherId: 'el id del docente',
  studentId: 'el id del estudiante',
  studentNumber: 'el número del estudiante',
  sectionId: 'el id del grupo',
  attendanceCode: 'un código de asistencia',
  organizationName: 'el nombre de la organización',
  sourcedId: 'el sourcedId del registro',
  courseTitle: 'el título del curso',
  classTitle: 'el título de la clase',
  knownSchool: 'el código de una escuela conocida: importe primero las escuelas, o corrija el código',
  knownStudent: 'el número de un estudiante conocido, con los ceros iniciales: importe primero a los estudiantes',
  knownCode: 'un código de la tabla de códigos: agréguelo allí, con lo que significa',
  codesFirst: 'un código de la tabla de códigos, que aún está vacía: importe primero los códigos de asistencia',
  schoolInFile: 'el School_id de una escuela de schools.csv',
  teacherInFile: 'el Teacher_id de un docente de teachers.csv',
  sectionInFile: 'el Section_id de un grupo de sections.csv',
  studentInFile: 'el Student_id de un estudiante de students.csv',
  schoolInOrgs: 'el sourcedId de una escuela de orgs.csv',
  classInFile: 'el sourcedId de una clase de classes.csv',
  userInFile: 'el sourcedId de una persona de users.csv',
  orgInFile: 'sourcedIds de orgs.csv: {id} no está allí',
  studentAtSchool: 'el sourcedId de una escuela para un estudiante',
  schoolOnce: 'cada escuela una sola vez: la línea {line} tiene esta',
  schoolOnceAYear: 'cada escuela una vez por año: la línea {line} tiene esta',
  codeOnce: 'cada código una sola vez: la línea {line} tiene este',
  oneCodeADay: 'un código por día: la línea {line} tiene {code} para este estudiante en esta fecha',
  numberAlone: 'un número solo de este estudiante: la línea {line} lo tiene con otro nombre u otro identificador estatal',
  studentOnce: 'cada estudiante una vez por escuela: la línea {line} lo tiene en otro grado',
  studentsOwn: 'un identificador propio: lo tiene otro estudiante de este archivo',
  staffsOwn: 'un identificador propio: la línea {line} lo tiene con otro nombre',
  orgCodeOnce: 'un código para cada escuela: la línea {line} tiene este',
  sourcedIdOnce: 'cada sourcedId una sola vez en un archivo',
  ssidOfLine: 'un identificador solo de este estudiante: la línea {line}, con otro nombre, lo tiene; no se guardó',
  ssidOfStudent: 'un identificador solo de este estudiante: el estudiante {student}, con otro nombre, lo tiene; no se guardó',
  bothCodes: 'los dos códigos estatales, o ninguno',
  afterFirstDay: 'un día posterior al primero, {first}',
  withinAYear: 'un día a menos de un año del primero, {first}',
  afterStartTime: 'una hora posterior al comienzo, {from}',
  afterStart: 'un día posterior al comienzo, {from}',
  noSchoolDates: 'fechas que existan, separadas por punto y coma: {text} no lo es',
  noSchoolInside: 'fechas desde el primer día hasta el último: {text} no lo es',
  asInHeader: '{width} columnas como en el encabezado, no {n}: una coma dentro de una celda necesita comillas',
  notListed: '{n} errores más no están en la lista: corrija primero estos',
  columnMissing: 'una columna {columns} en la línea de encabezado; tiene {header}',
  columnsMissing: 'las columnas {columns} en la línea de encabezado; tiene {header}',
  columnSemicolons: 'una columna {columns} en la línea de encabezado: este archivo está separado por punto y coma; guárdelo con comas',
  columnsSemicolons: 'las columnas {columns} en la línea de encabezado: este archivo está separado por punto y coma; guárdelo con comas',
  columnTabs: 'una columna {columns} en la línea de encabezado: este archivo está separado por tabuladores; guárdelo con comas',
  columnsTabs: 'las columnas {columns} en la línea de encabezado: este archivo está separado por tabuladores; guárdelo con comas',
  columnTwice: 'una sola columna {column}: el encabezado la nombra dos veces',
  fileEmpty: 'un archivo con una línea de encabezado: este está vacío',
  utf16: 'un archivo en UTF-8: este es «texto Unicode» (UTF-16); guárdelo de nuevo como «CSV UTF-8»',
  spreadsheet: 'texto separado por comas: esto es un archivo zip o una hoja de cálculo; guarde la hoja como «CSV UTF-8»',
  pdf: 'texto separado por comas: esto es un PDF; exporte el mismo informe como CSV',
  gzip: 'texto separado por comas: esto es un archivo gzip; descomprímalo primero',
  openQuote: 'una comilla que cierre por cada una que abre: desde la línea {line}, una no se cierra nunca',
  zeroBytes: 'un archivo de texto: este contiene bytes nulos, como los programas y las imágenes',
  cleverFiles: 'los cinco archivos de una exportación de Clever: no se encontró {files}',
  fileNeeded: 'el archivo {file}',
  orgsAndUsers: 'los archivos orgs.csv y users.csv',
}

/** In Spanish, with the values where they belong. */
export const es: typeof en = ({ expected, code, values = {} }) => {
  const text = code === undefined || !Object.hasOwn(ES, code) ? undefined : ES[code]
  if (text === undefined) return expected
  const most = values['most'] === undefined ? '' : `, como máximo ${values['most']} caracteres`
  return text.replaceAll(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole)) + most
}
