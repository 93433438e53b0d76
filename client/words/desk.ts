/** Words of the desk's frame: its headings, its pages, and what many of its screens say. */
export const en = {
  nav: {
    groups: { district: 'District', school: 'School', setup: 'Set up' },
    dashboard: 'Overview',
    followUp: 'Follow-up',
    calendar: 'Calendar',
  },
  select: (what: string): string => `Choose ${what}`,
  selectAll: 'Choose all shown',
  chosen: (n: number): string => `${n} chosen`,
  needsServer: 'This needs the district’s server. The list below is from this device.',
}

export const es: typeof en = {
  nav: {
    groups: { district: 'Distrito', school: 'Escuela', setup: 'Configuración' },
    dashboard: 'Panorama',
    followUp: 'Seguimiento',
    calendar: 'Calendario',
  },
  select: (what: string): string => `Elegir ${what}`,
  selectAll: 'Elegir todo lo que se ve',
  chosen: (n: number): string => (n === 1 ? '1 elegido' : `${n} elegidos`),
  needsServer: 'Esto necesita el servidor del distrito. La lista de abajo es de este dispositivo.',
}
