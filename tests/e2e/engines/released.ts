/** A build that was in use before: its pages, protocol and the first version of the device's store. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const RELEASED = path.resolve(import.meta.dirname, '../../data/released/ca9b30c.tgz')

/** Unpacks it; gives its folder. */
export function unpackReleased(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'recoup-released-'))
  execFileSync('tar', ['-xzf', RELEASED, '-C', folder])
  return folder
}
