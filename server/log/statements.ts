import type { Db } from './openDatabase.ts'

/** Ids as a device makes them: JSON has one spelling for them. Any other text is given to a statement by itself. */
const PLAIN = /^[\w.:-]+$/
export const isPlain = (id: string): boolean => PLAIN.test(id)

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
export function remembered(ask: (name: string) => string[], answers = new Map<string, string[]>()) {
  return {
    of(name: string): string[] {
      const answer = answers.get(name) ?? ask(name)
      answers.set(name, answer)
      return answer
    },
    forget: (name: string) => void answers.delete(name),
  }
}

/** Tells the first time that two names come together from every later one. */
export function firstTime(): (one: string, other: string) => boolean {
  const met = new Map<string, Set<string>>()
  return (one, other) => {
    const others = met.get(one)
    if (others === undefined) return met.set(one, new Set([other])) !== undefined
    return !others.has(other) && others.add(other) !== undefined
  }
}
