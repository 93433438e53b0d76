/**
 * `npm run trust-pages`: writes docs/asvs.md and docs/attacks.md of the last run of `npm test`. With `--check`, as `npm test` itself does at its end, it
 * writes nothing: it fails when a test named there did not run or did not pass, or when a page is another.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ALL, asvsPage, attacksPage, unproved } from './page.ts'
import { testsOfRun } from './run.ts'

const docs = path.resolve(import.meta.dirname, '../../docs')
const ran = testsOfRun()
const isCheck = process.argv.includes('--check')

function wrongs(): string[] {
  if (!ran) return ['No whole run has left its reports: run "npm test" first.']
  const pages = { 'asvs.md': asvsPage(ran), 'attacks.md': attacksPage(ran) }
  const missing = unproved(ran)
  if (missing.length > 0) return missing
  return Object.entries(pages).flatMap(([name, text]) => {
    const file = path.join(docs, name)
    if (!isCheck) writeFileSync(file, text)
    return !isCheck || readFileSync(file, 'utf8') === text ? [] : [`docs/${name} is not what this run says: run "npm run trust-pages".`]
  })
}

const found = wrongs()
for (const sentence of found) console.error(sentence)
if (found.length === 0) console.log(`${ALL.length} claims, each by tests that passed`)
process.exitCode = found.length > 0 ? 1 : 0
