import Database from 'better-sqlite3'

/** What the work gives; undefined when another process writes so long that it could not be done now. */
export function unlessBusy<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return undefined
    throw error
  }
}
