/** Who takes part in which sessions: asked once for a session during a transaction, and written down for all of a push together. */
import type { Db } from './openDatabase.ts'
import { isPlain, statementsOf } from './statements.ts'

/** So many wait at most to be put in the order of students: looking through them takes a tenth of a millisecond. */
const MOST_NEW = 2_000

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
  const newest = db.prepare<[], number>('SELECT coalesce(max(rowid), 0) FROM student_session_new').pluck()
  const noteOne = changes('INSERT INTO student_session_new (session, student) VALUES (?, ?)')
  const noteAll = changes('INSERT INTO student_session_new (session, student) SELECT value ->> 0, value ->> 1 FROM json_each(?)')
  const addNoted = changes(
    'INSERT INTO session_student (session, student) SELECT session, student FROM student_session_new WHERE rowid > ?',
  )
  const putInOrder = openPutInOrder(db)
  return () => {
    const takers = new Map<string, Set<string>>()
    let joined: [session: string, student: string][] = []
    return {
      joins(session, student) {
        let here = takers.get(session)
        if (here === undefined) takers.set(session, (here = new Set(takersOf(session))))
        if (here.has(student)) return false
        here.add(student)
        joined.push([session, student])
        return true
      },
      flush() {
        if (joined.length === 0) return
        const before = newest.get() ?? 0
        if (joined.every((names) => names.every(isPlain))) noteAll(JSON.stringify(joined))
        else for (const [session, student] of joined) noteOne(session, student)
        addNoted(before)
        if (before + joined.length >= MOST_NEW) putInOrder()
        joined = []
      },
    }
  }
}

/** Puts what is new in the order of students, for those who ask for many students one after the other. Within a write transaction. */
export function openPutInOrder(db: Db): () => void {
  const any = db.prepare('SELECT 1 FROM student_session_new LIMIT 1')
  const { changes } = statementsOf(db)
  const put = changes(
    'INSERT INTO student_session (student, session) SELECT student, session FROM student_session_new ORDER BY student, session',
  )
  const clear = changes('DELETE FROM student_session_new')
  return () => {
    if (any.get() === undefined) return
    put()
    clear()
  }
}

/** The sessions in which students have (or had) a mark. */
export function openSessionsOf(db: Db): (students: readonly string[]) => string[] {
  const sessions = db
    .prepare<{ students: string }, string>(
      `SELECT session FROM student_session WHERE student IN (SELECT value FROM json_each(@students))
       UNION SELECT session FROM student_session_new WHERE student IN (SELECT value FROM json_each(@students))`,
    )
    .pluck()
  return (students) => sessions.all({ students: JSON.stringify(students) })
}
