#!/usr/bin/env -S node --max-semi-space-size=4
// The door for every command. Plain JavaScript, so that a Node that is too old can still read it and say so.
// Most of what a push leaves behind is garbage at once: with little room for it, a server takes 100 MB less and is as fast.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (Number(process.versions.napi) < 10 || major < 22 || (major === 22 && minor < 22)) {
  process.stderr.write(
    `Recoup needs Node 24; this is ${process.version}. On Linux with an x64 processor "npm ci" brings it, and "npm start" and "npx recoup" use it. ` +
      'Elsewhere install Node 24 first, from https://nodejs.org.\n',
  )
  process.exit(2)
}
// What was compiled once is not compiled again: a start takes a third of the time and 40 MB less. Threads are told by the environment.
const { enableCompileCache, flushCompileCache } = await import('node:module')
const { join } = await import('node:path')
const compiled = join(import.meta.dirname, '../../node_modules/.cache/recoup/compiled')
enableCompileCache(compiled)
process.env.NODE_COMPILE_CACHE ??= compiled
// Soon after a start, since a server may end by a loss of power.
setTimeout(flushCompileCache, 10_000).unref()
const { main } = await import('./main.ts')
await main(process.argv.slice(2))
