/** `recoup totals FILE...`: what the rules say of a day of attendance written down as YAML. */
import { readFile } from 'node:fs/promises'
import { differences } from '../scenario/differences.ts'
import type { Scenario } from '../scenario/format.ts'
import { readScenario } from '../scenario/readScenario.ts'
import { runScenario, type ScenarioTotals } from '../scenario/runScenario.ts'
import type { ExitCode, Io } from './io.ts'

export const TOTALS_USAGE = `Usage: recoup totals [--check | --explain] FILE...

Prints the totals of each scenario as one line of JSON: {"file", "name", "students"}.
  --check     compare with the file's \`then\`: exit 0 when all hold, 1 with each difference on a line
  --explain   add to each student where every minute went, and on whose word
  -h, --help  this page

Examples:
  recoup totals saturday.yaml
  recoup totals --check tests/scenarios/*.yaml
`

interface Asked {
  readonly files: readonly string[]
  readonly mode: 'print' | 'check' | 'explain' | 'help'
}

/** Runs the command. 0 done, 1 a difference, 2 not understood: each file's faults are on stderr, one a line. */
export async function totals(args: readonly string[], io: Io): Promise<ExitCode> {
  const asked = read(args)
  if ('misuse' in asked) {
    io.stderr.write(`recoup totals: ${asked.misuse}\n${TOTALS_USAGE}`)
    return 2
  }
  if (asked.mode === 'help') {
    io.stdout.write(TOTALS_USAGE)
    return 0
  }
  let exit: ExitCode = 0
  for (const file of asked.files) {
    const found = await scenarioIn(file)
    if ('faults' in found) {
      for (const fault of found.faults) io.stderr.write(`${file}: ${fault}\n`)
      exit = 2
    } else {
      const code = report(file, found.scenario, asked.mode, io)
      exit = exit === 2 ? 2 : exit === 1 ? 1 : code
    }
  }
  return exit
}

function report(file: string, scenario: Scenario, mode: Asked['mode'], io: Io): ExitCode {
  const results = runScenario(scenario)
  if (mode !== 'check') {
    io.stdout.write(`${JSON.stringify({ file, name: scenario.name, students: students(results, mode === 'explain') })}\n`)
    return 0
  }
  const lines = differences(scenario, results)
  for (const line of lines) io.stdout.write(`${file}: ${line}\n`)
  if (lines.length === 0) io.stdout.write(`${file}: ok, ${counted(scenario.then.size)} as expected\n`)
  return lines.length === 0 ? 0 : 1
}

const counted = (students: number): string => (students === 1 ? '1 student' : `${students} students`)

function students(results: ReadonlyMap<string, ScenarioTotals>, withExplanation: boolean): unknown {
  const entries = [...results].map(([key, result]) => [
    key,
    withExplanation ? { ...result.totals, explanation: result.explanation() } : result.totals,
  ])
  return Object.fromEntries(entries)
}

function read(args: readonly string[]): Asked | { readonly misuse: string } {
  const files: string[] = []
  let mode: Asked['mode'] = 'print'
  let onlyFiles = false
  for (const arg of args) {
    if (onlyFiles || !arg.startsWith('-')) files.push(arg)
    else if (arg === '--') onlyFiles = true
    else if (arg === '-h' || arg === '--help') return { files, mode: 'help' }
    else if (arg !== '--check' && arg !== '--explain') return { misuse: `unknown option ${arg}` }
    else if (mode !== 'print' && mode !== arg.slice(2)) return { misuse: 'choose --check or --explain, not both' }
    else mode = arg === '--check' ? 'check' : 'explain'
  }
  return files.length === 0 ? { misuse: 'no file named' } : { files, mode }
}

async function scenarioIn(file: string): Promise<ReturnType<typeof readScenario>> {
  try {
    return readScenario(await readFile(file))
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
    return { faults: [`document: expected a file that can be read (${why})`] }
  }
}
