/** Where a command writes. Results go to `stdout`, everything said to a person to `stderr`. */
export interface Io {
  readonly stdout: { write(content: string | Uint8Array): unknown }
  readonly stderr: { write(text: string): unknown }
}

/** What a command ends with: 0 done, 1 done with findings, 2 not understood or not possible. */
export type ExitCode = 0 | 1 | 2

/** A command that cannot go on says so in one sentence; an empty one when all was said already. */
export class Stop extends Error {
  readonly exit: ExitCode
  constructor(message: string, exit: ExitCode = 2) {
    super(message)
    this.exit = exit
  }
}
