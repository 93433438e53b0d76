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

/** Which of two are texts, each once. */
function texts(one: unknown, other: unknown): string[] {
  if (typeof one !== 'string') return typeof other === 'string' ? [other] : []
  return typeof other === 'string' && other !== one ? [one, other] : [one]
}

/** Whom an event speaks of, also when its type is one this build does not know. */
export function factsOf(event: Readonly<Record<string, unknown>>): EventFacts {
  const { id, site, session, section, student, temporary, actor, staff, type } = event
  return {
    id: String(id),
    site: String(site),
    session: typeof session === 'string' ? session : undefined,
    section: type !== 'SessionStarted' ? undefined : typeof section === 'string' ? section : '',
    students: texts(student, temporary),
    staff: texts(actor, staff),
  }
}
