import { grouped } from '../../words/format.ts'
import styles from './Chart.module.css'

/** Bars that lie beside each other for comparison, the longest first. Described as a whole; the numbers stand in a table beside it. */
export function Bars({
  label,
  bars,
}: {
  readonly label: string
  readonly bars: readonly { readonly key: string; readonly name: string; readonly value: number }[]
}) {
  const most = Math.max(1, ...bars.map(({ value }) => value))
  return (
    <div className={styles.bars} role="img" aria-label={label}>
      {bars.map(({ key, name, value }) => (
        <Bar key={key} name={name} value={value} share={value / most} />
      ))}
    </div>
  )
}

const Bar = ({ name, value, share }: { readonly name: string; readonly value: number; readonly share: number }) => (
  <>
    <span className={styles.name} title={name}>
      {name}
    </span>
    <svg viewBox="0 0 400 16" preserveAspectRatio="none" width="100%" aria-hidden="true">
      <rect className={styles.s0} x="0" y="1" width={Math.max(value > 0 ? 2 : 0, share * 400)} height="14" />
    </svg>
    <span className={styles.number}>{grouped(value)}</span>
  </>
)
