import { grouped } from '../../words/format.ts'
import styles from './Chart.module.css'
import { ticks } from './ticks.ts'

export interface ColumnOf {
  readonly name: string
  /** One number a series, from the bottom up. */
  readonly values: readonly number[]
}

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [720, 220, 40, 24, 18]
const LOOKS = [styles.s0, styles.s1, styles.s2]

/**
 * Stacked columns. The picture is described as a whole for who cannot see it; the numbers stand in a table beside it. The series differ by
 * fill and outline, so that they are told apart without colour and on paper.
 */
export function Columns({
  label,
  series,
  columns,
}: {
  readonly label: string
  readonly series: readonly string[]
  readonly columns: readonly ColumnOf[]
}) {
  const sums = columns.map(({ values }) => values.reduce((sum, value) => sum + value, 0))
  const scale = ticks(Math.max(1, ...sums))
  const top = scale.at(-1) ?? 1
  const y = (value: number): number => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top)
  const step = (WIDTH - LEFT) / Math.max(1, columns.length)
  const wide = Math.min(56, step * 0.62)
  return (
    <figure className={styles.chart}>
      <svg role="img" aria-label={label} viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
        {scale.map((value) => (
          <g key={value}>
            <line className={styles.grid} x1={LEFT} x2={WIDTH} y1={y(value)} y2={y(value)} />
            <text className={styles.axis} x={LEFT - 6} y={y(value) + 4} textAnchor="end">
              {grouped(value)}
            </text>
          </g>
        ))}
        {columns.map(({ name, values }, i) => {
          const x = LEFT + step * i + (step - wide) / 2
          let below = 0
          return (
            <g key={name}>
              {values.map((value, s) => {
                const from = below
                below += value
                return value === 0 ? null : (
                  <rect
                    key={series[s]}
                    className={LOOKS[s]}
                    x={x}
                    width={wide}
                    y={y(from + value)}
                    height={Math.max(1, y(from) - y(from + value))}
                    rx={2}
                  />
                )
              })}
              <text className={styles.value} x={x + wide / 2} y={y(sums[i] ?? 0) - 5} textAnchor="middle">
                {grouped(sums[i] ?? 0)}
              </text>
              <text className={styles.axis} x={x + wide / 2} y={HEIGHT - 6} textAnchor="middle">
                {name}
              </text>
            </g>
          )
        })}
      </svg>
      <figcaption className={styles.legend} aria-hidden="true">
        {series.map((name, i) => (
          <span key={name}>
            <svg width="14" height="14" viewBox="0 0 14 14">
              <rect className={LOOKS[i]} x="1" y="1" width="12" height="12" rx="2" />
            </svg>
            {name}
          </span>
        ))}
      </figcaption>
    </figure>
  )
}
