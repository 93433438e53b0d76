import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Scenario } from '../../server/scenario/format.ts'
import { readScenario } from '../../server/scenario/readScenario.ts'
import type { Source, SourceKey } from '../../shared/rules/law.ts'
import { californiaRulebook as book } from '../../shared/rules/rulebook.ts'

const scenarioFolder = new URL('../scenarios/', import.meta.url)
const ruleFolder = new URL('../../shared/rules/california/', import.meta.url)

interface Case {
  readonly file: string
  readonly cites: string
  readonly scenario: Scenario
}
const cases: readonly Case[] = readdirSync(scenarioFolder)
  .filter((name) => name.endsWith('.yaml'))
  .map((file) => {
    const text = readFileSync(new URL(file, scenarioFolder), 'utf8')
    const read = readScenario(Buffer.from(text))
    if ('faults' in read) throw new Error(`${file}: ${read.faults.join('; ')}`)
    const cites = text
      .split('\n')
      .filter((line) => line.startsWith('# '))
      .map((line) => line.slice(2))
      .join(' ')
    return { file, cites, scenario: read.scenario }
  })

interface Reading {
  readonly rule: string
  readonly gives: string
  readonly cites: readonly string[]
  readonly reading: string | undefined
}

/** The doc comment over each exported rule that cites: what it gives, on whose word, and our reading. */
function readings(): readonly Reading[] {
  return readdirSync(ruleFolder).flatMap((file) => {
    const text = readFileSync(new URL(file, ruleFolder), 'utf8')
    return [...text.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*?)\*\/\s*export (?:function|const|class) (\w+)/g)].flatMap(
      ([, comment = '', rule = '']) => {
        const words = comment
          .replaceAll(/\n\s*\* ?/g, ' ')
          .replaceAll(/\s+/g, ' ')
          .trim()
        const tag = (name: string): string | undefined => words.match(new RegExp(`@${name} (.*?)(?= @\\w|$)`))?.[1]?.trim()
        const cite = tag('cite')
        if (!cite) return []
        return [{ rule, gives: words.split(' @')[0] ?? '', cites: cite.split(', '), reading: tag('reading') }]
      },
    )
  })
}

const sources = Object.entries(book.sources) as [SourceKey, Source][]
const row = (...cells: readonly (string | number)[]): string =>
  `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`
const table = (heads: readonly string[], rows: readonly string[]): string =>
  [row(...heads), row(...heads.map(() => '---')), ...rows].join('\n')

function written(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(written).join('; ')
  if (typeof value === 'object' && value !== null) {
    const { earnedOn, path, recovers } = value as { earnedOn: string; path: string; recovers: string | null }
    return `${earnedOn} (${path}) recovers ${recovers ?? 'nothing yet'}`
  }
  return String(value)
}

function rulebook(): string {
  const caseRow = ({ file, cites, scenario }: Case): string => {
    const expected = [...scenario.then].map(([key, fields]) => {
      const said = Object.entries(fields)
        .filter(([, value]) => value !== undefined)
        .map(([field, value]) => `${field} ${written(value)}`)
      return `**${key}** ${said.join(', ')}`
    })
    return row(`[${scenario.name}](../tests/scenarios/${file})`, expected.join('<br>'), cites)
  }
  return `# Rulebook: California Attendance Recovery

This page is made from the rules themselves: the register of sources, the values by date, the readings beside each rule, and the cases that every build must meet.
It is not legal advice. Where it disagrees with you, write the case down as a scenario file and send it: it becomes a row of the last table.

These are the rules *${book.version}*: totals carry that name, and two sides that came to other figures can say by which rules.

## Values

${table(
  ['Value', 'From', 'Is', 'Source'],
  book.parameters.flatMap(({ label, unit, values }) =>
    values.map(({ from, value, cite, reading }) => row(label, from, `${value} ${unit}${reading ? `. ${reading}` : ''}`, cite)),
  ),
)}

## What a district may choose

${table(
  ['Choice', 'Unless chosen', 'Reading', 'Source'],
  Object.entries(book.policies).map(([key, { reading, cite }]) =>
    row(key, String(book.defaults[key as keyof typeof book.defaults]), reading, cite),
  ),
)}

## Absences

${table(
  ['Kind', 'May be recovered', 'Source'],
  Object.entries(book.absences).map(([kind, { eligible, cite }]) => row(kind, eligible ? 'yes' : 'no', cite)),
)}

## Rules and readings

${table(
  ['Rule', 'Gives', 'Our reading where the text leaves a choice', 'Sources'],
  readings().map(({ rule, gives, cites, reading }) => row(rule, gives, reading ?? '', cites.join('; '))),
)}

## Why a minute does not count

${table(
  ['Reason', 'Sources'],
  Object.entries(book.reasons).map(([reason, cites]) => row(reason, cites.join('; '))),
)}

## Open questions

${table(
  ['Question', 'What Recoup does', 'A district may decide by'],
  book.openQuestions.map(({ question, reading, policy }) => row(question, reading, policy ?? '')),
)}

## Sources

Ranks, highest first: statute, regulation, guidance, vendor, inference. Confidence: *text* means the wording was read, *restated* that it was read in a source that cites it, *reading* that it is our own conclusion.

${table(
  ['Source', 'Where', 'Rank', 'Confidence', 'Sentence relied on', 'Read'],
  sources.map(([key, { pin, rank, confidence, says, link, read }]) => row(key, `[${pin}](${link})`, rank, confidence, says, read)),
)}

## Cases

${table(['Case', 'Gives', 'Sources'], cases.map(caseRow))}
`
}

describe('the rulebook', () => {
  test('is the page that the rules make: after a change, npm run rulebook', async () => {
    await expect(rulebook()).toMatchFileSnapshot('../../docs/rulebook.md')
  })
  test('cites nothing that is not in the register', () => {
    const known = new Set<string>(Object.keys(book.sources))
    expect(readings().length).toBeGreaterThan(15)
    expect(readings().flatMap(({ rule, cites }) => cites.filter((cite) => !known.has(cite)).map((cite) => `${rule}: ${cite}`))).toEqual([])
  })
  test('has no source that nothing rests on', () => {
    const shared = new URL('../../shared/', import.meta.url)
    const code = readdirSync(shared, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('law.ts'))
      .map((name) => readFileSync(new URL(name, shared), 'utf8'))
      .join('\n')
    expect(sources.map(([key]) => key).filter((key) => !code.includes(key))).toEqual([])
  })
  test('lets a lower authority stand only where it says what it is', () => {
    for (const [key, { rank, confidence }] of sources) expect(rank === 'inference', key).toBe(confidence === 'reading')
  })
})
