/** Makes docs/asvs.md and docs/attacks.md of the tables, and knows the names of all tests. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ATTACKS } from './attacks.ts'
import { CHOSEN, type Requirement, REQUIREMENTS } from './asvs.ts'

const root = path.resolve(import.meta.dirname, '../..')

interface Named {
  readonly name: string
  readonly file: string
}

/** Names of tests and of the groups they stand in, as the files say them. */
function namesIn(file: string): Named[] {
  const text = readFileSync(path.join(root, file), 'utf8')
  const called =
    /\b(?:test|describe)(?:\.each\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))?\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/g
  return [...text.matchAll(called)].map(([, single, double, back]) => ({ name: single ?? double ?? back ?? '', file }))
}

/** Every test of `npm test`. */
export const TESTS: readonly Named[] = readdirSync(path.join(root, 'tests'), { recursive: true, encoding: 'utf8' })
  .map((name) => `tests/${name.replaceAll('\\', '/')}`)
  .filter((file) => /\.(test|e2e)\.tsx?$/.test(file))
  .sort()
  .flatMap(namesIn)

/** The tests a fragment names: those that begin with it, or hold it where a number stands first. */
export const testsOf = (fragment: string): readonly Named[] =>
  TESTS.filter(({ name }) => name.startsWith(fragment) || name.includes(`} ${fragment}`))

const cell = (text: string): string => text.replaceAll('|', '\\|')

function line({ id, says, shownBy, note }: Requirement): string {
  const shown = shownBy.map((fragment) => {
    const [first] = testsOf(fragment)
    return first
      ? `*${cell(first.name.replaceAll('${', '{'))}* (\`${first.file.replace(/^tests\//, '')}\`)`
      : `**no such test: ${cell(fragment)}**`
  })
  const besides = note === undefined ? [] : [cell(note)]
  const result = shownBy.length > 0 ? 'shown' : 'not shown'
  return `| ${id} | ${cell(says)} | ${result} | ${[...shown, ...besides].join('<br>')} |`
}

const table = (rows: readonly Requirement[]): string =>
  ['| | what must hold | | by which test |', '|---|---|---|---|', ...rows.map(line)].join('\n')
const shown = (rows: readonly Requirement[]): number => rows.filter(({ shownBy }) => shownBy.length > 0).length

const MADE =
  'Made by `npm run trust-pages` from `tests/trust`; `npm test` runs every test named here, and fails when one is missing or this page is old.'

/** docs/asvs.md */
export const asvsPage = (): string => `# OWASP ASVS 5.0.0

${MADE}

${shown(REQUIREMENTS)} of the ${REQUIREMENTS.length} requirements of levels 1 and 2 that apply here and can be tested by a machine are shown by tests; ${
  REQUIREMENTS.length - shown(REQUIREMENTS)
} are not, and say why. The wording is ours. Requirements that only documents can show, and those of techniques that are not used here (GraphQL, WebSocket, LDAP, XML and others), are left out. A
row says that something is tested, not that nothing is left to find.

${table(REQUIREMENTS)}

## Chosen of level 3

${table(CHOSEN)}

## Where we deviate

- **14.3.3** Names of the own classes and the events of the day are kept in the browser's storage, since staff work without a network. Against it: one school, no contact, birth, medical or photo data; signing out and revoking take
  them away; the tablet's own encryption.
- **7.3.1, 7.3.2** A teacher's tablet has no end by idleness before twelve hours: it records while nobody looks at a screen.
- **8.3.2** A changed role holds at once online; what a tablet recorded without a network is judged by the role of its time when it comes.
`

/** docs/attacks.md */
export const attacksPage = (): string => `# Attacks, and what shows that they fail

${MADE}

${table(ATTACKS)}
`
