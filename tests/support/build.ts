import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'

/** Whether `dist` is missing or older than what it is built from. */
export function isStale(root: string): boolean {
  const built = newest(path.join(root, 'dist/index.html'))
  return (
    built === 0 || ['client', 'shared', 'vite.config.ts', 'package-lock.json'].some((source) => newest(path.join(root, source)) > built)
  )
}

/** When a file, or the newest file in a folder, was last written; 0 when there is none. */
function newest(place: string): number {
  const stat = statSync(place, { throwIfNoEntry: false })
  if (stat === undefined) return 0
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(0, ...readdirSync(place).map((name) => newest(path.join(place, name))))
}
