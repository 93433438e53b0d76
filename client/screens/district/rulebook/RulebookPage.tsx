import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import type { SourceKey } from '../../../../shared/rules/law.ts'
import { SOURCES } from '../../../../shared/rules/law.ts'
import type { SchoolDate } from '../../../../shared/time.ts'
import { FindField } from '../../../ui/Field.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { EmptyState } from '../../../ui/States.tsx'
import type { Words } from '../../../words/index.ts'
import { useWords } from '../../../words/index.ts'
import { Tools } from '../../desk/Tools.tsx'
import { anchorOf } from './anchor.ts'
import styles from './Rulebook.module.css'
import type { Rulebook } from './rows.ts'
import { rulebookOf, search } from './rows.ts'
import { PrintButton } from '../../desk/PrintButton.tsx'

/** What Recoup computes by, and on whose word: read from the rules themselves, so it needs no network and cannot lag behind them. */
export function RulebookPage() {
  const words = useWords()
  const w = words.rules.rulebook
  const [find, setFind] = useState('')
  const whole = rulebookOf(words)
  const shown = search(whole, find)
  const count = (book: Rulebook): number => Object.values(book).reduce((sum, rows) => sum + rows.length, 0)
  useLinkedSource()
  return (
    <>
      <PageHeader title={w.title} sub={w.sub} actions={<PrintButton />} />
      <p className={styles.note}>
        {w.notAdvice} {w.english}
      </p>
      <Tools count={words.common.table.shown(count(shown), count(whole))}>
        <FindField label={w.find} value={find} onValue={setFind} />
      </Tools>
      {count(shown) === 0 ? <EmptyState title={w.noneFound} /> : <Parts words={words} book={shown} />}
    </>
  )
}

function Parts({ words, book }: { readonly words: Words; readonly book: Rulebook }) {
  const w = words.rules.rulebook
  const { format } = words
  return (
    <div className={styles.parts}>
      <Part title={w.values} heads={[w.value, w.is, w.from, w.source]}>
        {book.values.map((row) => (
          <tr key={row.label + row.from}>
            <th scope="row" lang="en">
              {row.label}
              {row.reading && <small>{row.reading}</small>}
            </th>
            <td>{row.is}</td>
            <td className={styles.short}>{row.from === '' ? w.always : format.dateWithYear(row.from as SchoolDate)}</td>
            <Cited keys={row.cites} />
          </tr>
        ))}
      </Part>
      <Part title={w.choices} heads={[w.choice, w.unless, w.reading, w.source]}>
        {book.choices.map((row) => (
          <tr key={row.name}>
            <th scope="row">{row.name}</th>
            <td>{row.unless}</td>
            <td lang="en">{row.reading}</td>
            <Cited keys={row.cites} />
          </tr>
        ))}
      </Part>
      <Part title={w.absences} heads={[w.kind, w.recoverable, w.source]}>
        {book.absences.map((row) => (
          <tr key={row.kind}>
            <th scope="row">{row.kind}</th>
            <td>{row.recoverable ? words.common.yes : words.common.no}</td>
            <Cited keys={row.cites} />
          </tr>
        ))}
      </Part>
      <Part title={w.minutes} heads={[w.reason, w.source]}>
        {book.reasons.map((row) => (
          <tr key={row.reason}>
            <th scope="row">{row.reason}</th>
            <Cited keys={row.cites} />
          </tr>
        ))}
      </Part>
      <Part title={w.questions} heads={[w.question, w.does, w.decides]}>
        {book.questions.map((row) => (
          <tr key={row.question}>
            <th scope="row" lang="en">
              {row.question}
            </th>
            <td lang="en">{row.does}</td>
            <td>{row.decides}</td>
          </tr>
        ))}
      </Part>
      <Part title={w.rules} heads={[w.gives, w.reading, w.source]}>
        {book.rules.map((row) => (
          <tr key={row.gives} lang="en">
            <th scope="row">{row.gives}</th>
            <td>{row.reading}</td>
            <td>{row.cites}</td>
          </tr>
        ))}
      </Part>
      <Part title={w.cases} heads={[w.case, w.must, w.source]}>
        {book.cases.map((row) => (
          <tr key={row.name} lang="en">
            <th scope="row">{row.name}</th>
            <td>{row.gives}</td>
            <td>{row.cites}</td>
          </tr>
        ))}
      </Part>
      <Part title={w.sources} heads={[w.source, w.says, w.rankHead, w.confidenceHead, w.read]}>
        {book.sources.map((row) => (
          <tr key={row.key} id={anchorOf(row.key)} tabIndex={-1}>
            <th scope="row" lang="en">
              <a href={row.link} target="_blank" rel="noreferrer" aria-label={w.open(row.pin)}>
                {row.pin}
              </a>
            </th>
            <td lang="en">{row.says}</td>
            <td>{row.rank}</td>
            <td>{row.confidence}</td>
            <td className={styles.short}>{format.dateWithYear(row.read as SchoolDate)}</td>
          </tr>
        ))}
      </Part>
    </div>
  )
}

/** A part of the rulebook under its heading; nothing of it when the search left nothing. */
function Part({ title, heads, children }: { readonly title: string; readonly heads: readonly string[]; readonly children: ReactNode[] }) {
  if (children.length === 0) return null
  return (
    <section className={styles.part} aria-label={title}>
      <h2>{title}</h2>
      {/* A table that scrolls sideways must be reachable by keyboard. */}
      <div className={styles.scroll} role="group" aria-label={title} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </div>
    </section>
  )
}

/** The sources of a row, each a way down to its sentence. */
const Cited = ({ keys }: { readonly keys: readonly SourceKey[] }) => (
  <td lang="en">
    <ul className={styles.cites}>
      {keys.map((key) => (
        <li key={key}>
          <a href={`#${anchorOf(key)}`}>{SOURCES[key].pin}</a>
        </li>
      ))}
    </ul>
  </td>
)

/** A link from elsewhere to one source arrives before the page is drawn: it is followed once it is. */
function useLinkedSource(): void {
  useEffect(() => {
    const row = document.getElementById(window.location.hash.slice(1))
    row?.scrollIntoView({ block: 'center' })
    row?.focus({ preventScroll: true })
  }, [])
}
