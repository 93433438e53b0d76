/** Words of the district office: merged roster, imports, people. */
import { en as imports, es as importsEs } from './imports.ts'
import { en as people, es as peopleEs } from './people.ts'
import { en as roster, es as rosterEs } from './roster.ts'

export const en = {
  nav: {
    label: 'District',
    roster: 'Merged roster',
    overview: 'Schools and data',
    imports: 'Import',
    people: 'People',
  },
  ...roster,
  studentPage: {
    back: 'Back to the merged roster',
  },
  overview: {
    title: 'Schools and data',
    tableLabel: 'Schools and what is known of each',
    site: 'School',
    students: 'Students',
    staff: 'Staff',
    sections: 'Sections',
    absences: 'Absences',
    calendar: 'Calendar',
    hasCalendar: 'Imported',
    noCalendar: 'Missing',
    emptyTitle: 'Nothing imported yet',
    empty: 'Begin with OneRoster or Clever files, or with the list of schools.',
    next: 'What to import next',
    nextSteps: {
      people: 'Schools, students and staff: a OneRoster or Clever export.',
      calendar: (sites: string, year: string): string =>
        `The calendar of ${year} for ${sites}: without it, nobody can tell the school day from recovery time.`,
      absences: 'Absences: without them, every day earned is banked and none is recovered.',
      sections: 'Sections: the groups that meet. Make them from imported classes or by hand.',
      nothing: 'All that Recoup needs is here. Import absences again whenever new ones have been entered.',
    },
    importButton: 'Import files',
    sectionsButton: 'Make a section',
  },
  imports: imports.imports,
  people: people.people,
}

export const es: typeof en = {
  nav: {
    label: 'Distrito',
    roster: 'Lista unificada',
    overview: 'Escuelas y datos',
    imports: 'Importar',
    people: 'Personas',
  },
  ...rosterEs,
  studentPage: {
    back: 'Volver a la lista unificada',
  },
  overview: {
    title: 'Escuelas y datos',
    tableLabel: 'Escuelas y lo que se sabe de cada una',
    site: 'Escuela',
    students: 'Estudiantes',
    staff: 'Personal',
    sections: 'Grupos',
    absences: 'Ausencias',
    calendar: 'Calendario',
    hasCalendar: 'Importado',
    noCalendar: 'Falta',
    emptyTitle: 'Todavía no se ha importado nada',
    empty: 'Empiece con archivos de OneRoster o Clever, o con la lista de escuelas.',
    next: 'Qué importar ahora',
    nextSteps: {
      people: 'Escuelas, estudiantes y personal: una exportación de OneRoster o Clever.',
      calendar: (sites, year) =>
        `El calendario de ${year} para ${sites}: sin él no se distingue la jornada escolar del tiempo de recuperación.`,
      absences: 'Ausencias: sin ellas, cada día ganado queda en reserva y no se recupera ninguno.',
      sections: 'Grupos: los que se reúnen. Créelos desde clases importadas o a mano.',
      nothing: 'Está todo lo que Recoup necesita. Importe las ausencias otra vez cuando se hayan registrado nuevas.',
    },
    importButton: 'Importar archivos',
    sectionsButton: 'Crear un grupo',
  },
  imports: importsEs.imports,
  people: peopleEs.people,
}
