import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { type Outcome, reports, tool } from './tool.ts'

/** More files than this failing is no machine standing still: they are not played again. */
const MOST_PLAYED_AGAIN = 3

/**
 * Runs a vitest project and counts its sentences. A file with a sentence that fails is played once more, alone: a machine that stood still for a
 * moment is not a fault of the product. It is never passed over in silence: the line names the sentence, and its words are printed.
 */
export async function sentences(name: string, script: string, ...args: string[]): Promise<Outcome> {
  const first = await play(name, script, args)
  const fallen = first.files.filter(({ failures }) => failures.length > 0)
  if (first.failed === 0) return { name, passed: first.passed, failed: 0, note: `${first.passed} passed`, words: '' }
  const told = fallen.flatMap(({ failures }) => failures).join('\n') || `  ${path.basename(script)} ended as failed, and names no sentence.`
  const few = fallen.length > 0 && fallen.length <= MOST_PLAYED_AGAIN
  const again = few ? await play(`${name}-again`, script, [...args, ...fallen.map(({ file }) => path.basename(file))]) : undefined
  if (again?.failed !== 0) {
    // What was not kept stands first: whoever reads this may be shown no more than the beginning.
    const words =
      first.passed + first.failed > 0 ? `Not kept:\n${told}\n\n${first.words}\n${again?.words ?? ''}` : `No test ran.\n${first.words}`
    return { name, passed: first.passed, failed: Math.max(first.failed, 1), note: `${first.passed} passed`, words }
  }
  const note = `${first.passed + first.failed} passed, ${first.failed} of them only when played again`
  return { name, passed: first.passed + first.failed, failed: 0, note, words: `Kept only when played again:\n${told}` }
}

interface Played {
  readonly passed: number
  readonly failed: number
  readonly files: readonly { readonly file: string; readonly failures: readonly string[] }[]
  readonly words: string
}

async function play(name: string, script: string, args: readonly string[]): Promise<Played> {
  const report = path.join(reports, `${name.replace(' ', '-')}.json`)
  rmSync(report, { force: true })
  const { code, words } = await tool(script, ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`)
  const counts = countsOf(report)
  const files = counts.files.map(({ file, failures }) => ({ file, failures: [...failures, ...strays(file, words)] }))
  const failed = Math.max(counts.failed, files.filter(({ failures }) => failures.length > 0).length)
  return { ...counts, files, failed: Math.max(failed, code === 0 && counts.passed > 0 ? 0 : 1), words }
}

/** What broke beside the sentences while a file was played: vitest fails the run for it, no sentence, and says so in its words alone. */
function strays(file: string, words: string): readonly string[] {
  const told = words.matchAll(/⎯ (?:Uncaught|Unhandled) \w+ ⎯+\n([^⎯]*)This error originated in "([^"]*)"/g)
  return Array.from(told)
    .filter(([, , from = '']) => path.basename(from) === path.basename(file))
    .map(([, what = '']) => `  ${path.basename(file)}, beside its sentences\n${what.slice(0, 1200)}`)
}

/** What vitest wrote of a run; nothing of it when it wrote nothing. A file that could not even begin is a failure of its own. */
function countsOf(report: string): Omit<Played, 'words'> {
  try {
    const read = JSON.parse(readFileSync(report, 'utf8')) as VitestReport
    const files = read.testResults.map((result) => ({ file: result.name, failures: failuresOf(result) }))
    return {
      passed: read.numPassedTests,
      failed: Math.max(read.numFailedTests, files.filter((of) => of.failures.length > 0).length),
      files,
    }
  } catch {
    return { passed: 0, failed: 0, files: [] }
  }
}

interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly VitestFile[]
}

interface VitestFile {
  readonly name: string
  readonly status: string
  readonly message: string
  readonly assertionResults: readonly { readonly title: string; readonly status: string; readonly failureMessages: readonly string[] }[]
}

function failuresOf({ name, status, message, assertionResults }: VitestFile): readonly string[] {
  const failures = assertionResults
    .filter((of) => of.status === 'failed')
    .map((of) => `  ${path.basename(name)} › ${of.title}\n${of.failureMessages.join('\n').slice(0, 1200)}`)
  return failures.length > 0 || status === 'passed' ? failures : [`  ${path.basename(name)}\n${message.slice(0, 1200)}`]
}
