/** Who takes part in sessions, during one transaction: asked once for a session, and written down for all of a push together. */
import type { Db } from './openDatabase.ts'
import { isPlain, statementsOf } from './statements.ts'

export interface Takers {
  /** Whether a student takes part in a session from now on, and did not before. */
  joins(session: string, student: string): boolean
  /** Writes down who joined. Before anybody asks the database who takes part, and at the end. */
  flush(): void
}

/** Begins to note takers, once in each transaction. */
export function openTakers(db: Db): () => Takers {
  const { texts, changes } = statementsOf(db)
  const takersOf = texts('SELECT student FROM session_student WHERE session = ?')
  const addOne = changes('INSERT INTO session_student (session, student) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const addAll = changes('INSERT INTO session_student (session, student) SELECT value ->> 0, value ->> 1 FROM json_each(?)')
  return () => {
    const takers = new Map<string, Set<string>>()
    let joined: [session: string, student: string][] = []
    return {
      joins(session, student) {
        let here = takers.get(session)
        if (here === undefined) takers.set(session, (here = new Set(takersOf(session))))
        if (here.has(student)) return false
        here.add(student)
        if (isPlain(session) && isPlain(student)) joined.push([session, student])
        else addOne(session, student)
        return true
      },
      flush() {
        if (joined.length > 0) addAll(JSON.stringify(joined))
        joined = []
      },
    }
  }
}
