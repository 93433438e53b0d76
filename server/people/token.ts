/** A secret token as the database keeps it. */
import { createHash } from 'node:crypto'

/** The hash that stands for a token. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')
