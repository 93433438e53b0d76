/**
 * The server's own chain over the log: every entry has a line, every line's hash goes into the link, and each link stands on the one
 * before. Whoever knows one link can tell whether anything before it was changed, taken out, put in or moved.
 */

/** SHA-256 of a text's UTF-8 bytes, lower-case hex. Handed in: a server has a faster one than a page. */
export type Sha256 = (text: string) => string

/** What the chain binds of an entry. Not the words themselves but their hash: an entry can be proved without being shown. */
export interface Entry {
  readonly seq: number
  readonly kind: 'event' | 'record'
  /** Hash of the event's text, or of a record's `recordText`. */
  readonly hash: string
  /** When the server took it, milliseconds. */
  readonly at: number
  /** Id of the receipt it came under; empty for a record. */
  readonly receipt: string
}

/** The hash of an entry's line. */
export const lineHash = (sha256: Sha256, { seq, kind, hash, at, receipt }: Entry): string =>
  sha256(JSON.stringify([seq, kind, hash, at, receipt]))

/** The link of an entry, from the link before it (empty before the first) and its line. */
export const nextLink = (sha256: Sha256, before: string, line: string): string => sha256(before + line)

export interface RecordEntry {
  readonly kind: string
  readonly id: string
  readonly ended: boolean
  /** Canonical JSON, as stored. */
  readonly body: string
}

/**
 * The text whose hash stands for a version of a record. The salt keeps anybody who sees only the hash from guessing names and numbers
 * until one fits.
 */
export const recordText = ({ kind, id, ended, body }: RecordEntry, salt: string): string => JSON.stringify([kind, id, ended, salt, body])
