/** What the first page makes a browser load, read from the built files themselves. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

export interface LoadedFile {
  readonly name: string
  /** Bytes after gzip at its default level. */
  readonly gzip: number
}

/** The scripts that `index.html` in `dist` names, and all that they import in turn, without what is imported only when asked for. */
export function firstLoad(dist: string): LoadedFile[] {
  const page = readFileSync(path.join(dist, 'index.html'), 'utf8')
  const waiting = [...page.matchAll(/(?:src|href)="\/?([^"]+\.js)"/g)].map((match) => match[1] ?? '')
  const seen = new Map<string, LoadedFile>()
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue
    const text = readFileSync(path.join(dist, name), 'utf8')
    seen.set(name, { name, gzip: gzipSync(text).length })
    // `import(...)` has a bracket before its quote and is not matched: it is loaded only when asked for.
    for (const match of text.matchAll(/(?:\bfrom|\bimport)\s*["']([^"']+\.js)["']/g)) {
      waiting.push(path.posix.join(path.posix.dirname(name), match[1] ?? ''))
    }
  }
  return [...seen.values()].sort((a, b) => b.gzip - a.gzip)
}
