/** The desk's page that was shown last, so that whoever opens a session or a student from it finds the way back. */
let last = '/'

/** Remembers a page of the desk with what was looked for on it. */
export function leaveFrom(path: string): void {
  last = path
}

/** Where "Back" leads: the page last looked at, or the start page of the role. */
export const whereFrom = (): string => last
