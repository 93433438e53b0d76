/** Makes docs/asvs.md and docs/attacks.md of the tables and of a run: which test shows what, and how it ended. */
import { ATTACKS } from './attacks.ts'
import { CHOSEN, type Requirement, REQUIREMENTS } from './asvs.ts'
import { FAULTS } from './faults.ts'
import { type Ran, ranAs } from './run.ts'

/** Everything that is claimed. */
export const ALL: readonly Requirement[] = [...REQUIREMENTS, ...CHOSEN, ...ATTACKS, ...FAULTS]

const cell = (text: string): string => text.replaceAll('|', '\\|')
/** A name as it stands in a file; of tests that are made from a table, the first. */
const named = (ran: readonly Ran[], fragment: string): string => {
  const [first] = [...ran].sort((a, b) => (a.file + a.names[0] < b.file + b.names[0] ? -1 : 1))
  const name = first?.names.find((one) => one.includes(fragment)) ?? fragment
  return first ? `*${cell(name.replace(/^round \d+: \d+ /, ''))}* (\`${first.file}\`)` : `**no such test: ${cell(fragment)}**`
}

/** What of the claims a run does not bear out, in words. */
export function unproved(ran: readonly Ran[]): string[] {
  return ALL.flatMap(({ id, shownBy }) => [
    ...(shownBy.length === 0 ? [`${id}: no test`] : []),
    ...shownBy.flatMap((fragment) => {
      const tests = ranAs(ran, fragment)
      if (tests.length === 0) return [`${id}: no test of this run is called: ${fragment}`]
      return tests.some(({ passed }) => !passed) ? [`${id}: did not pass: ${fragment}`] : []
    }),
  ])
}

function line(ran: readonly Ran[], { id, says, shownBy, note }: Requirement): string {
  const tests = shownBy.map((fragment) => ranAs(ran, fragment))
  const isShown = tests.length > 0 && tests.every((one) => one.length > 0 && one.every(({ passed }) => passed))
  const by = [...shownBy.map((fragment, i) => named(tests[i] ?? [], fragment)), ...(note === undefined ? [] : [cell(note)])]
  return `| ${id} | ${cell(says)} | ${isShown ? 'passed' : '**failed**'} | ${by.join('<br>')} |`
}

const table = (ran: readonly Ran[], rows: readonly Requirement[]): string =>
  ['| | what must hold | result | by which test |', '|---|---|---|---|', ...rows.map((row) => line(ran, row))].join('\n')

const MADE =
  'Made by `npm run trust-pages` of `tests/trust` and of the reports that `npm test` left: a result is that of the tests beside it, in that run. `npm test` ends by comparing: it fails when a test named here did not run or did not pass, or when this page is another.'

/** docs/asvs.md */
export const asvsPage = (ran: readonly Ran[]): string => `# OWASP ASVS 5.0.0

${MADE}

The ${REQUIREMENTS.length} requirements of levels 1 and 2 that apply here and can be tested by a machine. The wording is ours. Requirements that only documents can show, and those of techniques that are not used here (GraphQL, WebSocket, LDAP, XML and
others), are left out. A row says that something is tested, not that nothing is left to find.

${table(ran, REQUIREMENTS)}

## Chosen of level 3

${table(ran, CHOSEN)}

## Where we deviate

- **14.3.3** Names of the own classes and the events of the day are kept in the browser's storage, since staff work without a network. Against it: one school, no contact, birth, medical or photo data; sealed under a PIN where there is one; signing
  out and revoking take them away; the tablet's own encryption.
- **7.3.1, 7.3.2** A teacher's tablet has no end by idleness before twelve hours: it records while nobody looks at a screen.
- **8.3.2** A changed role holds at once online; what a tablet recorded without a network is judged by the role of its time when it comes.
`

/** docs/attacks.md */
export const attacksPage = (ran: readonly Ran[]): string => `# Attacks and hard days, and what shows that they fail

${MADE}

## Attacks

${table(ran, ATTACKS)}

## People and authority

${table(ran, FAULTS)}
`
