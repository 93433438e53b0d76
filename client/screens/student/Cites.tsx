import type { SourceKey } from '../../../shared/rules/law.ts'
import { SOURCES } from '../../../shared/rules/law.ts'
import { Link } from 'wouter'
import { anchorOf } from '../district/rulebook/anchor.ts'
import { useWords } from '../../words/index.ts'
import styles from './Student.module.css'

/** On whose word: each source with the sentence relied on, and its place in the rulebook. */
export function Cites({ keys }: { readonly keys: readonly SourceKey[] }) {
  const words = useWords()
  return (
    <details className={styles.cites}>
      <summary>{words.student.cites}</summary>
      <ul>
        {keys.map((key) => (
          <li key={key} lang="en">
            <Link href={`/rulebook#${anchorOf(key)}`}>{SOURCES[key].pin}</Link>: {SOURCES[key].says}
          </li>
        ))}
      </ul>
    </details>
  )
}
