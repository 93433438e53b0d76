/** What the last run of `npm test` says of each sentence: read from the reports it left. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')
const reports = path.join(root, 'node_modules/.cache/recoup')
/** The steps of `npm test` that run sentences. */
const STEPS = ['tests', 'fuzz', 'e2e']

/** A test that ran: its own words, those of the groups it stands in, and how it ended. */
export interface Ran {
  readonly names: readonly string[]
  readonly file: string
  readonly passed: boolean
}
interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly { readonly ancestorTitles: readonly string[]; readonly title: string; readonly status: string }[]
  }[]
}

/** Every test of the run; undefined when a step has left no report. What passed only when it was played again has passed. */
export function testsOfRun(): readonly Ran[] | undefined {
  const files = STEPS.map((step) => path.join(reports, `${step}.json`))
  if (!files.every((file) => existsSync(file))) return undefined
  return files.flatMap((file) => {
    const again = file.replace(/\.json$/, '-again.json')
    const isOfThisRun = existsSync(again) && statSync(again).mtimeMs > statSync(file).mtimeMs
    const later = isOfThisRun ? testsIn(again) : []
    const passedLater = new Set(later.filter(({ passed }) => passed).map(nameOf))
    return testsIn(file).map((one) => ({ ...one, passed: one.passed || passedLater.has(nameOf(one)) }))
  })
}

const nameOf = ({ file, names }: Ran): string => [file, ...names].join(' › ')

function testsIn(report: string): Ran[] {
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ ancestorTitles, title, status }) => ({
      names: [title, ...ancestorTitles].filter(Boolean),
      file: path.relative(path.join(root, 'tests'), name).replaceAll('\\', '/'),
      passed: status === 'passed',
    })),
  )
}

/** Whether a name is meant by a fragment: it begins with it, or has it after a number or another word's end. */
export const isMeant = (name: string, fragment: string): boolean => name.startsWith(fragment) || name.includes(` ${fragment}`)

/** The tests of a run that a fragment names. */
export const ranAs = (ran: readonly Ran[], fragment: string): readonly Ran[] =>
  ran.filter(({ names }) => names.some((name) => isMeant(name, fragment)))
