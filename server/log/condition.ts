/** How the server itself is: what an operator must know before a teacher finds out. */
import type { Instant } from '../../shared/time.ts'
import { verifiedBackup } from './backup.ts'
import type { Lost } from './headFile.ts'
import type { Log } from './log.ts'

/** Whether the disk takes what is written: full, or failing, until a write succeeds again. */
export type Disk = 'ok' | 'full' | 'failing'

export interface Condition {
  /** To be told of every fault of the database. */
  noteFault(code: string): void
  noteWrite(): void
  now(): {
    readonly disk: Disk
    /** The end of the log was found missing when the server started. */
    readonly lost: Lost | null
    readonly backup: { readonly at: Instant | null; readonly failed: boolean }
  }
}

/** What a fault of SQLite says of the disk; undefined when it says nothing. */
export function diskFault(code: string): Exclude<Disk, 'ok'> | undefined {
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return 'full'
  return code.startsWith('SQLITE_IOERR') || code === 'SQLITE_CANTOPEN' || code === 'EIO' ? 'failing' : undefined
}

/** The condition of a server over an open log. */
export function openCondition({ db }: Log, lost: Lost | undefined): Condition {
  let disk: Disk = 'ok'
  const lastBackup = db.prepare<[], { fault: string | null }>('SELECT fault FROM backup ORDER BY id DESC LIMIT 1')
  return {
    noteFault(code) {
      disk = diskFault(code) ?? disk
    },
    noteWrite() {
      disk = 'ok'
    },
    now: () => ({
      disk,
      lost: lost ?? null,
      backup: { at: verifiedBackup(db)?.at ?? null, failed: (lastBackup.get()?.fault ?? null) !== null },
    }),
  }
}
