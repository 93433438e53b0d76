/**
 * One process that runs one import and says what it took, as JSON: `importRun.ts DATA SOURCE PATH [--commit]`.
 * `importRun.ts DATA bare FOLDER` does the least that could be called one: parse every row, put it into SQLite as it is.
 */
import { createReadStream, readdirSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { parse } from 'csv-parse'
import { importCommand } from '../../server/cli/import.ts'
import { openContext } from '../../server/context.ts'
import { sources } from '../../server/main.ts'

const [, , data = '', source = '', file = '', ...options] = process.argv

async function bring(): Promise<void> {
  const config = { host: '127.0.0.1', port: 0, data, dist: data, url: undefined, loopback: true }
  const quiet = { write: () => true }
  const exit = await importCommand([source, file, ...options], { stdout: quiet, stderr: quiet }, () => openContext(config, sources, 1_000))
  if (exit !== 0) throw new Error(`import ${source} ended with ${exit}`)
}

async function bare(): Promise<void> {
  const db = new Database(path.join(data, 'bare.db'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec('CREATE TABLE row (file TEXT, line INTEGER, body TEXT, PRIMARY KEY (file, line))')
  const put = db.prepare('INSERT INTO row VALUES (?, ?, ?)')
  db.exec('BEGIN')
  for (const name of readdirSync(file, { recursive: true, encoding: 'utf8' }).filter((one) => one.endsWith('.csv'))) {
    let line = 0
    for await (const row of createReadStream(path.join(file, name)).pipe(parse())) put.run(name, line++, JSON.stringify(row))
  }
  db.exec('COMMIT')
  db.close()
}

const from = performance.now()
await (source === 'bare' ? bare() : bring())
console.log(JSON.stringify({ seconds: (performance.now() - from) / 1000, megabytes: process.resourceUsage().maxRSS / 1024 }))
