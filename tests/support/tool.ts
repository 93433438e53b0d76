import { spawn } from 'node:child_process'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '../..')
/** Where a step leaves what it found, for whoever reads it after. */
export const reports = path.join(root, 'node_modules/.cache/recoup')

/** One line of the check: what was kept, what was not, and the words to print. */
export interface Outcome {
  readonly name: string
  readonly passed: number
  readonly failed: number
  readonly note: string
  readonly words: string
}

export interface Ran {
  readonly code: number
  readonly words: string
}

/** Runs a tool with this Node, whatever Node the shell has. */
export function tool(script: string, ...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(root, script), ...args], {
      cwd: root,
      env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let words = ''
    child.stdout.on('data', (chunk: Buffer) => (words += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()))
    child.on('close', (code) => resolve({ code: code ?? 1, words }))
  })
}
