#!/usr/bin/env node
// The door for every command. Plain JavaScript, so that a Node that is too old can still read it and say so.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (Number(process.versions.napi) < 10 || major < 22 || (major === 22 && minor < 22)) {
  process.stderr.write(
    `Recoup needs Node 24; this is ${process.version}. Start it with "npm start" or "npx recoup", which bring the right one.\n`,
  )
  process.exit(2)
}
const { main } = await import('./main.ts')
await main(process.argv.slice(2))
