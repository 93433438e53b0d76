/** Whom and what an event speaks of, as far as delivery and review ask. */
/** What delivery needs to know of an event. */
export interface EventFacts {
  readonly id: string
  readonly site: string
  readonly session: string | undefined
  /** Of a start alone: the section it names, empty for none. */
  readonly section: string | undefined
  readonly students: readonly string[]
  readonly staff: readonly string[]
}

const strings = (...values: unknown[]): string[] => [...new Set(values.filter((value): value is string => typeof value === 'string'))]

/** Whom an event speaks of, also when its type is one this build does not know. */
export function factsOf(event: Readonly<Record<string, unknown>>): EventFacts {
  const { id, site, session, section, student, temporary, actor, staff, type } = event
  return {
    id: String(id),
    site: String(site),
    session: typeof session === 'string' ? session : undefined,
    section: type !== 'SessionStarted' ? undefined : typeof section === 'string' ? section : '',
    students: strings(student, temporary),
    staff: strings(actor, staff),
  }
}
