import type { Signed } from '../../../../shared/api/periods.ts'
import { useDevice } from '../../../log/useAttendance.ts'
import { buttonClass } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { useWords } from '../../../words/index.ts'
import tools from '../../desk/Tools.module.css'
import styles from './Periods.module.css'

/** The signatures of a period with the files of exactly the figures that were signed. */
export function SignedList({ signed, query }: { readonly signed: readonly Signed[]; readonly query: string }) {
  const words = useWords()
  const w = words.periods.signed
  if (signed.length === 0) return null
  return (
    <Card title={w.title}>
      <ol className={styles.signed}>
        {signed.map((one) => (
          <One key={one.id} one={one} query={query} />
        ))}
      </ol>
    </Card>
  )
}

function One({ one, query }: { readonly one: Signed; readonly query: string }) {
  const words = useWords()
  const w = words.periods.signed
  const { store } = useDevice()
  const name = one.number === 0 ? w.closing : w.supplement(one.number)
  const days = one.figures.lines.reduce((sum, line) => sum + line.total.days, 0)
  const ada = one.figures.lines.reduce((sum, line) => sum + Number(line.total.ada), 0)
  const open = one.open.map(({ key, count }) => `${words.periods.list.items[key].name} (${words.format.number(count)})`)
  return (
    <li>
      <strong>{name}</strong>
      <span>{w.by(one.name, words.format.dateTime(one.at, store.zone()))}</span>
      <span className="quiet">
        {w.figures(days, words.format.decimal(ada, 2))} · {w.place(one.figures.through.seq)}
      </span>
      {open.length > 0 && <span className="quiet">{w.open(words.format.list(open))}</span>}
      {one.note !== '' && <span className="quiet">{w.note(one.note)}</span>}
      <span className={tools.inline}>
        <a className={buttonClass()} href={`/api/periods/padc.csv?${query}&number=${one.number}`} download aria-label={w.csv(name)}>
          <Icon name="download" /> {words.periods.csv}
        </a>
        <a className={buttonClass()} href={`/api/periods/padc.xlsx?${query}&number=${one.number}`} download aria-label={w.xlsx(name)}>
          <Icon name="download" /> {words.periods.xlsx}
        </a>
      </span>
    </li>
  )
}
