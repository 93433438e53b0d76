import type { ImportSource } from '../../../../shared/api/registry.ts'
import { Card } from '../../../ui/Card.tsx'
import { useWords } from '../../../words/index.ts'
import styles from './Import.module.css'

const WHOLE: readonly ImportSource[] = ['oneroster', 'clever']
const PARTS: readonly ImportSource[] = ['schools', 'students', 'codes', 'calendar', 'absences']

/** Which kind of files somebody has. */
export function ChooseSource({ onSource }: { readonly onSource: (source: ImportSource) => void }) {
  const words = useWords()
  const w = words.district.imports
  const list = (sources: readonly ImportSource[]) => (
    <ul className={styles.sources}>
      {sources.map((source) => (
        <li key={source}>
          <button type="button" className={styles.source} onClick={() => onSource(source)}>
            <strong>{w.sources[source].name}</strong>
            {w.sources[source].what}
            <span>{w.sources[source].file}</span>
          </button>
        </li>
      ))}
    </ul>
  )
  return (
    <Card title={w.chooseTitle}>
      <section>
        <h3>{w.whole}</h3>
        {list(WHOLE)}
      </section>
      <section>
        <h3>{w.parts}</h3>
        {list(PARTS)}
      </section>
    </Card>
  )
}
