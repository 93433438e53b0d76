/** The rulebook's tables as rows of text: so that one search reaches all of them. Pure. */
import page from '../../../../docs/rulebook.md?raw'
import type { SourceKey } from '../../../../shared/rules/law.ts'
import { californiaRulebook as book } from '../../../../shared/rules/rulebook.ts'
import { finds } from '../../../../shared/finding.ts'
import type { Words } from '../../../words/index.ts'

export interface ValueRow {
  readonly label: string
  readonly from: string
  readonly is: string
  readonly reading: string
  readonly cites: readonly SourceKey[]
}
export interface ChoiceRow {
  readonly name: string
  readonly unless: string
  readonly reading: string
  readonly cites: readonly SourceKey[]
}
export interface AbsenceRow {
  readonly kind: string
  readonly recoverable: boolean
  readonly cites: readonly SourceKey[]
}
export interface ReasonRow {
  readonly reason: string
  readonly cites: readonly SourceKey[]
}
export interface QuestionRow {
  readonly question: string
  readonly does: string
  readonly decides: string
}
export interface SourceRow {
  readonly key: SourceKey
  readonly pin: string
  readonly rank: string
  readonly confidence: string
  readonly says: string
  readonly link: string
  readonly read: string
}

/** A rule as the code states it, in English. */
export interface RuleRow {
  readonly gives: string
  readonly reading: string
  readonly cites: string
}
/** A case that every build meets, in words and numbers. */
export interface CaseRow {
  readonly name: string
  readonly gives: string
  readonly cites: string
}

export interface Rulebook {
  readonly values: readonly ValueRow[]
  readonly choices: readonly ChoiceRow[]
  readonly absences: readonly AbsenceRow[]
  readonly reasons: readonly ReasonRow[]
  readonly questions: readonly QuestionRow[]
  readonly rules: readonly RuleRow[]
  readonly cases: readonly CaseRow[]
  readonly sources: readonly SourceRow[]
}

/** The rows of a table of the written rulebook, as plain text. That page is made from rules and scenarios, and a stale one fails the build. */
function tableOf(title: string): readonly (readonly string[])[] {
  const part = page.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? ''
  const lines = part.split('\n').filter((line) => line.startsWith('| '))
  return lines.slice(2).map((line) =>
    line
      .slice(2, -2)
      .split(/ (?<!\\)\| /)
      .map(plain),
  )
}

const plain = (cell: string): string =>
  cell
    .replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replaceAll('<br>', '; ')
    .replaceAll('**', '')
    .replaceAll('\\|', '|')

type Choice = keyof typeof book.policies
type Option = keyof Words['rules']['policy']['options']

/** What a choice is set to, in words. */
export function chosen(words: Words, choice: Choice, value: string | number | boolean): string {
  if (choice === 'yearlyMost') return words.common.days(Number(value))
  const options: Readonly<Record<string, string>> = words.rules.policy.options[choice satisfies Option]
  const key = value === true ? 'yes' : value === false ? 'no' : String(value)
  return options[key] ?? key
}

/** Dates before the product's own memory say only that nothing changed since. */
const LONG_AGO = '2000-01-01'

export function rulebookOf(words: Words): Rulebook {
  const w = words.rules
  const entries = <K extends string, V>(of: Readonly<Record<K, V>>) => Object.entries(of) as [K, V][]
  return {
    values: book.parameters.flatMap(({ label, unit, values }) =>
      values.map(({ from, value, cite, reading }) => ({
        label,
        from: from < LONG_AGO ? '' : from,
        is: value === 'none' ? w.rulebook.none : w.rulebook.units[unit](value),
        reading: reading ?? '',
        cites: [cite],
      })),
    ),
    choices: entries(book.policies).map(([choice, { reading, cite }]) => ({
      name: w.policy.choices[choice].name,
      unless: chosen(words, choice, book.defaults[choice]),
      reading,
      cites: [cite],
    })),
    absences: entries(book.absences).map(([kind, { eligible, cite }]) => ({
      kind: w.rulebook.absenceKinds[kind],
      recoverable: eligible,
      cites: [cite],
    })),
    reasons: entries(book.reasons).map(([reason, cites]) => ({ reason: words.reasons.notCounted[reason], cites })),
    questions: book.openQuestions.map(({ question, reading, policy }) => ({
      question,
      does: reading,
      decides: policy ? w.policy.choices[policy].name : '',
    })),
    rules: tableOf('Rules and readings').map(([, gives = '', reading = '', cites = '']) => ({ gives, reading, cites })),
    cases: tableOf('Cases').map(([name = '', gives = '', cites = '']) => ({ name, gives, cites })),
    sources: entries(book.sources).map(([key, { pin, rank, confidence, says, link, read }]) => ({
      key,
      pin,
      rank: w.rulebook.rank[rank],
      confidence: w.rulebook.confidence[confidence],
      says,
      link,
      read,
    })),
  }
}

/** The rows that have the words looked for, wherever in a row they stand. */
export function search(book: Rulebook, text: string): Rulebook {
  const wanted = text.trim()
  if (wanted === '') return book
  const has = (row: object): boolean => finds(Object.values(row).flat().join(' '), wanted)
  return {
    values: book.values.filter(has),
    choices: book.choices.filter(has),
    absences: book.absences.filter(has),
    reasons: book.reasons.filter(has),
    questions: book.questions.filter(has),
    rules: book.rules.filter(has),
    cases: book.cases.filter(has),
    sources: book.sources.filter(has),
  }
}
