/** Builds the bare page and serves it, until it is told to stop. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'

export interface BarePage {
  readonly url: string
  readonly dist: string
  /** Nothing answers any more. */
  stop(): Promise<void>
  close(): Promise<void>
}

/** What every page of a district's server carries: the browser changes process for them, and that is no cost of the app's code. */
const HEADERS: Readonly<Record<string, string>> = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'content-security-policy': "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  'cache-control': 'no-cache',
}
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript' }

export async function openBare(): Promise<BarePage> {
  const root = path.join(import.meta.dirname, 'bare')
  const dist = mkdtempSync(path.join(tmpdir(), 'recoup-bare-'))
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [react()],
    build: { outDir: dist, emptyOutDir: true, target: 'es2022', modulePreload: { polyfill: false } },
  })
  const files = ['/', ...readdirSync(path.join(dist, 'assets')).map((name) => `/assets/${name}`)]
  const worker = readFileSync(path.join(root, 'worker.js'), 'utf8')
  writeFileSync(path.join(dist, 'worker.js'), `const FILES = ${JSON.stringify(files)}\n${worker}`)

  const server = createServer((request, response) => {
    const name = request.url === '/' ? '/index.html' : (request.url ?? '')
    const file = [...files, '/index.html', '/worker.js'].includes(name) ? path.join(dist, name) : undefined
    if (file === undefined) return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream', ...HEADERS })
    response.end(readFileSync(file))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const stop = async () => {
    server.closeAllConnections()
    if (server.listening) await new Promise((resolve) => server.close(resolve))
  }
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`,
    dist,
    stop,
    async close() {
      await stop()
      rmSync(dist, { recursive: true, force: true })
    },
  }
}
