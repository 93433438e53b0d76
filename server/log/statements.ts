import type { Db } from './openDatabase.ts'

/** Statements whose answers are texts, and statements that tell whether they changed something: prepared once, asked often. */
export function statementsOf(db: Db) {
  return {
    texts(sql: string) {
      const statement = db.prepare(sql).pluck()
      return (...values: unknown[]): string[] => statement.all(...values) as string[]
    },
    changes(sql: string) {
      const statement = db.prepare(sql)
      return (...values: unknown[]): boolean => statement.run(...values).changes > 0
    },
  }
}

/** Asks once for each name, until it is told to forget the answer. */
export function remembered(ask: (name: string) => string[]) {
  const answers = new Map<string, string[]>()
  return {
    of(name: string): string[] {
      const answer = answers.get(name) ?? ask(name)
      answers.set(name, answer)
      return answer
    },
    forget: (name: string) => void answers.delete(name),
  }
}
