/**
 * Second half of `npm run mutate`: writes `docs/mutants.md`, the page of what no test noticed when it was broken on purpose, each
 * with the reason for leaving it. Ends with 1 when the score is below 95 % or a survivor has no reason.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { reasonFor } from './mutantReasons.ts'

interface Mutant {
  readonly status: 'Killed' | 'Timeout' | 'Survived' | 'NoCoverage' | 'Ignored'
  readonly replacement: string
  readonly location: { readonly start: Place; readonly end: Place }
}
interface Place {
  readonly line: number
  readonly column: number
}
interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>
}

const root = path.resolve(import.meta.dirname, '../..')
const { files } = JSON.parse(readFileSync(path.join(root, 'node_modules/.cache/stryker/mutants.json'), 'utf8')) as Report

interface Score {
  noticed: number
  all: number
}
const percent = ({ noticed, all }: Score): string => `${((100 * noticed) / all).toFixed(1)} %`
const cell = (text: string): string => `\`${text.replaceAll(/\s+/g, ' ').slice(0, 80).replaceAll('|', '\\|').replaceAll('`', "'")}\``

const total: Score = { noticed: 0, all: 0 }
const folders = new Map<string, Score>()
const scores: string[] = []
const rows: string[] = []
let unexplained = 0
for (const [file, { source, mutants }] of Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))) {
  const score: Score = { noticed: 0, all: 0 }
  const folder = folders.get(path.dirname(file)) ?? { noticed: 0, all: 0 }
  folders.set(path.dirname(file), folder)
  const lines = source.split('\n')
  for (const { status, replacement, location } of mutants) {
    if (status === 'Ignored') continue
    const isNoticed = status === 'Killed' || status === 'Timeout'
    for (const each of [score, folder, total]) {
      each.all++
      if (isNoticed) each.noticed++
    }
    if (isNoticed) continue
    const { start, end } = location
    const line = lines[start.line - 1] ?? ''
    const was = start.line === end.line ? line.slice(start.column - 1, end.column - 1) : `${line.slice(start.column - 1)} …`
    const reason = reasonFor(file, line)
    if (reason === undefined) unexplained++
    rows.push(`| ${file.replace('shared/', '')} | ${cell(was)} | ${cell(replacement)} | ${reason ?? '**not looked at**'} |`)
  }
  if (score.all > 0) scores.push(`| ${file} | ${score.noticed} of ${score.all} | ${percent(score)} |`)
}

writeFileSync(
  path.join(root, 'docs/mutants.md'),
  `# What no test notices

\`npm run mutate\` breaks the rules, and what feeds them, in one place at a time (another comparison, another word, a line left out) and
looks whether a test notices. Of ${total.all} such changes ${total.noticed} are noticed: **${percent(total)}**. Words that are set once, when a
file is loaded, are left out: the rulebook's own test compares them letter by letter.

${[...folders].map(([folder, score]) => `- ${folder}: ${percent(score)}`).join('\n')}

## By file

| File | Noticed | |
| --- | --- | --- |
${scores.join('\n')}

## What is left, and why

| File | As it is | Broken to | Why it stays |
| --- | --- | --- | --- |
${rows.join('\n')}
`,
)
console.log(`${percent(total)} of ${total.all} noticed; ${rows.length} left, ${unexplained} of them without a reason`)
process.exitCode = total.noticed < 0.95 * total.all || unexplained > 0 ? 1 : 0
